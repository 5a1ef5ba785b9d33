"""Money and prices: exact amounts of one currency.

Amounts are decimals in major units (euros, not cents). Money has at most its currency's ISO 4217 places; a price may
be finer, because it is multiplied before anybody pays it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from attrs import Attribute, field, frozen, validators

from domain.currency import Currency
from domain.errors import CurrencyMismatch, InvalidValue, UnitMismatch
from domain.exact import added, subtracted
from domain.quantity import Quantity, finite


def _fits(money: Money, _: Attribute[Decimal], amount: Decimal) -> None:
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int):
        raise InvalidValue(f"{amount} is not an amount")
    if -exponent > money.currency.places:
        raise InvalidValue(f"{amount} is too fine for {money.currency.code}; round it first")


@frozen
class Money:
    """An amount of one currency; two currencies never add. Negative is legal: a credit note is money too."""

    currency: Currency = field(validator=validators.instance_of(Currency))
    amount: Decimal = field(validator=[validators.instance_of(Decimal), _fits])

    def _same(self, other: Money) -> None:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self} and {other} are not of one currency")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.currency, added(self.amount, other.amount))

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.currency, subtracted(self.amount, other.amount))

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.amount <= other.amount

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


@frozen
class Price:
    """An amount of one currency per quantity: 11.35 EUR per 100 pieces.

    The amount may be finer than the currency. Two prices are equal when they are stated alike: 1 EUR per piece and
    100 EUR per 100 pieces are different statements, compare them with `for_quantity`.
    """

    currency: Currency = field(validator=validators.instance_of(Currency))
    amount: Decimal = field(validator=[validators.instance_of(Decimal), finite])
    per: Quantity = field(validator=validators.instance_of(Quantity))

    def __attrs_post_init__(self) -> None:
        if self.per.amount <= 0:
            raise InvalidValue(f"a price per {self.per} says nothing", about=("per",))

    def for_quantity(self, quantity: Quantity) -> Money:
        """Give the cost of *quantity*, rounded half to even once, at the end, to the currency's places.

        Raises:
            UnitMismatch: the price is stated for another unit.
        """
        if quantity.unit != self.per.unit:
            raise UnitMismatch(f"{self} does not price {quantity}")
        exact = Fraction(self.amount) * Fraction(quantity.amount) / Fraction(self.per.amount)
        smallest = round(exact * 10**self.currency.places)  # of a fraction: half to even
        return Money(self.currency, Decimal(f"{smallest}E-{self.currency.places}"))

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency} per {self.per}"
