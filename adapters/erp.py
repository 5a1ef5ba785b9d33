"""One connected ERP, as callers hold it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import Self, TypeVar

from attrs import frozen

from acl.collection import Collection
from adapters.settings import Aggregates
from contracts.source.owed import SourceContract
from contracts.source.schema import Schema
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import NotOffered
from ports.execution import Execution
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Quarantine
from ports.suppliers import SupplierQuery

SupplierCollection = Collection[SupplierId, SupplierQuery, Supplier]
PurchaseOrderCollection = Collection[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder]

C = TypeVar("C")
Codes = Mapping[str, Mapping[object, object]]
"""A site's additions to the code tables of one mapping, by the attribute's path."""


@frozen(kw_only=True)
class Published:
    """One document in which a system publishes its records, and what the ports rely on of it.

    *name* tells it from the system's others; it is empty if there is but one, as with a database. *schema* reads it as
    it is now, and raises what `ports.errors` says.
    """

    name: str = ""
    schema: Callable[[], Schema]
    sources: tuple[SourceContract, ...]


@frozen(kw_only=True)
class Erp:
    """The ports of one ERP; close it, or use it as a context manager.

    *name* is the site's own name for the system, *kind* the sort of ERP that it is, *place* where it stands, without
    credentials. A port that the system does not offer is left out. Nothing was contacted before the first question, or
    `check`.
    """

    name: str
    kind: str
    place: str
    _suppliers: SupplierCollection | None = None
    _purchase_orders: PurchaseOrderCollection | None = None
    quarantine: Quarantine
    check: Callable[[], None]
    """Reaches the system and compares its schema with the mappings; raises what `ports.errors` says."""
    published: tuple[Published, ...] = ()
    """What can be watched for drift; nothing, if the system does not say."""
    executions: Mapping[str, Execution] = MappingProxyType({})
    """What can be written, by the ERP's key of the company; nothing, if the system is only read."""
    close: Callable[[], None]

    @property
    def suppliers(self) -> SupplierCollection:
        """The suppliers.

        Raises:
            NotOffered: this system gives none.
        """
        return self._offered(self._suppliers, "suppliers")

    @property
    def purchase_orders(self) -> PurchaseOrderCollection:
        """The purchase orders.

        Raises:
            NotOffered: this system gives none.
        """
        return self._offered(self._purchase_orders, "purchase orders")

    @property
    def ports(self) -> tuple[Aggregates, ...]:
        """The names of the ports that the system offers."""
        there: dict[Aggregates, bool] = {
            "suppliers": self._suppliers is not None,
            "purchase_orders": self._purchase_orders is not None,
        }
        return tuple(name for name, offered in there.items() if offered)

    def _offered(self, collection: C | None, name: str) -> C:
        if collection is None:
            raise NotOffered(f"{self.name} offers no {name}")
        return collection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
