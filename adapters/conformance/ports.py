"""The ports that are under laws, and where an opened system keeps each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from attrs import frozen

from acl.collection import Collection
from adapters.erp import Erp
from adapters.settings import Aggregates
from contracts.laws.purchase_orders import PurchaseOrderLaws
from contracts.laws.reads import ReadsLaws
from contracts.laws.subject import Aggregate
from contracts.laws.suppliers import SupplierLaws
from domain.identifiers import Identifier, PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery

K = TypeVar("K", bound=Identifier)
Q = TypeVar("Q")
A = TypeVar("A", bound=Aggregate)


@frozen
class PortLaws(Generic[K, Q, A]):
    """One port: its name, its laws, the class of its aggregates, and where a system keeps it."""

    name: Aggregates
    suite: type[ReadsLaws[K, Q, A]]
    aggregate: type[A]
    of: Callable[[Erp], Collection[K, Q, A]]


SUPPLIERS = PortLaws[SupplierId, SupplierQuery, Supplier](
    "suppliers", SupplierLaws, Supplier, lambda erp: erp.suppliers
)
PURCHASE_ORDERS = PortLaws[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder](
    "purchase_orders", PurchaseOrderLaws, PurchaseOrder, lambda erp: erp.purchase_orders
)
