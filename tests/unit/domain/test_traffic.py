"""The breaker and the bucket, against models that are too simple to be wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.errors import InvalidValue
from domain.traffic import Breaker, Bucket, Capacity, Rate, Tolerance

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TOLERANCE = Tolerance(failures=3, within=10 * SECOND, pause=5 * SECOND)


def after(*failures: int) -> Breaker:
    """Give a breaker that has heard of calls that failed in these seconds."""
    breaker = Breaker(tolerance=TOLERANCE)
    for second in failures:
        breaker = breaker.broke(breaker.epoch, MORNING + second * SECOND)
    return breaker


def test_failures_within_the_time_open_it_and_older_ones_do_not() -> None:
    assert after(0, 1, 2).until == MORNING + 7 * SECOND
    assert after(0, 5, 10).until is None
    assert after(0, 5, 10, 11).until is not None


def test_an_open_breaker_lets_nothing_through() -> None:
    with pytest.raises(InvalidValue, match="open"):
        after(0, 1, 2).begun(MORNING + 6 * SECOND)


def test_the_one_that_tries_it_out_closes_it_or_opens_it_again() -> None:
    trying = after(0, 1, 2).begun(MORNING + 7 * SECOND)

    with pytest.raises(InvalidValue):
        trying.begun(MORNING + 11 * SECOND)
    assert trying.worked(trying.epoch).until is None
    assert trying.broke(trying.epoch, MORNING + 8 * SECOND).until == MORNING + 13 * SECOND


def test_one_that_never_comes_back_is_followed_by_another_after_a_pause() -> None:
    trying = after(0, 1, 2).begun(MORNING + 7 * SECOND).begun(MORNING + 12 * SECOND)

    assert trying.worked(trying.epoch - 1) == trying


def test_calls_from_before_the_outage_tell_nothing_about_its_end() -> None:
    opened = after(0, 1, 2)

    assert opened.worked(0) == opened
    assert opened.broke(0, MORNING + 6 * SECOND) == opened


class Breaking(RuleBasedStateMachine):
    """Calls begin and end in any order; the model keeps all that was ever heard."""

    def __init__(self) -> None:
        super().__init__()
        self.now = MORNING
        self.breaker = Breaker(tolerance=TOLERANCE)
        self.under_way: list[int] = []
        self.failed: list[datetime] = []
        self.is_open, self.opened_at, self.probe = False, MORNING, -1
        self.probes: list[datetime] = []

    @rule(seconds=st.integers(0, 12))
    def wait(self, seconds: int) -> None:
        self.now += seconds * SECOND

    @rule()
    def begin(self) -> None:
        was_open = self.is_open
        try:
            self.breaker = self.breaker.begun(self.now)
        except InvalidValue:
            assert was_open, "a closed breaker turned a call away"
            assert self.now < max([self.opened_at, *self.probes]) + TOLERANCE.pause
            return
        self.under_way.append(self.breaker.epoch)
        if was_open:
            self.probe = self.breaker.epoch
            self.probes.append(self.now)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), well=st.booleans())
    def end(self, data: st.DataObject, well: bool) -> None:
        ticket = data.draw(st.sampled_from(self.under_way))
        self.under_way.remove(ticket)
        counts = ticket == self.breaker.epoch
        was = self.breaker
        self.breaker = was.worked(ticket) if well else was.broke(ticket, self.now)
        if not counts:
            assert self.breaker == was
        elif self.is_open:
            assert ticket == self.probe
            self.is_open, self.failed = not well, []
            self.opened_at = self.opened_at if well else self.now
        elif not well:
            self.failed = [at for at in self.failed if self.now - at < TOLERANCE.within] + [self.now]
            if len(self.failed) == TOLERANCE.failures:
                self.is_open, self.opened_at, self.failed = True, self.now, []

    @invariant()
    def it_is_open_when_it_should_be(self) -> None:
        assert (self.breaker.until is not None) is self.is_open

    @invariant()
    def no_two_try_it_out_within_one_pause(self) -> None:
        last = self.probes[-2:]
        assert len(last) < 2 or last[1] - last[0] >= TOLERANCE.pause or last[0] < self.opened_at <= last[1]


Breaking.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None, derandomize=True)
TestBreaking = Breaking.TestCase

RATES = st.builds(Rate, st.integers(1, 7), st.integers(1, 60).map(lambda seconds: seconds * SECOND))


@given(RATES, st.lists(st.integers(0, 20_000), max_size=60))
def test_a_bucket_gives_what_a_bucket_of_fractions_gives(rate: Rate, waits: list[int]) -> None:
    now, bucket, full = MORNING, Bucket(rate=rate), Fraction(rate.calls)
    level, interval = full, Fraction(rate.interval // timedelta(microseconds=1))
    for wait in waits:
        now += timedelta(milliseconds=wait)
        level = min(full, level + Fraction(wait * 1000) / interval)
        may = bucket.ready_at(now) <= now

        assert may is (level >= 1)
        if may:
            bucket, level = bucket.taken(now), level - 1
        else:
            short = bucket.ready_at(now) - now
            assert level + Fraction(short // timedelta(microseconds=1)) / interval == 1
            with pytest.raises(InvalidValue, match="empty"):
                bucket.taken(now)


@given(RATES, st.lists(st.integers(0, 5_000), min_size=1, max_size=60))
def test_no_stretch_of_time_gets_more_than_one_bucket_and_what_came_back(rate: Rate, waits: list[int]) -> None:
    now, bucket, taken = MORNING, Bucket(rate=rate), list[datetime]()
    for wait in waits:
        now += timedelta(milliseconds=wait)
        if bucket.ready_at(now) <= now:
            bucket = bucket.taken(now)
            taken.append(now)

    for number, begin in enumerate(taken):
        within = [at for at in taken[number:] if at - begin < rate.per]
        assert len(within) <= 2 * rate.calls


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rate(0, SECOND),
        lambda: Rate(1, timedelta()),
        lambda: Tolerance(failures=0),
        lambda: Tolerance(pause=-SECOND),
        lambda: Capacity(calls=0),
    ],
)
def test_what_would_let_nothing_through_is_refused(make: object) -> None:
    with pytest.raises((InvalidValue, ValueError)):
        make()  # type: ignore[operator]  # one of the above
