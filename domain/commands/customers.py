"""Commands about customers and what they pay."""

from __future__ import annotations

from typing import ClassVar

from attrs import Attribute, frozen, validators

from domain.classification import Impact, Reversibility
from domain.commands.command import Command, LocatedBy, Target, Terms, put_back, sets, target
from domain.errors import InvalidValue
from domain.identifiers import CustomerId, Identifier, ProductId
from domain.images import Image
from domain.money import Money, Price


def _limit(_: object, __: Attribute[Money], limit: Money) -> None:
    if not isinstance(limit, Money) or limit.amount < 0:
        raise InvalidValue(f"{limit} is no limit of credit")


@frozen(kw_only=True)
class ChangeCreditLimit(Command):
    """Change how much a customer may owe."""

    terms: ClassVar = Terms(
        action="change credit limit",
        aggregate="customers",
        reversibility=Reversibility.REVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("customer name", "credit limit", "open receivables"),
    )
    customer: Target[CustomerId] = target(CustomerId)
    limit: Money = sets("credit_limit", _limit)

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        return put_back(self, was)


@frozen(kw_only=True)
class ChangePrice(Command):
    """Change what a product is sold at: to one *customer*, or by the list if there is ``None``."""

    terms: ClassVar = Terms(
        action="change price",
        aggregate="prices",
        reversibility=Reversibility.REVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("product description", "customer name", "price", "cost"),
    )
    product: Target[ProductId] = target(ProductId)
    customer: Target[CustomerId] | None = target(CustomerId, optional=True)
    price: Price = sets("price", validators.instance_of(Price))

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        return put_back(self, was)
