"""Quantities: an exact number of one unit."""

from __future__ import annotations

from decimal import Decimal

from attrs import Attribute, field, frozen, validators

from domain.errors import InvalidValue, UnitMismatch
from domain.exact import added, subtracted
from domain.units import Unit


def finite(_: object, attribute: Attribute[Decimal], number: Decimal) -> None:
    """Admit a decimal that is a number.

    Raises:
        InvalidValue: it is infinite or not a number.
    """
    if not number.is_finite():
        raise InvalidValue(f"{attribute.name} must be a number, not {number}")


@frozen
class Quantity:
    """So much of one unit; two units never add, and nothing is converted silently.

    Negative is legal: a return is a quantity too.
    """

    amount: Decimal = field(validator=[validators.instance_of(Decimal), finite])
    unit: Unit = field(validator=validators.instance_of(Unit))

    def _same(self, other: Quantity) -> None:
        if other.unit != self.unit:
            raise UnitMismatch(f"{self} and {other} are not of one unit")

    def __add__(self, other: Quantity) -> Quantity:
        self._same(other)
        return Quantity(added(self.amount, other.amount), self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        self._same(other)
        return Quantity(subtracted(self.amount, other.amount), self.unit)

    def __lt__(self, other: Quantity) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: Quantity) -> bool:
        self._same(other)
        return self.amount <= other.amount

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} {self.unit}"
