"""What becomes of each field of a query on one system: asked of the vendor, or checked here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from domain.currency import Currency
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import Supplier, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery

if TYPE_CHECKING:
    from acl.collection import Collection
    from acl.mapping import Plan

K = TypeVar("K", PurchaseOrderId, SupplierId)
Q = TypeVar("Q")
A = TypeVar("A", PurchaseOrder, Supplier)


def order_examples() -> dict[str, PurchaseOrderQuery]:
    """Give one question for each field of a query for purchase orders."""
    return {
        "status": PurchaseOrderQuery(status=OrderStatus.OPEN),
        "supplier": PurchaseOrderQuery(supplier=SupplierId("10000801")),
        "ordered_from": PurchaseOrderQuery(ordered_from=date(2024, 1, 1)),
        "ordered_until": PurchaseOrderQuery(ordered_until=date(2024, 12, 31)),
        "currency": PurchaseOrderQuery(currency=Currency("EUR")),
        "reference": PurchaseOrderQuery(reference="REQ-00001"),
        "product": PurchaseOrderQuery(product=ProductId("1042")),
        "after": PurchaseOrderQuery(after=PurchaseOrderId("450003")),
    }


def supplier_examples() -> dict[str, SupplierQuery]:
    """Give one question for each field of a query for suppliers."""
    return {
        "tax_id": SupplierQuery(tax_id=TaxId(TaxIdKind.CNPJ, "11222333000181")),
        "name": SupplierQuery(name="Tubos"),
        "country": SupplierQuery(country=Country("BR")),
        "block": SupplierQuery(block=SupplierBlock.ALL),
        "after": SupplierQuery(after=SupplierId("10000801")),
    }


@frozen
class Pushdown:
    """What the plan of one example says: *asked* of the vendor, *checked* here, or *impossible* for a reason."""

    field: str
    example: str
    asked: tuple[str, ...]
    checked: tuple[str, ...]
    impossible: str | None

    @property
    def is_pushed(self) -> bool:
        """The vendor narrows the answer; what it sends is checked here all the same."""
        return len(self.asked) > 0


def pushdowns(collection: Collection[K, Q, A], examples: Mapping[str, Q]) -> list[Pushdown]:
    """Plan every example."""
    return [told(field, collection.plan(query)) for field, query in examples.items()]


def told(field: str, plan: Plan) -> Pushdown:
    """Put a plan into words."""
    return Pushdown(
        field=field,
        example=" and ".join(map(str, plan.criteria)),
        asked=tuple(map(str, plan.pushed)),
        checked=tuple(map(str, plan.local)),
        impossible=plan.impossible,
    )
