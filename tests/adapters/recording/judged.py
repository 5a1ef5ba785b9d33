"""Judging a system whose contents nobody stated, and finding all that is personal in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import cast
from urllib.parse import unquote_plus

from adapters.conformance.opened import Opened
from adapters.conformance.ports import PURCHASE_ORDERS, SUPPLIERS, A, K, PortLaws, Q
from adapters.conformance.subjects import subject_of
from adapters.erp import Erp
from adapters.recording.letters import signs
from adapters.recording.rules import rules_of
from contracts.laws.conformance import Outcome, Verdict, judge
from contracts.laws.purchase_orders import PurchaseOrderLaws
from contracts.laws.reads import ReadsLaws
from contracts.laws.subject import Subject

Verdicts = dict[str, tuple[Outcome, str | None]]
_CODES = frozenset({"BPTaxType", "BankCountryKey", "TaxpayerCountry"})
"""Columns beside a personal value that say what kind of value it is."""
_RECOGNISED = 8
"""So many signs stand nowhere by chance."""


class _SomeLawsOfOrders(PurchaseOrderLaws):
    """Some laws of each sort: orders are many, and every law is judged about suppliers."""

    @classmethod
    def names(cls) -> list[str]:
        return [
            "test_find_keeps_one_order_at_every_call",
            "test_get_gives_the_same_record_as_find",
            "test_get_of_an_unknown_key_raises_not_found",
            "test_two_streams_do_not_disturb_each_other",
            "test_every_refusal_carries_its_evidence",
            "test_a_get_and_a_page_fail_with_an_error_of_the_port",
        ]


def verdicts(system: Opened) -> Verdicts:
    """Give what comes of the laws of both ports, as far as the system offers them."""
    found = list(_judged(system, SUPPLIERS, SUPPLIERS.suite))
    if "purchase_orders" in system.erp.ports:
        found += _judged(system, PURCHASE_ORDERS, _SomeLawsOfOrders)
    return {f"{port}: {each.sentence}": (each.outcome, each.told) for port, each in found}


def _judged(system: Opened, port: PortLaws[K, Q, A], suite: type[ReadsLaws[K, Q, A]]) -> Iterator[tuple[str, Verdict]]:
    system.erp.check()
    subject = subject_of(system, port, None)

    @contextmanager
    def afresh() -> Iterator[Subject[K, Q, A]]:
        system.quarantine.clear()
        yield subject

    for verdict in judge(suite, afresh):
        yield port.name, verdict


def personal_values(erp: Erp) -> set[str]:
    """Give every raw personal value of a system that can be told from a common word."""
    mapping = erp.suppliers.mapping
    columns = {
        column for units in rules_of(mapping).units.values() for unit in units for column in unit.columns
    } - _CODES
    found: set[str] = set()
    for page in erp.suppliers._fetch(()):
        for record in page:
            named = (
                record
                if isinstance(record, Mapping)
                else dict(zip(mapping.columns, cast("Sequence[object]", record), strict=True))
            )
            found.update(_texts(named, columns))
    return set(filter(can_be_recognised, found))


def can_be_recognised(text: str) -> bool:
    """Say whether *text* stands nowhere by chance."""
    return len(signs(text).lstrip("0")) >= _RECOGNISED and not text.isalpha()


def _texts(value: object, columns: set[str], name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(each, columns, key)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, columns, name)
    elif name in columns and value is not None:
        yield str(value).strip()


def everything_in(place: Path) -> str:
    """Give all texts of a recording, as people would read them."""
    found: list[str] = []
    for path in place.iterdir():
        for line in path.read_text(encoding="utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text()]:
            found.extend(_strings(json.loads(line)))
    text = "\n".join(found)
    return "\n".join((text, unquote_plus(text), unescape(text)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        if value.lstrip()[:1] in ("{", "["):
            yield from _strings(json.loads(value))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _strings(key)
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
