"""What a transaction of the ledger says when it cannot do what is asked, and how it numbers what it adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest
from attrs import evolve
from sqlalchemy import create_engine, insert, select

from adapters.ledger.book import Desk
from adapters.ledger.rows import Row, Seals
from adapters.ledger.tables import INTENTS, RECORDS
from adapters.ledger.transaction import SqlTransaction
from contracts.laws.ledger import LedgerSubject
from contracts.laws.ledgers import STREAM, added, entry, moved, recorded
from domain.keys import IntentId
from domain.lifecycle import State
from ports.errors import NotFound, Superseded, Tampered
from ports.ledger import Transaction
from tests.adapters.ledger.ledgers import in_sql

NOBODY = IntentId("nobody")


class Forged:
    """A desk at which every question is answered by one forged row."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def one(self, *_: object) -> Row:
        return self._row


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def subject(url: str, tmp_path: Path) -> Iterator[LedgerSubject]:
    with in_sql(url, tmp_path) as subject:
        yield subject


def numbers(url: str) -> Sequence[int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(select(INTENTS.c.number).order_by(INTENTS.c.number)).scalars().all()
    engine.dispose()
    return rows


def test_intents_are_numbered_from_one_without_a_gap(subject: LedgerSubject, url: str) -> None:
    added(subject, subject.intents)

    assert numbers(url) == [1, 2, 3]


def test_a_transaction_that_adds_no_intent_changes_nothing_for_the_next(subject: LedgerSubject, url: str) -> None:
    recorded(subject, 1)
    for intent in subject.intents:
        subject.ledger.take_in(intent, entry(intent))

    assert numbers(url) == [1, 2, 3]


def test_each_no_says_what_it_is_about(subject: LedgerSubject) -> None:
    first, second, _ = subject.intents
    added(subject, [first])
    told: dict[str, tuple[type[Exception], Callable[[Transaction], object]]] = {
        f"there is no intent {NOBODY}": (NotFound, lambda to: to.intent(NOBODY)),
        f"intent {first.id} is in the ledger already, under its id or its key": (Superseded, lambda to: to.add(first)),
        f"somebody else has taken intent {first.id}": (
            Superseded,
            lambda to: to.save(moved(first, State.SENT), fence=first.fence + 7),
        ),
        f"there is no intent {second.id}": (NotFound, lambda to: to.save(moved(second, State.SENT), fence=1)),
    }
    for sentence, (kind, attempt) in told.items():
        with pytest.raises(kind) as caught, subject.ledger.transaction() as transaction:
            attempt(transaction)
        assert str(caught.value) == sentence


def test_a_number_that_is_none_is_told(subject: LedgerSubject) -> None:
    transaction = SqlTransaction(cast("Desk", Forged((None, None, "x", None))), Seals(subject.key))

    with pytest.raises(Tampered) as caught:
        transaction.add(subject.intents[0])

    assert str(caught.value) == "'x' is not the number of an intent; look who wrote it into the ledger"


@pytest.mark.parametrize("number", [0, -1])
def test_a_record_before_the_first_is_seen(subject: LedgerSubject, url: str, number: int) -> None:
    recorded(subject, 2)
    engine = create_engine(url)
    with engine.begin() as connection:
        row = {"stream": STREAM, "number": number, "body": b"{}", "seal": b"\0" * 32}
        connection.execute(insert(RECORDS).values(**row))
    engine.dispose()

    with pytest.raises(Tampered, match=f"^record {number} of the audit stream {STREAM} "):
        list(subject.ledger.records(STREAM))
    assert [record.number for record in subject.ledger.records(STREAM, 1)] == [2]


def test_two_records_of_one_transaction_follow_each_other(subject: LedgerSubject) -> None:
    with subject.ledger.transaction() as transaction:
        for stream in (STREAM, "sap", STREAM):
            transaction.append(evolve(entry(subject.intents[0]), stream=stream))

    assert [record.number for record in subject.ledger.records(STREAM)] == [1, 2]
