"""Purchase orders in memory."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.memory.records import InMemoryRecords
from domain.identifiers import PurchaseOrderId
from domain.purchasing import PurchaseOrder
from ports.purchase_orders import PurchaseOrderQuery, PurchaseOrders
from ports.quarantine import Quarantine, Refusal


class InMemoryPurchaseOrders(InMemoryRecords[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder], PurchaseOrders):
    """The given *orders*, in the order of their keys; a refusal's source key is the order's key."""

    def __init__(
        self, orders: Iterable[PurchaseOrder], *, refused: Iterable[Refusal] = (), quarantine: Quarantine
    ) -> None:
        super().__init__(orders, ((PurchaseOrderId(each.source.key), each) for each in refused), quarantine)
