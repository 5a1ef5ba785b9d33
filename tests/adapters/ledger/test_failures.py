"""What becomes of a transaction when the database goes away, or somebody else has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import column, create_engine, func, select, table, text

from adapters.ledger.opening import LedgerSettings, open_ledger
from contracts.laws.ledger import LedgerSubject
from contracts.laws.ledgers import EVERYTHING, added
from ports.errors import Misconfigured, OutcomeUnknown, Unavailable
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
