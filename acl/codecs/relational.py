"""What relational databases hand out and texts do not: keys that are numbers, and MySQL's day that is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from acl.codecs.dates import day
from acl.codecs.keys import is_number
from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from contracts.source.owed import Facets
from contracts.source.schema import Form
from ports.errors import ProblemKind

T = TypeVar("T")
_KEY = ProblemKind.INVALID_IDENTIFIER
_QUIRK = "INH-KEY-04"


def serial(column: str, *, into: Callable[[str], T], most: int = 2**31 - 1) -> T:
    """Read a key that the database keeps as a number above zero; null means that nothing is known.

    *most* is the largest number that the column's type holds: a key beyond it is no key here and is never asked for.
    A key is written as the number is, so that ``07`` and ``+7`` are not taken for 7.

    Source: INH-KEY-04.
    """

    def decode(raw: object) -> T:
        if type(raw) is not int or not 0 < raw <= most:
            raise Unreadable(_KEY, f"{raw!r} is not a number from 1 to {most}, as keys are here", _QUIRK)
        return into(str(raw))

    def encode(value: T) -> int:
        text = str(value)
        short = is_number(text) and len(text) <= len(str(most))  # thousands of digits are not even counted
        if not short or text.startswith("0") or int(text) > most:
            raise Unreadable(_KEY, f"{text[:60]!r} is not a number from 1 to {most}, as keys are here", _QUIRK)
        return int(text)

    codec = Codec(
        name="serial",
        decode=decode,
        encode=encode,
        kind=_KEY,
        quirks=(_QUIRK,),
        produces=(into,) if isinstance(into, type) else (),
        spellings=lambda value: (encode(value),),
        ordered=True,
        facets=(Facets(forms=(Form.INTEGER,)),),
        raws=lambda strategies: strategies.integers(1, most),
    )
    return bound(codec, column)


def _day(raw: object) -> date:
    if type(raw) is not date:
        raise ValueError(raw)
    return raw


def zero_day(column: str) -> date:
    """Read a day of MySQL or MariaDB, where ``0000-00-00`` and null mean that nothing is known.

    The driver gives that day, and others that the calendar lacks (``2024-02-30``), as text.

    Source: INH-DATE-03.
    """
    absent, facets = ("0000-00-00", None), Facets(forms=(Form.DATE,))
    codec = day("zero_day", _day, lambda value: value, absent=absent, quirk="INH-DATE-03", ordered=True, facets=facets)
    return bound(codec, column)
