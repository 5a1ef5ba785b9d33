"""A worker sweeps when something is due, rests in between, and stops for nothing but being told to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from attrs import define, evolve, field

from adapters.memory.ledger import InMemoryLedger
from application.work import Work
from domain.keys import IntentId
from ports.errors import OutcomeUnknown, Unavailable
from ports.wakeups import Rest
from tests.adapters.ledger.ledgers import some_intents
from tests.governed.examples import MORNING
from tests.governed.house import FakeClock

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(seconds=30)


@define
class Resting(Rest):
    """Sleeps in no time, and writes down for how long; after *rounds* it is over."""

    clock: FakeClock
    rounds: int
    slept: list[float] = field(factory=list)

    def until(self, at: datetime) -> bool:
        self.slept.append((at - self.clock.at).total_seconds())
        self.clock.at = max(at, self.clock.at)
        return len(self.slept) < self.rounds


@define
class Sweeping:
    """Does in each round what it is told to, and nothing after that."""

    turns: list[Callable[[], Sequence[IntentId]]]

    def __call__(self) -> Sequence[IntentId]:
        return self.turns.pop(0)() if self.turns else ()


def worked(
    *turns: Callable[[], Sequence[IntentId]], ledger: InMemoryLedger | None = None, rounds: int = 1
) -> tuple[list[float], list[str]]:
    """Work for so many rounds, and give how long each rest was and what was told."""
    clock, told = FakeClock(MORNING), list[str]()
    rest = Resting(clock, rounds)
    work = Work(
        sweep=Sweeping(list(turns)), ledger=ledger or InMemoryLedger(key=b"only for tests"), clock=clock, rest=rest,
        tell=told.append, shortest=SHORTEST, longest=LONGEST,
    )  # fmt: skip
    work()
    return rest.slept, told


def due_in(seconds: float) -> InMemoryLedger:
    ledger = InMemoryLedger(key=b"only for tests")
    with ledger.transaction() as transaction:
        transaction.add(evolve(some_intents()[0], due_at=MORNING + timedelta(seconds=seconds)))
    return ledger


def failing(error: Exception) -> Callable[[], Sequence[IntentId]]:
    def turn() -> Sequence[IntentId]:
        raise error

    return turn


@pytest.mark.parametrize(("seconds", "slept"), [(20, 20), (3600, 30), (0.25, 1)])
def test_it_rests_until_something_is_due_but_neither_too_long_nor_too_short(seconds: float, slept: float) -> None:
    assert worked(ledger=due_in(seconds)) == ([slept], [])


def test_it_looks_from_time_to_time_although_nothing_is_due() -> None:
    assert worked(rounds=3) == ([30, 30, 30], [])


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unavailable("the ledger does not answer"), "the ledger does not answer; the next round is at 08:00:01 UTC"),
        (OutcomeUnknown("it went away"), "it went away; the next round is at 08:00:01 UTC"),
        (KeyError("bad"), "KeyError: 'bad'; the next round is at 08:00:01 UTC"),
    ],
)
def test_whatever_a_round_fails_from_is_told_and_the_next_one_follows(error: Exception, told: str) -> None:
    assert worked(failing(error), rounds=2) == ([1, 30], [told])


def test_failures_in_a_row_make_it_wait_longer_and_longer_until_a_round_succeeds() -> None:
    away = failing(Unavailable("away"))
    slept, _ = worked(*[away] * 7, lambda: (), away, rounds=9)

    assert slept == [1, 2, 4, 8, 16, 30, 30, 30, 1]


def test_what_cannot_be_trusted_is_told() -> None:
    _, (told,) = worked(lambda: [IntentId("I7")])

    assert told == "intent I7 is not what was written, and was set aside; verify the audit and look why"


def test_what_stays_due_is_told_once() -> None:
    slept, told = worked(ledger=due_in(0), rounds=3)

    assert slept == [1, 1, 1]
    assert told == ["intent I1 is due, and stays so for now; its note says why"]
