"""Values in the form of JSON, written as the literals of an OData V2 address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from adapters.odata.edm import Property
from ports.errors import Drifted

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICKS = re.compile(r"/Date\((-?\d{1,15})(?:[+-]0000)?\)/", re.ASCII)
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_FLOAT = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_HALF_A_SIGN = re.compile("[\ud800-\udfff]")
_WHOLE = re.compile(r"-?\d+", re.ASCII)
_TIME = re.compile(r"PT(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?", re.ASCII)
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)


def literal(declared: Property, raw: object) -> str:
    """Write *raw* (the value as it stands in JSON) as a literal of the property's type.

    A point in time is UTC. Quotes inside a text are doubled, so that it cannot end the literal.

    Raises:
        Drifted: the value is not of that type, so the mapping was written for another schema; a point in time with an
            offset is one too, as vendors disagree on what it means.

    Source: SAP-DATE-01, SAP-DATE-03, SAP-DATE-07, SAP-NUM-01, SAP-NUM-02.
    """
    if raw is None:
        return "null"
    write = _WRITERS.get(declared.edm)
    if write is None:
        raise Drifted(f"{declared.name} is of type {declared.edm}, which cannot stand in an address")
    written = write(raw)
    if written is None:
        raise Drifted(f"{declared.name} is of type {declared.edm} in the service's $metadata, the mapping gave another")
    return written


def _string(raw: object) -> str | None:
    if not isinstance(raw, str) or _HALF_A_SIGN.search(raw) is not None:
        return None
    return "'" + raw.replace("'", "''") + "'"


def _boolean(raw: object) -> str | None:
    if not isinstance(raw, bool):
        return None
    return "true" if raw else "false"


def _number(form: re.Pattern[str], suffix: str) -> Callable[[object], str | None]:
    def write(raw: object) -> str | None:
        if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
            return None
        text = format(raw, "f") if isinstance(raw, Decimal) else str(raw)
        return text + suffix if form.fullmatch(text) else None

    return write


def _quoted(form: re.Pattern[str], prefix: str) -> Callable[[object], str | None]:
    def write(raw: object) -> str | None:
        return f"{prefix}'{raw}'" if isinstance(raw, str) and form.fullmatch(raw) else None

    return write


def _moment(prefix: str, zone: str) -> Callable[[object], str | None]:
    def write(raw: object) -> str | None:
        ticks = _TICKS.fullmatch(raw) if isinstance(raw, str) else None
        if ticks is None:
            return None
        try:
            moment = _EPOCH + timedelta(milliseconds=int(ticks[1]))
        except OverflowError:
            return None
        text = moment.replace(tzinfo=None).isoformat(timespec="milliseconds")
        return f"{prefix}'{text.removesuffix('.000')}{zone}'"

    return write


_WRITERS: dict[str, Callable[[object], str | None]] = {
    "Edm.String": _string,
    "Edm.Boolean": _boolean,
    "Edm.Decimal": _number(_DECIMAL, "M"),
    "Edm.Byte": _number(_WHOLE, ""),
    "Edm.SByte": _number(_WHOLE, ""),
    "Edm.Int16": _number(_WHOLE, ""),
    "Edm.Int32": _number(_WHOLE, ""),
    "Edm.Int64": _number(_WHOLE, "L"),
    "Edm.Double": _number(_FLOAT, "d"),
    "Edm.Single": _number(_FLOAT, "f"),
    "Edm.DateTime": _moment("datetime", ""),
    "Edm.DateTimeOffset": _moment("datetimeoffset", "Z"),
    "Edm.Time": _quoted(_TIME, "time"),
    "Edm.Guid": _quoted(_GUID, "guid"),
}
