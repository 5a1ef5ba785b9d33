"""Days and validities: eight digits, ISO texts, dates of a driver, and the sentinels that stand for no end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import ModuleType
from typing import TYPE_CHECKING, cast

from attrs import evolve

from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from acl.engine.emitter import Emitter
from acl.engine.fields import Slow, same
from contracts.source.owed import ANYTHING, Facets
from contracts.source.schema import Form
from domain.dates import OPEN_END, OpenEnd, Until, calendar_day, last_day
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_DATE = ProblemKind.INVALID_DATE


def day(
    name: str,
    read: Callable[[object], date],
    write: Callable[[date], object],
    *,
    absent: tuple[object, ...],
    quirk: str,
    ordered: bool,
    facets: Facets = ANYTHING,
    inline: Callable[[Emitter, tuple[str, ...]], str] | None = None,
) -> Codec[date]:
    """Make the codec of a calendar day from two inverse functions; *read* raises ``ValueError`` for what is no day."""

    def decode(raw: object) -> date:
        try:
            return read(raw)
        except (TypeError, ValueError):
            raise Unreadable(_DATE, f"{raw!r} is not a day", quirk) from None

    return Codec(
        name=name,
        decode=decode,
        encode=write,
        kind=_DATE,
        absent=absent,
        quirks=(quirk,),
        produces=(date,),
        proves=(calendar_day,),
        spellings=(lambda value: (write(value),)) if ordered else None,
        ordered=ordered,
        facets=(facets,),
        inline=inline,
        raws=lambda strategies: days(strategies).map(write),
    )


def days(strategies: ModuleType) -> SearchStrategy[date]:
    """Draw days that every vendor can hold."""
    drawn = strategies.integers(0, 20_000).map(lambda count: date(1990, 1, 1) + timedelta(days=count))
    return cast("SearchStrategy[date]", drawn)


def until(plain: Codec[date], *, open_end: object, alike: tuple[object, ...] = ()) -> Codec[Until]:
    """Let one raw value of a day's codec mean that there is no end; *alike* are further spellings of it."""

    def decode(raw: object) -> Until:
        return OPEN_END if any(same(raw, end) for end in (open_end, *alike)) else plain.decode(raw)

    def encode(value: Until) -> object:
        raw = open_end if value is OPEN_END else plain.encode(value)
        if raw == open_end and value is not OPEN_END:
            raise Unreadable(_DATE, f"{value} would be read back as no end", "SAP-DATE-06")
        return raw

    return Codec(
        name=f"{plain.name} or open end",
        decode=decode,
        encode=encode,
        kind=_DATE,
        absent=plain.absent,
        quirks=plain.quirks,
        produces=(date, OpenEnd),
        proves=(last_day,),
        facets=plain.facets,
        raws=lambda strategies: strategies.just(open_end) | plain.raws(strategies),
    )


_EIGHT = re.compile("[0-9]{8}")
_NEVER = "99991231"


def _compact(raw: object) -> date:
    if type(raw) is not str or not _EIGHT.fullmatch(raw) or raw == _NEVER:
        raise ValueError(raw)
    return date.fromisoformat(raw)


def _inline_compact(emitter: Emitter, raws: tuple[str, ...]) -> str:
    """Emit the parsing of exactly eight digits: given ten, Python 3.11 takes the first eight and drops the rest."""
    parse, slow, raw = emitter.constant(date.fromisoformat, "day_of"), emitter.constant(Slow, "slow"), raws[0]
    emitter.put(f"if len({raw}) != 8 or not {raw}.isdecimal() or {raw} == {_NEVER!r}: raise {slow}")
    return f"{parse}({raw})"


COMPACT = day(
    "compact_day",
    _compact,
    lambda value: value.strftime("%Y%m%d") if value.year > 999 else f"{value.year:04d}{value:%m%d}",
    absent=("        ", ""),
    quirk="PRO-DATE-01",
    ordered=True,
    facets=Facets(forms=(Form.TEXT,), length=8, exact=True),
    inline=_inline_compact,
)


def compact_day(column: str) -> date:
    """Read ``YYYYMMDD`` in eight characters; blanks mean that nothing is known.

    ``99991231``, which is no day but the end of what never ends, is refused.

    Source: PRO-DATE-01, PRO-DATE-02, SAP-DATE-06.
    """
    return bound(COMPACT, column)


def compact_until(column: str) -> Until:
    """Read ``YYYYMMDD``, where ``99991231`` means that there is no end.

    Source: SAP-DATE-06, PRO-DATE-02.
    """
    return bound(evolve(until(COMPACT, open_end=_NEVER), quirks=("SAP-DATE-06", "PRO-DATE-02")), column)


def _driver_day(raw: object) -> date:
    if type(raw) is not date:
        raise ValueError(raw)
    return raw


def driver_day(column: str) -> date:
    """Read a day that the driver hands out as a date; null means that nothing is known."""
    date_only = Facets(forms=(Form.DATE,))
    plain = day(
        "driver_day",
        _driver_day,
        lambda value: value,
        absent=(None,),
        quirk="EBS-DATE-01",
        ordered=True,
        facets=date_only,
    )
    return bound(plain, column)
