"""Several processes on one ledger: nobody does a thing twice, also if one is killed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from attrs import evolve

from contracts.laws.ledger import LedgerSubject
from contracts.laws.ledgers import EVERYTHING, STREAM, added
from domain.audit import verify
from domain.intents import Intent
from domain.keys import IntentId, Key
from domain.lifecycle import State
from tests.adapters.ledger.ledgers import in_sql
from tests.adapters.ledger.worker import DEEDS, LEASE, NOW

ROOT = Path(__file__).parents[3]
WORKERS = ("worker 1", "worker 2")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")


@pytest.fixture
def subject(url: str, tmp_path: Path) -> Iterator[LedgerSubject]:
    with in_sql(url, tmp_path) as subject:
        yield subject


def many(subject: LedgerSubject) -> tuple[Intent, ...]:
    first = subject.intents[0]
    return tuple(
        evolve(first, id=IntentId(f"I{number}"), key=Key(first.key.intention, number)) for number in range(1, 13)
    )


def started(until_then: ExitStack, url: str, folder: Path, name: str, death: str = "never") -> Popen[str]:
    """Start a worker, and wait until it has opened the ledger."""
    command = [sys.executable, "-m", "tests.adapters.ledger.worker", url, str(folder), name, death]
    worker = until_then.enter_context(Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT))  # noqa: S603  # ours
    until_then.callback(worker.kill)
    heard(worker, "ready")
    return worker


def heard(worker: Popen[str], words: str) -> None:
    assert worker.stdout is not None
    assert worker.stdout.readline() == f"{words}\n"


def let_go(worker: Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("\n")
    worker.stdin.flush()


def deeds(folder: Path) -> dict[str, str]:
    """Give who did what; nothing may have been done twice."""
    lines = [line.split(" ", 1) for line in (folder / DEEDS).read_text().splitlines()]
    assert [key for key, times in Counter(key for key, _ in lines).items() if times > 1] == []
    return dict(lines)


def assert_whole(subject: LedgerSubject) -> None:
    assert subject.anchors is not None
    records = subject.ledger.records(STREAM)
    assert list(verify(records, stream=STREAM, key=subject.key, anchor=subject.anchors()[STREAM])) == []


def test_of_many_workers_each_intent_is_done_by_one(subject: LedgerSubject, url: str, tmp_path: Path) -> None:
    added(subject, many(subject))
    with ExitStack() as until_then:
        workers = [started(until_then, url, tmp_path, name) for name in WORKERS]
        for worker in workers:
            let_go(worker)
        assert [worker.wait() for worker in workers] == [0, 0]

    assert len(deeds(tmp_path)) == len(many(subject))
    assert {intent.state for intent in subject.ledger.intents(EVERYTHING)} == {State.DONE}
    assert_whole(subject)


@pytest.mark.parametrize("death", ["within the claim", "after the claim", "after the deed"])
def test_what_a_killed_worker_held_is_done_by_nobody_else(
    subject: LedgerSubject, url: str, tmp_path: Path, death: str
) -> None:
    added(subject, many(subject))
    with ExitStack() as until_then:
        victim = started(until_then, url, tmp_path, "the victim", death)
        others = [started(until_then, url, tmp_path, name) for name in WORKERS]
        let_go(victim)
        heard(victim, "here")
        for worker in others:
            let_go(worker)
        victim.kill()
        assert [worker.wait() for worker in others] == [0, 0]

    intents = list(subject.ledger.intents(EVERYTHING))
    left = [intent for intent in intents if intent.state is not State.DONE]
    by_victim = [key for key, name in deeds(tmp_path).items() if name == "the victim"]
    assert len(left) == (0 if death == "within the claim" else 1)
    assert by_victim == ([left[0].id.text] if death == "after the deed" else [])
    assert all(intent.state is State.SENT for intent in left)
    assert list(subject.ledger.due(NOW, 100)) == []
    assert list(subject.ledger.due(NOW + LEASE, 100)) == [intent.id for intent in left]
    assert_whole(subject)
