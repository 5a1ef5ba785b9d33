"""Quantities and dates of a line that stand on its schedules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext

import pytest

from acl.oracle.purchase_orders import PURCHASE_ORDER
from domain.purchasing import PurchaseOrderLine
from domain.units import Unit
from ports.errors import ProblemKind
from tests.unit.acl.oracle.records import GONE, Record, a_line, a_schedule, an_order, an_order_of
from tests.unit.acl.oracle.refusing import the_problem
from tests.unit.acl.reading import needs_no_slow_path, refusal_of

SCHEDULE = "PurchaseOrderLine/PurchaseOrderSchedule"


def line_of(*schedules: Record) -> PurchaseOrderLine:
    (line,) = PURCHASE_ORDER.read(an_order_of(*schedules)).lines
    return line


def test_the_quantities_of_all_schedules_add_up_exactly() -> None:
    """EBS-PO-06."""
    parts = [
        a_schedule({"Quantity": "0.1", "QuantityReceived": "0.1", "QuantityBilled": "0.1"}),
        a_schedule({"Quantity": "0.2", "QuantityReceived": "0.05", "QuantityBilled": "0.1"}),
    ]
    with localcontext(prec=3):
        line = line_of(*parts, a_schedule({"Quantity": "1000000000000000000000000000.5", "QuantityReceived": "0"}))

    assert line.ordered.amount == Decimal("1000000000000000000000000000.8")
    assert (line.received.amount, line.invoiced.amount) == (Decimal("0.15"), Decimal("0.2"))
    assert {line.ordered.unit, line.received.unit, line.invoiced.unit} == {Unit("H87")}


def test_several_schedules_are_read_by_the_generated_reader() -> None:
    needs_no_slow_path(PURCHASE_ORDER, an_order_of(a_schedule(), a_schedule({"ScheduleNumber": "2"})))


def test_a_sum_is_written_as_one_schedule() -> None:
    read = PURCHASE_ORDER.read(an_order_of(a_schedule(), a_schedule({"Quantity": "2.5"})))
    written = PURCHASE_ORDER.write(read)

    assert isinstance(written, dict)
    assert PURCHASE_ORDER.read(written) == read
    assert "'Quantity': '7.5'" in str(written)


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("column", "raw", "kind"),
    [("Quantity", "-99999", ProblemKind.INVALID_NUMBER), ("Quantity", "0", ProblemKind.INVALID_NUMBER),
     ("Quantity", "NaN", ProblemKind.INVALID_NUMBER), ("Quantity", GONE, ProblemKind.MISSING),
     ("QuantityReceived", "-1", ProblemKind.INVALID_NUMBER), ("QuantityReceived", None, ProblemKind.MISSING),
     ("QuantityBilled", "1,5", ProblemKind.INVALID_NUMBER), ("QuantityBilled", ["1", "1"], ProblemKind.DRIFT)],
)  # fmt: skip
def test_a_bad_quantity_on_any_schedule_is_refused_and_never_hidden_in_a_sum(
    place: int, column: str, raw: object, kind: ProblemKind
) -> None:
    schedules = [a_schedule({"Quantity": "200000"}), a_schedule({"Quantity": "200000"})]
    schedules[place] = a_schedule({column: raw})

    problem = the_problem(PURCHASE_ORDER, an_order_of(*schedules))

    assert (problem.column, problem.kind) == (f"{SCHEDULE}/{column}", kind)
    assert problem.raw == repr(None if raw is GONE else raw)


def test_schedules_in_different_units_are_refused() -> None:
    problem = the_problem(PURCHASE_ORDER, an_order_of(a_schedule(), a_schedule({"Quantity@unitCode": "KG"})))

    assert (problem.column, problem.kind) == (f"{SCHEDULE}/Quantity@unitCode", ProblemKind.UNIT)
    assert problem.raw == "['Ea', 'KG']"


def test_a_schedule_in_another_unit_than_its_line_is_refused() -> None:
    problem = the_problem(PURCHASE_ORDER, an_order_of(a_schedule({"Quantity@unitCode": "KG"})))

    assert "PurchaseOrderLine/UOMCode" in problem.column
    assert "counts in KGM, H87 and H87" in problem.reason


def test_schedules_that_need_their_goods_on_one_day_agree() -> None:
    assert line_of(a_schedule(), a_schedule()).due_on == date(2024, 2, 1)
    assert line_of(a_schedule({"NeedByDate": None}), a_schedule({"NeedByDate": GONE})).due_on is None
    assert line_of(a_schedule(), a_schedule({"NeedByDate": "2024-02-01-03:00"})).due_on == date(2024, 2, 1)


@pytest.mark.parametrize("other", ["2024-03-01", None, GONE])
def test_schedules_that_need_their_goods_on_different_days_are_ambiguous(other: object) -> None:
    problem = the_problem(PURCHASE_ORDER, an_order_of(a_schedule(), a_schedule({"NeedByDate": other})))

    assert (problem.field, problem.column, problem.kind) == (
        "lines[0].due_on",
        f"{SCHEDULE}/NeedByDate",
        ProblemKind.AMBIGUOUS,
    )
    assert "2024-02-01" in problem.raw


@pytest.mark.parametrize("raw", [GONE, [], None, "", "x", [None], {"Quantity": "5"}])
def test_a_line_without_readable_schedules_is_refused(raw: object) -> None:
    record = an_order(PurchaseOrderLine=[a_line({"PurchaseOrderSchedule": raw})])

    assert {problem.column for problem in refusal_of(lambda: PURCHASE_ORDER.read(record))} == {SCHEDULE}


def test_a_sum_of_too_many_digits_is_refused() -> None:
    parts = [a_schedule({"Quantity": quantity}) for quantity in ("1" + "0" * 70, "0.1")]

    problem = the_problem(PURCHASE_ORDER, an_order_of(*parts))

    assert (problem.column, problem.kind) == (f"{SCHEDULE}/Quantity", ProblemKind.INVALID_NUMBER)
    assert problem.reason == "the sum of the schedules has too many digits"
