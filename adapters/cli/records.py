"""Domain objects as plain records, for ``--json``: exact, and the same for every system."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NoReturn, cast

from domain.currency import Currency
from domain.identifiers import Identifier
from domain.money import Money
from domain.places import Country
from domain.purchasing import PurchaseOrder
from domain.units import Unit
from ports.queries import Criterion

if TYPE_CHECKING:
    from cattrs import Converter

Record = dict[str, object]


def record_of(value: object) -> Record:
    """Give a domain object as a record of texts, lists, booleans and null.

    Amounts are texts in full ("1250.00"), days are ISO 8601, closed lists stand by their value ("partly_received"),
    identifiers and codes by their text; an order carries its *total* as well.

    Raises:
        TypeError: it holds something for which no form was decided.
    """
    return cast("Record", _converter().unstructure(value))


def line_of(record: object, *, ascii_only: bool = False) -> str:
    """Give one line of JSON in which every character that a terminal might obey stands as an escape."""
    text = json.dumps(record, ensure_ascii=ascii_only, allow_nan=False)
    return text if text.isprintable() else "".join(map(_harmless, text))


def _harmless(char: str) -> str:
    return char if char.isprintable() else json.dumps(char)[1:-1]


@cache
def _converter() -> Converter:
    from cattrs import Converter

    converter = Converter(unstructure_fallback_factory=lambda _: _refuse)
    for kind in (str, int, bool, type(None)):
        converter.register_unstructure_hook(kind, _as_it_is)
    converter.register_unstructure_hook(Decimal, lambda number: f"{number:f}")
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(Enum, lambda member: member.value)
    converter.register_unstructure_hook(Identifier, lambda key: key.text)
    for coded in (Currency, Country, Unit):
        converter.register_unstructure_hook(coded, str)
    converter.register_unstructure_hook(
        Money, lambda money: {"amount": f"{money.amount:f}", "currency": money.currency.code}
    )
    whole = converter.gen_unstructure_attrs_fromdict(PurchaseOrder)
    converter.register_unstructure_hook(
        PurchaseOrder, lambda order: {**whole(order), "total": converter.unstructure(order.total)}
    )
    converter.register_unstructure_hook(Criterion, str)
    return converter


def _as_it_is(value: object) -> object:
    return value


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"no form in JSON was decided for {type(value).__name__}")
