"""The ledger in memory: it keeps bytes and seals as the durable ones do, and forgets them with the process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import RLock

from attrs import evolve

from adapters.memory.rows import Row, Seals, StandingRow
from domain.audit import GENESIS, Entry, Record, sealed
from domain.canonical import Digest
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from domain.rollout import Standing
from domain.scope import Scope
from ports.errors import NotFound, Superseded
from ports.ledger import IntentQuery, Known, Ledger, Transaction, View


class InMemoryLedger(Ledger):
    """Keeps what it is told until the process ends; threads may share it. *key* seals rows and records."""

    def __init__(self, *, key: bytes) -> None:
        self._key = key
        self._lock = RLock()
        self.seals = Seals(key)
        self.rows: dict[IntentId, Row] = {}
        self.standing_rows: dict[tuple[Scope, str], StandingRow] = {}
        self.streams_kept: dict[str, tuple[Record, ...]] = {}

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._lock:
            before = dict(self.rows), dict(self.standing_rows), dict(self.streams_kept)
            try:
                yield _InMemoryTransaction(self)
            except BaseException:  # whatever it is, a crash in a test too: nothing of the block may stand
                self.rows, self.standing_rows, self.streams_kept = before
                raise

    @contextmanager
    def view(self) -> Iterator[View]:
        with self._lock:
            yield _InMemoryTransaction(self)

    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        waiting = [
            (row.due_at, key)
            for key, row in self.rows.items()
            if row.due_at is not None and row.due_at <= now and (row.held_until is None or row.held_until <= now)
        ]
        return [key for _, key in sorted(waiting)[:limit]]

    def next_due(self) -> datetime | None:
        times = [
            row.due_at if row.held_until is None else max(row.due_at, row.held_until)
            for row in self.rows.values()
            if row.due_at is not None
        ]
        return min(times, default=None)

    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        asked = [
            (key, row)
            for key, row in self.rows.items()
            if query.state in (None, row.state)
            and query.saga in (None, row.saga)
            and query.system in (None, row.system)
        ]
        return map(self._opened, sorted(asked, key=lambda item: item[1].number))

    def standings(self) -> Iterator[Standing]:
        return map(self._standing, sorted(self.standing_rows))

    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        return iter(self.streams_kept.get(stream, ())[after:])

    def streams(self) -> Sequence[str]:
        return sorted(self.streams_kept)

    def opened(self, key: IntentId) -> Intent:
        """Read the row under *key*, if it is what was written there."""
        return self.seals.opened(key, self.rows[key])

    def closed(self, intent: Intent) -> Row:
        """Make the row of *intent*: in the place of the one that stands there, or after all others."""
        standing = self.rows.get(intent.id)
        last = max((row.number for row in self.rows.values()), default=0)
        return self.seals.closed(intent, last + 1 if standing is None else standing.number)

    def _opened(self, item: tuple[IntentId, Row]) -> Intent:
        return self.opened(item[0])

    def _standing(self, key: tuple[Scope, str]) -> Standing:
        return self.seals.opened_standing(key, self.standing_rows[key])

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
        if key not in self._ledger.rows:
            raise NotFound(f"there is no intent {key}")
        return self._ledger.opened(key)

    def known(self, intention: Digest, content: Digest) -> Known:
        rows = self._ledger.rows
        rounds = [key for key, row in rows.items() if row.key.intention == intention]
        last = max(rounds, key=lambda key: rows[key].key.round, default=None)
        twins = (key for key, row in rows.items() if row.unsettled == content)
        return Known(None if last is None else self._ledger.opened(last), next(twins, None))

    def saga(self, key: SagaId) -> Sequence[Intent]:
        return list(self._ledger.intents(IntentQuery(saga=key)))

    def standing(self, action: str, scope: Scope) -> Standing | None:
        key = scope, action
        row = self._ledger.standing_rows.get(key)
        return None if row is None else self._ledger.seals.opened_standing(key, row)

    def add(self, intent: Intent) -> None:
        if intent.id in self._ledger.rows or any(row.key == intent.key for row in self._ledger.rows.values()):
            raise Superseded(f"intent {intent.id} is in the ledger already, under its id or its key")
        self._ledger.rows[intent.id] = self._ledger.closed(intent)

    def save(self, intent: Intent, *, fence: int) -> None:
        if self.intent(intent.id).fence != fence:
            raise Superseded(f"somebody else has taken intent {intent.id}")
        self._ledger.rows[intent.id] = self._ledger.closed(intent)

    def set_aside(self, key: IntentId) -> None:
        if key in self._ledger.rows:
            self._ledger.rows[key] = evolve(self._ledger.rows[key], due_at=None)

    def stand(self, standing: Standing) -> None:
        self._ledger.standing_rows[standing.scope, standing.action] = self._ledger.seals.closed_standing(standing)

    def append(self, entry: Entry) -> None:
        kept = self._ledger.streams_kept
        kept[entry.stream] = (*kept.get(entry.stream, ()), self._ledger.sealed(entry))
