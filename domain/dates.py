"""Calendar days and validity: "not known" and "never ends" are kept apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Literal, cast

from attrs import Attribute, field, frozen, validators

from domain.errors import InvalidValue


def calendar_day(_: object, attribute: Attribute[date], value: date) -> None:
    """Admit a day without a time of day.

    Raises:
        InvalidValue: anything else; a `datetime` too, although Python calls it a date.
    """
    if type(value) is not date:
        raise InvalidValue(f"{attribute.name} must be a calendar day, not {value!r}")


def instant(_: object, attribute: Attribute[datetime], value: datetime) -> None:
    """Admit an instant in UTC.

    Raises:
        InvalidValue: anything else; a time without a zone too, because nobody knows when it is.
    """
    if not isinstance(value, datetime) or value.tzinfo is not UTC:
        raise InvalidValue(f"{attribute.name} must be an instant in UTC, not {value!r}")


def in_words(time: timedelta) -> str:
    """Say how long a *time* is, as people write it: in its largest unit and the next, what is less left out."""
    seconds = max(0, int(time.total_seconds()))
    parts = (seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)
    units = ("day" if parts[0] == 1 else "days", "h", "min", "s")
    first = next((place for place, part in enumerate(parts) if part), len(parts) - 1)
    told = [f"{part} {unit}" for part, unit in list(zip(parts, units, strict=True))[first : first + 2] if part]
    return " ".join(told) or "0 s"


class OpenEnd(Enum):
    """The end of what never ends; its one member is `OPEN_END`."""

    OPEN_END = "open end"

    def __repr__(self) -> str:
        return "OPEN_END"


OPEN_END: Literal[OpenEnd.OPEN_END] = OpenEnd.OPEN_END
"""Known to have no end; ``None`` in its place would mean that no end is known."""

Until = date | OpenEnd
"""The last day, included; or no end at all."""


def last_day(owner: object, attribute: Attribute[Until], value: Until) -> None:
    """Admit a calendar day, or no end at all.

    Raises:
        InvalidValue: anything else.
    """
    if value is not OPEN_END:
        calendar_day(owner, cast("Attribute[date]", attribute), value)


@frozen
class Validity:
    """From a first day to a last day, both included; ``None`` means that the day is not known."""

    starts: date | None = field(validator=validators.optional(calendar_day))
    ends: Until | None = field(validator=validators.optional(last_day))

    def __attrs_post_init__(self) -> None:
        if self.starts is not None and isinstance(self.ends, date) and self.ends < self.starts:
            told = f"a validity cannot end on {self.ends}, before it starts on {self.starts}"
            raise InvalidValue(told, about=("starts", "ends"))

    def covers(self, day: date) -> bool | None:
        """Say whether *day* lies inside; ``None`` when a missing end leaves it open."""
        if self.starts is not None and day < self.starts:
            return False
        if isinstance(self.ends, date) and day > self.ends:
            return False
        return None if self.starts is None or self.ends is None else True
