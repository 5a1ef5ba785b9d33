"""The schemas that are checked in are those that the code makes, and a version never breaks who relied on it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from attrs import evolve

import contracts.published.__main__ as command
import contracts.published.snapshots as snapshots
from contracts.published.contract import Contract, Version
from contracts.published.levels import Measure, ServiceLevel
from contracts.published.shapes import Shape, Told, shape
from contracts.published.snapshots import Kept, broken_promises, keep, kept, texts
from contracts.published.v1.catalogue import V1
from contracts.published.versions import versions
from domain.purchasing import LineStatus, PurchaseOrder, PurchaseOrderLine
from domain.suppliers import Supplier
from domain.tax import TaxIdKind

REWRITE = "the schemas changed: look at the change, and write them anew with `python -m contracts.published`"
every_version = pytest.mark.parametrize("version", versions(), ids=lambda version: version.name)


@every_version
def test_the_snapshots_are_what_the_code_makes(version: Version) -> None:
    assert kept(version, Kept.NOW) == texts(version), REWRITE


@every_version
def test_nothing_that_was_released_is_broken(version: Version) -> None:
    assert kept(version, Kept.RELEASED), f"{version.name} was never released; `python -m contracts.published --release`"
    assert broken_promises(version) == (), f"this opens a version after {version.name}; see contracts/published"


def _status(_: PurchaseOrder) -> LineStatus:
    return LineStatus.OPEN


def _changed(*shapes: Shape) -> Version:
    return evolve(V1, shapes=(*V1.shapes, *shapes))


def _of_suppliers(**promises: object) -> Version:
    made = cast("Callable[..., Contract]", evolve)(V1.contract("supplier"), **promises)
    return evolve(V1, contracts=tuple(made if each.name == made.name else each for each in V1.contracts))


INCOMPATIBLE: dict[str, tuple[Callable[[], Version], str]] = {
    "a field removed": (
        lambda: _changed(shape(Supplier, without={"email"})),
        "v1 supplier: email: the field was removed",
    ),
    "a field removed deep inside": (
        lambda: _changed(shape(PurchaseOrderLine, without={"due_on"})),
        "v1 purchase_order: lines[].due_on: the field was removed",
    ),
    "a type narrowed": (
        lambda: _changed(shape(Supplier, Told("email", str, "x", lambda each: each.name), without={"email"})),
        "v1 supplier: email: null is not admitted any more",
    ),
    "a list of values changed": (
        lambda: evolve(
            V1, shapes=(shape(PurchaseOrder, Told("status", LineStatus, "x", _status), without={"status"}),)
        ),
        'v1 purchase_order: status: a value was taken out of the list ("draft")',
    ),
    "a closed list opened": (
        lambda: evolve(V1, open_lists=V1.open_lists | {LineStatus}),
        "v1 purchase_order: lines[].status: a closed list of values was opened",
    ),
    "a quality rule withdrawn": (
        lambda: _of_suppliers(quality=V1.contract("supplier").quality[1:]),
        "v1 supplier: the quality rule id_is_unique is gone",
    ),
    "a service level lowered": (
        lambda: _of_suppliers(levels=(ServiceLevel(Measure.FRESHNESS, Decimal(301)),)),
        "v1 supplier: the service level freshness was at most 300 s, is at most 301 s",
    ),
    "a service level withdrawn": (
        lambda: _of_suppliers(levels=()),
        "v1 supplier: the service level availability was at least 99 percent, and is gone",
    ),
    "a contract removed": (
        lambda: evolve(V1, contracts=V1.contracts[1:]),
        "v1 supplier: the contract is gone",
    ),
}


@pytest.mark.parametrize("name", INCOMPATIBLE)
def test_an_incompatible_change_is_refused_in_one_sentence(name: str) -> None:
    change, told = INCOMPATIBLE[name]

    assert told in broken_promises(change())


def test_a_field_more_breaks_nobody() -> None:
    told = Told[Supplier]("initial", str, "The first letter of the name.", lambda each: each.name[0])

    assert broken_promises(_changed(shape(Supplier, told))) == ()


def test_a_better_service_breaks_nobody() -> None:
    better = ServiceLevel(Measure.FRESHNESS, Decimal(299)), ServiceLevel(Measure.AVAILABILITY, Decimal("99.5"))
    rest = [each for each in V1.contract("supplier").levels if each.measure not in (one.measure for one in better)]

    assert broken_promises(_of_suppliers(levels=(*better, *rest))) == ()


def test_an_open_list_may_be_closed() -> None:
    assert TaxIdKind in V1.open_lists
    assert broken_promises(evolve(V1, open_lists=V1.open_lists - {TaxIdKind})) == ()


def test_writing_the_snapshots_forgets_contracts_that_are_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "FOLDER", tmp_path)
    keep(V1, Kept.NOW)
    fewer = evolve(V1, contracts=V1.contracts[:1])

    keep(fewer, Kept.NOW)

    assert kept(fewer, Kept.NOW) == texts(fewer)


def test_a_release_that_breaks_a_reader_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(snapshots, "FOLDER", tmp_path)
    keep(V1, Kept.RELEASED)
    worse = _changed(shape(Supplier, without={"email"}))
    monkeypatch.setattr(command, "versions", lambda: (worse,))

    assert command.main(["--release"]) == 1
    assert "v1 supplier: email: the field was removed" in capsys.readouterr().err
    assert kept(V1, Kept.RELEASED) == texts(V1)
    assert command.main(["--everything"]) == 2
