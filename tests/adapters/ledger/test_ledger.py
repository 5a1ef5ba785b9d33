"""What the ledger in SQL does beyond the laws: pages, durability, and an anchor after each commit."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from attrs import evolve
from sqlalchemy import make_url

from adapters.ledger.engines import writing_engine
from contracts.laws.ledger import LedgerSubject
from contracts.laws.ledgers import EVERYTHING, STREAM, added, entry, recorded
from tests.adapters.ledger.ledgers import in_sql
from tests.adapters.ledger.site import opened


@pytest.fixture
def subject(tmp_path: Path) -> Iterator[LedgerSubject]:
    with in_sql(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path) as subject:
        yield subject


def test_what_takes_several_pages_comes_whole_and_in_order(
    subject: LedgerSubject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.ledger.ledger._PAGE", 2)
    added(subject, subject.intents)
    recorded(subject, 5)

    assert tuple(subject.ledger.intents(EVERYTHING)) == subject.intents
    assert [record.number for record in subject.ledger.records(STREAM)] == [1, 2, 3, 4, 5]
    assert [record.number for record in subject.ledger.records(STREAM, 1)] == [2, 3, 4, 5]


def test_while_intents_are_streamed_somebody_may_write(subject: LedgerSubject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.ledger.ledger._PAGE", 1)
    added(subject, subject.intents[:2])

    streamed = subject.ledger.intents(EVERYTHING)
    first = next(streamed)
    added(subject, subject.intents[2:])

    assert (first, *streamed) == subject.intents


def test_every_stream_that_a_transaction_has_added_to_is_anchored(subject: LedgerSubject) -> None:
    assert subject.anchors is not None
    with subject.ledger.transaction() as transaction:
        for stream in ("sap", "oracle", "sap"):
            transaction.append(evolve(entry(subject.intents[0]), stream=stream))

    ends = {stream: list(subject.ledger.records(stream))[-1] for stream in ("sap", "oracle")}
    anchored = {stream: (anchor.number, anchor.seal) for stream, anchor in subject.anchors().items()}
    assert anchored == {stream: (record.number, record.seal) for stream, record in ends.items()}
    assert ends["sap"].number == 2


def test_what_was_not_committed_is_not_anchored(subject: LedgerSubject) -> None:
    def interrupted() -> None:
        with subject.ledger.transaction() as transaction:
            transaction.append(entry(subject.intents[0]))
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()

    assert subject.anchors is not None
    assert subject.anchors() == {}


def test_a_commit_in_sqlite_has_reached_the_disk(tmp_path: Path) -> None:
    engine = writing_engine(f"sqlite:///{tmp_path / 'ledger.db'}", 30)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_a_commit_in_postgresql_has_reached_the_disk_whatever_the_url_says(postgresql: str) -> None:
    careless = make_url(postgresql).update_query_dict({"options": "-c synchronous_commit=off"})
    engine = writing_engine(careless.render_as_string(hide_password=False), 30)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    engine.dispose()


def test_questions_that_are_asked_again_and_again_leave_nothing_behind(subject: LedgerSubject) -> None:
    for _ in range(3):
        assert list(subject.ledger.intents(EVERYTHING)) == []
    gc.collect()
    book = subject.ledger._book  # type: ignore[attr-defined]  # the port does not know it
    kept = len(book.rendered.kept)
    for _ in range(3):
        assert list(subject.ledger.intents(EVERYTHING)) == []
    gc.collect()

    assert len(book.rendered.kept) == kept


def test_those_who_open_a_new_ledger_at_once_make_it_once(tmp_path: Path) -> None:
    url, start = f"sqlite:///{tmp_path / 'new.db'}", Barrier(4)

    def opening(_: int) -> int:
        start.wait()
        with opened(url, tmp_path) as ledger:
            return len(list(ledger.intents(EVERYTHING)))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(opening, range(4))) == [0, 0, 0, 0]
