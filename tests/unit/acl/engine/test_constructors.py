"""Classes whose constructor does more than fill attributes: what it does is done here too."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

import attrs
import pytest
from attrs import Attribute, field, frozen

from acl.codecs.text import text
from acl.mapping import mapping
from domain.errors import InvalidValue
from tests.unit.acl.engine.building import RAW, fast, mapped
from tests.unit.acl.engine.shop import refused

T = TypeVar("T")


def _short(_: object, attribute: Attribute[str], value: str) -> None:
    if len(value) > 3:
        raise InvalidValue(f"{attribute.name} {value} is long")


@frozen
class Ruled:
    one: str
    two: str

    def __attrs_post_init__(self) -> None:
        if self.one == self.two:
            raise InvalidValue(f"{self.one} twice")


def test_a_subclass_of_an_attrs_class_is_built_as_itself() -> None:
    @frozen
    class Longer(Ruled):
        LENGTH: ClassVar[int] = 2

    assert type(fast(mapped(Longer), RAW)) is Longer
    assert refused(mapped(Longer), {"A": "x", "B": "x"})[0].reason == "x twice"


def test_a_generic_class_is_builtfast() -> None:
    @frozen
    class Box(Generic[T]):
        one: T
        two: str

    assert "new_Box" in mapping(Box, record="M")(one=text("A"), two=text("B")).source
    assert type(fast(mapping(Box, record="M")(one=text("A"), two=text("B")), RAW)) is Box


class _Registered:
    __slots__ = ()
    names: ClassVar[list[str]] = []

    def __init_subclass__(cls) -> None:
        _Registered.names.append(cls.__name__)


def test_a_class_that_registers_its_subclasses_sees_none_of_ours() -> None:
    @frozen
    class Member(_Registered):
        one: str
        two: str

    assert fast(mapped(Member), RAW) == Member("x", "y")
    assert set(_Registered.names) == {"Member"}


def test_a_class_that_remembers_its_hash_keeps_doing_so() -> None:
    @frozen(cache_hash=True)
    class Hashed:
        one: str
        two: str

    assert hash(fast(mapped(Hashed), RAW)) == hash(Hashed("x", "y"))


def test_a_constructor_of_the_class_itself_is_called() -> None:
    @frozen
    class Own:
        one: str
        two: str

        def __init__(self, one: str, two: str) -> None:
            object.__setattr__(self, "one", one.upper())
            object.__setattr__(self, "two", two)

    assert fast(mapped(Own), RAW).one == "X"


def test_a_class_that_makes_its_instances_itself_is_called() -> None:
    made: list[object] = []

    @frozen
    class Made:
        one: str
        two: str

        def __new__(cls, *_: object, **__: object) -> Made:
            made.append(cls)
            return object.__new__(cls)

    assert fast(mapped(Made), RAW) == Made("x", "y")
    assert made == [Made] * len(made)


def _upper(text: str) -> str:
    return text.upper()


def test_a_converter_is_run() -> None:
    @frozen
    class Converted:
        one: str = field(converter=_upper)
        two: str

    assert fast(mapped(Converted), RAW) == Converted("x", "y")
    assert fast(mapped(Converted), RAW).one == "X"


def test_a_class_without_slots_is_built_by_its_constructor() -> None:
    @frozen(slots=False)
    class Loose:
        one: str
        two: str = field(validator=_short)

    built = fast(mapped(Loose), RAW)

    assert built == Loose("x", "y")
    assert vars(built) == {"one": "x", "two": "y"}
    assert refused(mapped(Loose), {"A": "x", "B": "long one"})[0].reason == "two long one is long"


def test_what_is_done_before_birth_is_done() -> None:
    born: list[str] = []

    @frozen
    class Born:
        one: str
        two: str

        def __attrs_pre_init__(self) -> None:
            born.append("yes")

    fast(mapped(Born), RAW)

    assert born


def test_an_attribute_that_is_given_by_name_only_is_built() -> None:
    @frozen(kw_only=True)
    class Named:
        one: str
        two: str = "never this"

    assert fast(mapped(Named), RAW) == Named(one="x", two="y")


def test_a_class_that_may_change_is_built_and_can_change() -> None:
    @attrs.define
    class Open:
        one: str = field(validator=_short)
        two: str

    built = fast(mapped(Open), RAW)
    built.one = "z"

    assert built == Open("z", "y")
    with pytest.raises(InvalidValue, match="one long one is long"):
        built.one = "long one"
