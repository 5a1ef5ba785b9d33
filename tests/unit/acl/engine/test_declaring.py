"""What a mapping refuses at import, long before a record comes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import attrs
import pytest
from attrs import frozen

from acl.codecs.numbers import decimal
from acl.codecs.text import text
from acl.mapping import Shape, embedded, gathered, many, mapping, money, only, optional, read_only
from domain.currency import Currency
from tests.unit.acl.engine.shop import LINE


@frozen
class Place:
    street: str
    city: str | None


def test_a_forgotten_attribute_is_named() -> None:
    with pytest.raises(TypeError) as caught:
        mapping(Place, record="P")(street=text("S"))  # type: ignore[call-arg]  # what is forgotten is the point

    assert str(caught.value) == "the mapping of Place forgets city"


def test_an_invented_attribute_is_named() -> None:
    with pytest.raises(TypeError) as caught:
        mapping(Place, record="P")(street=text("S"), city=text("C"), zip=text("Z"))  # type: ignore[call-arg]  # the point

    assert str(caught.value) == "the mapping of Place invents zip"


def test_a_value_in_place_of_a_field_is_named() -> None:
    with pytest.raises(TypeError) as caught:
        mapping(Place, record="P")(street="Main Street", city=None)

    assert str(caught.value) == "the mapping of Place gives a value instead of a field for street, city"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(TypeError) as caught:
        mapping(Place, record="P")(strete=text("S"), city="Bonn")  # type: ignore[call-arg]  # the point

    told = "forgets street and invents strete and gives a value instead of a field for city"
    assert str(caught.value) == f"the mapping of Place {told}"


def test_fields_are_given_by_name_to_a_mapping_and_to_a_value_object() -> None:
    with pytest.raises(TypeError) as of_mapping:
        mapping(Place, record="P")(text("S"), city=text("C"))
    with pytest.raises(TypeError) as of_value:
        embedded(Place)(text("S"), text("C"))

    assert str(of_mapping.value) == "the fields of a mapping of P are given by name"
    assert str(of_value.value) == "the fields of Place are given by name"


def test_a_value_object_is_checked_as_a_mapping_is() -> None:
    with pytest.raises(TypeError) as caught:
        embedded(Place)(city=text("C"))  # type: ignore[call-arg]  # what is forgotten is the point

    assert str(caught.value) == "the mapping of Place forgets street"


def test_what_wraps_a_field_refuses_a_value() -> None:
    for declare in (
        lambda: optional("Bonn"),
        lambda: read_only("Bonn", because="it is"),
        lambda: many("L", "Bonn"),
        lambda: only("L", "Bonn"),
        lambda: gathered("Bonn"),
    ):
        with pytest.raises(TypeError) as caught:
            declare()
        assert str(caught.value) == "'Bonn' is a value; a mapping is made of fields"


def test_money_is_made_of_two_fields() -> None:
    with pytest.raises(TypeError) as of_currency:
        money(decimal("A", places=2), currency=Currency("EUR"))
    with pytest.raises(TypeError) as of_amount:
        money(Decimal(1), currency=text("C", into=Currency))

    assert str(of_currency.value).endswith("is a value; a mapping is made of fields")
    assert str(of_amount.value) == "Decimal('1') is a value; a mapping is made of fields"


def test_an_attribute_that_the_constructor_does_not_take_has_no_field() -> None:
    @frozen
    class Counted:
        name: str
        length: int = attrs.field(init=False)

        def __attrs_post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.name))

    assert mapping(Counted, record="C")(name=text("N")).read({"N": "bolt"}).length == 4


def test_only_attrs_classes_can_be_mapped() -> None:
    @dataclass(frozen=True)
    class Plain:
        name: str

    with pytest.raises(attrs.exceptions.NotAnAttrsClassError):
        mapping(Plain, record="P")(name=text("N"))


def test_the_columns_stand_in_the_order_of_the_declaration_each_once() -> None:
    declared = mapping(Place, record="P", shape=Shape.ROW)(city=optional(text("C")), street=text("S"))
    shared = mapping(Place, record="P", shape=Shape.ROW)(street=text("C"), city=optional(text("C")))

    assert declared.columns == ("C", "S")
    assert shared.columns == ("C",)
    assert repr(declared) == "<mapping of Place in P>"


def test_the_key_is_the_id_or_else_the_first_field() -> None:
    assert mapping(Place, record="P")(city=optional(text("C")), street=text("S")).key.columns == ("C",)


def test_a_value_of_another_type_is_refused_at_import_as_the_type_checker_does() -> None:
    with pytest.raises(TypeError, match="the mapping of Line gives a value of another type for number"):
        LINE.with_(number=text("No", width=4))
    with pytest.raises(TypeError, match="gives a value of another type for state"):
        LINE.with_(state=text("State", width=4))
