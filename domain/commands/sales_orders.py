"""Commands about sales orders."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from domain.classification import Impact, Reversibility
from domain.commands.command import Command, LocatedBy, NoUndo, Target, Terms, target
from domain.identifiers import Identifier, SalesOrderId
from domain.images import Image
from domain.selling import SalesOrderStatus


@frozen(kw_only=True)
class ReleaseSalesOrder(Command):
    """Let an order be delivered."""

    terms: ClassVar = Terms(
        action="release sales order",
        aggregate="sales_orders",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("customer name", "order value", "credit left"),
        states=Image((("status", SalesOrderStatus.RELEASED),)),
    )
    order: Target[SalesOrderId] = target(SalesOrderId)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("the warehouse may already have picked it; cancelling it is a decision of its own")


@frozen(kw_only=True)
class CancelSalesOrder(Command):
    """Give an order up of which nothing was delivered."""

    terms: ClassVar = Terms(
        action="cancel sales order",
        aggregate="sales_orders",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("customer name", "order value", "delivered value"),
        states=Image((("status", SalesOrderStatus.CANCELLED),)),
    )
    order: Target[SalesOrderId] = target(SalesOrderId)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("a cancelled order is not revived; the customer orders anew")
