"""Creating a purchase order in one call: header, items and schedule lines together, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from sandbox.sap import rules
from sandbox.sap.bodies import inner, properties, without_inner
from sandbox.sap.business_partner_service import SUPPLIER
from sandbox.sap.edm import alpha, ticks
from sandbox.sap.model import Entity, Json
from sandbox.sap.purchase_order_service import PURCHASE_ORDER, PURCHASE_ORDER_ITEM, SCHEDULE_LINE
from sandbox.sap.store import Store
from sandbox.scenario import PLACES, PRODUCTS

_NEEDED = ("CompanyCode", "PurchasingOrganization", "PurchasingGroup", "Supplier", "DocumentCurrency")
_NEEDED_IN_AN_ITEM = ("Plant", "OrderQuantity", "PurchaseOrderQuantityUnit", "NetPriceAmount", "Material")
_UNSET: dict[str, Json] = {
    "PurchaseOrderType": "NB",
    "PurchasingDocumentDeletionCode": "",
    "CorrespncInternalReference": "",
    "CorrespncExternalReference": "",
    "ValidityStartDate": None,
    "ValidityEndDate": None,
}
_TEXTS = {number: text for number, text, _ in PRODUCTS if number is not None}


def placed(partners: Store, orders: Store, fields: Mapping[str, Json]) -> Entity:
    """Place an order, which is released at once.

    Raises:
        GatewayError: something is missing or not of its type, or a rule of the business says no.
    """
    header = properties(PURCHASE_ORDER, without_inner(PURCHASE_ORDER, fields))
    _complete(header, _NEEDED)
    number, supplier = str(header["Supplier"]), partners.find(SUPPLIER, {"Supplier": str(header["Supplier"])})
    rules.may_buy_from(supplier, number)
    items = inner(fields, "to_PurchaseOrderItem")
    if not items:
        raise rules.refused("06/019", "The purchase order has no items")
    today = datetime.now(UTC).date()
    key = _next_number(orders)
    values: dict[str, Json] = {
        **_UNSET,
        "PurchaseOrderDate": ticks(today),
        **header,
        "PurchaseOrder": key,
        "Supplier": alpha(number, 10),
        "PurchasingProcessingStatus": "02",
        "CreationDate": ticks(today),
        "LastChangeDateTime": ticks(today, offset=True),
    }
    lines = [_item(key, place, header, each) for place, each in enumerate(items, start=1)]
    order = Entity(PURCHASE_ORDER, values, {"to_PurchaseOrderItem": lines})
    orders.add(order)
    return order


def _complete(values: Mapping[str, Json], needed: tuple[str, ...]) -> None:
    for name in needed:
        if values.get(name, "") == "":
            raise rules.refused("ME/083", f"Enter {name}")


def _next_number(orders: Store) -> str:
    taken = [str(order.values["PurchaseOrder"]) for order in orders.entities(PURCHASE_ORDER)]
    return str(max(int(number) for number in taken if number.isdigit() and int(number) < 490_000) + 1)


def _item(order: str, place: int, header: Mapping[str, Json], fields: Mapping[str, Json]) -> Entity:
    given = properties(PURCHASE_ORDER_ITEM, without_inner(PURCHASE_ORDER_ITEM, fields))
    _complete(given, _NEEDED_IN_AN_ITEM)
    material = str(given["Material"])
    known = material.lstrip("0") if material.isdigit() else material
    if known not in _TEXTS:
        raise rules.refused("M3/305", f"The material {material} does not exist or is not activated")
    number = str(place * 10)  # whatever number was sent
    values: dict[str, Json] = {
        "NetPriceQuantity": "1",
        "OrderPriceUnit": given["PurchaseOrderQuantityUnit"],
        "PurchaseOrderItemText": _TEXTS[known],
        "IsCompletelyDelivered": False,
        "IsFinallyInvoiced": False,
        **given,
        "PurchaseOrder": order,
        "PurchaseOrderItem": number,
        "PurchasingDocumentDeletionCode": "",
        "DocumentCurrency": header["DocumentCurrency"],
        "YY1_ReceivedQuantity_PDI": "0.000",
        "YY1_InvoicedQuantity_PDI": "0.000",
    }
    values["NetAmount"] = net_amount(values)
    return Entity(PURCHASE_ORDER_ITEM, values, {"to_ScheduleLine": _schedule(order, number, values, fields)})


def net_amount(item: Mapping[str, Json]) -> str:
    """Work out the value of an item.

    Raises:
        GatewayError: a quantity or the price is no number, or is not more than nothing.
    """
    try:
        quantity, price, per = (
            Decimal(str(item[name])) for name in ("OrderQuantity", "NetPriceAmount", "NetPriceQuantity")
        )
    except InvalidOperation:
        raise rules.refused("ME/049", "Quantity, price and price unit must be numbers") from None
    if quantity <= 0 or per <= 0 or price < 0:
        raise rules.refused("ME/049", "Quantity and price unit must be more than nothing")
    places = PLACES.get(str(item["DocumentCurrency"]), 2)
    return str((quantity * price / per).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN))


def _schedule(order: str, item: str, values: Mapping[str, Json], fields: Mapping[str, Json]) -> list[Entity]:
    asked = [properties(SCHEDULE_LINE, each) for each in inner(fields, "to_ScheduleLine")] or [{}]
    return [
        Entity(
            SCHEDULE_LINE,
            {
                "ScheduleLineDeliveryDate": None,
                "ScheduleLineOrderQuantity": values["OrderQuantity"],
                **each,
                "PurchasingDocument": order,
                "PurchasingDocumentItem": item.zfill(5),
                "ScheduleLine": str(place),
            },
        )
        for place, each in enumerate(asked, start=1)
    ]
