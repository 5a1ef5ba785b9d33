"""What somebody says stands in a system."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Protocol

from attrs import frozen

from adapters.conformance.opened import Opened
from adapters.conformance.ports import A, K
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier


@frozen
class Stated(Generic[K, A]):
    """All records of one port, and those that cannot be translated; *refused* is as in `Subject`."""

    records: tuple[A, ...]
    refused: Mapping[str, K | None] | None = None


class Facts(Protocol):
    """What somebody says about each port of an opened system; ``None`` if he says nothing."""

    def suppliers(self, opened: Opened) -> Stated[SupplierId, Supplier] | None: ...
    def purchase_orders(self, opened: Opened) -> Stated[PurchaseOrderId, PurchaseOrder] | None: ...


class Nothing(Facts):
    """Nobody says anything."""

    def suppliers(self, opened: Opened) -> None:
        return None

    def purchase_orders(self, opened: Opened) -> None:
        return None
