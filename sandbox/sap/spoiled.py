"""The twenty records that are spoiled on purpose: copies of good ones under new numbers, one property wrong in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sandbox.broken import Broken
from sandbox.sap.model import Entity, Json
from sandbox.sap.orders import order_entity
from sandbox.sap.partners import partner_entity
from sandbox.sap.purchase_order_service import PURCHASE_ORDER_SERVICE
from sandbox.sap.verbose import deferred
from sandbox.scenario import Order, Supplier, scenario

_ITEM = "to_PurchaseOrderItem"
_DELIVERY = f"{_ITEM}/to_ScheduleLine/ScheduleLineDeliveryDate"
_YEAR_10000 = "/Date(253402300800000)/"
_SPLIT_FIRST_LINE = 4
"""Every order whose index is a multiple of this has two schedule lines in its first line; one fault needs them."""


@dataclass(frozen=True)
class _Spoil:
    """One fault: the path to a property, what to put there, and the kind of fault if it is not a value."""

    column: str
    raw: Json
    quirk: str
    how: Literal["value", "missing", "deferred"] = "value"


_SUPPLIERS: tuple[tuple[_Spoil, Callable[[Supplier], bool]], ...] = (
    (_Spoil("BusinessPartnerFullName", None, "SAP-DATE-04"), lambda _: True),
    (_Spoil("to_BusinessPartnerAddress/Country", None, "X-UPD-01", "missing"), lambda _: True),
    (_Spoil("to_BusinessPartnerTax/BPTaxNumber", "DE136695970", "PRO-ID-02"), lambda its: its.country == "DE"),
    (_Spoil("to_BusinessPartnerTax/BPTaxType", "ZZ9", "X-UPD-01"), lambda its: its.country == "BR"),
    (_Spoil("to_Supplier/PurchasingIsBlocked", "X", "SAP-CODE-01"), lambda its: its.block == "purchasing"),
)


def _plain(order: Order) -> bool:
    return order.status == "open" and order.currency not in ("JPY", "KWD") and order.lines[0].unit == "H87"


def _in_yen(order: Order) -> bool:
    return order.currency == "JPY"


def _with_a_date(order: Order) -> bool:
    return order.lines[0].due_on is not None and order.status == "open"


_ORDERS: tuple[tuple[_Spoil, Callable[[Order], bool]], ...] = (
    (_Spoil("PurchaseOrderDate", _YEAR_10000, "SAP-DATE-06"), _plain),
    (_Spoil("PurchaseOrderDate", "2024-01-01T00:00:00", "SAP-DATE-01"), _plain),
    (_Spoil("PurchasingProcessingStatus", "77", "SAP-CODE-06"), _plain),
    (_Spoil("DocumentCurrency", "USD5", "SAP-NUM-10"), _plain),
    (_Spoil(f"{_ITEM}/NetAmount", "1234.50", "SAP-NUM-06"), _in_yen),
    (_Spoil(f"{_ITEM}/NetPriceAmount", "12,50", "SAP-NUM-01"), _plain),
    (_Spoil(f"{_ITEM}/OrderQuantity", "NaN", "SAP-NUM-01"), _plain),
    (_Spoil(f"{_ITEM}/NetPriceQuantity", "0", "SAP-NUM-07"), _plain),
    (_Spoil(_ITEM, None, "SAP-HTTP-10", "deferred"), _plain),
    (_Spoil("Supplier", "00010000101", "SAP-ID-01"), _plain),
    (_Spoil("Supplier", "bp1710", "SAP-ID-02"), _plain),
    (_Spoil(f"{_ITEM}/PurchaseOrderItem", "1O", "SAP-ID-04"), _plain),
    (_Spoil(f"{_ITEM}/PurchaseOrderQuantityUnit", "QQX", "SAP-CODE-03"), _plain),
    (_Spoil(f"{_ITEM}/PurchasingDocumentDeletionCode", "Z", "SAP-CODE-04"), _plain),
    (_Spoil(_DELIVERY, "/Date(1893456000000)/", "SAP-DATE-10"), _with_a_date),
)


@cache
def broken() -> tuple[Broken, ...]:
    """List the spoiled records, suppliers first.

    *column* is the property's path from the partner or the order; *raw* is None both for a null and for a property
    that is not sent at all (the country of the second supplier).
    """
    return (*(fault for _, fault in spoiled_partners()), *(fault for _, fault in spoiled_orders()))


def spoiled_partners() -> Iterator[tuple[Entity, Broken]]:
    """Make the spoiled partners anew, each with its fault."""
    for position, (spoil, suits) in enumerate(_SUPPLIERS, start=1):
        good = [supplier for supplier in scenario().suppliers if suits(supplier)]
        number = f"99000{position:03d}"
        entity = partner_entity(900 + position, replace(good[position % len(good)], number=number))
        yield entity, Broken("supplier", number, spoil.column, _spoil(entity, spoil), spoil.quirk)


def spoiled_orders() -> Iterator[tuple[Entity, Broken]]:
    """Make the spoiled orders anew, each with its fault."""
    for position, (spoil, suits) in enumerate(_ORDERS, start=1):
        good = [order for order in scenario().orders if suits(order)]
        number = f"49{position:04d}"
        entity = order_entity(_SPLIT_FIRST_LINE * position, replace(good[position % len(good)], number=number))
        yield entity, Broken("purchase_order", number, spoil.column, _spoil(entity, spoil), spoil.quirk)


def _spoil(entity: Entity, spoil: _Spoil) -> Json:
    """Put the fault into the first entity of each navigation, the last schedule line; give back what stands there."""
    *ways, name = spoil.column.split("/")
    if spoil.how == "deferred":
        entity.withheld = frozenset({name})
        return deferred(PURCHASE_ORDER_SERVICE, entity, name)
    if spoil.column == "DocumentCurrency":
        for item in entity.links[_ITEM]:
            item.values[name] = spoil.raw  # the items repeat their order's currency
    for way in ways:
        entity = entity.links[way][-1 if way == "to_ScheduleLine" else 0]
    if spoil.how == "missing":
        del entity.values[name]
    else:
        entity.values[name] = spoil.raw
    return spoil.raw
