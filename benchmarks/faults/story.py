"""One wish on the governed path, with everything that was drawn for it, and what the ERP's books say in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random

from attrs import define, field

from benchmarks.faults.fate import Crash, Fate, Trouble
from benchmarks.faults.house import Process
from benchmarks.faults.mortal import MortalExecution, MortalLedger
from benchmarks.faults.plot import HELD, Plot
from benchmarks.faults.route import Wish
from benchmarks.faults.stage import Stage
from benchmarks.faults.verdict import Verdict
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import State
from domain.outcomes import Accepted, Done
from ports.errors import NotFound, PortError

_MOST = 1000
"""More looks at one intent than any story takes."""
_LONGEST_SLEEP = timedelta(hours=1)


def governed(stage: Stage, wish: Wish, plot: Plot, seed: int) -> Verdict:
    """Bring *wish* to rest through all that happens in *plot*, and judge by the books."""
    story = _Story(stage, wish, plot, Random(seed), occasion=f"{stage.name} {seed}")
    story.run()
    stage.clock.pass_(timedelta(days=1))  # whatever the ERP still had in hand is carried out
    stage.route.calm()
    intents = story.intents()
    states = {each.state for each in intents}
    ended = next((each for each in intents if each.state is State.DONE), *intents[-1:])
    return Verdict.of(
        wish,
        ended.reference.text,
        done=State.DONE in states,
        queued=int(State.OPERATOR in states),
        unsettled=sum(not state.is_final and state is not State.OPERATOR for state in states),
        struck=story.fate.struck,
        told=" and ".join(f"{each.state.value}: {each.note}" for each in intents),
    )


@define
class _Story:
    """The processes of one story."""

    stage: Stage
    wish: Wish
    plot: Plot
    draw: Random
    occasion: str
    fate: Fate = field(init=False)
    _faults: list[str] = field(init=False)
    _ids: list[IntentId] = field(factory=list)
    _workers: count[int] = field(factory=lambda: count(1))

    def __attrs_post_init__(self) -> None:
        self.fate = Fate(dict(self.plot.troubles), self._happen)
        self._faults = list(self.plot.faults)

    def run(self) -> None:
        """Do what a patient caller, the approvers and the sweep do, until nothing is left to do."""
        self._submit()
        for intent in self.intents():
            while self._read(intent.id).state is State.AWAITING:
                self._alive(partial(Process.approve, intent=self._read(intent.id)))
        self._sweep_until(None)

    def intents(self) -> list[Intent]:
        """Give what stands in the ledger of this wish."""
        found = []
        for key in self._ids:
            try:
                found.append(self._read(key))
            except NotFound:  # it was thought of, and never came to be
                continue
        return found

    def _submit(self) -> None:
        submit = partial(Process.submit, command=self.wish.command, occasion=self.occasion)
        for _ in range(_MOST):
            try:
                if self._alive(submit):
                    return
            except PortError:  # nothing was kept: ask again later
                self.stage.clock.pass_(timedelta(minutes=1))
        raise AssertionError("nobody can submit this")

    def _alive(self, work: Callable[[Process], object]) -> bool:
        """Have a new process do some *work*; say whether it survived."""
        stage = self.stage
        process = Process(
            worker=f"worker {next(self._workers)}",
            ledger=MortalLedger(stage.ledger, self.fate),
            clock=stage.clock,
            scope=stage.route.scope,
            execution=MortalExecution(stage.execution, self.fate, self._called),
            new_ids=self._new_ids(),
        )
        try:
            work(process)
        except Crash:
            return False
        return True

    def _new_ids(self) -> Iterator[str]:
        while True:
            key = f"{self.occasion} {len(self._ids) + 1}"
            self._ids.append(IntentId(key))
            yield key

    def _read(self, key: IntentId) -> Intent:
        with self.stage.ledger.view() as view:
            return view.intent(key)

    def _sweep_until(self, moment: datetime | None) -> None:
        """Sweep whenever something is due, until *moment*, or until nothing is due any more."""
        for _ in range(_MOST):
            due = self.stage.ledger.next_due()
            if due is None or (moment is not None and due > moment):
                return
            self.stage.clock.until(due)
            self._alive(Process.sweep)
        raise AssertionError("something is due for ever")

    def _happen(self, trouble: Trouble, calling: bool) -> None:
        """Let happen what does not kill us; who is about to call sleeps no longer than a call may last."""
        match trouble:
            case Trouble.SLEEP:
                longest = self.stage.limits.call / 2 if calling else _LONGEST_SLEEP
                awake = self.stage.clock.now() + longest * self.draw.random()
                self._sweep_until(awake)
                self.stage.clock.until(awake)
            case Trouble.MEDDLE:
                self.wish.meddle()
            case Trouble.UNREADABLE:
                self.stage.route.unreadable(self.draw)
            case Trouble.CRASH:
                raise AssertionError("who is killed does nothing more")

    def _called(self, perform: Callable[[], Done | Accepted]) -> Done | Accepted:
        """Let one write meet the next fault that was drawn for it, and take its time."""
        route, clock = self.stage.route, self.stage.clock
        fault = self._faults.pop(0) if self._faults else None
        before, release = route.met(), None
        if fault == HELD and route.hold is not None:
            release = route.hold()
        elif fault is not None:
            route.faults[fault]()
        try:
            return perform()
        finally:
            clock.pass_(self.stage.limits.call / 2 * self.draw.random())
            if fault is not None and route.met() > before:
                self.fate.struck.append(fault)
                if release is not None:
                    clock.later(self.stage.limits.running * self.draw.random(), release)
            route.calm()
