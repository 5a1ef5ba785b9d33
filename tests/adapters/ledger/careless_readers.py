"""Ledgers in memory that break one law each in what they give, or in what they write at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from attrs import evolve

from adapters.memory.ledger import InMemoryLedger
from contracts.stored import read
from domain.audit import GENESIS, Entry, Record, sealed
from domain.intents import Intent
from domain.keys import IntentId
from domain.rollout import Standing
from domain.scope import Scope
from ports.ledger import IntentQuery
from tests.adapters.ledger.saboteurs import some_row
from tests.adapters.ledger.site import KEY

_KEY = KEY.encode()
T = TypeVar("T")


class ForgetsTheQuery(InMemoryLedger):
    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        return super().intents(evolve(query, state=None))


class GivesTheLatestDueFirst(InMemoryLedger):
    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        return list(reversed(super().due(now, 10_000)))[:limit]


class IsInAHurry(InMemoryLedger):
    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        return super().due(now + timedelta(seconds=1), limit)


class FindsEverythingDue(InMemoryLedger):
    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        return [*super().due(now, limit), *(key for key, row in self.rows.items() if row.due_at is None)]


class KnowsNoLease(InMemoryLedger):
    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        held = dict(self.rows)
        self.rows = {key: evolve(row, held_until=None) for key, row in held.items()}
        found = super().due(now, limit)
        self.rows = held
        return found


class BelievesEverything(InMemoryLedger):
    def opened(self, key: IntentId) -> Intent:
        return _believed(Intent, self.rows[key].body, some_row(self).body)

    def _standing(self, key: tuple[Scope, str]) -> Standing:
        return _believed(Standing, self.standing_rows[key].body, next(iter(self.standing_rows.values())).body)


class StopsAtAForgery(InMemoryLedger):
    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        yield from super().intents(query)


class TakesTwinsIn(InMemoryLedger):
    def take_in(self, intent: Intent, entry: Entry) -> None:
        with self.transaction() as transaction:
            transaction.add(intent)
            transaction.append(entry)


class RecordsFirst(InMemoryLedger):
    def keep(self, intent: Intent, entry: Entry, *, fence: int) -> None:
        with self.transaction() as transaction:
            transaction.append(entry)
        with self.transaction() as transaction:
            transaction.save(intent, fence=fence)


class KeepsPastTheOthers(InMemoryLedger):
    """Appends to the end that it has seen when it was idle, whatever was appended since."""

    def keep(self, intent: Intent, entry: Entry, *, fence: int) -> None:
        self.kept: dict[str, tuple[Record, ...]] = getattr(self, "kept", {})
        with self.transaction() as transaction:
            transaction.save(intent, fence=fence)
            seen = self.kept.setdefault(entry.stream, self.streams_kept.get(entry.stream, ()))
            record = sealed(entry, key=_KEY, number=len(seen) + 1, previous=seen[-1].seal if seen else GENESIS)
            self.streams_kept[entry.stream] = (*self.streams_kept.get(entry.stream, ()), record)


class SleepsThroughLeases(InMemoryLedger):
    def next_due(self) -> datetime | None:
        return min((row.due_at for row in self.rows.values() if row.due_at is not None), default=None)


class StumblesOverAForgery(InMemoryLedger):
    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        for key in self.rows:
            self.opened(key)
        return super().due(now, limit)


class RepeatsTheLastRecord(InMemoryLedger):
    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        return super().records(stream, max(0, after - 1))


class SealsWhatItReads(InMemoryLedger):
    """Makes a chain of whatever stands there."""

    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        previous = GENESIS
        for number, record in enumerate(super().records(stream, after), start=1):
            entry = read(Entry, record.body)
            told = sealed(entry, key=_KEY, number=number, previous=previous)
            previous = told.seal
            yield told


def _believed(kind: type[T], body: bytes, else_body: bytes) -> T:
    try:
        return read(kind, body)
    except ValueError:
        return read(kind, else_body)
