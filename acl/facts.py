"""The figures that an approver sees beside a command, read through the ports: the same for every vendor.

A figure that this ERP does not give is left out; who needs it for a threshold is told that it is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from attrs import frozen

from domain.commands.command import Command
from domain.commands.purchase_orders import PlacePurchaseOrder
from domain.commands.suppliers import CreateSupplier
from domain.errors import UnitMismatch
from domain.identifiers import SupplierId
from domain.images import Fact
from domain.money import Money
from domain.provenance import SourceRef
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.suppliers import Supplier
from ports.errors import NotFound, TranslationError
from ports.purchase_orders import PurchaseOrderQuery, PurchaseOrders
from ports.suppliers import SupplierQuery, Suppliers


@frozen(kw_only=True)
class Facts:
    """Reads the facts that the terms of a command ask for.

    *here* says where a figure comes from that several records make up, given their name.
    """

    suppliers: Suppliers
    purchase_orders: PurchaseOrders
    here: Callable[[str], SourceRef]

    def about(self, command: Command, subject: Supplier | PurchaseOrder | None) -> tuple[Fact, ...]:
        """Give the facts about *command*, whose first target is *subject*.

        Raises:
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured: see `ports.errors`.
        """
        wanted = command.terms.facts
        known = [*self._of_the_subject(wanted, subject), *self._of_the_command(wanted, command)]
        return tuple(sorted(known, key=lambda fact: wanted.index(fact.name)))

    def _of_the_subject(self, wanted: tuple[str, ...], subject: Supplier | PurchaseOrder | None) -> Iterator[Fact]:
        supplier = subject
        if isinstance(subject, PurchaseOrder):
            supplier = self._supplier(subject.supplier) if "supplier name" in wanted else None
            yield from (fact for fact in _of_an_order(subject) if fact.name in wanted)
        if isinstance(supplier, Supplier):
            yield from (fact for fact in self._of_a_supplier(supplier, wanted) if fact.name in wanted)

    def _supplier(self, key: SupplierId) -> Supplier | None:
        try:
            return self.suppliers.get(key)
        except (NotFound, TranslationError):  # the order stands, whatever became of its supplier
            return None

    def _of_a_supplier(self, supplier: Supplier, wanted: tuple[str, ...]) -> Iterator[Fact]:
        yield Fact("supplier name", supplier.name, supplier.source)
        yield Fact("supplier block", supplier.block, supplier.source)
        if "open orders" in wanted:
            orders = self.purchase_orders.find(PurchaseOrderQuery(supplier=supplier.id))
            number = sum(order.expects_goods for order in orders)
            yield Fact("open orders", number, self.here(f"orders of supplier {supplier.id}"))

    def _of_the_command(self, wanted: tuple[str, ...], command: Command) -> Iterator[Fact]:
        match command:
            case PlacePurchaseOrder():
                try:
                    prices = [line.price.for_quantity(line.ordered) for line in command.lines]
                except UnitMismatch:  # only the ERP knows how the two units compare
                    return
                value = sum(prices, start=Money(command.currency, Decimal(0)))
                yield Fact("order value", value, self.here("the order as it will be placed"))
            case CreateSupplier():
                found = {
                    supplier.id
                    for each in command.tax_ids
                    for supplier in self.suppliers.find(SupplierQuery(tax_id=each))
                }
                yield Fact("suppliers with this tax id", len(found), self.here("suppliers by tax id"))
            case _:
                return


def _of_an_order(order: PurchaseOrder) -> Iterator[Fact]:
    yield Fact("order value", order.total, order.source)
    for name, quantity in (("outstanding value", _outstanding), ("received value", _received)):
        try:
            prices = [line.price.for_quantity(quantity(line)) for line in order.lines]
        except UnitMismatch:
            continue
        yield Fact(name, sum(prices, start=Money(order.currency, Decimal(0))), order.source)


def _outstanding(line: PurchaseOrderLine) -> Quantity:
    return line.outstanding


def _received(line: PurchaseOrderLine) -> Quantity:
    return line.received
