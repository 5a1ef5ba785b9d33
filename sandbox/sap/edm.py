"""Edm values: how they are written into JSON, and how a stored one compares."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from sandbox.sap.model import Json, Property

Comparable = bool | int | str | Decimal | None
"""A value ready to compare: points in time as milliseconds since 1970, texts of ALPHA fields padded."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICKS = re.compile(r"/Date\((-?\d+)(?:\+0000)?\)/")


def milliseconds(moment: datetime) -> int:
    """Count from 1970; a *moment* without a zone is UTC."""
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(milliseconds=1)


def ticks(on: date, *, offset: bool = False) -> str:
    """Write midnight of a day; *offset* adds the offset of zero that some releases send."""
    count = milliseconds(datetime(on.year, on.month, on.day))
    return f"/Date({count}+0000)/" if offset else f"/Date({count})/"


def alpha(value: str, width: int) -> str:
    """Convert as an ALPHA field does: digits get leading zeros, anything else stays."""
    return value.zfill(width) if value.isascii() and value.isdigit() else value


def comparable(declared: Property, raw: Json) -> Comparable:
    """Make a stored value ready to compare; what does not fit its type is like null."""
    match declared.edm, raw:
        case "Edm.String", str():
            return raw
        case "Edm.Boolean", bool():
            return raw
        case (("Edm.DateTime" | "Edm.DateTimeOffset"), str()):
            found = _TICKS.fullmatch(raw)
            return None if found is None else int(found[1])
        case "Edm.Decimal", str():
            return _decimal(raw)
        case _:
            return None


def _decimal(raw: str) -> Decimal | None:
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
