"""Several worker processes on one ledger: nobody does a thing twice, also if one is killed, and all comes to rest."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from attrs import evolve

from application.audit import VerifyAudit
from application.journal import Journal
from benchmarks.governed_write.wishes import NOW, wishes
from contracts.laws.ledger import LedgerSubject
from contracts.laws.ledgers import EVERYTHING
from domain.lifecycle import State
from tests.adapters.ledger.ledgers import in_sql
from tests.adapters.ledger.outside import FileClock, FileErp
from tests.adapters.ledger.worker import ERP, TIME
from tests.governed.fakes import Silent

ROOT = Path(__file__).parents[3]
WORKERS = ("worker 1", "worker 2")
MANY = 12


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")


@pytest.fixture
def subject(url: str, tmp_path: Path) -> Iterator[LedgerSubject]:
    """Give a ledger in which as many intents are due."""
    set_time(tmp_path, NOW)
    with in_sql(url, tmp_path) as subject:
        journal = Journal(ledger=subject.ledger, clock=FileClock(tmp_path / TIME), wakeups=Silent(), policy="policy 1")
        for wish in islice(wishes(), MANY):
            decide_by = NOW + timedelta(days=3)
            waiting = evolve(wish, state=State.READY, sendings=0, sent_at=None, lease=None, due_at=NOW)
            journal.take_in(evolve(waiting, decide_by=decide_by), by="ana", what="submitted")
        yield subject


def set_time(folder: Path, now: datetime) -> None:
    """Let it be *now*; no worker runs meanwhile."""
    (folder / TIME).write_text(now.isoformat())


def started(until_then: ExitStack, url: str, folder: Path, name: str, death: str = "never") -> Popen[str]:
    """Start a worker, and wait until it has opened the ledger."""
    command = [sys.executable, "-m", "tests.adapters.ledger.worker", url, str(folder), name, death]
    worker = until_then.enter_context(Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT))  # noqa: S603  # ours
    until_then.callback(worker.kill)
    hear(worker, "ready")
    return worker


def hear(worker: Popen[str], words: str) -> None:
    assert worker.stdout is not None
    assert worker.stdout.readline() == f"{words}\n"


def tell(worker: Popen[str], words: str) -> None:
    assert worker.stdin is not None
    worker.stdin.write(f"{words}\n")
    worker.stdin.flush()


def until_rest(subject: LedgerSubject, workers: list[Popen[str]], folder: Path) -> None:
    """Let the *workers*, who are at rest, go on whenever something is due, until nothing ever is, and stop."""
    for _ in range(20):
        due = subject.ledger.next_due()
        if due is None:
            break
        set_time(folder, due)
        for worker in workers:
            tell(worker, "go on")
        for worker in workers:
            hear(worker, "resting")
    for worker in workers:
        tell(worker, "stop")
    assert [worker.wait() for worker in workers] == [0 for _ in workers]


def assert_done_once(subject: LedgerSubject, folder: Path) -> None:
    """See that every intent is done, once, and that nothing is wrong with the books."""
    intents = list(subject.ledger.intents(EVERYTHING))
    assert [intent.state for intent in intents] == [State.DONE] * MANY
    assert sorted(FileErp(folder / ERP).written()) == sorted(intent.reference.text for intent in intents)
    assert subject.anchors is not None
    assert VerifyAudit(ledger=subject.ledger, key=subject.key)(subject.anchors()) == ()


def test_of_many_workers_each_intent_is_done_by_one(subject: LedgerSubject, url: str, tmp_path: Path) -> None:
    with ExitStack() as until_then:
        workers = [started(until_then, url, tmp_path, name) for name in WORKERS]
        for worker in workers:
            tell(worker, "go on")
        for worker in workers:
            hear(worker, "resting")
        until_rest(subject, workers, tmp_path)

    assert_done_once(subject, tmp_path)


@pytest.mark.parametrize("death", ["within a transaction", "before the ERP", "after the ERP"])
def test_what_a_killed_worker_began_is_done_once_by_others(
    subject: LedgerSubject, url: str, tmp_path: Path, death: str
) -> None:
    with ExitStack() as until_then:
        victim = started(until_then, url, tmp_path, "the victim", death)
        others = [started(until_then, url, tmp_path, name) for name in WORKERS]
        tell(victim, "go on")
        hear(victim, "here")
        for worker in others:
            tell(worker, "go on")
        victim.kill()
        for worker in others:
            hear(worker, "resting")
        held = [intent.id for intent in subject.ledger.intents(EVERYTHING) if intent.state is State.SENT]
        assert len(held) == (0 if death == "within a transaction" else 1)
        assert len(FileErp(tmp_path / ERP).written()) == (MANY if death != "before the ERP" else MANY - 1)
        until_rest(subject, others, tmp_path)

    assert_done_once(subject, tmp_path)
