"""Currencies, countries and units are closed lists of international standards."""

from __future__ import annotations

import pytest
from attrs.exceptions import FrozenInstanceError

from domain.currency import Currency
from domain.errors import InvalidValue
from domain.places import Country
from domain.units import Dimension, Unit


@pytest.mark.parametrize(("code", "places"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("BRL", 2), ("CLF", 4), ("ISK", 0)])
def test_a_currency_knows_its_places(code: str, places: int) -> None:
    assert Currency(code).places == places
    assert str(Currency(code)) == code


@pytest.mark.parametrize("code", ["eur", "EUR ", "USD5", "XXX", "XAU", "XTS", "ZZZ", "", None, 978])
def test_what_nobody_is_invoiced_in_is_no_currency(code: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        Currency(code)  # type: ignore[arg-type]  # what the type checker refuses is refused at run time too

    assert str(caught.value) == f"{code!r} is not an ISO 4217 currency"


@pytest.mark.parametrize("code", ["BR", "DE", "XX", "br", "BRA", "", None])
def test_a_country_is_one_of_iso_3166(code: str) -> None:
    if code in ("BR", "DE"):
        assert str(Country(code)) == code
        return
    with pytest.raises(InvalidValue) as caught:
        Country(code)
    assert str(caught.value) == f"{code!r} is not an ISO 3166-1 country"


@pytest.mark.parametrize(
    ("code", "name", "dimension"),
    [
        ("H87", "piece", Dimension.COUNT),
        ("KGM", "kilogram", Dimension.MASS),
        ("MTR", "metre", Dimension.LENGTH),
        ("MTK", "square metre", Dimension.AREA),
        ("LTR", "litre", Dimension.VOLUME),
        ("HUR", "hour", Dimension.TIME),
        ("KWH", "kilowatt hour", Dimension.ENERGY),
        ("XBX", "box", Dimension.PACKAGE),
    ],
)
def test_a_unit_has_a_name_and_measures_one_thing(code: str, name: str, dimension: Dimension) -> None:
    assert (Unit(code).name, Unit(code).dimension, str(Unit(code))) == (name, dimension, code)


@pytest.mark.parametrize("code", ["PC", "ST", "kgm", "", None])
def test_a_vendors_unit_is_no_unit(code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Unit(code)

    assert str(caught.value) == f"{code!r} is not a unit of UN/ECE Recommendation 20 that this model knows"


@pytest.mark.parametrize("value", [Currency("EUR"), Country("DE"), Unit("H87")], ids=str)
def test_a_code_is_frozen_slotted_and_equal_to_its_like(value: Currency | Country | Unit) -> None:
    with pytest.raises(FrozenInstanceError):
        value.code = "XX"  # type: ignore[misc]  # what the type checker refuses is refused at run time too
    assert not hasattr(value, "__dict__")
    again = type(value)(value.code)
    assert (again, hash(again)) == (value, hash(value))
