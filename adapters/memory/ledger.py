"""The ledger in memory: it keeps bytes and seals as the durable ones do, and forgets them with the process."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import RLock

from attrs import evolve, frozen

from contracts.stored import read
from domain.audit import GENESIS, Entry, Record, sealed
from domain.canonical import Digest, canonical
from domain.errors import DomainError
from domain.intents import Intent
from domain.keys import IntentId, Key, SagaId
from domain.lifecycle import State
from ports.errors import NotFound, Superseded, Tampered
from ports.ledger import IntentQuery, Ledger, Transaction


@frozen
class Row:
    """One intent as it is kept: its canonical form with the seal over it, and what it is looked up by.

    Only what is sealed is believed; the rest finds it.
    """

    body: bytes
    seal: str
    key: Key
    content: Digest
    saga: SagaId | None
    system: str
    state: State
    due_at: datetime | None
    held_until: datetime | None


class InMemoryLedger(Ledger):
    """Keeps what it is told until the process ends; threads may share it. *key* seals rows and records."""

    def __init__(self, *, key: bytes) -> None:
        self._key = key
        self._lock = RLock()
        self.rows: dict[IntentId, Row] = {}
        self.streams_kept: dict[str, tuple[Record, ...]] = {}

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._lock:
            before = dict(self.rows), dict(self.streams_kept)
            try:
                yield _InMemoryTransaction(self)
            except BaseException:
                self.rows, self.streams_kept = before
                raise

    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        waiting = [
            (row.due_at, key)
            for key, row in self.rows.items()
            if row.due_at is not None and row.due_at <= now and (row.held_until is None or row.held_until <= now)
        ]
        return [key for _, key in sorted(waiting)[:limit]]

    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        for row in tuple(self.rows.values()):
            if (
                query.state in (None, row.state)
                and query.saga in (None, row.saga)
                and query.system in (None, row.system)
            ):
                yield self.opened(row)

    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        return iter(self.streams_kept.get(stream, ())[after:])

    def streams(self) -> Sequence[str]:
        return sorted(self.streams_kept)

    def opened(self, row: Row) -> Intent:
        """Read a row that is what was written."""
        if not hmac.compare_digest(row.seal, self._seal(row.body)):
            raise Tampered("an intent in the ledger is not what was written there; let nobody act on it, and look why")
        try:
            return read(Intent, row.body)
        except DomainError as error:
            raise Tampered(f"an intent in the ledger cannot be read: {error}") from error

    def closed(self, intent: Intent) -> Row:
        """Make the row of *intent*."""
        body = canonical(intent)
        return Row(
            body=body,
            seal=self._seal(body),
            key=intent.key,
            content=intent.proposal.content,
            saga=intent.saga,
            system=intent.proposal.scope.system,
            state=intent.state,
            due_at=intent.due_at,
            held_until=None if intent.lease is None else intent.lease.until,
        )

    def _seal(self, body: bytes) -> str:
        return hmac.new(self._key, body, hashlib.sha256).hexdigest()

    def sealed(self, entry: Entry) -> Record:
        """Make the next record of the entry's stream."""
        kept = self.streams_kept.get(entry.stream, ())
        previous = kept[-1].seal if kept else GENESIS
        return sealed(entry, key=self._key, number=len(kept) + 1, previous=previous)


class _InMemoryTransaction(Transaction):
    """Works on the ledger's own tables, which the ledger puts back if the block raises."""

    def __init__(self, ledger: InMemoryLedger) -> None:
        self._ledger = ledger

    def intent(self, key: IntentId) -> Intent:
        row = self._ledger.rows.get(key)
        if row is None:
            raise NotFound(f"there is no intent {key}")
        return self._ledger.opened(row)

    def latest(self, intention: Digest) -> Intent | None:
        rounds = [row for row in self._ledger.rows.values() if row.key.intention == intention]
        last = max(rounds, key=lambda row: row.key.round, default=None)
        return None if last is None else self._ledger.opened(last)

    def unsettled(self, content: Digest) -> IntentId | None:
        rows = self._ledger.rows.items()
        return next((key for key, row in rows if not row.state.is_final and row.content == content), None)

    def saga(self, key: SagaId) -> Sequence[Intent]:
        return [self._ledger.opened(row) for row in self._ledger.rows.values() if row.saga == key]

    def add(self, intent: Intent) -> None:
        if intent.id in self._ledger.rows or any(row.key == intent.key for row in self._ledger.rows.values()):
            raise Superseded(f"intent {intent.id} is in the ledger already, under its id or its key")
        self._ledger.rows[intent.id] = self._ledger.closed(intent)

    def save(self, intent: Intent, *, fence: int) -> None:
        if self.intent(intent.id).fence != fence:
            raise Superseded(f"somebody else has taken intent {intent.id}")
        self._ledger.rows[intent.id] = self._ledger.closed(intent)

    def set_aside(self, key: IntentId) -> None:
        self._ledger.rows[key] = evolve(self._ledger.rows[key], due_at=None)

    def append(self, entry: Entry) -> None:
        kept = self._ledger.streams_kept
        kept[entry.stream] = (*kept.get(entry.stream, ()), self._ledger.sealed(entry))
