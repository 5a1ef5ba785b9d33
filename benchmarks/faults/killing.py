"""`kill -9` at every line of the path that writes, again while another worker recovers, and what the books say then."""

from __future__ import annotations

from datetime import timedelta
from multiprocessing import get_context
from random import Random
from signal import SIGKILL

from attrs import define, field

from benchmarks.faults.house import Process
from benchmarks.faults.lines import Line
from benchmarks.faults.route import Wish
from benchmarks.faults.stage import Stage
from benchmarks.faults.verdict import Verdict
from benchmarks.faults.victim import Orders, live
from domain.canonical import canonical
from domain.lifecycle import State

_WORLD = get_context("forkserver")
_WORLD.set_forkserver_preload(["benchmarks.faults.run"])  # every system that may be opened
GOOD_DAY = "nothing else happens"
LOST = "it is written, and the answer is lost"
KILLED = (GOOD_DAY, LOST)
"""What the first call of the ERP meets while workers die: the second only where the route knows it."""


@define
class Killing:
    """One *wish*, and the processes that die over it; the first call of the ERP meets *fault*."""

    stage: Stage
    wish: Wish
    fault: str
    occasion: str
    struck: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        if self.fault != GOOD_DAY:
            self.stage.route.faults[self.fault]()

    def victim(self, worker: str, deadly: Line | None) -> list[Line]:
        """Let a process do it, and die at its *deadly* line; if it lives, give each line that it took."""
        stage = self.stage
        orders = Orders(
            worker=worker,
            scope=stage.route.scope,
            settings=stage.route.settings,
            ledger=stage.settings,
            now=stage.clock.now(),
            command=canonical(self.wish.command),
            occasion=self.occasion,
            deadly=deadly,
        )
        ours, its = _WORLD.Pipe(duplex=False)
        process = _WORLD.Process(target=live, args=(orders, its))
        process.start()
        its.close()
        process.join()
        if process.exitcode == -SIGKILL:
            self.struck.append(f"{worker} is killed at {deadly}")
            return []
        if process.exitcode != 0:
            raise RuntimeError(f"{worker} ended by itself, with {process.exitcode}")
        lines: list[Line] = ours.recv()
        return lines

    def verdict(self) -> Verdict:
        """Let a last worker finish, and judge by the books."""
        stage = self.stage
        process = Process(
            worker="the last worker",
            ledger=stage.ledger,
            clock=stage.clock,
            scope=stage.route.scope,
            execution=stage.execution,
        )
        ended = process.bring_to_rest(self.wish.command, self.occasion)
        stage.clock.pass_(timedelta(days=1))  # whatever the ERP still had in hand is carried out
        stage.route.calm()
        return Verdict.of(
            self.wish,
            ended.reference.text,
            done=ended.state is State.DONE,
            queued=int(ended.state is State.OPERATOR),
            unsettled=int(not ended.state.is_final and ended.state is not State.OPERATOR),
            struck=self.struck,
            told=f"{ended.state.value}: {ended.note}",
        )


def lines_of(stage: Stage, fault: str, seed: int) -> list[Line]:
    """Give each line of one write over which nobody dies, the last time that it is executed."""
    killing = _killing(stage, fault, seed, "nobody dies")
    lines = killing.victim("the only worker", None)
    killing.verdict()
    return lines


def killed(stage: Stage, fault: str, seed: int, *, at: Line, again: Line) -> Verdict:
    """Kill one worker at one line, and the next, which recovers, at another, if it comes there."""
    killing = _killing(stage, fault, seed, f"{at}")
    killing.victim("the first worker", at)
    killing.victim("the second worker", again)
    return killing.verdict()


def _killing(stage: Stage, fault: str, seed: int, what: str) -> Killing:
    """Begin anew with the wish that *seed* draws, about a record of its own."""
    return Killing(stage, stage.route.wish(Random(seed)), fault, f"{stage.name} {seed} {fault} {what}")
