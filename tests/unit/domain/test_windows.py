"""Windows are told by a clock on the wall, also in the nights in which it is set."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from domain.commands.supplier_invoices import PostSupplierInvoice
from domain.errors import InvalidValue
from domain.holds import Hold
from domain.scope import Scope
from domain.windows import Calendar, Closing, Once, Weekday, Weekly, Window
from tests.governed.examples import EXAMPLES, RENAME, SCOPE

BERLIN = "Europe/Berlin"
NIGHT = Weekly(zone=BERLIN, starts=time(22, 0), ends=time(4, 0))
SMALL_HOURS = Weekly(zone=BERLIN, starts=time(2, 15), ends=time(2, 45))
POST = next(each for each in EXAMPLES if isinstance(each, PostSupplierInvoice))
ZONES = st.sampled_from([BERLIN, "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))
TIMES = st.times().map(lambda at: at.replace(microsecond=0))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-01-14 20:59", None),
        ("2026-01-14 21:00", "2026-01-15 03:00"),
        ("2026-01-15 02:59", "2026-01-15 03:00"),
        ("2026-01-15 03:00", None),
        ("2026-07-14 20:00", "2026-07-15 02:00"),
    ],
)
def test_a_night_lasts_from_one_day_into_the_next_in_its_own_zone(now: str, until: str | None) -> None:
    assert NIGHT.until(utc(now)) == (until and utc(until))


def test_the_night_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    assert NIGHT.until(utc("2026-03-28 21:00")) == utc("2026-03-29 02:00")
    assert NIGHT.until(utc("2026-10-24 20:00")) == utc("2026-10-25 03:00")


@pytest.mark.parametrize("now", ["2026-03-29 00:15", "2026-03-29 00:59", "2026-03-29 01:20", "2026-03-29 01:44"])
def test_a_window_that_the_clock_never_shows_is_as_long_as_it_can_be_read(now: str) -> None:
    assert SMALL_HOURS.until(utc(now)) == utc("2026-03-29 01:45")


@pytest.mark.parametrize("now", ["2026-10-25 00:15", "2026-10-25 00:50", "2026-10-25 01:44"])
def test_a_window_that_the_clock_shows_twice_lasts_from_the_first_to_the_second(now: str) -> None:
    assert SMALL_HOURS.until(utc(now)) == utc("2026-10-25 01:45")


def test_a_window_that_begins_at_a_midnight_that_never_comes_begins_the_evening_before() -> None:
    early = Weekly(zone="America/Sao_Paulo", starts=time(0, 30), ends=time(2))

    assert early.until(utc("2018-11-04 02:29")) is None
    assert early.until(utc("2018-11-04 02:30")) == utc("2018-11-04 04:00")  # half past eleven, where midnight is one


def test_a_window_of_some_days_begins_on_those_days_alone() -> None:
    friday = evolve(NIGHT, days=frozenset({Weekday.FRIDAY}))

    assert friday.until(utc("2026-01-16 22:00")) == utc("2026-01-17 03:00")  # a Friday, and into the Saturday
    assert friday.until(utc("2026-01-15 22:00")) is None


def test_a_window_that_ends_when_it_starts_lasts_a_day() -> None:
    sunday = Weekly(zone=BERLIN, days=frozenset({Weekday.SUNDAY}), starts=time(6), ends=time(6))

    assert sunday.until(utc("2026-01-18 05:00")) == utc("2026-01-19 05:00")


def test_maintenance_may_be_on_one_day_alone() -> None:
    move = Once(zone=BERLIN, starts=datetime(2026, 5, 1, 18), ends=datetime(2026, 5, 3, 6))

    assert move.until(utc("2026-05-01 15:59")) is None
    assert move.until(utc("2026-05-01 16:00")) == utc("2026-05-03 04:00")
    assert move.until(utc("2026-05-03 04:00")) is None


@given(INSTANTS, ZONES, TIMES, TIMES)
def test_a_window_ends_after_now_and_is_over_then(now: datetime, zone: str, starts: time, ends: time) -> None:
    window = Weekly(zone=zone, starts=starts, ends=ends)
    until = window.until(now)

    if until is None:
        return
    assert now < until <= now + timedelta(hours=27)
    again = window.until(until)
    assert again is None or again > until  # the next one begins where this one ends


@given(INSTANTS, ZONES, TIMES, TIMES)
def test_whatever_the_wall_shows_inside_a_window_holds(now: datetime, zone: str, starts: time, ends: time) -> None:
    shown = now.astimezone(ZoneInfo(zone)).time().replace(fold=0)
    inside = starts <= shown < ends if starts < ends else shown >= starts or shown < ends

    if inside:
        assert Weekly(zone=zone, starts=starts, ends=ends).until(now) is not None


def test_of_several_windows_the_one_that_ends_last_holds_in_its_company_alone() -> None:
    other = evolve(NIGHT, ends=time(5))
    calendar = Calendar(
        windows=(
            Window(system="sap", when=NIGHT, because="stock is recalculated"),
            Window(system="sap", company="1000", when=other, because="orders are approved by night"),
            Window(system="oracle", when=NIGHT, because="elsewhere"),
        )
    )
    now = utc("2026-01-14 22:00")

    assert calendar.hold(RENAME, SCOPE, now) == Hold(
        because="orders are approved by night", until=utc("2026-01-15 04:00")
    )
    assert calendar.hold(RENAME, Scope("sap", "2000"), now) == Hold(
        because="stock is recalculated", until=utc("2026-01-15 03:00")
    )
    assert calendar.hold(RENAME, Scope("jde", "1"), now) is None


CLOSING = Closing(
    system="sap", zone="America/Sao_Paulo", last_day=date(2026, 3, 2), closed_from=datetime(2026, 3, 3, 18, 0)
)


@pytest.mark.parametrize(
    ("posted_on", "now", "is_closed"),
    [
        (date(2026, 3, 2), "2026-03-03 20:59", False),
        (date(2026, 3, 2), "2026-03-03 21:00", True),
        (date(2026, 3, 3), "2026-03-03 21:00", False),
    ],
)
def test_closed_books_take_nothing_more_and_nothing_is_posted_on_another_day(
    posted_on: date, now: str, is_closed: bool
) -> None:
    hold = Calendar(closings=(CLOSING,)).hold(evolve(POST, posted_on=posted_on), SCOPE, utc(now))

    assert (hold is not None) is is_closed
    if hold is not None:
        assert hold.until is None
        assert hold.because == (
            "the books up to 2026-03-02 are closed since 2026-03-03 18:00 in America/Sao_Paulo, and it is to be posted "
            "on 2026-03-02; propose another day"
        )


def test_what_is_not_posted_is_not_held_by_closed_books() -> None:
    assert Calendar(closings=(CLOSING,)).hold(RENAME, SCOPE, utc("2026-03-04 00:00")) is None
    assert Calendar(closings=(CLOSING,)).hold(POST, Scope("oracle", "1"), utc("2026-03-04 00:00")) is None


@pytest.mark.parametrize("zone", ["", "Berlin", "Europe", "../etc/passwd", "CEST", None, 3])
def test_a_zone_that_nobody_knows_is_refused(zone: str) -> None:
    with pytest.raises(InvalidValue, match="is not known here; one is Europe/Berlin"):
        Weekly(zone=zone, starts=time(1), ends=time(2))


def test_a_time_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(InvalidValue, match="without a zone of its own"):
        Weekly(zone=BERLIN, starts=time(1, tzinfo=UTC), ends=time(2))
    with pytest.raises(InvalidValue, match="without a zone of their own"):
        Once(zone=BERLIN, starts=utc("2026-01-01"), ends=datetime(2026, 1, 2))
    with pytest.raises(InvalidValue, match="cannot end"):
        Once(zone=BERLIN, starts=datetime(2026, 1, 2), ends=datetime(2026, 1, 2))
