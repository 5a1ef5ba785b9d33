"""How the in-house programs and their users spelled one and the same value over the years.

Which spelling a value gets depends only on *seed*, so that the same facts look the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

_MONTHS = ("Jan", "Fev", "Mar", "Abr", "Mai", "Jun", "Jul", "Ago", "Set", "Out", "Nov", "Dez")
_NO_BREAK_SPACE = "\xa0"  # what a garbled "à" ends in: too easily lost to be undone with certainty


def pick(choices: Sequence[T], *seed: object) -> T:
    """Choose by *seed* alone."""
    digest = blake2b("/".join(map(str, seed)).encode(), digest_size=4).digest()
    return choices[int.from_bytes(digest, "big") % len(choices)]


def day_text(day: date | None, *seed: object) -> str | None:
    """Spell *day* in one of the five patterns; ``None`` in one of the tokens for a day that is not known."""
    if day is None:
        return pick((None, "", "01/01/1900", "00/00/0000"), "day", *seed)
    month = f"{_MONTHS[day.month - 1]} {day.day} {day.year}"
    patterns = (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%y}", f"{day:%Y%m%d}", month)
    return pick(patterns, "day", *seed)


def number_text(value: Decimal, places: int, *seed: object) -> str:
    """Spell *value*, which has at most *places* decimals: shortest, with all decimals, or with thousands dots too."""
    grouped = f"{value:,.{places}f}"
    spelled = pick((f"{value.normalize():f}", f"{value:.{places}f}", grouped), "number", *seed)
    return spelled.translate({ord(","): ".", ord("."): ","})


def tax_text(kind: str, number: str, *, punctuated: bool) -> str:
    """Spell a tax id bare or as on a form."""
    if not punctuated:
        return number
    if kind == "CNPJ":
        return f"{number[:2]}.{number[2:5]}.{number[5:8]}/{number[8:12]}-{number[12:]}"
    if kind == "CPF":
        return f"{number[:3]}.{number[3:6]}.{number[6:9]}-{number[9:]}"
    return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"


def in_groups(iban: str) -> str:
    """Spell an IBAN in groups of four, as on a letter head."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def garbled(text: str, *seed: object) -> str:
    """Read about a third of the texts with accents as the wrong code page, some of those twice (INH-ENC-01, -02)."""
    rounds = pick((0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 2), "garbled", *seed)
    for _ in range(rounds):
        text = _misread(text)
    return text


def _misread(text: str) -> str:
    """Read the UTF-8 bytes of *text* as code page 1252, or leave it where that would lose something."""
    try:
        wrong = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return text
    return text if _NO_BREAK_SPACE in wrong else wrong
