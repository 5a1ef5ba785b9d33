"""SAP purchase orders through their mapping: what one record becomes, and how a bad one is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from acl.sap.purchase_orders import PURCHASE_ORDER
from domain.currency import Currency
from domain.dates import OPEN_END, Validity
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Money, Price
from domain.provenance import SourceRef
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.units import Unit
from ports.errors import ProblemKind
from tests.unit.acl.laws import LAW
from tests.unit.acl.reading import ORIGIN, READ_AT, both_paths, needs_no_slow_path, refusal_of, spoilt_columns
from tests.unit.acl.sap.records import Record, a_sap_order, an_item, an_order_of

_EUR, _PIECE = Currency("EUR"), Unit("H87")
_ORDER = PurchaseOrder(
    id=PurchaseOrderId("4500000001"),
    supplier=SupplierId("10000101"),
    ordered_on=date(2024, 1, 1),
    currency=_EUR,
    status=OrderStatus.OPEN,
    reference="REF-1",
    validity=None,
    lines=(
        PurchaseOrderLine(
            number=LineNumber("10"),
            product=ProductId("21"),
            description="Parafuso M8",
            ordered=Quantity(Decimal(5), _PIECE),
            received=Quantity(Decimal(0), _PIECE),
            invoiced=Quantity(Decimal(0), _PIECE),
            price=Price(_EUR, Decimal("19.9"), Quantity(Decimal(1), _PIECE)),
            amount=Money(_EUR, Decimal("99.50")),
            due_on=date(2024, 2, 1),
            status=LineStatus.OPEN,
        ),
    ),
    source=SourceRef("test", "A_PurchaseOrder", "4500000001", READ_AT),
)


def _read(record: Record) -> PurchaseOrder:
    return PURCHASE_ORDER.read(record, origin=ORIGIN)


def _line(**changes: object) -> PurchaseOrderLine:
    return _read(an_order_of(an_item(**changes))).lines[0]


def test_an_order_becomes_the_business_object() -> None:
    read = _read(a_sap_order())

    assert read == _ORDER
    assert read.source == _ORDER.source


def test_the_price_quantity_is_kept_apart_from_the_price() -> None:
    """SAP-NUM-07: 11.35 per 100 pieces is 0.1135 each, not 11.35."""
    price = _line(NetPriceAmount="11.35", NetPriceQuantity="100", NetAmount="0.57").price

    assert price == Price(_EUR, Decimal("11.35"), Quantity(Decimal(100), _PIECE))
    assert price.for_quantity(Quantity(Decimal(5), _PIECE)) == Money(_EUR, Decimal("0.57"))


@pytest.mark.parametrize(
    ("currency", "raw", "amount"),
    [("JPY", "123400", Decimal(123400)), ("KWD", "12.345", Decimal("12.345")), ("EUR", "12.5", Decimal("12.50"))],
)
def test_an_amount_has_the_places_of_its_currency_and_is_never_shifted(
    currency: str, raw: str, amount: Decimal
) -> None:
    """SAP-NUM-06: over OData the amount is already in major units."""
    order = _read(an_order_of(an_item(DocumentCurrency=currency, NetAmount=raw), DocumentCurrency=currency))

    assert repr(order.lines[0].amount) == repr(Money(Currency(currency), amount))
    assert order.total == Money(Currency(currency), amount)


def test_a_term_may_be_without_end() -> None:
    """SAP-DATE-06."""
    order = _read(a_sap_order(ValidityStartDate="/Date(1704067200000)/", ValidityEndDate="/Date(253402214400000)/"))

    assert order.validity == Validity(date(2024, 1, 1), OPEN_END)


def test_several_delivery_days_that_agree_are_one() -> None:
    schedule = {"results": [{"ScheduleLineDeliveryDate": "/Date(1706745600000)/"}] * 2}

    assert _line(to_ScheduleLine=schedule).due_on == date(2024, 2, 1)


@pytest.mark.parametrize("raw", ["", None, "0" * 18], ids=["blank", "null", "zeros"])
def test_a_line_without_material_has_no_product(raw: object) -> None:
    """SAP-ID-03."""
    assert _line(Material=raw).product is None


_HEADER_FAULTS = [
    ("SAP-DATE-06", "PurchaseOrderDate", "/Date(253402300800000)/", "ordered_on", ProblemKind.INVALID_DATE),
    ("SAP-DATE-01", "PurchaseOrderDate", "2024-01-01T00:00:00", "ordered_on", ProblemKind.INVALID_DATE),
    ("SAP-DATE-03", "PurchaseOrderDate", "/Date(1704067200000+0060)/", "ordered_on", ProblemKind.AMBIGUOUS),
    ("SAP-DATE-04", "PurchaseOrderDate", None, "ordered_on", ProblemKind.MISSING),
    ("SAP-ID-01", "Supplier", "00010000101", "supplier", ProblemKind.INVALID_IDENTIFIER),
    ("SAP-ID-02", "Supplier", "BP 1710", "supplier", ProblemKind.INVALID_IDENTIFIER),
    ("SAP-ID-03", "Supplier", "0000000000", "supplier", ProblemKind.MISSING),
    ("SAP-CODE-06", "PurchasingProcessingStatus", "77", "status", ProblemKind.INVALID_CODE),
    ("SAP-HTTP-10", "to_PurchaseOrderItem", {"__deferred": {"uri": "u"}}, "lines", ProblemKind.DRIFT),
    ("SAP-HTTP-11", "to_PurchaseOrderItem", "[]", "lines", ProblemKind.DRIFT),
    ("G4 not loaded", "CorrespncInternalReference", {}, "reference", ProblemKind.DRIFT),
]
_ITEM_FAULTS = [
    ("SAP-ID-04", "PurchaseOrderItem", "1O", "number", ProblemKind.INVALID_IDENTIFIER),
    ("SAP-ID-07", "Material", "1" * 19, "product", ProblemKind.INVALID_IDENTIFIER),
    ("SAP-NUM-01", "NetPriceAmount", "12,50", "price.amount", ProblemKind.INVALID_NUMBER),
    ("SAP-NUM-01", "OrderQuantity", "NaN", "ordered.amount", ProblemKind.INVALID_NUMBER),
    ("SAP-NUM-06", "NetAmount", "12.505", "amount", ProblemKind.CURRENCY),
    ("SAP-NUM-07", "NetPriceQuantity", "", "price.per.amount", ProblemKind.INVALID_NUMBER),
    ("SAP-NUM-08", "OrderPriceUnit", "QQX", "price.per.unit", ProblemKind.UNIT),
    ("SAP-CODE-03", "PurchaseOrderQuantityUnit", "QQX", "ordered.unit", ProblemKind.UNIT),
    ("SAP-CODE-04", "PurchasingDocumentDeletionCode", "Z", "status", ProblemKind.INVALID_CODE),
    ("SAP-CODE-01", "IsCompletelyDelivered", "X", "status", ProblemKind.INVALID_CODE),
    ("G1", "PurchaseOrderItemText", "two\nlines", "description", ProblemKind.ENCODING),
]


@pytest.mark.parametrize(
    ("column", "raw", "field", "kind"), [row[1:] for row in _HEADER_FAULTS], ids=[row[0] for row in _HEADER_FAULTS]
)
def test_a_bad_column_of_the_header_is_told_by_field_column_and_kind(
    column: str, raw: object, field: str, kind: ProblemKind
) -> None:
    problems = refusal_of(lambda: _read(a_sap_order(**{column: raw})))

    assert (field, column, kind) in [(problem.field, problem.column, problem.kind) for problem in problems]


@pytest.mark.parametrize(
    ("column", "raw", "field", "kind"), [row[1:] for row in _ITEM_FAULTS], ids=[row[0] for row in _ITEM_FAULTS]
)
def test_a_bad_column_of_an_item_is_told_by_its_path(column: str, raw: object, field: str, kind: ProblemKind) -> None:
    problems = refusal_of(lambda: _read(an_order_of(an_item(), an_item(PurchaseOrderItem="20") | {column: raw})))

    told = [(problem.field, problem.column.rpartition("/")[2], problem.kind) for problem in problems]
    assert (f"lines[1].{field}", column, kind) in told


def test_a_price_per_nothing_breaks_a_rule_of_the_model() -> None:
    """SAP-NUM-07."""
    (problem,) = refusal_of(lambda: _line(NetPriceQuantity="0"))

    assert (problem.field, problem.kind) == ("lines[0].price", ProblemKind.RULE)
    assert problem.column == "to_PurchaseOrderItem/NetPriceQuantity, to_PurchaseOrderItem/OrderPriceUnit"
    assert problem.reason == "a price per 0 H87 says nothing"


def test_a_padded_text_breaks_a_rule_of_the_model() -> None:
    (problem,) = refusal_of(lambda: _line(PurchaseOrderItemText=" padded"))

    assert (problem.field, problem.column) == ("lines[0]", "to_PurchaseOrderItem/PurchaseOrderItemText")
    assert (problem.kind, problem.reason) == (ProblemKind.RULE, "description is blank or padded: ' padded'")


def test_every_bad_field_of_a_record_is_told_at_once() -> None:
    bad = an_order_of(an_item(NetAmount=None, OrderQuantity="5,000"), DocumentCurrency="XXQ", Supplier="x")

    problems = refusal_of(lambda: _read(bad))

    assert [problem.column for problem in problems if "status" not in problem.field] == [
        "Supplier",
        "DocumentCurrency",
        "to_PurchaseOrderItem/OrderQuantity",
        "to_PurchaseOrderItem/NetAmount",
    ]


def test_delivery_days_that_differ_are_ambiguous() -> None:
    days = [{"ScheduleLineDeliveryDate": f"/Date({ticks})/"} for ticks in (1706745600000, 1706832000000)]

    (problem,) = refusal_of(lambda: _read(an_order_of(an_item(to_ScheduleLine={"results": days}))))

    assert (problem.field, problem.kind) == ("lines[0].due_on", ProblemKind.AMBIGUOUS)
    assert problem.reason == "2024-02-01 and 2024-02-02 stand where one may"


def test_an_item_in_another_currency_than_its_order_is_refused() -> None:
    (problem,) = refusal_of(lambda: _read(an_order_of(an_item(DocumentCurrency="USD"))))

    assert (problem.kind, problem.reason) == (
        ProblemKind.RULE,
        "line 10 is worth 99.50 USD in an order in EUR",
    )


def test_an_order_is_written_back_canonically_without_what_may_not_be_written() -> None:
    written = cast("Record", PURCHASE_ORDER.write(_ORDER))
    item = cast("dict[str, list[Record]]", written["to_PurchaseOrderItem"])["results"][0]

    assert written["PurchaseOrder"] == "4500000001"
    assert written["Supplier"] == "0010000101"
    assert "PurchasingProcessingStatus" not in written
    assert (item["PurchaseOrderItem"], item["Material"]) == ("00010", "000000000000000021")
    assert (item["NetAmount"], item["NetPriceQuantity"]) == ("99.500", "1")
    assert "PurchasingDocumentDeletionCode" not in item


_WITH_A_TERM = a_sap_order(ValidityStartDate="/Date(1704067200000)/", ValidityEndDate="/Date(253402214400000)/")


@LAW
@given(st.data())
def test_both_paths_say_the_same_of_a_spoilt_order(data: DataObject) -> None:
    both_paths(PURCHASE_ORDER, data.draw(spoilt_columns(_WITH_A_TERM)))


@LAW
@given(PURCHASE_ORDER.records())
def test_a_drawn_order_is_read_by_the_generated_reader(record: object) -> None:
    needs_no_slow_path(PURCHASE_ORDER, record)
