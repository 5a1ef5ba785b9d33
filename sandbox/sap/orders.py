"""The scenario's orders as the purchase order service stores them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sandbox.sap.edm import alpha, ticks
from sandbox.sap.model import Entity, Json
from sandbox.sap.purchase_order_service import PURCHASE_ORDER, PURCHASE_ORDER_ITEM, SCHEDULE_LINE
from sandbox.scenario import Line, Order

_UNITS = {"H87": "PC", "KGM": "KG", "MTR": "M", "LTR": "L", "XBX": "CAR", "HUR": "H"}
_PROCESSING = {"draft": "01", "pending_approval": "03", "rejected": "08"}
_RELEASED = ("02", "05")
_OPEN_END = date(9999, 12, 31)


def order_entity(index: int, order: Order) -> Entity:
    """Write one order; *index* decides between the spellings that a real system mixes."""
    number = alpha(order.number, 10) if index // 2 % 2 else order.number
    released = _RELEASED[index // 10 % 2]
    values: dict[str, Json] = {
        "PurchaseOrder": number,
        "CompanyCode": "1010",
        "PurchaseOrderType": "NB",
        "PurchasingOrganization": "1010",
        "PurchasingGroup": "001",
        "PurchasingDocumentDeletionCode": "L" if order.deleted else "",
        "PurchasingProcessingStatus": _PROCESSING.get(order.status, released),
        "CreationDate": ticks(order.ordered_on),
        "LastChangeDateTime": ticks(order.ordered_on, offset=True),
        "Supplier": alpha(order.supplier, 10),
        "DocumentCurrency": order.currency,
        "PurchaseOrderDate": ticks(order.ordered_on, offset=index % 7 == 2),
        "CorrespncInternalReference": "" if order.reference is None else order.reference,
        "CorrespncExternalReference": "",
        "ValidityStartDate": None if order.valid_from is None else ticks(order.valid_from),
        "ValidityEndDate": _until(order.valid_until),
    }
    items = [_item(index, number, order, line) for line in order.lines]
    return Entity(PURCHASE_ORDER, values, {"to_PurchaseOrderItem": items})


def _until(end: date | str | None) -> Json:
    if end is None:
        return None
    return ticks(end if isinstance(end, date) else _OPEN_END)


def _item(index: int, number: str, order: Order, line: Line) -> Entity:
    spelling = index + line.number // 10
    unit = "ST" if line.unit == "H87" and spelling % 3 == 0 else _UNITS[line.unit]
    ended = line.status in ("received", "closed")
    values: dict[str, Json] = {
        "PurchaseOrder": number,
        "PurchaseOrderItem": str(line.number),
        "PurchasingDocumentDeletionCode": "L" if order.deleted or line.status == "cancelled" else "",
        "PurchaseOrderItemText": line.description,
        "Material": _material(line.product, spelling),
        "Plant": "1010",
        "OrderQuantity": _fixed(line.ordered, 3),
        "PurchaseOrderQuantityUnit": unit,
        "NetPriceAmount": str(line.price) if order.currency == "JPY" else _fixed(line.price, 4),
        "NetPriceQuantity": str(line.price_per),
        "OrderPriceUnit": unit,
        "DocumentCurrency": order.currency,
        "NetAmount": str(line.amount),
        "IsCompletelyDelivered": ended,
        "IsFinallyInvoiced": line.invoiced == line.ordered,
        "YY1_ReceivedQuantity_PDI": _fixed(line.received, 3),
        "YY1_InvoicedQuantity_PDI": _fixed(line.invoiced, 3),
    }
    return Entity(PURCHASE_ORDER_ITEM, values, {"to_ScheduleLine": _schedule(number, line, halves=spelling % 4 == 1)})


def _material(product: str | None, spelling: int) -> str:
    if product is None:
        return ""
    return alpha(product, 18) if spelling % 2 else product


def _fixed(value: Decimal, places: int) -> str:
    exact = value.quantize(Decimal(1).scaleb(-places))
    if exact != value:
        raise ValueError(f"{value} does not fit {places} places")
    return str(exact)


def _schedule(number: str, line: Line, *, halves: bool) -> list[Entity]:
    half = (line.ordered / 2).quantize(Decimal("0.001"))
    parts = (half, line.ordered - half) if halves else (line.ordered,)
    return [
        Entity(
            SCHEDULE_LINE,
            {
                "PurchasingDocument": number,
                "PurchasingDocumentItem": f"{line.number:05d}",
                "ScheduleLine": str(position),
                "ScheduleLineDeliveryDate": None if line.due_on is None else ticks(line.due_on),
                "ScheduleLineOrderQuantity": _fixed(part, 3),
            },
        )
        for position, part in enumerate(parts, start=1)
    ]
