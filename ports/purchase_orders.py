"""Asking an ERP for its purchase orders."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from attrs import frozen

from domain.currency import Currency
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.purchasing import OrderStatus, PurchaseOrder
from ports.queries import after, at_least, at_most, equals
from ports.reads import Reads


@frozen(kw_only=True)
class PurchaseOrderQuery:
    """Which purchase orders; what is left out is not asked. The days are both included."""

    status: OrderStatus | None = equals("status")
    supplier: SupplierId | None = equals("supplier")
    ordered_from: date | None = at_least("ordered_on")
    ordered_until: date | None = at_most("ordered_on")
    currency: Currency | None = equals("currency")
    reference: str | None = equals("reference")
    product: ProductId | None = equals("lines.product")
    after: PurchaseOrderId | None = after("id")


class PurchaseOrders(Reads[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder], Protocol):
    """The purchase orders of one company in one ERP."""
