"""A short run of the proof by breaking, and the lies that it must find out: see `python -m benchmarks faults`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from random import Random

import pytest
from attrs import evolve, frozen

from benchmarks.faults.fate import Trouble
from benchmarks.faults.plot import HELD, REPEATED, Plot
from benchmarks.faults.route import NotHere
from benchmarks.faults.run import ROUTES, Breaking
from benchmarks.faults.stage import Stage, stage
from benchmarks.faults.story import governed
from benchmarks.faults.verdict import Verdict
from domain.commands.command import Command
from domain.images import Image, Observation, Version
from domain.outcomes import Accepted, Done, Reference
from ports.errors import OutcomeUnknown, Refused, Unavailable
from ports.execution import Execution, Limits

ORDER, RENAME = 1, 6
"""Seeds that draw an order, and a new name, for SAP."""
LOST, PRETENDED = "it is written, and the answer is lost", "nothing is written, and a success comes"
_NUMBERS = count()


@pytest.fixture(scope="module")
def sap() -> Iterator[Stage]:
    with stage(ROUTES["sap"]) as place:
        yield place


def told(place: Stage, plot: Plot, seed: int = ORDER) -> Verdict:
    """Tell one story; told again, it is another one."""
    wish = place.route.wish(Random(seed))  # noqa: S311  # drawn from a seed, so that it can be drawn again
    return governed(evolve(place, name=f"{place.name} {next(_NUMBERS)}"), wish, plot, seed)


@pytest.mark.parametrize("name", ROUTES)
def test_no_promise_is_broken(name: str) -> None:
    try:
        with stage(ROUTES[name]) as place:
            breaking = Breaking(name, place, lambda _: None)
            breaking.strike(20, seed=7)
            breaking.verify()
    except NotHere as missing:
        pytest.skip(str(missing))

    assert breaking.broken == []
    assert breaking.faults >= 20
    assert not all(each.is_kept for each in breaking.scripts), "the script that retries would have done as well"


def test_a_story_is_told_again_by_its_seed() -> None:
    both = []
    for _ in range(2):
        with stage(ROUTES["sap"]) as place:
            breaking = Breaking("sap", place, lambda _: None)
            breaking.strike(6, seed=21)
            both.append([(each.struck, each.queued) for each in breaking.ours])

    assert both[0] == both[1]


def test_an_order_that_somebody_on_the_way_has_repeated_is_not_simply_done(sap: Stage) -> None:
    assert told(sap, Plot((REPEATED,), {})).is_kept


def test_somebody_elses_order_under_the_number_that_we_were_told_is_not_ours(sap: Stage) -> None:
    meddling = dict.fromkeys(range(10, 40), Trouble.MEDDLE)

    assert told(sap, Plot((PRETENDED,), meddling)).is_kept


@frozen
class Liar(Execution):
    """Passes on what an execution says; its kinds lie each in one thing."""

    execution: Execution

    @property
    def limits(self) -> Limits:
        return self.execution.limits

    def offers(self, command: type[Command]) -> bool:
        return self.execution.offers(command)

    def observe(self, command: Command) -> Observation:
        return self.execution.observe(command)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        return self.execution.perform(command, reference=reference, expected=expected)

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done | Accepted]:
        return self.execution.locate(command, reference=reference)

    def read_back(self, command: Command, done: Done) -> Image:
        return self.execution.read_back(command, done)


class SaysNotSent(Liar):
    """Says that nothing was written when nobody knows."""

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        try:
            return super().perform(command, reference=reference, expected=expected)
        except OutcomeUnknown as unknown:
            raise Unavailable(str(unknown)) from unknown


class SaysNo(Liar):
    """Says no when nobody knows."""

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        try:
            return super().perform(command, reference=reference, expected=expected)
        except OutcomeUnknown as unknown:
            raise Refused(str(unknown)) from unknown


class ReadsWhatWasAsked(Liar):
    """Reads back what was asked for, whatever stands there."""

    def read_back(self, command: Command, done: Done) -> Image:
        return command.effect


class Impatient(Liar):
    """Says that the ERP never goes on after we gave up."""

    @property
    def limits(self) -> Limits:
        return evolve(self.execution.limits, running=timedelta())


@pytest.mark.parametrize(
    ("lie", "seed", "fault", "promise"),
    [
        (SaysNotSent, ORDER, LOST, "duplicates"),
        (SaysNo, ORDER, LOST, "lost"),
        (ReadsWhatWasAsked, RENAME, PRETENDED, "false_done"),
        (Impatient, ORDER, HELD, "duplicates"),
    ],
)
def test_a_lie_breaks_a_promise(sap: Stage, lie: type[Liar], seed: int, fault: str, promise: str) -> None:
    lying = evolve(sap, execution=lie(sap.execution))

    assert told(sap, Plot((fault,), {}), seed).is_kept
    assert getattr(told(lying, Plot((fault,), {}), seed), promise) == 1
