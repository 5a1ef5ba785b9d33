"""Father and son: people of one house whose names differ in nothing but the generation."""

from __future__ import annotations

import unicodedata

_WORDS = {
    1: "sr senior snr pai pere padre",
    2: "jr junior jnr filho fils hijo ii 2nd segundo",
    3: "neto nieto iii 3rd terceiro tercero",
    4: "bisneto bisnieto iv 4th",
}
_GENERATIONS = {word: number for number, words in _WORDS.items() for word in words.split()}


def generation(name: str) -> int | None:
    """Give the generation that the last word of *name* tells, ``None`` if it tells none.

    Elsewhere the same words are titles and surnames: "Sr. Neto Junior" is of the second.
    """
    words = name.split()
    return _GENERATIONS.get(_bare(words[-1])) if len(words) > 1 else None


def _bare(word: str) -> str:
    parted = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in parted if letter.isalnum())
