"""When a system must be left alone, and how much may be asked of it, as ``[governance]`` says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from adapters.config.complaints import dotted
from adapters.config.policy import require_known
from adapters.config.toml_file import as_model
from domain.errors import DomainError
from domain.traffic import Capacity, Rate, Tolerance
from domain.windows import EVERY_DAY, Calendar, Closing, Once, Weekday, Weekly, Window
from ports.errors import Misconfigured

T = TypeVar("T")
_STRICT = ConfigDict(extra="forbid", frozen=True)
Companies = Mapping[str, Collection[str]]


class _Window(BaseModel):
    model_config = _STRICT

    system: str
    company: str | None = None
    zone: str
    days: frozenset[Weekday] = Field(default=EVERY_DAY, min_length=1)
    starts: time | datetime
    ends: time | datetime
    because: str


class _Closing(BaseModel):
    model_config = _STRICT

    system: str
    company: str | None = None
    zone: str
    last_day: date
    closed_from: datetime


class _Rate(BaseModel):
    model_config = _STRICT

    calls: int
    per: timedelta


class _Tolerance(BaseModel):
    model_config = _STRICT

    failures: int = Tolerance().failures
    within: timedelta = Tolerance().within
    pause: timedelta = Tolerance().pause


class _Capacity(BaseModel):
    model_config = _STRICT

    calls: int = Capacity().calls
    rate: _Rate | None = None
    agent_rate: _Rate | None = None
    tolerance: _Tolerance = _Tolerance()


def calendar_of(
    windows: Sequence[object], closings: Sequence[object], *, place: str, folder: Path, companies: Companies
) -> Calendar:
    """Give the windows and closings that stand at *place*; *companies* are those that can be written to, by system.

    Raises:
        Misconfigured: one is not of the form, or about a system or company that nobody knows.
    """
    return Calendar(
        windows=tuple(
            _window(each, f"{place}.windows[{number}]", folder, companies) for number, each in enumerate(windows, 1)
        ),
        closings=tuple(
            _closing(each, f"{place}.closings[{number}]", folder, companies) for number, each in enumerate(closings, 1)
        ),
    )


def capacities_of(
    said: Mapping[str, object], *, place: str, folder: Path, companies: Companies
) -> Mapping[str, Capacity]:
    """Give how much may be asked of each system.

    Raises:
        Misconfigured: one is not of the form, or of a system that nobody knows.
    """
    found = {}
    for name, given in said.items():
        where = f"{place}.{dotted(['capacity', name])}"
        require_known(name, None, where, companies)
        found[name] = _capacity(as_model(_Capacity, given, place=where, folder=folder), where)
    return found


def _capacity(said: _Capacity, place: str) -> Capacity:
    def rate(of: _Rate | None) -> Rate | None:
        return None if of is None else Rate(of.calls, of.per)

    tolerance = said.tolerance
    return _made(
        place,
        lambda: Capacity(
            calls=said.calls,
            rate=rate(said.rate),
            agent_rate=rate(said.agent_rate),
            tolerance=Tolerance(failures=tolerance.failures, within=tolerance.within, pause=tolerance.pause),
        ),
    )


def _window(given: object, place: str, folder: Path, companies: Companies) -> Window:
    said = as_model(_Window, given, place=place, folder=folder)
    require_known(said.system, said.company, place, companies)
    when = _made(place, lambda: _when(said))
    return _made(place, lambda: Window(system=said.system, company=said.company, when=when, because=said.because))


def _when(said: _Window) -> Weekly | Once:
    starts, ends = said.starts, said.ends
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        if said.days != EVERY_DAY:
            raise DomainError("a window of one day has no `days`; leave them out")
        return Once(zone=said.zone, starts=starts, ends=ends)
    if isinstance(starts, time) and isinstance(ends, time):
        return Weekly(zone=said.zone, days=said.days, starts=starts, ends=ends)
    raise DomainError("`starts` and `ends` are both times of day (22:00:00), or both with their day")


def _closing(given: object, place: str, folder: Path, companies: Companies) -> Closing:
    said = as_model(_Closing, given, place=place, folder=folder)
    require_known(said.system, said.company, place, companies)
    return _made(
        place,
        lambda: Closing(
            system=said.system,
            company=said.company,
            zone=said.zone,
            last_day=said.last_day,
            closed_from=said.closed_from,
        ),
    )


def _made(place: str, make: Callable[[], T]) -> T:
    try:
        return make()
    except (DomainError, TypeError, ValueError) as error:
        raise Misconfigured(f"{place}: {error}") from None
