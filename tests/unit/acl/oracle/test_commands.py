"""Commands as what Fusion is asked for: only what changes, what must be said is said, and never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

import pytest
from attrs import evolve

from acl.oracle.commands.calls import Action, Call, Stored, meant, reference_in, refused_inside
from acl.oracle.commands.catalogue import oracle_commands
from acl.oracle.commands.purchase_orders import Purchasing
from acl.oracle.purchase_orders import PURCHASE_ORDER
from acl.oracle.suppliers import SUPPLIER
from domain.commands.catalogue import COMMANDS
from domain.commands.command import Command, Made
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.commands.suppliers import BlockSupplier, ChangeSupplier, CreateSupplier
from domain.currency import Currency
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.outcomes import Reference
from domain.quantity import Quantity
from domain.suppliers import SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit
from ports.errors import Conflict, Locked, NotWritable, Refused
from tests.governed.examples import ADDRESS, resolved
from tests.unit.acl.oracle.records import GONE, Record, a_line, a_schedule, a_supplier, an_order

WHO = Purchasing(
    legal_entity="Head Office", procurement_unit="P1", requisitioning_unit="R1", buyer="ana@example.com",
    ship_to_location="Dock 1", ship_to_organization="M1", cancels_demand=True,
)  # fmt: skip
FUSION = oracle_commands(
    WHO, organization_type="PARTNERSHIP", supplier_segment="supplierRef", order_segment="orderRef", codes={}
)
MARK = Reference("ABCDEFGHIJ23")
SUPPLIER_ID, ORDER_ID = resolved(SupplierId("10001701")), resolved(PurchaseOrderId("450003"))
EUR, PIECE, KILO = Currency("EUR"), Unit("H87"), Unit("KGM")
PRICE = Price(EUR, Decimal("11.35"), Quantity(Decimal(100), PIECE))
LINE = OrderedLine(product=resolved(ProductId("21")), ordered=Quantity(Decimal(5), PIECE), price=PRICE, due_on=None)
PLACE = PlacePurchaseOrder(
    supplier=SUPPLIER_ID, ordered_on=date(2026, 3, 2), currency=EUR, reference=None, lines=(LINE,)
)
LINE_10 = LineNumber("10")


def a_stored_supplier(**changes: object) -> Stored[object]:
    record = a_supplier(**changes)
    return Stored(raw=record, value=SUPPLIER.read(record))


def a_stored_order(*lines: Record, **changes: object) -> Stored[object]:
    record = an_order(**({"PurchaseOrderLine": list(lines)} if lines else {}), **changes)
    return Stored(raw=record, value=PURCHASE_ORDER.read(record))


def schedules(*quantities: str) -> Record:
    """Give a line's schedules, which order *quantities*."""
    numbered = enumerate(quantities, start=1)
    return {
        "PurchaseOrderSchedule": [a_schedule({"ScheduleNumber": str(at), "Quantity": each}) for at, each in numbered]
    }


def row(command: Command, stands: Stored[object] | None = None) -> Mapping[str, object]:
    """Give the one argument of the call that *command* becomes."""
    call = FUSION.created(command, MARK) if stands is None else FUSION.altered(command, stands, MARK)
    assert isinstance(call, Call)
    ((_, argument),) = call.arguments.items()
    return cast("Mapping[str, object]", argument)


def line_of(entry: Mapping[str, object]) -> Record:
    (line,) = cast("list[Record]", entry["PurchaseOrderEntryLine"])
    return line


def test_offers_what_its_services_can_do_and_nothing_else() -> None:
    assert {command.terms.action for command in COMMANDS if FUSION.offers(command)} == {
        "create supplier", "change supplier", "block supplier", "place purchase order", "change purchase order",
        "approve purchase order", "start approval routing", "close purchase order", "cancel purchase order",
    }  # fmt: skip


def test_a_block_is_two_holds_and_never_an_end_date() -> None:
    """SOAP-02: a day in InactiveDate would end the supplier, and a nil one bring back what was ended."""
    command = BlockSupplier(supplier=SUPPLIER_ID, block=SupplierBlock.PAYMENT)

    assert row(command, a_stored_supplier(PurchasingHoldFlag="1")) == {
        "SupplierNumber": "10001701", "HoldAllPaymentsFlag": "true", "PurchasingHoldFlag": "false",
    }  # fmt: skip


def test_only_what_changes_is_sent_and_what_is_emptied_is_empty() -> None:
    """SOAP-02."""
    command = ChangeSupplier(supplier=SUPPLIER_ID, trade_name=None, email="a@example.com")

    assert row(command, a_stored_supplier(Alias="AL")) == {
        "SupplierNumber": "10001701",
        "Alias": "",
        "SupplierAddress": [{"Operation": "UPDATE", "EmailAddress": "a@example.com"}],
    }


def test_an_address_that_loses_a_part_says_so() -> None:
    stands = a_stored_supplier()
    address = evolve(SUPPLIER.read(a_supplier()).address, street=None)
    command = ChangeSupplier(supplier=SUPPLIER_ID, address=address)

    assert row(command, stands)["SupplierAddress"] == [{"Operation": "UPDATE", "AddressLine1": ""}]


@pytest.mark.parametrize(
    ("tax_id", "kind"),
    [(TaxId(TaxIdKind.EU_VAT, "DE136695976"), "PARTNERSHIP"), (TaxId(TaxIdKind.CPF, "52998224725"), "INDIVIDUAL")],
)
def test_a_new_supplier_is_what_the_site_registers_unless_its_number_is_a_persons(tax_id: TaxId, kind: str) -> None:
    command = CreateSupplier(name="Neu", trade_name=None, tax_ids=(tax_id,), address=ADDRESS, email=None)
    sent = row(command)

    assert (sent["TaxOrganizationType"], sent["BusinessRelationship"]) == (kind, "SPEND_AUTHORIZED")
    assert reference_in(sent, "supplierRef") == MARK.text
    assert "Alias" not in sent
    assert "" not in sent.values()


def test_a_number_that_fusion_has_no_field_for_is_not_written() -> None:
    command = CreateSupplier(
        name="Neu", trade_name=None, address=ADDRESS, email=None,
        tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"), TaxId(TaxIdKind.EU_VAT, "FR40303265045")),
    )  # fmt: skip
    with pytest.raises(NotWritable, match="tax_ids"):
        FUSION.created(command, MARK)


def test_an_order_says_who_buys_and_is_handed_to_the_approvers() -> None:
    sent = row(PLACE)

    assert {name: raw for name, raw in sent.items() if isinstance(raw, str)} == {
        "SoldToLegalEntity": "Head Office", "ProcurementBusinessUnit": "P1", "RequisitioningBusinessUnit": "R1",
        "BuyerEmail": "ana@example.com", "SupplierNumber": "10001701", "OrderDate": "2026-03-02",
        "CurrencyCode": "EUR", "ApprovalActionCode": "SUBMIT",
    }  # fmt: skip
    assert reference_in(sent, "orderRef") == MARK.text
    assert line_of(sent) == {
        "LineNumber": "1", "ItemNumber": "21", "UOMCode": "Ea", "Price": "11.35", "Price@currencyCode": "EUR",
        "DFF": [{"PriceBasisQuantity": "100"}],
        "PurchaseOrderEntrySchedule": [{
            "ShipToLocationCode": "Dock 1", "ShipToOrganizationCode": "M1", "Quantity": "5", "Quantity@unitCode": "Ea",
        }],
    }  # fmt: skip


def test_without_a_place_for_it_no_reference_is_sent() -> None:
    """X-REF-10."""
    (argument,) = FUSION.created(PLACE, None).arguments.values()

    assert "DFF" not in cast("Record", argument)


def test_a_price_in_another_unit_is_not_written() -> None:
    price = Price(EUR, Decimal(1), Quantity(Decimal(1), KILO))
    with pytest.raises(NotWritable, match="one unit"):
        FUSION.created(evolve(PLACE, lines=(evolve(LINE, price=price),)), MARK)


def test_what_is_not_made_yet_cannot_be_ordered_from() -> None:
    with pytest.raises(NotWritable, match="not been made"):
        FUSION.created(evolve(PLACE, supplier=Made("new")), MARK)


def test_a_line_is_changed_with_currency_and_unit_said() -> None:
    command = ChangePurchaseOrderLine(
        order=ORDER_ID, line=LINE_10, ordered=Quantity(Decimal(7), PIECE), price=Price(EUR, Decimal(2), PRICE.per)
    )
    entry = row(command, a_stored_order(a_line(schedules("5"))))

    assert (entry["OrderNumber"], entry["ChangeOrderDescription"]) == ("450003", MARK.text)
    assert entry["ApprovalActionCode"] == "SUBMIT"
    assert line_of(entry) == {
        "LineNumber": "10", "Action": "CHANGE", "Price": "2", "Price@currencyCode": "EUR",
        "DFF": [{"PriceBasisQuantity": "100"}],
        "PurchaseOrderEntrySchedule": [
            {"ScheduleNumber": "1", "Action": "CHANGE", "Quantity": "7", "Quantity@unitCode": "Ea"}
        ],
    }  # fmt: skip


def test_a_line_that_would_contradict_itself_is_not_written() -> None:
    foreign = ChangePurchaseOrderLine(
        order=ORDER_ID, line=LINE_10, price=Price(Currency("USD"), Decimal(1), Quantity(Decimal(1), PIECE))
    )
    weighed = ChangePurchaseOrderLine(order=ORDER_ID, line=LINE_10, ordered=Quantity(Decimal(7), KILO))
    for command in (foreign, weighed):
        with pytest.raises(NotWritable, match="line 10"):
            FUSION.altered(command, a_stored_order(), MARK)


def test_a_day_is_changed_on_every_schedule_and_a_quantity_on_none_of_several() -> None:
    """EBS-PO-06."""
    stands = a_stored_order(a_line(schedules("2", "3")))
    later = ChangePurchaseOrderLine(order=ORDER_ID, line=LINE_10, due_on=None)
    more = ChangePurchaseOrderLine(order=ORDER_ID, line=LINE_10, ordered=Quantity(Decimal(9), PIECE))

    assert line_of(row(later, stands))["PurchaseOrderEntrySchedule"] == [
        {"ScheduleNumber": number, "Action": "CHANGE", "NeedByDate": None} for number in ("1", "2")
    ]
    with pytest.raises(NotWritable, match="several schedules") as caught:
        FUSION.altered(more, stands, MARK)
    assert caught.value.problems[0].quirk == "EBS-PO-06"


def test_a_draft_is_changed_without_an_approver() -> None:
    """FUS-PO-02."""
    command = ChangePurchaseOrderLine(order=ORDER_ID, line=LINE_10, due_on=date(2026, 1, 1))

    assert row(command, a_stored_order(StatusCode="INCOMPLETE"))["ApprovalActionCode"] == "NONE"
    with pytest.raises(Locked, match="waits for its approvers"):
        FUSION.altered(command, a_stored_order(StatusCode="PENDING APPROVAL"), MARK)


def test_there_is_no_such_line_or_nothing_to_change() -> None:
    other = ChangePurchaseOrderLine(order=ORDER_ID, line=LineNumber("99"), due_on=date(2026, 1, 1))
    same = ChangePurchaseOrderLine(order=ORDER_ID, line=LINE_10, due_on=date(2024, 2, 1))

    with pytest.raises(NotWritable, match="no line 99"):
        FUSION.altered(other, a_stored_order(), MARK)
    assert FUSION.altered(same, a_stored_order(), MARK) is None


@pytest.mark.parametrize("kind", [ApprovePurchaseOrder, StartApprovalRouting])
def test_a_draft_is_submitted_and_never_past_its_approvers(kind: type[ApprovePurchaseOrder]) -> None:
    """FUS-ACT-01: flags are texts."""
    command = kind(order=ORDER_ID)
    flags = {"validateDocument": "True", "bypassApprovalsFlag": "False"}

    assert FUSION.altered(command, a_stored_order(StatusCode="INCOMPLETE"), MARK) == Action(
        resource="draftPurchaseOrders", name="submit", arguments=flags
    )
    assert FUSION.altered(command, a_stored_order(StatusCode="PENDING APPROVAL"), MARK) is None
    with pytest.raises(NotWritable, match="only a draft"):
        FUSION.altered(command, a_stored_order(StatusCode="REJECTED"), MARK)


@pytest.mark.parametrize("kind", [ClosePurchaseOrder, CancelPurchaseOrder])
def test_what_is_over_is_over(kind: type[ClosePurchaseOrder]) -> None:
    for status, is_there in (("CANCELED", kind is not ClosePurchaseOrder), ("CLOSED", kind is ClosePurchaseOrder)):
        stands = a_stored_order(StatusCode=status)
        if is_there:
            assert FUSION.altered(kind(order=ORDER_ID), stands, MARK) is None
        else:
            with pytest.raises(NotWritable, match="cannot become"):
                FUSION.altered(kind(order=ORDER_ID), stands, MARK)


@pytest.mark.parametrize(
    ("reasons", "error"),
    [
        (("JBO-26030: Failed to lock the record: SEVERITY_ERROR",), Locked),
        (("Attribute set failed", "JBO-25014: Another user has changed the row"), Conflict),
        (("PO-2055101: budget", "JBO-27024"), Refused),
        ((), Refused),
    ],
)
def test_locks_and_changed_rows_are_told_from_a_no(reasons: tuple[str, ...], error: type[Exception]) -> None:
    assert type(meant(Refused("no", reasons=reasons))) is error


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"RequestStatus": "SUCCESS"}, None), ({"result": "Success"}, None), ({"result": "SUCCESS"}, None),
        ({"RequestStatus": "ERROR", "OrderNumber": None}, "ERROR"), ({"RequestStatus": "WARNING"}, "WARNING"),
        ({"result": "It went well"}, "It went well"), ({"result": None}, "None"), ({}, ""),
    ],
)  # fmt: skip
def test_a_success_is_one_only_if_it_says_so(answer: Record, told: str | None) -> None:
    """FUS-ACT-02."""
    assert refused_inside(answer) == told


@pytest.mark.parametrize("flexfield", [GONE, [], [{}], [{"orderRef": None}]])
def test_an_empty_flexfield_holds_no_reference(flexfield: object) -> None:
    assert reference_in(an_order(DFF=flexfield), "orderRef") is None
