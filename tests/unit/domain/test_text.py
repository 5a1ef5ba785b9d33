"""What no padding, blank or control character of an outside system may pass."""

from __future__ import annotations

import unicodedata

import pytest
from attrs import field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InvalidValue
from domain.text import words


@frozen
class _Named:
    name: str = field(validator=words)


@pytest.mark.parametrize("text", ["Ação – 5 µm", "a", "Müller & Söhne", "a\xa0b", "東京", "a  b", "👩\u200d🔧"])
def test_one_line_of_text_is_admitted(text: str) -> None:
    assert _Named(text).name == text


@pytest.mark.parametrize("text", ["", " ", "\t", "\n", "\xa0", " a", "a ", "a\n", "\u2003a"])
def test_a_blank_or_padded_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        _Named(text)

    assert str(caught.value) == f"name is blank or padded: {text!r}"


@pytest.mark.parametrize(
    "char", ["\x00", "\n", "\r", "\t", "\x1b", "\x7f", "\x85", "\x96", "\u2028", "\u2029", "\ud800", "\uffff"]
)
def test_a_control_character_inside_is_refused(char: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        _Named(f"a{char}b")

    assert str(caught.value) == f"name holds a control character: {f'a{char}b'!r}"


def test_a_text_that_lost_characters_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        _Named("Concei\ufffdo")

    assert str(caught.value) == "name lost characters before it was read: 'Concei\ufffdo'"


@pytest.mark.parametrize("value", [None, 5, b"a", ["a"], 0, False])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        _Named(value)  # type: ignore[arg-type]  # what the type checker refuses is refused at run time too

    assert str(caught.value) == f"name must be a text, not {type(value).__name__}"


@settings(deadline=None)
@given(st.text())
def test_what_is_admitted_is_one_unpadded_line_without_damage(text: str) -> None:
    forbidden = {"Cc", "Cs", "Cn", "Zl", "Zp"}
    sound = text == text.strip() != "" and "\ufffd" not in text
    due = sound and not any(unicodedata.category(char) in forbidden for char in text)
    try:
        admitted = _Named(text).name == text
    except InvalidValue:
        admitted = False

    assert admitted is due
    assert not admitted or len(text.splitlines()) == 1
