"""Ledgers to test: in memory, in SQLite, in PostgreSQL, each with somebody who forges its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from attrs import evolve
from sqlalchemy import create_engine, delete

from adapters.ledger.anchors import Anchors
from adapters.ledger.tables import INTENTS, RECORDS, STANDINGS
from adapters.memory.ledger import InMemoryLedger
from contracts.laws.ledger import LedgerSubject
from domain.intents import Intent
from domain.lifecycle import State
from tests.adapters.ledger.forgers import MemoryForger, SqlForger
from tests.adapters.ledger.site import KEY, opened
from tests.governed.examples import BLOCK, MORNING, PLACE, RENAME
from tests.governed.house import House, asked


def some_intents() -> tuple[Intent, ...]:
    """Make intents as the path does, ready and due one after the other, the first one last."""
    house = House.new()
    submitted = [house.submit(asked(f"REQ-{each}"), each) for each in (RENAME, BLOCK, PLACE)]
    return tuple(
        evolve(intent, state=State.READY, lease=None, answer=None, fence=1, due_at=MORNING - timedelta(minutes=number))
        for number, intent in enumerate(submitted)
    )


def in_memory() -> LedgerSubject:
    """Make a ledger that forgets."""
    ledger = InMemoryLedger(key=KEY.encode())
    return LedgerSubject(ledger=ledger, key=KEY.encode(), intents=some_intents(), forger=MemoryForger(ledger))


@contextmanager
def in_sql(url: str, folder: Path) -> Iterator[LedgerSubject]:
    """Make an empty ledger at *url*, whose anchors are kept in *folder*."""
    engine = create_engine(url)
    with ExitStack() as until_then:
        until_then.callback(engine.dispose)
        ledger = until_then.enter_context(opened(url, folder))
        with engine.begin() as connection:
            for table in (INTENTS, RECORDS, STANDINGS):
                connection.execute(delete(table))
        yield LedgerSubject(
            ledger=ledger,
            key=KEY.encode(),
            intents=some_intents(),
            forger=SqlForger(engine),
            again=lambda: until_then.enter_context(opened(url, folder)),
            anchors=Anchors(folder / "anchors").read,
        )
