"""A name may not hide letters, nor pass letters of one alphabet off as another's."""

from __future__ import annotations

import pytest

from domain.alphabets import scripts, strange


@pytest.mark.parametrize(
    "text", ["Schrauben Groß", "N.º1 Ltda", "株式会社さくら", "佐々木", "ООО Ромашка", "ＡＢＣ", "Müller\tSöhne", ""]
)
def test_what_is_written_as_people_write_it_is_not_strange(text: str) -> None:
    assert strange(text) is None


@pytest.mark.parametrize(
    "text", ["Sch\u200brauben", "\u202egubierhcS", "a\x00b", "Schrauben\ufe0f", "Schrauben\u3164", "a\u034fb"]
)
def test_what_nobody_sees_is_strange(text: str) -> None:
    assert strange(text) == "the name holds characters that cannot be seen"


@pytest.mark.parametrize("text", ["Sсhrauben", "Мüller", "Αlpha", "\U0001d40cüller"])
def test_a_word_of_two_alphabets_is_strange(text: str) -> None:
    assert strange(text) == "a word of the name mixes letters of several alphabets"


def test_an_ordinal_is_no_alphabet_of_its_own() -> None:
    assert scripts("N.º1 ª") == {"LATIN"}
