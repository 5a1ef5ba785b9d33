"""Finding records by the ERP's own keys, and suppliers by their tax numbers; a name only ever gives candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

from attrs import frozen

from domain.errors import InvalidValue
from domain.identifiers import Identifier, ProductId, PurchaseOrderId, SupplierId
from domain.masters import of_products, of_supplier
from domain.matching import MasterRecord
from domain.mentions import Mention
from domain.minting import mint
from domain.resolution import Ambiguous, Candidate, Evidence, Resolved, Unknown
from domain.scope import Scope
from domain.suppliers import Supplier, SupplierBlock
from domain.tax import readings
from ports.clock import Clock
from ports.errors import NotFound, NotOffered, TranslationError
from ports.purchase_orders import PurchaseOrderQuery, PurchaseOrders
from ports.resolver import Resolver
from ports.suppliers import SupplierQuery, Suppliers

P = TypeVar("P")
T = TypeVar("T", bound=Identifier)
V = TypeVar("V")
_BLOCK = "block"
_CERTAIN = Decimal(1)
"""The score of what was found by a key, in which nobody had to weigh anything."""
SHOWN = 10
"""Candidates, at most, that a person is asked to choose from."""


@frozen(kw_only=True)
class ResolveByKey(Resolver):
    """Finds a record by the ERP's own key, a supplier also by its tax number; a name only ever gives candidates.

    A product is known by the orders that it stands on, and named as they describe it.
    """

    suppliers: Mapping[Scope, Suppliers]
    purchase_orders: Mapping[Scope, PurchaseOrders]
    clock: Clock
    counts_for: timedelta = timedelta(hours=1)

    def resolve(self, mention: Mention[T], scope: Scope) -> Resolved[T] | Ambiguous[T] | Unknown:
        if not mention.is_readable:
            return Unknown(mention=mention.said, because="what was said is too long, or holds half a character")
        found: Resolved[SupplierId] | Resolved[PurchaseOrderId] | Resolved[ProductId] | Ambiguous[SupplierId] | Unknown
        if mention.kind is SupplierId:
            found = self._supplier(mention, scope)
        elif mention.kind is PurchaseOrderId:
            found = self._order(mention.said, scope)
        elif mention.kind is ProductId:
            found = self._product(mention.said, scope)
        else:
            raise NotOffered(f"nobody here resolves a {mention.kind.__name__}")
        return found  # type: ignore[return-value]  # T is the kind that was just seen

    def known(self, mention: Mention[T], scope: Scope) -> Resolved[T] | None:
        """Give the record whose key is all that was said; ``None`` if it is not the key of any."""
        found: Resolved[SupplierId] | Resolved[ProductId] | Unknown | None = None
        if mention.kind is SupplierId:
            supplier = _got(_at(self.suppliers, scope).get, SupplierId, mention.said)
            if supplier is not None:
                found = self._resolved(_candidate(supplier, "key equal", _CERTAIN), mention.said, scope)
        elif mention.kind is ProductId:
            found = self._product(mention.said, scope)
        return found if isinstance(found, Resolved) else None  # type: ignore[return-value]  # T is the kind just seen

    def differs(self, record: MasterRecord[Identifier], scope: Scope) -> str | None:
        """Say how a record differs from what an index holds of it; ``None``: in nothing that it is recognised by."""
        now: MasterRecord[Identifier] | None = None
        if isinstance(record.id, SupplierId):
            supplier = _got(_at(self.suppliers, scope).get, SupplierId, record.id.text)
            now = None if supplier is None else of_supplier(supplier)
        elif isinstance(record.id, ProductId):
            orders = _at(self.purchase_orders, scope).page(PurchaseOrderQuery(product=record.id), size=1).items
            now = record if record.id in {product.id for product in of_products(orders)} else None
        if now is None:
            return "it is not there any more, or cannot be read"
        return None if now == record else "it has changed since the index was made; refresh the index"

    def changed(self, resolved: Resolved[Identifier]) -> str | None:
        key = resolved.id
        if not isinstance(key, SupplierId):
            return None  # an order is bound by its version, a product by the orders that it stands on
        try:
            found = _at(self.suppliers, resolved.scope).get(key)
        except (NotFound, TranslationError):
            return "it is not there, or cannot be read"
        if found.name != resolved.chosen.label:
            return f"it is called {found.name} now"
        if _block(found) != tuple(each for each in resolved.chosen.evidence if each.about == _BLOCK):
            return "it is blocked now" if found.block is SupplierBlock.ALL else "it is not blocked any more"
        return None

    def _supplier(self, mention: Mention[T], scope: Scope) -> Resolved[SupplierId] | Ambiguous[SupplierId] | Unknown:
        suppliers = _at(self.suppliers, scope)
        by_key, by = _got(suppliers.get, SupplierId, mention.said), "key"
        found: Sequence[Supplier] = () if by_key is None else (by_key,)
        if not found and mention.tax_number is not None:
            found, by = _taxed(suppliers, mention.tax_number), "tax number"
        if not found:
            said = mention.said.strip()  # a blank would be part of every name
            named = suppliers.page(SupplierQuery(name=said), size=SHOWN).items if said else ()
            return self._asked(mention.said, named, "a name is not enough to write by", "key")
        if by == "key" and mention.tax_number is not None and not _agree(found, mention.tax_number):
            return self._asked(mention.said, found, "this key's record has another tax number", "key")
        if len(found) > 1:
            return self._asked(mention.said, found, f"several suppliers have this {by}", "key")
        return self._resolved(_candidate(found[0], f"{by} equal", _CERTAIN), mention.said, scope)

    def _order(self, said: str, scope: Scope) -> Resolved[PurchaseOrderId] | Unknown:
        order = _got(_at(self.purchase_orders, scope).get, PurchaseOrderId, said)
        if order is None:
            return Unknown(mention=said, because="no purchase order has this key")
        evidence = (Evidence("purchase order", "key equal"),)
        label = f"order of {order.ordered_on} for {order.total}"
        return self._resolved(Candidate(id=order.id, label=label, score=_CERTAIN, evidence=evidence), said, scope)

    def _product(self, said: str, scope: Scope) -> Resolved[ProductId] | Unknown:
        key = _key(ProductId, said)
        orders = (
            () if key is None else _at(self.purchase_orders, scope).page(PurchaseOrderQuery(product=key), size=1).items
        )
        lines = [line for order in orders for line in order.lines if line.product == key]
        if key is None or not lines:
            return Unknown(mention=said, because="no product of this key has been ordered before")
        evidence = (Evidence("product", f"key equal, ordered before on {orders[0].id}"),)
        chosen = Candidate(id=key, label=lines[0].description, score=_CERTAIN, evidence=evidence)
        return self._resolved(chosen, said, scope)

    def _resolved(self, chosen: Candidate[T], said: str, scope: Scope) -> Resolved[T]:
        expires_at = self.clock.now() + self.counts_for
        return mint(chosen, scope=scope, mention=said, others=(), index="live", expires_at=expires_at)

    @staticmethod
    def _asked(said: str, found: Sequence[Supplier], because: str, ask_for: str) -> Ambiguous[SupplierId] | Unknown:
        if not found:
            return Unknown(mention=said, because="no supplier has this key, tax number or name")
        candidates = tuple(_candidate(supplier, because, Decimal(0)) for supplier in found)
        return Ambiguous(mention=said, candidates=candidates, because=because, ask_for=ask_for)


def _at(ports: Mapping[Scope, P], scope: Scope) -> P:
    if scope not in ports:
        raise NotOffered(f"nobody here knows {scope}")
    return ports[scope]


def _key(kind: type[T], said: str) -> T | None:
    try:
        return kind(said)
    except InvalidValue:
        return None


def _got(get: Callable[[T], V], kind: type[T], said: str) -> V | None:
    """Give the record whose key was *said*; ``None`` if no readable record has it for a key."""
    key = _key(kind, said)
    try:
        return None if key is None else get(key)
    except (NotFound, TranslationError):
        return None


def _agree(found: Sequence[Supplier], written: str) -> bool:
    return any(supplier.has_tax_id(number) for supplier in found for number in readings(written))


def _taxed(suppliers: Suppliers, written: str) -> tuple[Supplier, ...]:
    """Give the suppliers of that number; none if its check digits are wrong."""
    pages = (suppliers.page(SupplierQuery(tax_id=number), size=SHOWN) for number in readings(written))
    return tuple(supplier for page in pages for supplier in page.items)


def _block(supplier: Supplier) -> tuple[Evidence, ...]:
    return (Evidence(_BLOCK, "everything"),) if supplier.block is SupplierBlock.ALL else ()


def _candidate(supplier: Supplier, verdict: str, score: Decimal) -> Candidate[SupplierId]:
    evidence = (Evidence("supplier", verdict), *_block(supplier))
    return Candidate(id=supplier.id, label=supplier.name, score=score, evidence=evidence)
