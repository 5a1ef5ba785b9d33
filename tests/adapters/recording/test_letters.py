"""Texts of the same form."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.recording.letters import Part, alike, replaceable, respelled, signs

SEED = b"a seed of these tests"
texts = st.text(max_size=40)


@given(texts, st.sampled_from(Part), st.integers(0, 1000))
@example("\ud800A", Part.ALL, 0)
@example("İıßŉ", Part.ALL, 0)
def test_whatever_is_no_letter_and_no_digit_stays_where_it_is(text: str, part: Part, number: int) -> None:
    other = alike(text, part, SEED, number)

    assert len(other) == len(text)
    for before, after in zip(text, other, strict=True):
        if not before.isalnum():
            assert after == before
        else:
            assert unicodedata.category(after) == unicodedata.category(before)


@given(st.text("0123456789", min_size=1, max_size=20))
def test_a_number_keeps_the_zeros_that_fill_it_and_its_size(text: str) -> None:
    other = alike(text, Part.ALL, SEED, 0)

    assert len(other) - len(other.lstrip("0")) == len(text) - len(text.lstrip("0"))


@given(st.text("ABCDEFGH0123456789", max_size=20), st.integers(0, 50))
def test_a_number_on_a_form_gets_the_pseudonym_of_the_bare_one(bare: str, number: int) -> None:
    written = "-".join(bare)

    assert signs(alike(written, Part.ALL, SEED, number)) == signs(alike(bare, Part.ALL, SEED, number))
    assert alike(bare.lower(), Part.ALL, SEED, number) == alike(bare, Part.ALL, SEED, number).lower()


@given(texts)
def test_only_digits_are_replaced_where_only_they_may_be(text: str) -> None:
    other = alike(text, Part.DIGITS, SEED, 0)

    assert all(before in "0123456789" or after == before for before, after in zip(text, other, strict=True))


def test_what_may_be_replaced_is_counted_without_the_zeros_in_front() -> None:
    assert replaceable("0000", Part.ALL) == 0
    assert replaceable("007-A", Part.ALL) == 2
    assert replaceable("007-A", Part.DIGITS) == 1
    assert replaceable("É1", Part.ASCII) == 1
    assert replaceable("- ./", Part.ALL) == 0


def test_another_seed_gives_other_texts() -> None:
    assert alike("Hexagon", Part.ALL, b"one", 0) != alike("Hexagon", Part.ALL, b"two", 0)


@given(st.text("abcXYZ019", min_size=1, max_size=12))
def test_a_text_is_respelled_in_its_own_case_and_punctuation(text: str) -> None:
    other = alike(text, Part.ALL, SEED, 3)

    assert respelled(f"({text})", {signs(text): signs(other)}) == f"({other})"
    assert respelled(text, {}) == text
