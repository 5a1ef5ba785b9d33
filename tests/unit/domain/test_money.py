"""Money adds exactly; a price is multiplied first and rounded once."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.currency import Currency
from domain.errors import CurrencyMismatch, InvalidValue, UnitMismatch
from domain.money import Money, Price
from domain.quantity import Quantity
from tests.unit.domain.orders import EUR, JPY, KILOGRAM, KWD, PIECE, USD, euros, pieces

_LAW = settings(deadline=None)
_CENTS = st.integers(-(10**25), 10**25)
_EUROS = _CENTS.map(lambda cents: Money(EUR, Decimal(f"{cents}E-2")))
_POSITIVE = st.decimals("0.0001", 10**9, places=4)


@pytest.mark.parametrize(
    ("currency", "amount"),
    [(EUR, "19.99"), (EUR, "-19.99"), (EUR, "0"), (EUR, "1E+3"), (JPY, "123400"), (KWD, "12.345")],
)
def test_an_amount_of_at_most_the_currencys_places_is_money(currency: Currency, amount: str) -> None:
    assert Money(currency, Decimal(amount)).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("currency", "amount", "told"),
    [
        (EUR, "19.999", "19.999 is too fine for EUR; round it first"),
        (JPY, "12.5", "12.5 is too fine for JPY; round it first"),
        (KWD, "1.2345", "1.2345 is too fine for KWD; round it first"),
        (EUR, "NaN", "NaN is not an amount"),
        (EUR, "sNaN", "sNaN is not an amount"),
        (EUR, "-Infinity", "-Infinity is not an amount"),
    ],
)
def test_what_is_no_amount_of_the_currency_is_refused(currency: Currency, amount: str, told: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Money(currency, Decimal(amount))

    assert str(caught.value) == told


@pytest.mark.parametrize("amount", [19.99, 20, "20", None, True])
def test_only_a_decimal_is_an_amount(amount: object) -> None:
    with pytest.raises(TypeError, match="amount"):
        Money(EUR, amount)  # type: ignore[arg-type]  # what the type checker refuses is refused at run time too
    with pytest.raises(TypeError, match="amount"):
        Price(EUR, amount, pieces("1"))  # type: ignore[arg-type]  # what the type checker refuses is refused too


def test_a_currency_is_no_text() -> None:
    with pytest.raises(TypeError, match="currency"):
        Money("EUR", Decimal(1))  # type: ignore[arg-type]  # what the type checker refuses is refused at run time too


@_LAW
@given(_EUROS, _EUROS, _EUROS)
def test_money_adds_associatively_and_exactly(one: Money, two: Money, three: Money) -> None:
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one
    assert Fraction((one + two).amount) == Fraction(one.amount) + Fraction(two.amount)
    assert (one + two) - two == one


@_LAW
@given(_EUROS, _EUROS, st.integers(1, 5))
def test_a_sum_does_not_depend_on_the_callers_decimal_context(one: Money, two: Money, digits: int) -> None:
    due = one + two
    with localcontext() as context:
        context.prec = digits
        assert one + two == due


@_LAW
@given(_EUROS, _EUROS)
def test_money_has_an_order_and_equality_ignores_trailing_zeros(one: Money, two: Money) -> None:
    assert (one < two) + (two < one) + (one == two) == 1
    finer = Money(EUR, Decimal(f"{one.amount:.2f}"))
    assert (finer, hash(finer)) == (one, hash(one))


def test_two_currencies_never_meet() -> None:
    dollars = Money(USD, Decimal(1))
    for meet in (euros("1").__add__, euros("1").__sub__, euros("1").__lt__):
        with pytest.raises(CurrencyMismatch) as caught:
            meet(dollars)
        assert str(caught.value) == "1 EUR and 1 USD are not of one currency"
    assert euros("1") != dollars


def test_money_is_shown_in_full_with_its_currency() -> None:
    assert str(euros("1E+3")) == "1000 EUR"
    assert str(Money(KWD, Decimal("12.345"))) == "12.345 KWD"


def test_a_price_per_hundred_is_not_the_price_of_one() -> None:
    price = Price(EUR, Decimal("11.35"), pieces("100"))

    assert price.for_quantity(pieces("1")) == euros("0.11")
    assert price.for_quantity(pieces("200")) == euros("22.70")
    assert str(price) == "11.35 EUR per 100 H87"
    assert price != Price(EUR, Decimal("0.1135"), pieces("1"))


@pytest.mark.parametrize(
    ("amount", "per", "count", "cost"),
    [
        ("0.125", "1", "1", "0.12"),
        ("0.135", "1", "1", "0.14"),
        ("-0.125", "1", "1", "-0.12"),
        ("1", "3", "1", "0.33"),
        ("0.0150000000000000000000000000003", "3", "1", "0.01"),
        ("0.0050000000000000000000000000001", "1", "1", "0.01"),
        ("-0.001", "1", "1", "0.00"),
        ("1E+30", "1", "1", f"{10**30}.00"),
    ],
)
def test_a_cost_is_rounded_half_to_even_once_at_the_end(amount: str, per: str, count: str, cost: str) -> None:
    price = Price(EUR, Decimal(amount), pieces(per))

    assert str(price.for_quantity(pieces(count))) == f"{cost} EUR"


@_LAW
@given(_POSITIVE, _POSITIVE, _POSITIVE, st.sampled_from([EUR, JPY, KWD]))
def test_a_cost_is_the_nearest_amount_of_the_currency(
    amount: Decimal, per: Decimal, count: Decimal, currency: Currency
) -> None:
    cost = Price(currency, amount, Quantity(per, PIECE)).for_quantity(Quantity(count, PIECE))

    exact = Fraction(amount) * Fraction(count) / Fraction(per)
    assert abs(Fraction(cost.amount) - exact) <= Fraction(1, 2 * 10**currency.places)
    assert cost.amount.as_tuple().exponent == -currency.places
    with localcontext() as context:
        context.prec, context.rounding = 60, ROUND_HALF_EVEN
        assert cost.amount == (amount * count / per).quantize(Decimal(1).scaleb(-currency.places))


def test_a_price_prices_its_own_unit_only() -> None:
    with pytest.raises(UnitMismatch) as caught:
        Price(EUR, Decimal(2), pieces("1")).for_quantity(Quantity(Decimal(3), KILOGRAM))

    assert str(caught.value) == "2 EUR per 1 H87 does not price 3 KGM"


@pytest.mark.parametrize("per", ["0", "-1"])
def test_a_price_per_nothing_is_refused(per: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Price(EUR, Decimal(2), pieces(per))

    assert (str(caught.value), caught.value.about) == (f"a price per {per} H87 says nothing", ("per",))


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_a_price_is_a_number(amount: str) -> None:
    with pytest.raises(InvalidValue, match=f"^amount must be a number, not {amount}$"):
        Price(EUR, Decimal(amount), pieces("1"))


@pytest.mark.parametrize("value", [euros("1"), Price(EUR, Decimal(2), pieces("1"))])
def test_money_and_prices_are_frozen_and_slotted(value: Money | Price) -> None:
    with pytest.raises(FrozenInstanceError):
        value.amount = Decimal(2)  # type: ignore[misc]  # what the type checker refuses is refused at run time too
    assert not hasattr(value, "__dict__")
