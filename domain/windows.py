"""When an ERP must be left alone: windows of its nightly jobs and its maintenance, and periods whose books are closed.

Times are those of a clock on the wall in a named time zone, as whoever runs the ERP says them. Where such a clock shows
a time twice, or never, a window is as long as it can be read, and books are closed as early.

Source: X-WIN-01, X-CLOSE-01.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from zoneinfo import ZoneInfo

from attrs import Attribute, field, frozen, validators

from domain.commands.command import Command
from domain.dates import calendar_day
from domain.errors import InvalidValue
from domain.holds import Hold
from domain.scope import Scope
from domain.text import words

POSTED_ON = "posted_on"
"""Where a command says on which day it is to stand in the books."""
_DAY = timedelta(days=1)


class Weekday(Enum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @classmethod
    def of(cls, day: date) -> Weekday:
        """Give the weekday of *day*."""
        return tuple(cls)[day.weekday()]


EVERY_DAY = frozenset(Weekday)


def _known(_: object, attribute: Attribute[str], name: str) -> None:
    try:
        _zone(name)
    except (KeyError, OSError, TypeError, ValueError) as error:  # a name that is none, or is a folder of them
        told = f"{attribute.name} {name!r} is not known here; one is Europe/Berlin"
        raise InvalidValue(f"{told}. Where no zone is known, install tzdata") from error


def _hour(_: object, attribute: Attribute[time], value: time) -> None:
    if not isinstance(value, time) or value.tzinfo is not None:
        raise InvalidValue(f"{attribute.name} must be a time of day, without a zone of its own, not {value!r}")


def _wall(_: object, attribute: Attribute[datetime], value: datetime) -> None:
    if not isinstance(value, datetime) or value.tzinfo is not None:
        raise InvalidValue(f"{attribute.name} must be a day and time, without a zone of their own, not {value!r}")


@frozen(kw_only=True)
class Weekly:
    """On these *days* from *starts* until *ends*, which is on the next day if it is not later."""

    zone: str = field(validator=_known)
    days: frozenset[Weekday] = EVERY_DAY
    starts: time = field(validator=_hour)
    ends: time = field(validator=_hour)

    def until(self, now: datetime) -> datetime | None:
        """Say until when it lasts at *now*, which is not included; ``None`` if it is not on."""
        today = now.astimezone(_zone(self.zone)).date()
        spans = (self._on(day) for day in (today - _DAY, today, today + _DAY) if self._has(day))
        return max((end for begin, end in spans if begin <= now < end), default=None)

    def _has(self, day: date) -> bool:
        return Weekday.of(day) in self.days

    def _on(self, day: date) -> tuple[datetime, datetime]:
        last = day if self.starts < self.ends else day + _DAY
        begin, end = datetime.combine(day, self.starts), datetime.combine(last, self.ends)
        return min(_instants(begin, self.zone)), max(_instants(end, self.zone))


@frozen(kw_only=True)
class Once:
    """From *starts* until *ends*, both with their day."""

    zone: str = field(validator=_known)
    starts: datetime = field(validator=_wall)
    ends: datetime = field(validator=_wall)

    def __attrs_post_init__(self) -> None:
        if self.ends <= self.starts:
            raise InvalidValue(f"a window cannot end on {self.ends}, when it starts on {self.starts}")

    def until(self, now: datetime) -> datetime | None:
        """Say until when it lasts at *now*, which is not included; ``None`` if it is not on."""
        begin, end = min(_instants(self.starts, self.zone)), max(_instants(self.ends, self.zone))
        return end if begin <= now < end else None


@frozen(kw_only=True)
class Window:
    """A time in which nothing may be written in a *system*, in one *company* or, if that is ``None``, in any."""

    system: str = field(validator=words)
    company: str | None = None
    when: Weekly | Once = field(validator=validators.instance_of(Weekly | Once))
    because: str = field(validator=words)

    def hold(self, scope: Scope, now: datetime) -> Hold | None:
        """Say why nothing may be written in *scope* at *now*, and until when."""
        until = self.when.until(now) if _is_about(self, scope) else None
        return None if until is None else Hold(because=self.because, until=until)


@frozen(kw_only=True)
class Closing:
    """The books of a *system* up to a *last_day* are closed from a time on; nobody posts on another day instead."""

    system: str = field(validator=words)
    company: str | None = None
    zone: str = field(validator=_known)
    last_day: date = field(validator=calendar_day)
    closed_from: datetime = field(validator=_wall)

    def hold(self, command: Command, scope: Scope, now: datetime) -> Hold | None:
        """Say why *command* may not be posted in *scope* at *now*; time will not help."""
        day = command.effect.value(POSTED_ON)
        if not _is_about(self, scope) or not isinstance(day, date) or day > self.last_day:
            return None
        if now < min(_instants(self.closed_from, self.zone)):
            return None
        told = f"the books up to {self.last_day} are closed since {self.closed_from:%Y-%m-%d %H:%M} in {self.zone}"
        return Hold(because=f"{told}, and it is to be posted on {day}; propose another day", until=None)


@frozen(kw_only=True)
class Calendar:
    """All windows and closings of a site."""

    windows: tuple[Window, ...] = ()
    closings: tuple[Closing, ...] = ()

    def hold(self, command: Command, scope: Scope, now: datetime) -> Hold | None:
        """Say why *command* may not run in *scope* at *now*: what no time cures, or else the window that ends last."""
        for closing in self.closings:
            if (closed := closing.hold(command, scope, now)) is not None:
                return closed
        ends = {hold.until: hold for hold in self._windows(scope, now) if hold.until is not None}
        return ends[max(ends)] if ends else None

    def _windows(self, scope: Scope, now: datetime) -> Iterator[Hold]:
        return (hold for window in self.windows if (hold := window.hold(scope, now)) is not None)


def _is_about(place: Window | Closing, scope: Scope) -> bool:
    return place.system == scope.system and place.company in (None, scope.company)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _instants(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """Give when a clock on the wall may show a time: two instants where it is set back, or over that time."""
    here = wall.replace(tzinfo=_zone(zone))
    return here.replace(fold=0).astimezone(UTC), here.replace(fold=1).astimezone(UTC)
