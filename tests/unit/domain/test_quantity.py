"""Quantities are exact and never convert."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InvalidValue, UnitMismatch
from domain.quantity import Quantity
from domain.units import Unit
from tests.unit.domain.orders import KILOGRAM, PIECE, pieces

_AMOUNTS = st.decimals(-(10**20), 10**20, places=6)


@settings(deadline=None)
@given(_AMOUNTS, _AMOUNTS, _AMOUNTS)
def test_quantities_of_one_unit_add_associatively_and_exactly(one: Decimal, two: Decimal, three: Decimal) -> None:
    first, second, third = (Quantity(amount, PIECE) for amount in (one, two, three))

    assert (first + second) + third == first + (second + third)
    assert Fraction((first + second).amount) == Fraction(one) + Fraction(two)
    assert (first + second) - second == first
    assert (first < second) + (second < first) + (first == second) == 1
    assert (first <= second) is not (second < first)


@settings(deadline=None)
@given(st.sampled_from(["KGM", "GRM", "TNE"]), st.sampled_from(["H87", "C62", "EA", "DZN"]))
def test_quantities_never_convert(mass: str, count: str) -> None:
    one, other = Quantity(Decimal(1), Unit(mass)), Quantity(Decimal(1), Unit(count))
    for meet in (one.__add__, one.__sub__, one.__lt__, one.__le__):
        with pytest.raises(UnitMismatch) as caught:
            meet(other)
        assert str(caught.value) == f"1 {mass} and 1 {count} are not of one unit"
    assert one != other


def test_not_even_units_of_one_dimension_convert() -> None:
    with pytest.raises(UnitMismatch):
        Quantity(Decimal(1), Unit("KGM")) + Quantity(Decimal(1000), Unit("GRM"))


@pytest.mark.parametrize(("amount", "shown"), [("5.000", "5 H87"), ("1E+3", "1000 H87"), ("-0.50", "-0.5 H87")])
def test_a_quantity_is_shown_without_needless_zeros(amount: str, shown: str) -> None:
    assert str(pieces(amount)) == shown
    assert pieces(amount) == pieces(f"{Decimal(amount):.4f}")


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity"])
def test_what_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(InvalidValue, match=f"^amount must be a number, not {amount}$"):
        pieces(amount)


@pytest.mark.parametrize("amount", [5.0, 5, "5", None])
def test_only_a_decimal_is_an_amount(amount: object) -> None:
    with pytest.raises(TypeError, match="amount"):
        Quantity(amount, PIECE)  # type: ignore[arg-type]  # what the type checker refuses is refused at run time too


def test_a_unit_is_no_text() -> None:
    with pytest.raises(TypeError, match="unit"):
        Quantity(Decimal(5), "KGM")  # type: ignore[arg-type]  # what the type checker refuses is refused too


def test_a_quantity_is_frozen_and_slotted() -> None:
    with pytest.raises(FrozenInstanceError):
        pieces("5").unit = KILOGRAM  # type: ignore[misc]  # what the type checker refuses is refused too
    assert not hasattr(pieces("5"), "__dict__")
