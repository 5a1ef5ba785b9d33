"""Windows, closings and capacities as a site's configuration says them; what would never hold is refused."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.config.operation import calendar_of, capacities_of
from domain.traffic import Capacity, Rate, Tolerance
from domain.windows import Calendar, Closing, Once, Weekday, Weekly, Window
from ports.errors import Misconfigured

COMPANIES = {"production": ("1010",), "branch": ()}
HERE = Path()


def calendar(text: str) -> Calendar:
    said: dict[str, Any] = tomllib.loads(text)
    return calendar_of(
        said.get("windows", []), said.get("closings", []), place="erp.toml", folder=HERE, companies=COMPANIES
    )


def capacities(text: str) -> object:
    return capacities_of(tomllib.loads(text), place="erp.toml", folder=HERE, companies=COMPANIES)


def test_windows_and_closings_are_read() -> None:
    told = calendar("""
[[windows]]
system = "production"
zone = "America/Sao_Paulo"
days = ["saturday", "sunday"]
starts = 22:00:00
ends = 04:00:00
because = "the nightly stock run"

[[windows]]
system = "production"
company = "1010"
zone = "Europe/Berlin"
starts = 2026-12-24T12:00:00
ends = 2026-12-27T06:00:00
because = "the upgrade"

[[closings]]
system = "production"
zone = "Europe/Berlin"
last_day = 2026-10-31
closed_from = 2026-11-05T18:00:00
""")

    assert told == Calendar(
        windows=(
            Window(
                system="production",
                when=Weekly(
                    zone="America/Sao_Paulo",
                    days=frozenset({Weekday.SATURDAY, Weekday.SUNDAY}),
                    starts=time(22),
                    ends=time(4),
                ),
                because="the nightly stock run",
            ),
            Window(
                system="production",
                company="1010",
                when=Once(zone="Europe/Berlin", starts=datetime(2026, 12, 24, 12), ends=datetime(2026, 12, 27, 6)),
                because="the upgrade",
            ),
        ),
        closings=(
            Closing(
                system="production",
                zone="Europe/Berlin",
                last_day=date(2026, 10, 31),
                closed_from=datetime(2026, 11, 5, 18),
            ),
        ),
    )


def test_capacities_are_read_and_what_is_left_out_is_as_always() -> None:
    told = capacities("""
[production]
calls = 2
rate = { calls = 100, per = "PT1M" }
tolerance = { failures = 3, pause = "PT2M" }
[branch]
""")

    assert told == {
        "production": Capacity(
            calls=2,
            rate=Rate(100, timedelta(minutes=1)),
            tolerance=Tolerance(failures=3, pause=timedelta(minutes=2)),
        ),
        "branch": Capacity(),
    }


WINDOW = '[[windows]]\nsystem = "production"\nzone = "Europe/Berlin"\nbecause = "x"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (WINDOW + "starts = 22:00:00\nends = 2026-12-27T06:00:00", "`starts` and `ends` are both times of day"),
        (WINDOW + "starts = 2026-12-28T06:00:00\nends = 2026-12-27T06:00:00", "windows[1]: a window cannot end"),
        (WINDOW.replace("Europe/Berlin", "Berlin") + "starts = 22:00:00\nends = 23:00:00", "zone 'Berlin' is not kno"),
        (WINDOW.replace("production", "prod") + "starts = 22:00:00\nends = 23:00:00", "the system 'prod' is not known"),
        (WINDOW + 'company = "1"\nstarts = 22:00:00\nends = 23:00:00', "the company '1' is not known"),
        (WINDOW + 'days = ["caturday"]\nstarts = 22:00:00\nends = 23:00:00', "windows[1]: days"),
        (WINDOW + 'days = ["monday"]\nstarts = 2026-12-24T12:00:00\nends = 2026-12-27T06:00:00', "has no `days`"),
        (WINDOW + "starts = 22:00:00", "windows[1]: ends is missing"),
        (
            '[[closings]]\nsystem = "production"\nzone = "Europe/Berlin"\nlast_day = 2026-10-31',
            "closed_from is missing",
        ),
    ],
)
def test_a_window_that_would_never_hold_is_refused(text: str, told: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        calendar(text)

    assert str(refused.value).startswith("erp.toml.")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[prodution]", "capacity.prodution: the system 'prodution' is not known, did you mean production?"),
        ("[production]\ncalls = 0", "capacity.production: 'calls' must be >= 1"),
        ('[production]\nrate = { calls = 1, per = "PT0S" }', "per must be some time"),
        ("[production]\nlimit = 1", "the key limit is not known"),
    ],
)
def test_a_capacity_that_makes_no_sense_is_refused(text: str, told: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        capacities(text)

    assert told in str(refused.value)
