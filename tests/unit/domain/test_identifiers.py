"""Keys of different classes are never equal, and no key is blank, padded or damaged."""

from __future__ import annotations

from itertools import combinations

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import identifiers
from domain.errors import InvalidValue
from domain.identifiers import Identifier, LineNumber, PurchaseOrderId, SupplierId

_CLASSES = [
    each
    for each in vars(identifiers).values()
    if isinstance(each, type) and issubclass(each, Identifier) and each is not Identifier
]
_KEYS = st.text("ABC019-/. ", min_size=1).filter(lambda text: text == text.strip())


def test_every_aggregate_has_its_own_class_of_key() -> None:
    assert len(_CLASSES) == 12


@settings(deadline=None)
@given(_KEYS)
def test_two_classes_never_give_equal_keys(text: str) -> None:
    for one, other in combinations(_CLASSES, 2):
        assert one(text) != other(text)


@settings(deadline=None)
@given(_KEYS, _KEYS)
def test_keys_of_one_class_are_equal_and_sorted_as_their_texts_are(one: str, other: str) -> None:
    assert (SupplierId(one) == SupplierId(other)) is (one == other)
    assert (SupplierId(one) < SupplierId(other)) is (one < other)
    assert (str(SupplierId(one)), hash(SupplierId(one))) == (one, hash(SupplierId(one)))


def test_keys_of_two_classes_have_no_order() -> None:
    with pytest.raises(TypeError):
        sorted([SupplierId("1"), PurchaseOrderId("2")])


@pytest.mark.parametrize("kind", _CLASSES)
@pytest.mark.parametrize(
    "text", ["", " ", " 1", "1 ", "1\n", "a\x00b", "a\tb", "a\xa0b", "a\u2028b", "\ud800", 1, None, b"1"]
)
def test_a_blank_padded_or_unprintable_key_is_refused(kind: type[Identifier], text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        kind(text)

    assert str(caught.value) == f"{text!r} cannot be a {kind.__name__}: blank, padded or not printable"


def test_a_key_that_lost_characters_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        SupplierId("A\ufffd1")

    assert str(caught.value) == "'A\ufffd1' cannot be a SupplierId: it lost characters before it was read"


@pytest.mark.parametrize("text", ["0010", "A/B 1", "É-7", "000A"])
def test_zeros_letters_and_blanks_inside_are_part_of_a_key(text: str) -> None:
    assert str(LineNumber(text)) == text


def test_a_key_is_frozen_and_slotted() -> None:
    key = SupplierId("1")
    with pytest.raises(FrozenInstanceError):
        key.text = "2"  # type: ignore[misc]  # what the type checker refuses is refused at run time too
    assert not hasattr(key, "__dict__")
