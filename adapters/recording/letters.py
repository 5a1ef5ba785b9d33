"""Other texts of the same form: letters for letters, digits for digits, everything else where it was."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from enum import Enum
from functools import cache

_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"


class Part(Enum):
    """What of a text is replaced."""

    ALL = "letters and digits"
    ASCII = "letters without marks, and digits"
    DIGITS = "digits"


def signs(text: str) -> str:
    """Give what tells one value from another: letters and digits, capitals for small ones."""
    return "".join(_capital(letter) for letter in text if letter.isalnum())


def alike(text: str, part: Part, seed: bytes, number: int) -> str:
    """Give a text of the form of *text*, the same for the same *seed* and *number* however *text* is punctuated.

    Zeros before the first other digit stay, for they fill a width; so does what is not of *part*.
    """
    told = f"{number}:{signs(text)}".encode("utf-8", "surrogatepass")
    draws = iter(hashlib.shake_256(seed + told).digest(4 * max(1, len(text))))
    first = True
    made: list[str] = []
    for letter in text:
        if not letter.isalnum():
            made.append(letter)
            continue
        draw = sum(next(draws) << shift for shift in (0, 8, 16))
        next(draws)
        if (first and letter == "0") or not _belongs(letter, part):
            made.append(letter)
        else:
            made.append(_other(letter, draw, least=1 if first else 0))
        first = first and letter == "0"
    return "".join(made)


def respelled(text: str, table: Mapping[str, str]) -> str:
    """Give *text* with the signs that stand in *table* for its own; as it is if none do."""
    others = table.get(signs(text))
    if others is None:
        return text
    left = iter(others)
    return "".join(_in_case(next(left), letter) if letter.isalnum() else letter for letter in text)


def replaceable(text: str, part: Part) -> int:
    """Count what `alike` may replace."""
    return sum(_belongs(letter, part) for letter in signs(text).lstrip("0"))


def _belongs(letter: str, part: Part) -> bool:
    if part is Part.ALL:
        return True
    return letter in _DIGITS or (part is Part.ASCII and letter.isascii())


def _other(letter: str, draw: int, *, least: int) -> str:
    if letter in _DIGITS:
        return _DIGITS[least + draw % (10 - least)]
    if letter.isascii():
        found = _CAPITALS[draw % 26]
        return found if letter.isupper() else found.lower()
    kin = _kin(letter)
    return kin[draw % len(kin)]


@cache
def _kin(letter: str) -> str:
    """Give the signs of the same kind that stand near *letter*, so that whatever can hold it can hold them."""
    first = ord(letter) & ~0x1F
    near = map(chr, range(first, first + 32))
    return "".join(sign for sign in near if unicodedata.category(sign) == unicodedata.category(letter))


def _in_case(sign: str, letter: str) -> str:
    small = sign.lower()
    return small if letter.islower() and len(small) == 1 else sign


def _capital(letter: str) -> str:
    capital = letter.upper()
    return capital if len(capital) == 1 else letter
