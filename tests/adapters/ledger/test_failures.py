"""What becomes of a transaction when the database goes away, or somebody else has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import pytest
from attrs import evolve
from sqlalchemy import column, create_engine, func, select, table, text

from adapters.ledger.at_once import AtOnce
from adapters.ledger.book import Book
from adapters.ledger.opening import LedgerSettings, open_ledger
from adapters.ledger.rows import Value
from contracts.laws.ledger import LedgerSubject
from contracts.laws.ledgers import EVERYTHING, STREAM, added, entry, moved
from domain.audit import verify
from domain.keys import IntentId
from domain.lifecycle import State
from ports.errors import Misconfigured, NotFound, OutcomeUnknown, Superseded, Unavailable
from tests.adapters.ledger.ledgers import in_sql
from tests.adapters.ledger.site import KEY


@pytest.fixture
def subject(postgresql: str, tmp_path: Path) -> Iterator[LedgerSubject]:
    with in_sql(postgresql, tmp_path) as subject:
        yield subject


def restarted(url: str) -> None:
    """End every connection to the database but this one, as a restart of the server does."""
    engine = create_engine(url)
    others = table("pg_stat_activity", column("pid"), column("datname"))
    with engine.begin() as connection:
        ended = select(func.pg_terminate_backend(others.c.pid, 5000)).where(
            others.c.datname == func.current_database(), others.c.pid != func.pg_backend_pid()
        )
        connection.execute(ended)
    engine.dispose()


def test_a_restart_between_two_transactions_is_not_noticed(subject: LedgerSubject, postgresql: str) -> None:
    added(subject, subject.intents[:1])
    restarted(postgresql)
    added(subject, subject.intents[1:2])

    assert tuple(subject.ledger.intents(EVERYTHING)) == subject.intents[:2]


def test_a_restart_within_a_transaction_leaves_nothing_of_it(subject: LedgerSubject, postgresql: str) -> None:
    def interrupted() -> None:
        with subject.ledger.transaction() as transaction:
            transaction.add(subject.intents[0])
            restarted(postgresql)
            transaction.add(subject.intents[1])

    with pytest.raises(Unavailable, match="ended the connection; ask again"):
        interrupted()
    assert list(subject.ledger.intents(EVERYTHING)) == []


def test_a_restart_before_the_commit_was_answered_is_told_as_not_known(subject: LedgerSubject, postgresql: str) -> None:
    def interrupted() -> None:
        with subject.ledger.transaction() as transaction:
            transaction.add(subject.intents[0])
            restarted(postgresql)

    with pytest.raises(OutcomeUnknown, match="went away during a commit; look whether it was written"):
        interrupted()
    assert list(subject.ledger.intents(EVERYTHING)) == []


def test_a_restart_before_a_move_is_kept_is_not_noticed(subject: LedgerSubject, postgresql: str) -> None:
    """The statement may have been carried out before the connection was lost, so the ledger looks."""
    first, *_ = subject.intents
    subject.ledger.take_in(first, entry(first))
    restarted(postgresql)
    subject.ledger.keep(moved(first, State.SENT), entry(first), fence=first.fence)

    assert list(subject.ledger.intents(EVERYTHING)) == [moved(first, State.SENT)]
    assert len(list(subject.ledger.records(STREAM))) == 2


def test_a_move_that_was_kept_before_the_answer_was_lost_is_not_kept_again(
    subject: LedgerSubject, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = subject.intents
    subject.ledger.take_in(first, entry(first))
    honest = Book.write

    def losing(book: Book, what: AtOnce, values: Mapping[str, Value]) -> bool:
        honest(book, what, values)
        raise OutcomeUnknown("the answer was lost")

    monkeypatch.setattr(Book, "write", losing)
    subject.ledger.keep(moved(first, State.SENT), entry(first), fence=first.fence)
    subject.ledger.take_in(second, entry(second))

    assert list(subject.ledger.intents(EVERYTHING)) == [moved(first, State.SENT), second]
    assert len(list(subject.ledger.records(STREAM))) == 3


def test_while_nobody_can_look_it_is_still_not_known(subject: LedgerSubject, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_ = subject.intents
    subject.ledger.take_in(first, entry(first))

    def losing(book: Book, what: AtOnce, values: Mapping[str, Value]) -> bool:
        monkeypatch.setattr(Book, "reading", away)
        raise OutcomeUnknown("the answer was lost")

    def away(book: Book) -> NoReturn:
        raise Unavailable("nobody answers")

    monkeypatch.setattr(Book, "write", losing)
    with pytest.raises(OutcomeUnknown, match="the answer was lost"):
        subject.ledger.keep(moved(first, State.SENT), entry(first), fence=first.fence)


def test_what_another_process_has_written_since_is_seen(subject: LedgerSubject) -> None:
    assert subject.again is not None
    other = subject.again()
    first, second, third = subject.intents
    for ledger, intent in ((subject.ledger, first), (other, second), (subject.ledger, third)):
        ledger.take_in(intent, entry(intent))
    for ledger in (other, subject.ledger):
        with pytest.raises(Superseded):
            ledger.keep(moved(first, State.SENT), entry(first), fence=first.fence + 7)
        with pytest.raises(NotFound):
            ledger.keep(evolve(first, id=IntentId("nobody")), entry(first), fence=first.fence)
        with pytest.raises(Superseded):
            ledger.take_in(evolve(second, id=IntentId("new")), entry(second))

    assert tuple(subject.ledger.intents(EVERYTHING)) == subject.intents
    records = list(subject.ledger.records(STREAM))
    assert [record.number for record in records] == [1, 2, 3]
    assert list(verify(records, stream=STREAM, key=subject.key)) == []


def test_who_waits_too_long_for_the_writer_is_told_to_ask_again(tmp_path: Path) -> None:
    settings = {"url": f"sqlite:///{tmp_path / 'ledger.db'}", "key": KEY, "anchors": tmp_path / "anchors"}
    impatient = LedgerSettings.model_validate({**settings, "timeout": 0.001})
    ledger, other = open_ledger(LedgerSettings.model_validate(settings)), open_ledger(impatient)
    with ledger, other:
        with ledger.transaction():
            for _ in range(20):  # more often than there are connections
                with pytest.raises(Unavailable, match="is busy or locked; ask again later"), other.transaction():
                    pass
        with other.transaction():
            pass


@pytest.mark.parametrize("statement", ["DROP TABLE intents", "ALTER TABLE intents DROP COLUMN fence"])
def test_a_table_that_somebody_changed_is_told(statement: str, tmp_path: Path) -> None:
    with in_sql(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path) as subject:
        engine = create_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()

        for attempt in (lambda: added(subject, subject.intents), lambda: list(subject.ledger.intents(EVERYTHING))):
            with pytest.raises(Misconfigured, match=r"lacks a table or column|not those expected"):
                attempt()
