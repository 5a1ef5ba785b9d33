"""The ledger in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import ClauseElement

from adapters.ledger.anchors import Anchors
from adapters.ledger.book import Book
from adapters.ledger.rows import Row, Seals, Value, instant, record_in
from adapters.ledger.statements import DUE, FOLLOWING, NEXT_STREAM, matching
from adapters.ledger.transaction import SqlTransaction
from domain.audit import Record
from domain.errors import InvalidValue
from domain.intents import Intent
from domain.keys import IntentId
from ports.ledger import IntentQuery, Ledger, Transaction

_BEFORE_ALL = -(2**63)
"""Where reading begins: rows that have no right to be there must be seen as well."""
_PAGE = 200
"""Rows that are read at once; between two pages nothing is held."""


class SqlLedger(Ledger):
    """Keeps intents and records in a *book*; threads and processes may share it.

    *seals* holds the key, which must never stand in the database: who has both can write there whatever he likes.
    *anchors* are added to after each commit; without them nobody can tell whether the end of a stream was cut off.
    """

    def __init__(self, book: Book, *, seals: Seals, anchors: Anchors | None) -> None:
        self._book = book
        self._seals = seals
        self._anchors = anchors

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._book.writing() as desk:
            transaction = SqlTransaction(desk, self._seals)
            yield transaction
        if self._anchors is not None:
            self._anchors.keep(transaction.appended.values())

    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        with self._book.reading() as desk:
            rows = desk.all(DUE, {"now": instant(now), "limit": limit})
        found = []
        for (key,) in rows:
            with suppress(InvalidValue):  # whoever wrote such a key, nobody can ask for it; `intents` finds the row
                found.append(IntentId(str(key)))
        return found

    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        for row in self._all(matching(query), {}, after=_BEFORE_ALL):
            yield self._seals.opened(row)

    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        for row in self._all(FOLLOWING, {"stream": stream}, after=after if after > 0 else _BEFORE_ALL):
            yield record_in(stream, row)

    def streams(self) -> Sequence[str]:
        names: list[str] = []
        with self._book.reading() as desk:
            while (row := desk.one(NEXT_STREAM, {"after": names[-1] if names else ""})) is not None:
                if row[0] is None:
                    break
                names.append(str(row[0]))
        return sorted(names)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._book.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _all(self, statement: ClauseElement, values: Mapping[str, Value], *, after: Value) -> Iterator[Row]:
        """Stream the rows that follow the one numbered *after*; the number is a row's first column."""
        while True:
            with self._book.reading() as desk:
                page = desk.all(statement, {**values, "after": after, "limit": _PAGE})
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1][0]
