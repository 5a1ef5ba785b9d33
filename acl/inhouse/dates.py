"""Days as five generations of programs wrote them, all into text columns."""

from __future__ import annotations

import re
from datetime import date

from attrs import evolve

from acl.codecs.dates import day, until
from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.dates import Until
from ports.errors import ProblemKind

NEVER: tuple[str | None, ...] = (None, "", "01/01/1900", "00/00/0000")
"""What stands in a date that is not known."""

_MONTHS = ("Jan", "Fev", "Mar", "Abr", "Mai", "Jun", "Jul", "Ago", "Set", "Out", "Nov", "Dez")
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        "(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})",
        "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
        r"(?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{2})",
        "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        f"(?P<month>{'|'.join(_MONTHS)}) (?P<day>[1-9][0-9]?) (?P<year>[0-9]{{4}})",
    )
)
"""In the order in which they are tried; the day stands before the month wherever both are numbers and no year leads."""
_UNDECLARED = re.compile("[0-9]{1,2}[^0-9][0-9]{1,2}[^0-9]([0-9]{2}|[0-9]{4})")
_SENTINELS = frozenset(
    map(date.fromisoformat, ("1753-01-01", "1899-12-30", "1900-01-01", "1970-01-01", "2079-06-06", "9999-12-31"))
)
_DATE = ProblemKind.INVALID_DATE


def written_day(column: str, *, pivot: int | None = None, absent: tuple[str | None, ...] = NEVER) -> date:
    """Read a day in one of five exact patterns: ``31/12/2023``, ``2023-12-31``, ``31.12.23``, ``20231231``,
    ``Dez 31 2023``; it is written in the first.

    Two-digit years below *pivot* are of this century, the others of the last; without a pivot they are refused. A
    sentinel that is not one of the column's own *absent* tokens is refused.

    Source: INH-DATE-01, INH-DATE-02, INH-DATE-03, INH-DATE-05.
    """
    return bound(_written(pivot, absent), column)


def written_until(column: str, *, pivot: int | None = None, open_end: str) -> Until:
    """Read a last day as `written_day` does; *open_end* stands for no end.

    Source: INH-DATE-01, INH-DATE-03.
    """
    return bound(evolve(until(_written(pivot, NEVER), open_end=open_end), memo=True), column)


def _written(pivot: int | None, absent: tuple[str | None, ...]) -> Codec[date]:
    codec = day(
        "written_day",
        lambda raw: _day(raw, pivot),
        _text,
        absent=absent,
        quirk="INH-DATE-01",
        ordered=False,
        facets=Facets(forms=(Form.TEXT,), length=10),
    )
    return evolve(codec, memo=True, quirks=("INH-DATE-01", "INH-DATE-02", "INH-DATE-03", "INH-DATE-05"))


def _day(raw: object, pivot: int | None) -> date:
    if type(raw) is not str:
        raise ValueError(raw)
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(raw):
            month = found["month"]
            number = int(month) if month.isdecimal() else _MONTHS.index(month) + 1
            return _certain(date(_year(found["year"], pivot), number, int(found["day"])))
    if _UNDECLARED.fullmatch(raw):
        reason = f"{raw!r} is in none of the declared patterns, and may have the day or the month first"
        raise Unreadable(ProblemKind.AMBIGUOUS, reason, "INH-DATE-02")
    raise ValueError(raw)


def _year(digits: str, pivot: int | None) -> int:
    if len(digits) == 4:
        return int(digits)
    if pivot is None:
        reason = f"the year {digits!r} may be of two centuries, and no pivot is declared"
        raise Unreadable(ProblemKind.AMBIGUOUS, reason, "INH-DATE-05")
    return int(digits) + (2000 if int(digits) < pivot else 1900)


def _certain(found: date) -> date:
    if found in _SENTINELS:
        raise Unreadable(_DATE, f"{found} stands for no day at all, and this column must not hold it", "INH-DATE-03")
    return found


def _text(value: date) -> str:
    _certain(value)
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
