"""A name may not hide letters, nor pass letters of one alphabet off as another's."""

from __future__ import annotations

from unicodedata import name

import pytest

from domain.alphabets import scripts, strange


@pytest.mark.parametrize(
    "text",
    [
        "Schrauben Groß",
        "N.º1 Ltda",
        "株式会社さくら",
        "佐々木",
        "カナ漢字",
        "コーヒー",
        "佐々木さんサーバー",
        "ООО Ромашка",
        "ＡＢＣ",
        "ＡBC",
        "ｶカ",
        "Müller\tSöhne\r\nKG",
        "a︐b",
        "Соловʼян",
        "Hawaiʻi",
        "\u212bngström",
        "",
    ],
)
def test_what_is_written_as_people_write_it_is_not_strange(text: str) -> None:
    assert strange(text) is None


@pytest.mark.parametrize(
    "text", ["Sch\u200brauben", "\u202egubierhcS", "a\x00b", "Schrauben\ufe0f", "Schrauben\u3164", "a\u034fb"]
)
def test_what_nobody_sees_is_strange(text: str) -> None:
    assert strange(text) == "the name holds characters that cannot be seen"


@pytest.mark.parametrize(
    "code",
    [0xD800, 0xE000, 0x0378, 0x2028, 0x2029, 0x115F, 0x1160, 0xFFA0, 0xFE00],
    ids=["half", "private", "unassigned", "line", "paragraph", "initial", "medial", "narrow", "variant"],
)
def test_a_code_that_shows_nothing_is_strange_of_whatever_sort_it_is(code: int) -> None:
    assert strange(f"a{chr(code)}b") == "the name holds characters that cannot be seen"


@pytest.mark.parametrize("text", ["Sсhrauben", "Мüller", "Αlpha", "\U0001d40cüller"])
def test_a_word_of_two_alphabets_is_strange(text: str) -> None:
    assert strange(text) == "a word of the name mixes letters of several alphabets"


def test_an_ordinal_is_no_alphabet_of_its_own() -> None:
    assert scripts("N.º1 ª") == {"LATIN"}


def test_letters_that_have_no_name_are_of_one_alphabet() -> None:
    nameless = (letter for letter in map(chr, range(0x17000, 0x110000)) if letter.isalpha() and not name(letter, ""))

    assert scripts(next(nameless) + next(nameless)) == {"NONE"}
