"""One worker process, with everything that a worker has: it works until it is told to stop, or stops where it must die.

It talks with the test over its pipes: it says ``ready``, ``resting`` when nothing is due, and ``here`` where it shall
die, and each time waits for an answer; ``stop`` ends it, and where it shall die no answer ever comes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from attrs import frozen

from adapters.ledger.transaction import SqlTransaction
from application.advance import Advance
from application.journal import Journal
from application.send import Send
from application.sweep import Sweep
from application.work import Work
from domain.audit import Entry
from domain.policy import Policy
from ports.clock import Clock
from ports.ledger import Ledger
from ports.wakeups import Rest
from tests.adapters.ledger.outside import FileClock, FileErp
from tests.adapters.ledger.site import opened
from tests.governed.fakes import FakeGate, Silent

POLICY = Policy(version="policy 1")
ERP, TIME = "erp.db", "time"


@frozen
class Asking(Rest):
    """Rests until the test says otherwise, unless there is something to do at once."""

    clock: Clock

    def until(self, at: datetime) -> bool:
        return at <= self.clock.now() or _asked("resting") != "stop"


def work_over(ledger: Ledger, folder: Path, name: str, passing: Callable[[str], None]) -> Work:
    """Put a worker together, over the ERP and the clock in *folder*."""
    from benchmarks.governed_write.wishes import wishes

    clock = FileClock(folder / TIME)
    journal = Journal(ledger=ledger, clock=clock, wakeups=Silent(), policy="policy 1")
    executions = {next(wishes()).proposal.scope: FileErp(folder / ERP, passing)}
    send = Send(journal=journal, executions=executions, patience=POLICY.patience, worker=name)
    advance = Advance(journal=journal, executions=executions, gate=FakeGate(), policy=POLICY, send=send)
    return Work(
        sweep=Sweep(advance=advance), ledger=ledger, clock=clock, rest=Asking(clock), tell=_told, shortest=timedelta()
    )


def _told(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201  # pytest shows it if the test fails


def _asked(words: str) -> str:
    print(words, flush=True)  # noqa: T201  # to the test, at the other end of the pipe
    return sys.stdin.readline().strip()


def main(url: str, folder: str, name: str, death: str) -> None:
    """Work as told on the command line."""

    def passing(place: str) -> None:
        if place == death:
            _asked("here")

    append = SqlTransaction.append

    def appending(self: SqlTransaction, entry: Entry) -> None:
        append(self, entry)
        passing("within a transaction")

    SqlTransaction.append = appending  # type: ignore[method-assign]  # the place where this process may die
    with opened(url, Path(folder)) as ledger:
        work = work_over(ledger, Path(folder), name, passing)
        _asked("ready")
        work()


if __name__ == "__main__":
    main(*sys.argv[1:])
