"""Ledgers to test: in memory, in SQLite, in PostgreSQL, each with somebody who forges its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from attrs import evolve, frozen
from sqlalchemy import Column, Engine, LargeBinary, Text, create_engine, delete, insert, select, update

from adapters.ledger.anchors import Anchors
from adapters.ledger.rows import Value
from adapters.ledger.tables import INTENTS, RECORDS
from adapters.memory.ledger import InMemoryLedger
from contracts.laws.ledger import Forger, LedgerSubject
from domain.audit import Record
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import State
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


@frozen
class SqlForger(Forger):
    """Writes into the tables as anybody could who may."""

    engine: Engine

    def spoils(self, key: IntentId) -> Iterator[str]:
        honest = self._row(INTENTS.c.id == key.text)
        for column in INTENTS.columns:
            for value in self._others(column, honest[column.name]):
                self._change(honest, {column.name: value})
                yield f"{column.name} became {value!r:.40}"
                self._put_back(honest, value if column is INTENTS.c.number else honest["number"])
        other = self._row(INTENTS.c.id != key.text)
        self._change(honest, {"body": other["body"], "seal": other["seal"]})
        yield "another's body came with its seal"
        self._put_back(honest, honest["number"])

    def rewrite(self, stream: str, records: Sequence[Record]) -> None:
        rows = [
            {"stream": stream, "number": each.number, "body": each.body, "seal": bytes.fromhex(each.seal.text)}
            for each in records
        ]
        with self.engine.begin() as connection:
            connection.execute(delete(RECORDS).where(RECORDS.c.stream == stream))
            if rows:
                connection.execute(insert(RECORDS), rows)

    def _row(self, which: object) -> dict[str, Value]:
        with self.engine.begin() as connection:
            return dict(connection.execute(select(*INTENTS.c).where(which)).mappings().first() or {})  # type: ignore[arg-type]  # a condition

    def _change(self, honest: dict[str, Value], values: dict[str, Value]) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(INTENTS).where(INTENTS.c.number == honest["number"]).values(values))

    def _put_back(self, honest: dict[str, Value], number: Value) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(INTENTS).where(INTENTS.c.number == number))
            connection.execute(insert(INTENTS), honest)

    def _others(self, column: Column[object], value: Value) -> Iterator[Value]:
        """Give what else the column could hold."""
        match value:
            case bytes():
                yield from (flipped(value, place * (len(value) - 1) // 8) for place in range(9))
                yield from (value[:-1], value + b" ", b"")
            case str():
                yield from (f"{value} ", value.swapcase(), f"{value[:-1]}~", "")
                if self.engine.dialect.name == "sqlite":
                    yield value.encode()
            case int():
                yield from (value + 1000, value - 1000)
            case None if isinstance(column.type, Text):
                yield "S9"
            case None:
                yield b"" if isinstance(column.type, LargeBinary) else 1
        if column.nullable and value is not None:
            yield None


@frozen
class MemoryForger(Forger):
    """Writes into the dictionaries; only what is sealed is believed there."""

    ledger: InMemoryLedger

    def spoils(self, key: IntentId) -> Iterator[str]:
        honest = self.ledger.rows[key]
        for place in range(0, len(honest.body), 97):
            self.ledger.rows[key] = evolve(honest, body=flipped(honest.body, place))
            yield f"byte {place} of the body was changed"
        self.ledger.rows[key] = evolve(honest, seal=honest.seal[::-1])
        yield "the seal was changed"
        self.ledger.rows[key] = honest

    def rewrite(self, stream: str, records: Sequence[Record]) -> None:
        self.ledger.streams_kept[stream] = tuple(records)


def flipped(value: bytes, place: int) -> bytes:
    """Change one bit."""
    return value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]


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
            connection.execute(delete(INTENTS))
            connection.execute(delete(RECORDS))
        yield LedgerSubject(
            ledger=ledger,
            key=KEY.encode(),
            intents=some_intents(),
            forger=SqlForger(engine),
            again=lambda: until_then.enter_context(opened(url, folder)),
            anchors=Anchors(folder / "anchors").read,
        )
