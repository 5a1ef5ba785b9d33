"""Numbers of suppliers and lines, and what stands in for keys that nobody declared."""

from __future__ import annotations

import pytest

from acl.conditions import Comparison, Condition
from acl.inhouse.keys import LINE_NUMBER, REFERENCED_SUPPLIER, SUPPLIER
from acl.inhouse.purchase_orders import PURCHASE_ORDER
from acl.mapping import column
from domain.identifiers import LineNumber, SupplierId
from ports.errors import ProblemKind
from ports.purchase_orders import PurchaseOrderQuery
from tests.unit.acl.inhouse.reading import problem, read, refused, written

NUMBER = column(SUPPLIER, "COD")
ORDERED_FROM = column(REFERENCED_SUPPLIER, "COD_FORN", "COD")
LINE = column(LINE_NUMBER, "SEQ", "NUMERO_SEM_ITENS")


def test_a_suppliers_number_has_eight_digits_and_is_kept_without_leading_zeros() -> None:
    assert read(NUMBER, 123) == SupplierId("00000123")
    assert written(NUMBER, SupplierId("00000123")) == 123


@pytest.mark.parametrize("raw", [0, -1, -7, 10**8, "123", 123.0, True])
def test_what_is_no_number_of_a_supplier_is_refused(raw: object) -> None:
    assert problem(NUMBER, raw).kind is ProblemKind.INVALID_IDENTIFIER


@pytest.mark.parametrize(
    "text", ["123", "000000123", "0000012A", "00000000", "+0000123", "1000170 1", "１０００１７０１"]
)
def test_an_identifier_of_another_form_is_no_number(text: str) -> None:
    assert refused(NUMBER, SupplierId(text)).quirk == "INH-KEY-04"
    assert refused(ORDERED_FROM, SupplierId(text)).quirk == "INH-KEY-04"


def test_the_supplier_of_an_order_is_the_principal_that_was_found() -> None:
    assert read(ORDERED_FROM, "  99000001", 10001701) == SupplierId("10001701")
    assert written(ORDERED_FROM, SupplierId("00000123")) == ("123", 123)
    assert problem(ORDERED_FROM, "99000001", 0).kind is ProblemKind.INVALID_IDENTIFIER


def test_orders_of_a_supplier_are_asked_by_the_number_of_the_principal() -> None:
    plan = PURCHASE_ORDER.plan(PurchaseOrderQuery(supplier=SupplierId("00000123")))

    assert plan.pushed == (Condition("COD", Comparison.EQ, 123),)
    assert PURCHASE_ORDER.plan(PurchaseOrderQuery(supplier=SupplierId("12A"))).impossible is not None


@pytest.mark.parametrize(
    ("raw", "kind", "quirk"),
    [
        ("1000I701", ProblemKind.INVALID_IDENTIFIER, "INH-KEY-04"),
        ("12A", ProblemKind.INVALID_IDENTIFIER, "INH-KEY-04"),
        ("00123", ProblemKind.INVALID_IDENTIFIER, "INH-KEY-03"),
        ("0", ProblemKind.MISSING, "INH-PHANTOM-01"),
        (" 000 ", ProblemKind.MISSING, "INH-PHANTOM-01"),
        ("-1", ProblemKind.MISSING, "INH-PHANTOM-01"),
        (None, ProblemKind.MISSING, "INH-KEY-03"),
        (123, ProblemKind.DRIFT, "INH-KEY-03"),
    ],
)
def test_a_supplier_that_was_not_found_is_refused_for_what_was_typed(
    raw: object, kind: ProblemKind, quirk: str
) -> None:
    found = problem(ORDERED_FROM, raw, None)

    assert (found.column, found.raw, found.kind, found.quirk) == ("COD_FORN", repr(raw), kind, quirk)


def test_a_line_is_numbered_from_one() -> None:
    assert read(LINE, 10, None) == LineNumber("10")
    assert written(LINE, LineNumber("10")) == (10, None)
    for raw in (0, -1, None, "10", True):
        assert problem(LINE, raw, None).column == "SEQ"
    for text in ("A1", "010", "0", "1.0", "9" * 12):
        assert refused(LINE, LineNumber(text)).kind is ProblemKind.INVALID_IDENTIFIER


def test_an_order_without_lines_is_blamed_on_its_number() -> None:
    found = problem(LINE, None, "900012")

    assert (found.column, found.raw, found.kind, found.quirk) == (
        "NUMERO", "'900012'", ProblemKind.MISSING, "INH-TXN-01",
    )  # fmt: skip
