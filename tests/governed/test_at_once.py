"""What is written without looking: an intent and its record in one go, or neither, and never past somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve
from sqlalchemy import create_engine, select

from adapters.ledger.book import Book, Desk
from adapters.ledger.tables import INTENTS
from contracts.laws.ledger import LedgerSubject
from contracts.laws.ledgers import EVERYTHING, STREAM, entry, moved
from domain.audit import verify
from domain.intents import Intent, Lease
from domain.keys import IntentId
from domain.lifecycle import State
from ports.errors import Superseded
from tests.adapters.ledger.ledgers import in_sql
from tests.databases import POSTGRESQL, own_database, url_of


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with own_database(POSTGRESQL, "at_once") as database:
        yield url_of(POSTGRESQL, database)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}" if request.param == "sqlite" else request.getfixturevalue("postgresql")


@pytest.fixture
def subject(url: str, tmp_path: Path) -> Iterator[LedgerSubject]:
    with in_sql(url, tmp_path) as subject:
        first = subject.intents[0]
        subject.ledger.take_in(first, entry(first))
        yield subject


@pytest.fixture
def looked(subject: LedgerSubject, monkeypatch: pytest.MonkeyPatch) -> list[Book]:
    """Give the times at which somebody began a transaction in which he looks before he writes."""
    times: list[Book] = []
    begin = Book.writing

    def counted(book: Book) -> AbstractContextManager[Desk]:
        times.append(book)
        return begin(book)

    monkeypatch.setattr(Book, "writing", counted)
    return times


def take_in(subject: LedgerSubject, intent: Intent) -> None:
    subject.ledger.take_in(intent, entry(intent))


def keep(subject: LedgerSubject, intent: Intent, state: State) -> Intent:
    after = moved(intent, state)
    subject.ledger.keep(after, entry(after), fence=intent.fence)
    return after


def numbers(url: str) -> list[int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(select(INTENTS.c.number).order_by(INTENTS.c.number)).scalars().all()
    engine.dispose()
    return list(rows)


def records(subject: LedgerSubject) -> int:
    """Count the records, in which there is no flaw."""
    trail = list(subject.ledger.records(STREAM))
    assert list(verify(trail, stream=STREAM, key=subject.key)) == []
    return len(trail)


def test_what_follows_is_written_without_looking(subject: LedgerSubject, looked: list[Book], url: str) -> None:
    first, second, third = subject.intents
    take_in(subject, second)
    sent = keep(subject, second, State.SENT)
    take_in(subject, third)
    done = keep(subject, sent, State.DONE)

    assert looked == []
    assert numbers(url) == [1, 2, 3]
    assert list(subject.ledger.intents(EVERYTHING)) == [first, done, third]
    assert records(subject) == 5
    assert subject.anchors is not None
    assert subject.anchors()[STREAM].number == 5


def test_when_somebody_should_look_again_is_kept_without_looking(subject: LedgerSubject, looked: list[Book]) -> None:
    first = subject.intents[0]
    due = first.submitted_at + timedelta(hours=1)
    later = evolve(moved(first, State.SENT), due_at=due)
    subject.ledger.keep(later, entry(later), fence=first.fence)

    assert (subject.ledger.next_due(), subject.ledger.due(due, 10)) == (due, [first.id])

    held = evolve(moved(later, State.SENT), lease=Lease(owner="worker 1", until=due + timedelta(hours=1)))
    subject.ledger.keep(held, entry(held), fence=later.fence)

    assert looked == []
    assert subject.ledger.due(due, 10) == []
    assert subject.ledger.next_due() == due + timedelta(hours=1)


@pytest.mark.parametrize("state", State)
def test_the_same_content_is_free_again_once_it_is_at_rest(subject: LedgerSubject, state: State) -> None:
    first = subject.intents[0]
    keep(subject, first, state)
    again = evolve(first, id=IntentId("again"), key=first.key.next())

    if state.is_final:
        take_in(subject, again)
        assert [each.id for each in subject.ledger.intents(EVERYTHING)] == [first.id, again.id]
    else:
        with pytest.raises(Superseded):
            take_in(subject, again)
        assert records(subject) == 2


def test_what_is_taken_is_not_written_and_not_recorded(subject: LedgerSubject) -> None:
    first, second, third = subject.intents
    take_in(subject, second)
    for taken in (
        evolve(third, id=second.id),
        evolve(third, key=second.key),
        evolve(second, id=IntentId("new"), key=third.key),
    ):
        with pytest.raises(Superseded):
            take_in(subject, taken)

    assert list(subject.ledger.intents(EVERYTHING)) == [first, second]
    assert records(subject) == 2


def test_another_round_of_one_intention_and_one_intention_in_another_round_get_in(
    subject: LedgerSubject, looked: list[Book]
) -> None:
    _, second, third = subject.intents
    take_in(subject, second)
    take_in(subject, evolve(third, key=second.key.next()))

    assert looked == []
    assert records(subject) == 3


def test_a_move_on_another_fence_or_of_another_intent_is_not_kept(subject: LedgerSubject) -> None:
    first, second, _ = subject.intents
    take_in(subject, second)
    with pytest.raises(Superseded):
        subject.ledger.keep(moved(first, State.SENT), entry(first), fence=first.fence + 1)

    sent = keep(subject, first, State.SENT)

    assert list(subject.ledger.intents(EVERYTHING)) == [sent, second]
    assert records(subject) == 3


def test_streams_come_in_order_whatever_they_are_called(subject: LedgerSubject) -> None:
    for name in ("sap", "ORACLE", "Protheus"):
        with subject.ledger.transaction() as transaction:
            transaction.append(evolve(entry(subject.intents[0]), stream=name))

    assert list(subject.ledger.streams()) == ["ORACLE", "Protheus", STREAM, "sap"]
