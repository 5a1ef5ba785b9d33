"""Keys that are numbers, and MySQL's zero day."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from attrs import frozen

from acl.codecs.relational import serial, zero_day
from acl.conditions import Comparison, Condition
from acl.mapping import Shape, mapping, optional
from domain.identifiers import PurchaseOrderId, SupplierId
from ports.errors import NotWritable, ProblemKind, TranslationError
from ports.purchase_orders import PurchaseOrderQuery


@frozen
class Deal:
    """Two keys and a day, under the names that the query of purchase orders asks for."""

    id: PurchaseOrderId
    supplier: SupplierId
    ordered_on: date | None


DEAL = mapping(Deal, record="deal", shape=Shape.ROW)(
    id=serial("nr", into=PurchaseOrderId),
    supplier=serial("supplier_nr", into=SupplierId, most=32_767),
    ordered_on=optional(zero_day("made")),
)


def _refused(record: tuple[object, object, object]) -> tuple[str, str, ProblemKind]:
    with pytest.raises(TranslationError) as caught:
        DEAL.read(record)
    (problem,) = caught.value.problems
    return problem.column, problem.raw, problem.kind


def test_a_number_becomes_a_key_and_a_key_the_same_number() -> None:
    deal = DEAL.read((7, 32_767, None))

    assert (deal.id, deal.supplier) == (PurchaseOrderId("7"), SupplierId("32767"))
    assert DEAL.write(deal) == {"nr": 7, "supplier_nr": 32_767, "made": "0000-00-00"}


@pytest.mark.parametrize("raw", [0, -1, 32_768, True, 7.0, "7"])
def test_what_is_no_number_of_the_column_is_refused_as_a_key(raw: object) -> None:
    assert _refused((1, raw, None)) == ("supplier_nr", repr(raw), ProblemKind.INVALID_IDENTIFIER)


def test_a_missing_key_is_told_as_missing() -> None:
    assert _refused((None, 1, None)) == ("nr", "None", ProblemKind.MISSING)


@pytest.mark.parametrize("text", ["07", "+7", "7.0", "seven", "0", "-7", "32768", "9" * 5000, "\uff17"])
def test_a_key_that_no_row_can_have_is_never_asked_for(text: str) -> None:
    assert DEAL.plan(PurchaseOrderQuery(supplier=SupplierId(text))).impossible is not None
    with pytest.raises(NotWritable):
        DEAL.write(Deal(PurchaseOrderId("7"), SupplierId(text), None))


def test_the_cursor_is_compared_as_a_number() -> None:
    plan = DEAL.plan(PurchaseOrderQuery(after=PurchaseOrderId("9")))

    assert plan.pushed == (Condition("nr", Comparison.GT, 9),)


@pytest.mark.parametrize("raw", ["0000-00-00", None])
def test_the_zero_day_and_null_mean_that_nothing_is_known(raw: object) -> None:
    assert DEAL.read((7, 1, raw)).ordered_on is None


@pytest.mark.parametrize("raw", ["2024-02-30", "2024-00-10", "2024-01-10", "", datetime(2024, 1, 10)])
def test_what_the_driver_could_not_make_a_day_of_is_refused(raw: object) -> None:
    assert _refused((7, 1, raw)) == ("made", repr(raw), ProblemKind.INVALID_DATE)


def test_an_end_does_not_let_the_zero_day_in() -> None:
    plan = DEAL.plan(PurchaseOrderQuery(ordered_until=date(2024, 1, 10)))

    assert plan.pushed == (
        Condition("made", Comparison.LE, date(2024, 1, 10)),
        Condition("made", Comparison.NE, "0000-00-00"),
    )
