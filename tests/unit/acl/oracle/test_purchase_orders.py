"""Fusion purchase orders, one notion at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from acl.conditions import AnyOf, Comparison, Condition
from acl.oracle.codes import LINE_STATUSES, ORDER_STATUSES
from acl.oracle.purchase_orders import PURCHASE_ORDER
from domain.currency import Currency
from domain.dates import OPEN_END, Validity
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.money import Money
from domain.purchasing import LineStatus, OrderStatus
from domain.units import Unit
from ports.errors import ProblemKind
from ports.purchase_orders import PurchaseOrderQuery
from tests.unit.acl.oracle.records import GONE, Record, a_line, an_order
from tests.unit.acl.oracle.refusing import the_problem
from tests.unit.acl.reading import needs_no_slow_path, refusal_of


def test_an_ordinary_order_is_read_without_the_slow_path() -> None:
    needs_no_slow_path(PURCHASE_ORDER, an_order())


def test_an_order_is_written_in_canonical_form_and_read_back() -> None:
    read = PURCHASE_ORDER.read(an_order(OrderDate="2024-01-15-03:00", EndDate="4712-12-31Z"))
    written = PURCHASE_ORDER.write(read)

    assert isinstance(written, dict)
    assert (written["OrderDate"], written["EndDate"], written["DeletedFlag"]) == ("2024-01-15", "4712-12-31", "N")
    assert written["PurchaseOrderLine"][0]["Amount@currencyCode"] == "EUR"  # type: ignore[index]  # a list of records


@pytest.mark.parametrize("absent", [GONE, None], ids=["left out", "nil"])
def test_a_term_may_be_absent_or_without_end(absent: object) -> None:
    assert PURCHASE_ORDER.read(an_order(StartDate=absent, EndDate=absent)).validity is None
    open_ended = PURCHASE_ORDER.read(an_order(StartDate="2024-01-15", EndDate="4712-12-31"))
    assert open_ended.validity == Validity(date(2024, 1, 15), OPEN_END)


@pytest.mark.parametrize("raw", ["0000-00-00", "2024-02-30", "4712-12-31"])
def test_a_day_that_is_none_is_refused_and_never_taken_for_absent(raw: str) -> None:
    """SOAP-03, FUS-DATE-02."""
    problem = the_problem(PURCHASE_ORDER, an_order(StartDate=raw))

    assert (problem.column, problem.raw, problem.kind) == ("StartDate", repr(raw), ProblemKind.INVALID_DATE)


@pytest.mark.parametrize(("raw", "status"), ORDER_STATUSES.items())
def test_a_status_of_an_order_is_read_through_its_table(raw: str, status: OrderStatus) -> None:
    assert PURCHASE_ORDER.read(an_order(StatusCode=raw)).status is status


def test_every_status_has_a_code() -> None:
    assert set(ORDER_STATUSES.values()) == set(OrderStatus)
    assert set(LINE_STATUSES.values()) == set(LineStatus)


@pytest.mark.parametrize(
    ("raw", "kind", "quirk"),
    [("AWAITING FUNDS", ProblemKind.INVALID_CODE, "EBS-PO-04"), ("open", ProblemKind.INVALID_CODE, "EBS-PO-04"),
     ("CLOSED FOR INVOICE", ProblemKind.INVALID_CODE, "EBS-PO-04"), (GONE, ProblemKind.MISSING, "SOAP-01"),
     ("", ProblemKind.MISSING, "SOAP-01"), (["OPEN", "CLOSED"], ProblemKind.DRIFT, "SOAP-11")],
)  # fmt: skip
def test_an_unknown_status_is_a_problem_and_never_a_fallback(raw: object, kind: ProblemKind, quirk: str) -> None:
    problem = the_problem(PURCHASE_ORDER, an_order(StatusCode=raw))

    assert (problem.column, problem.kind, problem.quirk) == ("StatusCode", kind, quirk)


@pytest.mark.parametrize("raw", ["N", GONE, "", None])
def test_an_order_lives_when_its_flag_says_so_or_says_nothing(raw: object) -> None:
    assert PURCHASE_ORDER.read(an_order(DeletedFlag=raw)).id == PurchaseOrderId("450003")


@pytest.mark.parametrize("raw", ["Y", "y", "true", "X", ["N", "N"]])
def test_an_order_of_which_nobody_knows_whether_it_is_deleted_is_refused(raw: object) -> None:
    problem = the_problem(PURCHASE_ORDER, an_order(DeletedFlag=raw))

    assert (problem.column, problem.raw, problem.quirk) == ("DeletedFlag", repr(raw), "EBS-CODE-01")


@pytest.mark.parametrize(
    ("column", "raw", "kind", "quirk"),
    [
        ("Price", "1.234,56", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("Amount", "NaN", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("Amount", "99.505", ProblemKind.CURRENCY, "SOAP-04"),
        ("Amount", ["1", "2"], ProblemKind.DRIFT, "SOAP-11"),
        ("Amount@currencyCode", "XXQ", ProblemKind.CURRENCY, "G2"),
        ("Amount@currencyCode", GONE, ProblemKind.MISSING, "G2"),
        ("UOMCode", "ZZ9", ProblemKind.UNIT, "G2"),
        ("UOMCode", "EA", ProblemKind.UNIT, "G2"),
        ("LineStatusCode", GONE, ProblemKind.MISSING, "EBS-PO-04"),
        ("LineStatusCode", "AWAITING FUNDS", ProblemKind.INVALID_CODE, "EBS-PO-04"),
        ("LineNumber", "1.0", ProblemKind.INVALID_NUMBER, "SOAP-04"),
        ("ItemDescription", "", ProblemKind.MISSING, "G5"),
        ("DFF", [{"PriceBasisQuantity": "1"}] * 2, ProblemKind.DRIFT, "SOAP-11"),
    ],
)
def test_a_bad_value_of_a_line_is_refused_by_its_path(column: str, raw: object, kind: ProblemKind, quirk: str) -> None:
    problem = the_problem(PURCHASE_ORDER, an_order(PurchaseOrderLine=[a_line({column: raw})]))

    assert (problem.column, problem.kind) == (f"PurchaseOrderLine/{column}", kind)
    assert problem.quirk == quirk
    assert problem.field.startswith("lines[0].")


def test_an_amount_in_another_currency_than_its_price_is_refused() -> None:
    problem = the_problem(PURCHASE_ORDER, an_order(PurchaseOrderLine=[a_line({"Amount@currencyCode": "USD"})]))

    assert "PurchaseOrderLine/Amount@currencyCode" in problem.column
    assert "'USD'" in problem.raw


def test_a_line_in_another_currency_than_its_order_is_refused() -> None:
    line = a_line({"Amount@currencyCode": "USD", "Price@currencyCode": "USD"})
    problem = the_problem(PURCHASE_ORDER, an_order(PurchaseOrderLine=[line]))

    assert "CurrencyCode" in problem.column
    assert "worth 99.50 USD in an order in EUR" in problem.reason


@pytest.mark.parametrize(("code", "raw", "amount"), [("JPY", "1234", "1234"), ("KWD", "1.5", "1.500")])
def test_money_has_exactly_the_places_of_its_currency(code: str, raw: str, amount: str) -> None:
    line = a_line({"Amount": raw, "Amount@currencyCode": code, "Price@currencyCode": code})

    (read,) = PURCHASE_ORDER.read(an_order(CurrencyCode=code, PurchaseOrderLine=[line])).lines

    assert read.amount == Money(Currency(code), Decimal(amount))
    assert str(read.amount.amount) == amount


def test_a_price_is_per_so_many_of_the_lines_unit() -> None:
    line = a_line({"DFF": [{"PriceBasisQuantity": "1000"}]})

    (read,) = PURCHASE_ORDER.read(an_order(PurchaseOrderLine=[line])).lines

    assert (read.price.per.amount, read.price.per.unit) == (Decimal(1000), Unit("H87"))


@pytest.mark.parametrize("raw", ["  ", "450003 "])
def test_blanks_belong_to_no_key(raw: str) -> None:
    """SOAP-27."""
    problem = the_problem(PURCHASE_ORDER, an_order(SupplierNumber=raw))

    assert (problem.column, problem.kind, problem.quirk) == (
        "SupplierNumber",
        ProblemKind.INVALID_IDENTIFIER,
        "SOAP-27",
    )


def test_an_order_without_lines_is_no_order() -> None:
    assert the_problem(PURCHASE_ORDER, an_order(PurchaseOrderLine=GONE)).kind is ProblemKind.RULE


def test_every_problem_of_an_order_is_told_at_once() -> None:
    lines: list[Record] = [a_line(), a_line({"LineNumber": "20", "Amount": "NaN", "UOMCode": "ZZ9"})]

    found = _columns(an_order(OrderDate="2024-02-30", PurchaseOrderLine=lines))

    assert found == {"OrderDate", "PurchaseOrderLine/Amount", "PurchaseOrderLine/UOMCode"}


def _columns(record: Record) -> set[str]:
    return {problem.column for problem in refusal_of(lambda: PURCHASE_ORDER.read(record))}


def _equal(column: str, value: str) -> Condition:
    return Condition(column, Comparison.EQ, value)


@pytest.mark.parametrize(
    ("query", "pushed"),
    [
        (PurchaseOrderQuery(status=OrderStatus.OPEN), (AnyOf((_equal("StatusCode", "OPEN"),)),)),
        (PurchaseOrderQuery(status=OrderStatus.CLOSED),
         (AnyOf((_equal("StatusCode", "CLOSED"), _equal("StatusCode", "FINALLY CLOSED"))),)),
        (PurchaseOrderQuery(supplier=SupplierId("10001701")), (_equal("SupplierNumber", "10001701"),)),
        (PurchaseOrderQuery(ordered_from=date(2024, 1, 1), ordered_until=date(2024, 1, 31)),
         (Condition("OrderDate", Comparison.GE, "2024-01-01"), Condition("OrderDate", Comparison.LE, "2024-01-31"))),
        (PurchaseOrderQuery(currency=Currency("JPY")), (_equal("CurrencyCode", "JPY"),)),
        (PurchaseOrderQuery(reference="REQ-1"), (_equal("SupplierOrderReference", "REQ-1"),)),
        (PurchaseOrderQuery(product=ProductId("A/B 1")), (_equal("PurchaseOrderLine.ItemNumber", "A/B 1"),)),
        (PurchaseOrderQuery(after=PurchaseOrderId("450003")), (Condition("OrderNumber", Comparison.GT, "450003"),)),
    ],
)  # fmt: skip
def test_everything_that_a_port_asks_of_orders_is_pushed(query: PurchaseOrderQuery, pushed: tuple[object, ...]) -> None:
    plan = PURCHASE_ORDER.plan(query)

    assert plan.pushed == pushed
    assert plan.local == (plan.criteria if query.status is not None else ())  # a flag beside the code may say more


def test_a_site_may_add_statuses_and_units() -> None:
    own = PURCHASE_ORDER.with_codes({
        "status": {"AWAITING FUNDS": OrderStatus.PENDING_APPROVAL}, "lines.received.unit": {"PCE": Unit("H87")},
        "lines.invoiced.unit": {"PCE": Unit("H87")}, "lines.price.per.unit": {"PCE": Unit("H87")},
    })  # fmt: skip

    read = own.read(an_order(StatusCode="AWAITING FUNDS", PurchaseOrderLine=[a_line({"UOMCode": "PCE"})]))

    assert (read.status, read.lines[0].received.unit) == (OrderStatus.PENDING_APPROVAL, Unit("H87"))
    assert "AWAITING FUNDS" in str(own.plan(PurchaseOrderQuery(status=OrderStatus.PENDING_APPROVAL)))
