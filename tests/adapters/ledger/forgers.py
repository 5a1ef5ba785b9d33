"""People who write into what a ledger keeps, past the ledger, and without its key."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence

from attrs import evolve, frozen
from sqlalchemy import Column, ColumnElement, Engine, LargeBinary, Table, Text, and_, delete, insert, select, update

from adapters.ledger.rows import Value
from adapters.ledger.tables import INTENTS, RECORDS, STANDINGS
from adapters.memory.ledger import InMemoryLedger
from adapters.memory.rows import Row
from contracts.laws.ledger import Forger
from domain.audit import Record
from domain.keys import IntentId
from domain.rollout import Standing

Kept = IntentId | Standing


class Thief(Forger):
    """A forger who also puts whole rows back, and takes them away."""

    @abstractmethod
    def copied(self, kept: Kept) -> Callable[[], None]:
        """Copy the row of *kept* as it is, and give what puts it back in place of whatever stands there then."""

    @abstractmethod
    def removed(self, kept: Kept) -> None:
        """Take the row away."""

    @abstractmethod
    def exchanged(self, one: IntentId, other: IntentId) -> None:
        """Let two intents change places in the order in which they were added."""


@frozen
class SqlForger(Thief):
    """Writes into the tables as anybody could who may."""

    engine: Engine

    def spoils(self, key: IntentId) -> Iterator[str]:
        yield from self._spoils(INTENTS, INTENTS.c.id == key.text)

    def spoils_standing(self, standing: Standing) -> Iterator[str]:
        yield from self._spoils(STANDINGS, _place(standing))

    def rewrite(self, stream: str, records: Sequence[Record]) -> None:
        rows = [
            {"stream": stream, "number": each.number, "body": each.body, "seal": bytes.fromhex(each.seal.text)}
            for each in records
        ]
        with self.engine.begin() as connection:
            connection.execute(delete(RECORDS).where(RECORDS.c.stream == stream))
            if rows:
                connection.execute(insert(RECORDS), rows)

    def copied(self, kept: Kept) -> Callable[[], None]:
        table, which = _where(kept)
        row = self._row(table, which)

        def put_back() -> None:
            self.removed(kept)
            with self.engine.begin() as connection:
                connection.execute(insert(table), row)

        return put_back

    def removed(self, kept: Kept) -> None:
        table, which = _where(kept)
        with self.engine.begin() as connection:
            connection.execute(delete(table).where(which))

    def exchanged(self, one: IntentId, other: IntentId) -> None:
        rows = [self._row(INTENTS, INTENTS.c.id == key.text) for key in (one, other)]
        with self.engine.begin() as connection:
            connection.execute(delete(INTENTS).where(INTENTS.c.id.in_([one.text, other.text])))
            for row, place in zip(rows, reversed(rows), strict=True):
                connection.execute(insert(INTENTS), {**row, "number": place["number"]})

    def _spoils(self, table: Table, which: ColumnElement[bool]) -> Iterator[str]:
        honest = self._row(table, which)
        for column in table.columns:
            was = honest[column.name]
            for value in (other for other in self._others(column, was) if other != was):
                with self._changed(table, honest, {column.name: value}):
                    yield f"{column.name} became {value!r:.40}"
        other = self._row(table, ~which)
        with self._changed(table, honest, {"body": other["body"], "seal": other["seal"]}):
            yield "another's body came with its seal"

    def _row(self, table: Table, which: ColumnElement[bool]) -> dict[str, Value]:
        with self.engine.begin() as connection:
            return dict(connection.execute(select(*table.c).where(which)).mappings().first() or {})

    def _changed(self, table: Table, honest: dict[str, Value], values: dict[str, Value]) -> Changed:
        return Changed(self.engine, table, honest, values)

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
class Changed:
    """A row of which something is changed for a while."""

    engine: Engine
    table: Table
    honest: dict[str, Value]
    values: dict[str, Value]

    def __enter__(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(self.table).where(self._which({})).values(self.values))

    def __exit__(self, *error: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(self.table).where(self._which(self.values)))
            connection.execute(insert(self.table), self.honest)

    def _which(self, values: dict[str, Value]) -> ColumnElement[bool]:
        keys = self.table.primary_key.columns
        return and_(*(key == values.get(key.name, self.honest[key.name]) for key in keys))


@frozen
class MemoryForger(Thief):
    """Writes into the dictionaries."""

    ledger: InMemoryLedger

    def spoils(self, key: IntentId) -> Iterator[str]:
        honest = self.ledger.rows[key]
        for what, row in _others(honest, next(row for each, row in self.ledger.rows.items() if each != key)):
            self.ledger.rows[key] = row
            yield what
        self.ledger.rows[key] = honest

    def spoils_standing(self, standing: Standing) -> Iterator[str]:
        key = standing.scope, standing.action
        honest = self.ledger.standing_rows[key]
        other = next(row for each, row in self.ledger.standing_rows.items() if each != key)
        for row in (evolve(honest, body=flipped(honest.body, 40)), evolve(honest, seal=honest.seal[::-1]), other):
            self.ledger.standing_rows[key] = row
            yield f"the row became {row}"
        self.ledger.standing_rows[key] = honest

    def rewrite(self, stream: str, records: Sequence[Record]) -> None:
        self.ledger.streams_kept[stream] = tuple(records)

    def copied(self, kept: Kept) -> Callable[[], None]:
        if isinstance(kept, IntentId):
            row = self.ledger.rows[kept]
            return lambda: self.ledger.rows.update({kept: row})
        place = kept.scope, kept.action
        standing = self.ledger.standing_rows[place]
        return lambda: self.ledger.standing_rows.update({place: standing})

    def removed(self, kept: Kept) -> None:
        if isinstance(kept, IntentId):
            del self.ledger.rows[kept]
        else:
            del self.ledger.standing_rows[kept.scope, kept.action]

    def exchanged(self, one: IntentId, other: IntentId) -> None:
        rows = self.ledger.rows  # no transaction replaces them meanwhile
        first, second = rows[one], rows[other]
        rows[one], rows[other] = evolve(first, number=second.number), evolve(second, number=first.number)


def _others(honest: Row, other: Row) -> Iterator[tuple[str, Row]]:
    """Give what else a row of the ledger in memory could be, and what was changed about it."""
    for place in range(0, len(honest.body), 97):
        yield f"byte {place} of the body was changed", evolve(honest, body=flipped(honest.body, place))
    yield "the seal was changed", evolve(honest, seal=honest.seal[::-1])
    yield "the place was changed", evolve(honest, place=honest.place[::-1])
    yield "the key became another's", evolve(honest, key=other.key)
    yield "the content became another's", evolve(honest, unsettled=other.unsettled)
    yield "the number became another's", evolve(honest, number=other.number)
    yield "it became due when another is", evolve(honest, due_at=other.due_at)
    yield "it came to rest", evolve(honest, unsettled=None)
    yield "another's body came with its seal", evolve(honest, body=other.body, seal=other.seal)
    yield "another's row was put in its place", other


def flipped(value: bytes, place: int) -> bytes:
    """Change one bit."""
    return value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]


def _where(kept: Kept) -> tuple[Table, ColumnElement[bool]]:
    return (INTENTS, INTENTS.c.id == kept.text) if isinstance(kept, IntentId) else (STANDINGS, _place(kept))


def _place(standing: Standing) -> ColumnElement[bool]:
    columns, scope = STANDINGS.c, standing.scope
    where = columns.system == scope.system, columns.company == scope.company, columns.action == standing.action
    return and_(*where)
