"""Commands about purchase orders."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, cast

from attrs import Attribute, frozen, validators

from domain.classification import Impact, Reversibility
from domain.commands.command import (
    UNCHANGED,
    Command,
    LocatedBy,
    NoUndo,
    Target,
    Terms,
    Unchanged,
    put_back,
    sets,
    target,
)
from domain.currency import Currency
from domain.dates import calendar_day
from domain.errors import InvalidValue
from domain.identifiers import Identifier, LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.images import Image
from domain.money import Price
from domain.purchasing import OrderStatus
from domain.quantity import Quantity
from domain.text import words

_day_or_none = validators.optional(calendar_day)
_price = validators.instance_of(Price)


def _some(_: object, attribute: Attribute[Quantity], quantity: Quantity) -> None:
    if not isinstance(quantity, Quantity) or quantity.amount <= 0:
        raise InvalidValue(f"{attribute.name} must be more than nothing, not {quantity}")


@frozen(kw_only=True)
class OrderedLine:
    """One line of an order that is to be placed; *due_on* is ``None`` if the supplier may choose."""

    product: Target[ProductId] = target(ProductId, sets="product")
    ordered: Quantity = sets("ordered", _some)
    price: Price = sets("price", _price)
    due_on: date | None = sets("due_on", _day_or_none)


def _lines(order: PlacePurchaseOrder, _: object, lines: tuple[OrderedLine, ...]) -> None:
    if not isinstance(lines, tuple) or not lines or not all(isinstance(line, OrderedLine) for line in lines):
        raise InvalidValue("an order has at least one line")
    if foreign := [line.price for line in lines if line.price.currency != order.currency]:
        raise InvalidValue(f"a price of {foreign[0]} stands in an order in {order.currency}", about=("lines.price",))


@frozen(kw_only=True)
class PlacePurchaseOrder(Command):
    """Order from a supplier; *reference* is our own word to the supplier, not the one by which the write is located."""

    terms: ClassVar = Terms(
        action="place purchase order",
        aggregate="purchase_orders",
        reversibility=Reversibility.COMPENSABLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.REFERENCE,
        facts=("supplier name", "supplier block", "order value"),
        creates=PurchaseOrderId,
    )
    supplier: Target[SupplierId] = target(SupplierId, sets="supplier")
    ordered_on: date = sets("ordered_on", calendar_day)
    currency: Currency = sets("currency", validators.instance_of(Currency))
    reference: str | None = sets("reference", validators.optional(words))
    lines: tuple[OrderedLine, ...] = sets("lines", _lines)

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        return CancelPurchaseOrder(order=cast("Target[PurchaseOrderId]", made))  # its validator looks at the kind


@frozen(kw_only=True)
class ChangePurchaseOrderLine(Command):
    """Change how much, at what price, or when, in one line; what is not given stays as it is."""

    terms: ClassVar = Terms(
        action="change purchase order",
        aggregate="purchase_orders",
        reversibility=Reversibility.REVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "order value"),
        reads=("status", "lines.number"),
    )
    order: Target[PurchaseOrderId] = target(PurchaseOrderId)
    line: LineNumber = sets("lines.number", validators.instance_of(LineNumber))
    ordered: Quantity | Unchanged = sets("lines.ordered", _some, changeable=True)
    price: Price | Unchanged = sets("lines.price", _price, changeable=True)
    due_on: date | Unchanged | None = sets("lines.due_on", _day_or_none, changeable=True)

    def __attrs_post_init__(self) -> None:
        if {UNCHANGED} == {self.ordered, self.price, self.due_on}:
            raise InvalidValue("a change of nothing is no command")

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        return put_back(self, was)


@frozen(kw_only=True)
class ApprovePurchaseOrder(Command):
    """Release an order to its supplier."""

    terms: ClassVar = Terms(
        action="approve purchase order",
        aggregate="purchase_orders",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "order value"),
        states=Image((("status", OrderStatus.OPEN),)),
    )
    order: Target[PurchaseOrderId] = target(PurchaseOrderId)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("a released order may be in the supplier's hands; cancel it as a decision of its own")


@frozen(kw_only=True)
class ClosePurchaseOrder(Command):
    """Expect no more goods, whatever is outstanding."""

    terms: ClassVar = Terms(
        action="close purchase order",
        aggregate="purchase_orders",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "order value", "outstanding value"),
        states=Image((("status", OrderStatus.CLOSED),)),
    )
    order: Target[PurchaseOrderId] = target(PurchaseOrderId)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("a closed order is not opened again; what is still needed is ordered anew")


@frozen(kw_only=True)
class CancelPurchaseOrder(Command):
    """Give an order up of which nothing was received."""

    terms: ClassVar = Terms(
        action="cancel purchase order",
        aggregate="purchase_orders",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "order value", "received value"),
        states=Image((("status", OrderStatus.CANCELLED),)),
    )
    order: Target[PurchaseOrderId] = target(PurchaseOrderId)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("a cancelled order is not revived; what is still needed is ordered anew")


@frozen(kw_only=True)
class StartApprovalRouting(Command):
    """Hand an order to the ERP's own approvers."""

    terms: ClassVar = Terms(
        action="start approval routing",
        aggregate="purchase_orders",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.INTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "order value"),
        states=Image((("status", OrderStatus.PENDING_APPROVAL),)),
    )
    order: Target[PurchaseOrderId] = target(PurchaseOrderId)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("the ERP has told its approvers; they reject what they do not want")
