"""Commands about purchase orders as what SAP is asked to write: whole where it must be, and never a guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from acl.conditions import AnyOf, Comparison, Condition
from domain.commands.command import Command, Made
from domain.commands.purchase_orders import (
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
)
from domain.currency import Currency
from domain.identifiers import LineNumber, ProductId
from domain.money import Price
from domain.quantity import Quantity
from domain.units import Unit
from ports.errors import NotWritable
from tests.governed.examples import resolved
from tests.unit.acl.sap.asking import (
    EUR,
    MARK,
    ORDER_ID,
    PIECE,
    SAP,
    a_stored_item,
    a_stored_order,
    an_order_to_place,
    asked,
    told,
)


def test_an_order_is_placed_in_one_document_with_both_references_in_it() -> None:
    """SAP-WR-01, SAP-WR-05, SAP-NUM-07."""
    (write,) = asked(an_order_to_place())

    assert write.entity_set == "A_PurchaseOrder"
    item = {
        "PurchaseOrderItem": "00010",
        "Material": "000000000000000021",
        "OrderQuantity": "2.500",
        "PurchaseOrderQuantityUnit": "PC",
        "NetPriceAmount": "11.3500",
        "NetPriceQuantity": "100",
        "OrderPriceUnit": "PC",
        "Plant": "1030",
    }
    assert write.body == {
        "CompanyCode": "1010",
        "PurchaseOrderType": "NB",
        "PurchasingOrganization": "1020",
        "PurchasingGroup": "001",
        "CorrespncExternalReference": "ABCDEFGHIJ23",
        "CorrespncInternalReference": "REQ-17",
        "Supplier": "0010000101",
        "PurchaseOrderDate": "/Date(1772409600000)/",
        "DocumentCurrency": "EUR",
        "to_PurchaseOrderItem": {
            "results": [
                {**item, "to_ScheduleLine": {"results": [{"ScheduleLineDeliveryDate": "/Date(1775001600000)/"}]}},
                {**item, "PurchaseOrderItem": "00020"},
            ]
        },
    }


def test_an_order_is_searched_by_its_reference_and_among_those_of_its_day() -> None:
    company, supplier, either = SAP.under(an_order_to_place(), MARK)

    assert company == Condition("CompanyCode", Comparison.EQ, "1010")
    assert supplier == Condition("Supplier", Comparison.EQ, "0010000101")
    assert isinstance(either, AnyOf)
    assert {each.column: each.value for each in either.conditions} == {
        "CorrespncExternalReference": "ABCDEFGHIJ23",
        "PurchaseOrderDate": "/Date(1772409600000)/",
    }


@pytest.mark.parametrize(
    ("spoilt", "path"),
    [
        ({"ordered": Quantity(Decimal("0.0001"), PIECE)}, "ordered"),
        ({"ordered": Quantity(Decimal(1), Unit("KT"))}, "ordered"),
        ({"price": Price(EUR, Decimal("1.23456"), Quantity(Decimal(1), PIECE))}, "price"),
        ({"product": resolved(ProductId("x" * 41))}, "product"),
        ({"product": Made("new product")}, "not been made"),
    ],
)
def test_what_sap_cannot_hold_is_not_sent(spoilt: dict[str, object], path: str) -> None:
    with pytest.raises(NotWritable, match=path):
        asked(an_order_to_place(**spoilt))


def test_a_changed_line_is_its_item_and_all_its_schedule_lines() -> None:
    change = ChangePurchaseOrderLine(
        order=ORDER_ID,
        line=LineNumber("20"),
        ordered=Quantity(Decimal(7), PIECE),
        due_on=date(2026, 4, 1),
    )
    writes = asked(change, a_stored_order(a_stored_item("10"), a_stored_item("20")))

    day = {"ScheduleLineDeliveryDate": "/Date(1775001600000)/"}
    assert list(map(told, writes)) == [
        ("A_PurchaseOrderItem", ["4500000001", "20"], {"OrderQuantity": "7.000"}),
        ("A_PurchaseOrderScheduleLine", ["4500000001", "00020", "1"], day),
        ("A_PurchaseOrderScheduleLine", ["4500000001", "00020", "2"], day),
    ]


def test_a_line_that_is_not_there_is_not_changed() -> None:
    change = ChangePurchaseOrderLine(order=ORDER_ID, line=LineNumber("30"), due_on=None)
    with pytest.raises(NotWritable, match="no line 30"):
        asked(change, a_stored_order(a_stored_item("10")))


@pytest.mark.parametrize(
    "changed",
    [
        {"price": Price(Currency("USD"), Decimal(1), Quantity(Decimal(1), PIECE))},
        {"ordered": Quantity(Decimal(7), Unit("KGM"))},
    ],
)
def test_a_line_that_would_contradict_itself_is_not_written(changed: dict[str, Any]) -> None:
    change = ChangePurchaseOrderLine(order=ORDER_ID, line=LineNumber("10"), **changed)
    with pytest.raises(NotWritable, match="line 10"):
        asked(change, a_stored_order(a_stored_item("10")))


def test_an_order_is_closed_by_every_item_that_expects_goods() -> None:
    gone = a_stored_item("20", PurchasingDocumentDeletionCode="L")
    some = a_stored_item("30", YY1_ReceivedQuantity_PDI="2.000")
    writes = asked(ClosePurchaseOrder(order=ORDER_ID), a_stored_order(a_stored_item("10"), gone, some))

    assert [(key[1], body) for _, key, body in map(told, writes)] == [
        ("10", {"IsCompletelyDelivered": True}),
        ("30", {"IsCompletelyDelivered": True}),
    ]


def test_a_line_that_came_in_full_does_not_keep_the_others_from_being_closed() -> None:
    full = a_stored_item("20", IsCompletelyDelivered=True, YY1_ReceivedQuantity_PDI="5.000")
    writes = asked(ClosePurchaseOrder(order=ORDER_ID), a_stored_order(a_stored_item("10"), full))

    assert list(map(told, writes)) == [("A_PurchaseOrderItem", ["4500000001", "10"], {"IsCompletelyDelivered": True})]


@pytest.mark.parametrize("processing", ["01", "02", "03", "08"])
def test_an_order_is_cancelled_by_deleting_every_item_that_is_left(processing: str) -> None:
    gone = a_stored_item("20", PurchasingDocumentDeletionCode="L")
    order = a_stored_order(a_stored_item("10"), gone, PurchasingProcessingStatus=processing)
    writes = asked(CancelPurchaseOrder(order=ORDER_ID), order)

    assert list(map(told, writes)) == [("A_PurchaseOrderItem", ["4500000001", "10"], None)]


@pytest.mark.parametrize(
    ("command", "stands", "because"),
    [
        (ClosePurchaseOrder(order=ORDER_ID), {"PurchasingProcessingStatus": "03"}, "cannot become closed"),
        (CancelPurchaseOrder(order=ORDER_ID), {"came": "2.000"}, "cannot become cancelled"),
        (ClosePurchaseOrder(order=ORDER_ID), {"came": "5.000"}, "every line came in full"),
    ],
)
def test_what_sap_would_take_for_something_else_is_not_sent(
    command: Command, stands: dict[str, str], because: str
) -> None:
    came = {"YY1_ReceivedQuantity_PDI": stands.get("came", "0.000")}
    header = {name: value for name, value in stands.items() if name != "came"}
    with pytest.raises(NotWritable, match=because):
        asked(command, a_stored_order(a_stored_item("10", **came), a_stored_item("20", **came), **header))
