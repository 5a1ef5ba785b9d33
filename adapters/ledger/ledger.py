"""The ledger in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Self

from sqlalchemy import ClauseElement

from adapters.ledger.anchors import Anchors
from adapters.ledger.at_once import KEEP, TAKE_IN, AtOnce
from adapters.ledger.book import Book
from adapters.ledger.rows import Row, Seals, Value, Values, instant, moment, record_in, recorded
from adapters.ledger.statements import DUE, FOLLOWING, NEXT_DUE, NEXT_STREAM, SEAL, STANDINGS_ALL, matching
from adapters.ledger.transaction import SqlTransaction, SqlView
from domain.audit import Anchor, Entry, Record, sealed
from domain.errors import InvalidValue
from domain.intents import Intent
from domain.keys import IntentId
from domain.rollout import Standing
from ports.errors import Misconfigured, OutcomeUnknown, Unavailable
from ports.ledger import IntentQuery, Ledger, View

_BEFORE_ALL = -(2**63)
"""Where reading begins: rows that have no right to be there must be seen as well."""
_PAGE = 200
"""Rows that are read at once; between two pages nothing is held."""


class SqlLedger(Ledger):
    """Keeps intents and records in a *book*; threads and processes may share it.

    *seals* holds the key, which must never stand in the database: who has both can write there whatever he likes.
    *anchors* are added to after each commit; without them nobody can tell whether the end of a stream was cut off.

    It remembers the last intent and the ends of the streams as it has left them. As long as nobody else has written
    since, one intent and its record are written without looking; the database says if they cannot be, and then they are
    written in a transaction, as everything else is.
    """

    def __init__(self, book: Book, *, seals: Seals, anchors: Anchors | None) -> None:
        self._book = book
        self._seals = seals
        self._anchors = anchors
        self._ends: dict[str, Anchor] = {}
        self._last: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        with self._book.writing() as desk:
            transaction = SqlTransaction(desk, self._seals)
            yield transaction
        if transaction.last is not None:
            self._last = transaction.last
        self._committed(transaction.appended)

    @contextmanager
    def view(self) -> Iterator[View]:
        with self._book.reading() as desk:
            yield SqlView(desk, self._seals)

    def take_in(self, intent: Intent, entry: Entry) -> None:
        if self._last is not None:
            number = self._last + 1
            says = bytes.fromhex(intent.proposal.content.text)
            if self._is_written(TAKE_IN, {**self._seals.added(intent, number), "content": says}, entry):
                self._last = number
                return
        super().take_in(intent, entry)

    def keep(self, intent: Intent, entry: Entry, *, fence: int) -> None:
        which: Values = {"key": intent.id.text, "seen": fence, "is_final": int(intent.state.is_final)}
        if not self._is_written(KEEP, {**which, **self._seals.saved(intent)}, entry):
            super().keep(intent, entry, fence=fence)

    def _is_written(self, what: AtOnce, row: Values, entry: Entry) -> bool:
        """Write *row* and the record of *entry* at once, if nobody is in the way."""
        if (end := self._ends.get(entry.stream)) is None:
            return False
        record = sealed(entry, key=self._seals.key, number=end.number + 1, previous=end.seal)
        told = {f"record_{name}": value for name, value in recorded(record).items()}
        try:
            is_written = self._book.write(what, {**row, **told})
        except OutcomeUnknown as lost:
            try:
                is_written = self._stands(record)
            except (Misconfigured, Unavailable):
                raise lost from None  # it is still not known
        if is_written:
            self._committed({record.stream: Anchor(stream=record.stream, number=record.number, seal=record.seal)})
        return is_written

    def _stands(self, record: Record) -> bool:
        with self._book.reading() as desk:
            row = desk.one(SEAL, {"stream": record.stream, "number": record.number})
        return row is not None and row[0] == bytes.fromhex(record.seal.text)

    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        with self._book.reading() as desk:
            rows = desk.all(DUE, {"now": instant(now), "limit": limit})
        found = []
        for (key,) in rows:
            with suppress(InvalidValue):  # whoever wrote such a key, nobody can ask for it; `intents` finds the row
                found.append(IntentId(str(key)))
        return found

    def next_due(self) -> datetime | None:
        with self._book.reading() as desk:
            (first,) = desk.one(NEXT_DUE, {}) or (None,)
        return moment(first)

    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        return map(self._seals.opened, self._all(matching(query), {}, after=_BEFORE_ALL))

    def standings(self) -> Iterator[Standing]:
        with self._book.reading() as desk:
            rows = desk.all(STANDINGS_ALL, {})
        return map(self._seals.standing, rows)

    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        rows = self._all(FOLLOWING, {"stream": stream}, after=after if after > 0 else _BEFORE_ALL)
        return map(partial(record_in, stream), rows)

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

    def _committed(self, ends: Mapping[str, Anchor]) -> None:
        """Keep the *ends* of the streams that a transaction has added to."""
        self._ends.update(ends)
        if self._anchors is not None:
            self._anchors.keep(ends.values())

    def _all(self, statement: ClauseElement, values: Mapping[str, Value], *, after: Value) -> Iterator[Row]:
        """Stream the rows that follow the one numbered *after*; the number is a row's first column."""
        while True:
            with self._book.reading() as desk:
                page = desk.all(statement, {**values, "after": after, "limit": _PAGE})
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1][0]
