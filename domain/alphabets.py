"""Letters that are not what they look like: of another alphabet, or such as nobody sees."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that nobody sees; blanks of all sorts are not among them."""

_FILLERS = frozenset("\u034f\u115f\u1160\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}
"""Letters and marks by their category, and yet nobody sees them."""

_OF_ANY = frozenset({"FULLWIDTH", "HALFWIDTH", "MASCULINE", "FEMININE"})
"""What Unicode calls wide and narrow letters, and º and ª, whatever their alphabet."""

_APOSTROPHES = frozenset("\u02bc\u02bb")
"""Letters by their category, and written in Ukrainian and Hawaiian names beside those of the alphabet."""


def strange(text: str) -> str | None:
    """Say why *text* may not be what it looks like; ``None`` if nobody could be deceived by it."""
    if any(_is_unseen(letter) for letter in text):
        return "the name holds characters that cannot be seen"
    if any(len(scripts(word)) > 1 for word in text.split() if not _is_japanese(word)):
        return "a word of the name mixes letters of several alphabets"
    return None


def _is_unseen(letter: str) -> bool:
    return letter in _FILLERS or (unicodedata.category(letter) in _UNSEEN and letter not in "\t\r\n")


def scripts(text: str) -> frozenset[str]:
    """Name the alphabets of *text*: the first word of what Unicode calls each letter."""
    letters = {letter for letter in unicodedata.normalize("NFC", text) if letter.isalpha()} - _APOSTROPHES
    return frozenset(unicodedata.name(letter, "NONE").partition(" ")[0] for letter in letters) - _OF_ANY


def _is_japanese(word: str) -> bool:
    """Japanese writes one word in several scripts."""
    return scripts(word) <= {"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}
