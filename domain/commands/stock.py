"""Commands about stock."""

from __future__ import annotations

from typing import ClassVar

from attrs import Attribute, evolve, frozen

from domain.classification import Impact, Reversibility
from domain.commands.command import Command, LocatedBy, Target, Terms, sets, target
from domain.errors import InvalidValue
from domain.identifiers import Identifier, LocationId, ProductId
from domain.images import Image
from domain.quantity import Quantity
from domain.text import words


def _counted(_: object, __: Attribute[Quantity], counted: Quantity) -> None:
    if not isinstance(counted, Quantity) or counted.amount < 0:
        raise InvalidValue(f"nobody counts {counted}")


@frozen(kw_only=True)
class AdjustStock(Command):
    """Set the stock of a product at a place to what was counted there, and say why it differed.

    It states the count and not the difference, so that what is approved is what will stand there.
    """

    terms: ClassVar = Terms(
        action="adjust stock",
        aggregate="stock_levels",
        reversibility=Reversibility.COMPENSABLE,
        impact=Impact.INTERNAL,
        located_by=LocatedBy.REFERENCE,
        facts=("product description", "on hand", "value of the difference"),
    )
    product: Target[ProductId] = target(ProductId)
    location: Target[LocationId] = target(LocationId)
    counted: Quantity = sets("on_hand", _counted)
    because: str = sets("adjustment_reason", words)

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        return evolve(self, counted=was.get("on_hand", Quantity), because=f"undone: {self.because}")
