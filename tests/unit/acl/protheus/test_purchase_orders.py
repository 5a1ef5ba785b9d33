"""Protheus purchase orders through their mapping: what a set of rows becomes, and how a bad one is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from acl.protheus.purchase_orders import PURCHASE_ORDER
from domain.currency import Currency
from domain.dates import OPEN_END, Validity
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Money, Price
from domain.provenance import SourceRef
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.units import Unit
from ports.errors import Drifted, ProblemKind
from tests.unit.acl.laws import LAW
from tests.unit.acl.protheus.records import Row, an_order_row
from tests.unit.acl.reading import (
    ORIGIN,
    READ_AT,
    Kept,
    both_paths,
    needs_no_slow_path,
    refusal_of,
    spoilt_columns,
)  # fmt: skip

_BRL, _PIECE = Currency("BRL"), Unit("H87")
_ORDER = PurchaseOrder(
    id=PurchaseOrderId("000123"),
    supplier=SupplierId("10001701"),
    ordered_on=date(2024, 7, 15),
    currency=_BRL,
    status=OrderStatus.OPEN,
    reference="REF-1",
    validity=None,
    lines=(
        PurchaseOrderLine(
            number=LineNumber("1"),
            product=ProductId("P-0001"),
            description="Parafuso M8",
            ordered=Quantity(Decimal(5), _PIECE),
            received=Quantity(Decimal(0), _PIECE),
            invoiced=Quantity(Decimal(0), _PIECE),
            price=Price(_BRL, Decimal("19.9"), Quantity(Decimal(1), _PIECE)),
            amount=Money(_BRL, Decimal("99.50")),
            due_on=date(2024, 8, 1),
            status=LineStatus.OPEN,
        ),
    ),
    source=SourceRef("test", "SC7", "000123", READ_AT),
)


def _read(*rows: Row) -> PurchaseOrder:
    return PURCHASE_ORDER.read(list(rows), origin=ORIGIN)


def test_a_row_becomes_an_order_of_one_line() -> None:
    read = _read(an_order_row())

    assert read == _ORDER
    assert read.source == _ORDER.source


def test_rows_become_the_lines_of_one_order_in_their_order() -> None:
    read = _read(an_order_row(C7_ITEM="0002"), an_order_row(C7_ITEM="000A"), an_order_row(C7_ITEM="0001"))

    assert [line.number.text for line in read.lines] == ["2", "000A", "1"]
    assert read.total == Money(_BRL, Decimal("298.50"))


def test_floats_become_what_was_meant() -> None:
    """PRO-NUM-01."""
    (line,) = _read(an_order_row(C7_PRECO=19.989999999999998, C7_QUANT=0.1 + 0.2, C7_TOTAL=5.999999999999999)).lines

    assert (line.price.amount, line.ordered.amount) == (Decimal("19.99"), Decimal("0.3"))
    assert repr(line.amount) == repr(Money(_BRL, Decimal("6.00")))


@pytest.mark.parametrize(
    ("number", "raw", "amount"),
    [(4, 123400.0, "123400"), (5, 12.345, "12.345"), (1, 12.5, "12.50")],
    ids=["JPY", "KWD", "BRL"],
)
def test_an_amount_has_the_places_of_its_currency(number: int, raw: float, amount: str) -> None:
    """PRO-CUR-01."""
    order = _read(an_order_row(C7_MOEDA=number, C7_TOTAL=raw))

    assert str(order.total) == f"{amount} {order.currency}"


def test_blank_columns_are_not_known() -> None:
    """PRO-PAD-02, PRO-DATE-02."""
    order = _read(an_order_row(C7_XREF=" " * 12, C7_PRODUTO=" " * 15, C7_DATPRF=" " * 8))

    assert (order.reference, order.lines[0].product, order.lines[0].due_on) == (None, None, None)


def test_a_term_may_be_without_end() -> None:
    """SAP-DATE-06: the same sentinel here."""
    order = _read(an_order_row(C7_XVALDE="20240101", C7_XVALAT="99991231"))

    assert order.validity == Validity(date(2024, 1, 1), OPEN_END)


_FAULTS = [
    ("PRO-DATE-01", "C7_EMISSAO", "20240230", "ordered_on", ProblemKind.INVALID_DATE),
    ("PRO-DATE-02", "C7_EMISSAO", " " * 8, "ordered_on", ProblemKind.MISSING),
    ("PRO-DATE-01", "C7_DATPRF", "2024071 ", "lines[0].due_on", ProblemKind.INVALID_DATE),
    ("SAP-DATE-06", "C7_DATPRF", "99991231", "lines[0].due_on", ProblemKind.INVALID_DATE),
    ("PRO-DATE-01", "C7_XVALDE", "00000000", "validity.starts", ProblemKind.INVALID_DATE),
    ("PRO-CUR-01", "C7_MOEDA", 9, "currency", ProblemKind.CURRENCY),
    ("PRO-CUR-01", "C7_MOEDA", True, "currency", ProblemKind.CURRENCY),
    ("PRO-CODE-03", "C7_UM", "ZZ", "lines[0].ordered.unit", ProblemKind.UNIT),
    ("PRO-PO-04", "C7_CONAPRO", "X", "status", ProblemKind.INVALID_CODE),
    ("PRO-CODE-01", "C7_XRASC", "s", "status", ProblemKind.INVALID_CODE),
    ("SAP-NUM-06", "C7_TOTAL", 19.993, "lines[0].amount", ProblemKind.CURRENCY),
    ("PRO-NUM-01", "C7_TOTAL", 19.9934, "lines[0].amount.amount", ProblemKind.INVALID_NUMBER),
    ("PRO-NUM-01", "C7_QUJE", None, "lines[0].received.amount", ProblemKind.MISSING),
    ("PRO-PO-01", "C7_QUJE", -5.0, "lines[0]", ProblemKind.RULE),
    ("PRO-ID-01", "C7_LOJA", "  ", "supplier", ProblemKind.INVALID_IDENTIFIER),
    ("PRO-ID-01", "C7_FORNECE", " " * 6, "supplier", ProblemKind.INVALID_IDENTIFIER),
    ("PRO-PAD-02", "C7_DESCRI", None, "lines[0].description", ProblemKind.DRIFT),
    ("INH-ENC-01", "C7_DESCRI", "Concei\ufffdo", "lines[0].description", ProblemKind.ENCODING),
]


@pytest.mark.parametrize(
    ("quirk", "column", "raw", "field", "kind"), _FAULTS, ids=[f"{row[0]} {row[1]} {row[2]!r}" for row in _FAULTS]
)
def test_a_bad_column_is_told_by_field_column_and_kind(
    quirk: str, column: str, raw: object, field: str, kind: ProblemKind
) -> None:
    problems = refusal_of(lambda: _read(an_order_row(**{column: raw})))

    told = [(problem.field, problem.column.split(", ")[0], problem.kind) for problem in problems]
    assert (field, column, kind) in told


def test_rows_that_disagree_about_their_header_are_ambiguous() -> None:
    """PRO-PO-07."""
    (problem,) = refusal_of(lambda: _read(an_order_row(), an_order_row(C7_ITEM="0002", C7_EMISSAO="20240311")))

    assert (problem.column, problem.raw) == ("C7_EMISSAO", "'20240311'")
    assert (problem.kind, problem.quirk) == (ProblemKind.AMBIGUOUS, None)
    assert problem.reason == "the rows of one document disagree: '20240715', '20240311'"


def test_two_rows_with_one_line_number_are_refused() -> None:
    (problem,) = refusal_of(lambda: _read(an_order_row(), an_order_row()))

    assert (problem.kind, problem.reason) == (ProblemKind.RULE, "two lines of the order carry one number")


def test_a_bad_order_goes_to_the_quarantine_and_its_neighbours_flow_on() -> None:
    kept = Kept()
    rows = [an_order_row(C7_NUM=f"00000{place}", C7_QUJE=None if place == 2 else 0.0) for place in (1, 2, 3)]

    read = list(PURCHASE_ORDER.read_all([rows[:2], rows[2:]], origin=ORIGIN, quarantine=kept))

    assert [order.id.text for order in read] == ["000001", "000003"]
    (refusal,) = kept.refusals
    assert (refusal.source.key, {problem.column for problem in refusal.problems}) == ("000002", {"C7_QUJE"})


def test_a_row_of_another_width_is_drift() -> None:
    with pytest.raises(Drifted, match="a row of SC7 has 23 columns, the mapping knows 24"):
        _read(an_order_row()[:-1])


def test_an_order_is_written_back_as_rows_without_what_may_not_be_written() -> None:
    (row,) = cast("list[dict[str, object]]", PURCHASE_ORDER.write(_ORDER))

    of = dict(zip(PURCHASE_ORDER.columns, an_order_row(), strict=True))
    unwritten = {"C7_RESIDUO", "C7_XRASC", "C7_CONAPRO", "D_E_L_E_T_", "C7_TIPO"}
    assert row == {column: raw for column, raw in of.items() if column not in unwritten}


_TWO_LINES = [
    an_order_row(C7_XVALDE="20240101", C7_XVALAT="99991231"),
    an_order_row(C7_XVALDE="20240101", C7_XVALAT="99991231", C7_ITEM="0002", C7_QUJE=2.0),
]


@LAW
@given(st.data())
def test_both_paths_say_the_same_of_spoilt_rows(data: DataObject) -> None:
    both_paths(PURCHASE_ORDER, data.draw(spoilt_columns(_TWO_LINES)))


@LAW
@given(PURCHASE_ORDER.records())
def test_drawn_rows_are_read_by_the_generated_reader(record: object) -> None:
    needs_no_slow_path(PURCHASE_ORDER, record)
