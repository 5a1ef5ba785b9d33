"""Commands, what stands in SAP before them, and what it is asked to write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import evolve

from acl.sap.commands.catalogue import SapCommands, sap_commands
from acl.sap.commands.entities import EntityWrite, Stored
from acl.sap.commands.purchase_orders import Purchasing
from acl.sap.purchase_orders import PURCHASE_ORDER
from acl.sap.suppliers import SUPPLIER
from domain.commands.command import Command
from domain.commands.purchase_orders import (
    OrderedLine,
    PlacePurchaseOrder,
)
from domain.currency import Currency
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.outcomes import Reference
from domain.quantity import Quantity
from domain.units import Unit
from tests.governed.examples import resolved
from tests.unit.acl.sap.records import Record, a_bank, a_partner, a_sap_order, an_address, an_item, an_order_of

WHO = Purchasing(company="1010", organisation="1020", group="001", plant="1030")


SAP = sap_commands(WHO, grouping="BP02", codes={})


MARK = Reference("ABCDEFGHIJ23")


SUPPLIER_ID, ORDER_ID = resolved(SupplierId("10000101")), resolved(PurchaseOrderId("4500000001"))


EUR, PIECE = Currency("EUR"), Unit("H87")


PRICE = Price(EUR, Decimal("11.35"), Quantity(Decimal(100), PIECE))


def a_stored_partner(**changes: object) -> Stored[object]:
    """Give a firm that stands in SAP, with the keys of all that it is made of."""
    mail = {"AddressID": "20001", "Person": "", "OrdinalNumber": "1", "EmailAddress": "vendas@example.com"}
    address = an_address(BusinessPartner="10100001", AddressID="20001", to_EmailAddress={"results": [mail]})
    bank = a_bank(BusinessPartner="10100001", BankIdentification="0001")
    record = a_partner(
        BusinessPartnerCategory="2",
        to_BusinessPartnerAddress={"results": [address]},
        to_BusinessPartnerBank={"results": [bank]},
        to_Supplier={"Supplier": "10000101", "PurchasingIsBlocked": False, "PaymentIsBlockedForSupplier": False},
    )
    record.update(changes)
    return Stored(raw=record, value=SUPPLIER.read(record))


def a_stored_order(*items: Record, **changes: object) -> Stored[object]:
    """Give an order that stands in SAP; without *items*, one of a single line."""
    record = an_order_of(*items, **changes) if items else a_sap_order(**changes)
    return Stored(raw=record, value=PURCHASE_ORDER.read(record))


def a_stored_item(number: str, **changes: object) -> Record:
    """Give an item with its keys, and two schedule lines."""
    key = {"PurchasingDocument": "4500000001", "PurchasingDocumentItem": number.zfill(5)}
    lines = [{**key, "ScheduleLine": each, "ScheduleLineDeliveryDate": "/Date(1706745600000)/"} for each in "12"]
    return an_item(
        PurchaseOrder="4500000001", PurchaseOrderItem=number, **{"to_ScheduleLine": {"results": lines}, **changes}
    )


def asked(command: Command, stands: Stored[object] | None = None, commands: SapCommands = SAP) -> list[EntityWrite]:
    return list(commands.writes(command, stands, MARK))


def told(write: EntityWrite) -> tuple[str, list[object], object]:
    """Give a write as its set, its key, and its body."""
    return write.entity_set, [] if write.record is None else [write.record[key] for key in write.keys], write.body


def an_order_to_place(**line: object) -> PlacePurchaseOrder:
    """Give the command to order one thing."""
    each = OrderedLine(
        product=resolved(ProductId("21")), ordered=Quantity(Decimal("2.5"), PIECE), price=PRICE, due_on=date(2026, 4, 1)
    )
    return PlacePurchaseOrder(
        supplier=SUPPLIER_ID,
        ordered_on=date(2026, 3, 2),
        currency=EUR,
        reference="REQ-17",
        lines=(evolve(each, **line), evolve(each, due_on=None)),  # type: ignore[arg-type]  # a test's own changes
    )
