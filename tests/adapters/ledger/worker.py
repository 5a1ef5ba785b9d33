"""One worker process: it claims what is due, does it once, and says so; or stops where it is told to die.

It talks with the test over its pipes: it says ``ready``, and begins when it is answered; it says ``here`` where it
shall die, and waits for an answer that never comes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from attrs import evolve

from contracts.laws.ledgers import entry
from domain.intents import Intent, Lease
from domain.lifecycle import State
from ports.errors import Superseded
from ports.ledger import Ledger
from tests.adapters.ledger.site import opened
from tests.governed.examples import MORNING

NOW = MORNING + timedelta(minutes=1)
LEASE = timedelta(minutes=5)
DEEDS = "deeds"
"""The file in which each deed is a line: what an ERP would have written."""


def work(ledger: Ledger, name: str, folder: Path, passing: Callable[[str], None]) -> None:
    """Do what is due until nothing is; *passing* is told each place of the path."""
    while keys := ledger.due(NOW, 100):
        for key in keys:
            with ledger.transaction() as transaction:
                intent = transaction.intent(key)
            if intent.state is not State.READY:
                continue
            try:
                claimed = _claimed(ledger, intent, name, passing)
            except Superseded:
                continue
            passing("after the claim")
            _do(claimed, folder / DEEDS, name)
            passing("after the deed")
            with ledger.transaction() as transaction:
                done = evolve(claimed, state=State.DONE, lease=None, due_at=None, fence=claimed.fence + 1)
                transaction.save(done, fence=claimed.fence)
                transaction.append(entry(done, f"done by {name}"))


def _claimed(ledger: Ledger, intent: Intent, name: str, passing: Callable[[str], None]) -> Intent:
    until = NOW + LEASE
    lease = Lease(owner=name, until=until)
    claimed = evolve(intent, state=State.SENT, lease=lease, due_at=until, fence=intent.fence + 1)
    with ledger.transaction() as transaction:
        transaction.save(claimed, fence=intent.fence)
        transaction.append(entry(claimed, f"claimed by {name}"))
        passing("within the claim")
    return claimed


def _do(intent: Intent, deeds: Path, name: str) -> None:
    file = os.open(deeds, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{intent.id} {name}\n".encode())
    os.close(file)


def _said(words: str) -> None:
    print(words, flush=True)  # noqa: T201  # to the test, at the other end of the pipe
    sys.stdin.readline()


def main(url: str, folder: str, name: str, death: str) -> None:
    """Work as told on the command line."""

    def passing(place: str) -> None:
        if place == death:
            _said("here")

    with opened(url, Path(folder)) as ledger:
        _said("ready")
        work(ledger, name, Path(folder), passing)


if __name__ == "__main__":
    main(*sys.argv[1:])
