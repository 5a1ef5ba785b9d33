"""One connected ERP, as callers hold it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from attrs import frozen

from acl.collection import Collection
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Quarantine
from ports.suppliers import SupplierQuery

SupplierCollection = Collection[SupplierId, SupplierQuery, Supplier]
PurchaseOrderCollection = Collection[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder]

Codes = Mapping[str, Mapping[object, object]]
"""A site's additions to the code tables of one mapping, by the attribute's path."""


@frozen(kw_only=True)
class Erp:
    """The ports of one ERP; close it, or use it as a context manager.

    *name* is the site's own name for the system, *kind* the sort of ERP that it is, *place* where it stands, without
    credentials. Nothing was contacted before the first question, or `check`.
    """

    name: str
    kind: str
    place: str
    suppliers: SupplierCollection
    purchase_orders: PurchaseOrderCollection
    quarantine: Quarantine
    check: Callable[[], None]
    """Reaches the system and compares its schema with the mappings; raises what `ports.errors` says."""
    close: Callable[[], None]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
