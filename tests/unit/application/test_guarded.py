"""A call goes only when its ERP can bear it, and tells afterwards how the ERP fares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from application.traffic.guarded import Guarded
from application.traffic.traffic import Traffic
from domain.commands.command import Command
from domain.images import Observation
from domain.traffic import Capacity, Tolerance
from ports.errors import (
    AccessDenied,
    Conflict,
    Drifted,
    Locked,
    NotFound,
    NotLocatable,
    OutcomeUnknown,
    Refused,
    Unavailable,
    Unintelligible,
)
from tests.governed.erp import FakeErp
from tests.governed.examples import RENAME
from tests.governed.house import FakeClock

TOLERANCE = Tolerance(failures=2, within=timedelta(minutes=1), pause=timedelta(seconds=30))


class Moody(FakeErp):
    """Raises what it is told to, once each."""

    raising: list[BaseException]
    meanwhile: Callable[[], object]

    def observe(self, command: Command) -> Observation:
        self.meanwhile()
        if self.raising:
            raise self.raising.pop(0)
        return super().observe(command)


class Site:
    """One guarded ERP, and what was told about it."""

    def __init__(self, *raising: BaseException, calls: int = 9) -> None:
        self.clock = FakeClock()
        self.erp = Moody(clock=self.clock)
        self.erp.raising, self.erp.meanwhile = list(raising), lambda: None
        self.traffic = Traffic("sap", Capacity(calls=calls, tolerance=TOLERANCE))
        self.told: list[str] = []
        self.guarded = Guarded(
            execution=self.erp, traffic=self.traffic, clock=self.clock, opened=lambda system: self.told.append(system)
        )

    def observe(self) -> str:
        """Ask, and say what came of it."""
        try:
            self.guarded.observe(RENAME)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told
            return str(error)
        return "answered"

    def wait(self, seconds: float) -> None:
        self.clock.pass_(timedelta(seconds=seconds))


SILENCE = [Unavailable("away"), OutcomeUnknown("lost"), Unintelligible("<html>"), ValueError("broken")]
ANSWERS = [
    Refused("no"),
    Conflict("changed"),
    Locked("held"),
    NotFound("gone"),
    AccessDenied("who?"),
    Drifted("other"),
    NotLocatable("blind"),
]


@pytest.mark.parametrize("error", SILENCE, ids=lambda error: type(error).__name__)
def test_an_erp_that_does_not_answer_is_left_alone_for_a_while(error: Exception) -> None:
    site = Site(error, error)

    assert [site.observe() for _ in range(3)] == [str(error), str(error), "sap does not answer; nothing was sent"]
    site.wait(30)
    assert [site.observe(), site.observe()] == ["answered", "answered"]
    assert site.told == ["sap"]


@pytest.mark.parametrize("error", ANSWERS, ids=lambda error: type(error).__name__)
def test_a_no_is_an_answer(error: Exception) -> None:
    site = Site(*[error] * 9)

    assert {site.observe() for _ in range(9)} == {str(error)}
    assert site.observe() == "answered"
    assert site.told == []


def test_one_call_tries_it_out_and_all_others_wait_for_what_it_tells() -> None:
    site = Site(Unavailable("away"), Unavailable("away"))
    site.observe(), site.observe()
    site.wait(30)
    others: list[str] = []
    site.erp.meanwhile = lambda: others.append(site.observe()) if not others else None

    assert site.observe() == "answered"
    assert others == ["sap does not answer; nothing was sent"]
    assert site.observe() == "answered"


def test_a_no_to_the_one_that_tries_it_out_is_an_answer_too() -> None:
    site = Site(Unavailable("away"), Unavailable("away"), Refused("no"))
    site.observe(), site.observe()
    site.wait(30)

    assert [site.observe(), site.observe()] == ["no", "answered"]


def test_a_429_is_no_outage_and_holds_everything_for_as_long_as_was_asked() -> None:
    site = Site(*[Unavailable("too many", retry_after=60)] * 3)

    for _ in range(3):
        assert site.observe() == "too many"
        assert site.observe() == "sap has asked to be left alone; nothing was sent"
        site.wait(60)
    assert site.observe() == "answered"
    assert site.told == []


def test_of_several_waits_the_longest_counts() -> None:
    site = Site(Unavailable("too many", retry_after=5), Unavailable("too many", retry_after=60))
    under_way: list[str] = []
    site.erp.meanwhile = lambda: under_way.append(site.observe()) if not under_way else None
    site.erp.raising.reverse()  # the inner call is told to wait for long, and the outer one ends later
    site.observe()
    site.wait(30)

    assert site.observe() == "sap has asked to be left alone; nothing was sent"


@pytest.mark.parametrize("asked", [float("inf"), float("nan"), -5.0])
def test_a_wait_that_is_none_does_no_harm(asked: float) -> None:
    site = Site(Unavailable("too many", retry_after=asked))
    site.observe()
    site.wait(86_400)

    assert site.observe() == "answered"


def test_no_more_calls_are_under_way_than_the_erp_bears() -> None:
    site = Site(calls=1)
    others: list[str] = []
    site.erp.meanwhile = lambda: others.append(site.observe()) if not others else None

    assert site.observe() == "answered"
    assert others == ["sap is asked as much at once as it may be (1 calls); nothing was sent"]
    assert site.observe() == "answered"


def test_what_was_not_let_through_says_when_to_come_again() -> None:
    site = Site(Unavailable("away"), Unavailable("away"))
    site.observe(), site.observe()
    site.wait(10)

    with pytest.raises(Unavailable) as caught:
        site.guarded.observe(RENAME)
    assert caught.value.retry_after == 20


def test_a_process_that_dies_in_a_call_says_nothing_about_the_erp() -> None:
    site = Site(*[KeyboardInterrupt()] * 3, calls=1)

    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            site.guarded.observe(RENAME)
    assert site.observe() == "answered"


def test_news_that_nobody_could_take_are_told_again() -> None:
    site = Site(Unavailable("away"), OutcomeUnknown("lost"))
    refusing = [Unavailable("the ledger is away")]

    def opened(system: str) -> None:
        if refusing:
            raise refusing.pop()
        site.told.append(system)

    site.guarded = Guarded(execution=site.erp, traffic=site.traffic, clock=site.clock, opened=opened)
    site.observe()
    assert site.observe() == "lost"  # and not that of the ledger, which would say that nothing was sent
    assert site.told == []

    site.wait(30)
    site.observe()
    assert site.told == ["sap"]
