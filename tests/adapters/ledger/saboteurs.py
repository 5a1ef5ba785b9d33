"""Ledgers in memory that break one law each, as a careless one would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from threading import Barrier

from attrs import evolve

from adapters.memory.ledger import InMemoryLedger, Row
from contracts.stored import read
from domain.audit import GENESIS, Entry, Record, sealed
from domain.canonical import Digest
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from ports.ledger import IntentQuery, Transaction
from tests.adapters.ledger.site import KEY

_KEY = KEY.encode()


class Meddled(Transaction):
    """An honest transaction, but for what a subclass does instead."""

    def __init__(self, ledger: InMemoryLedger, honest: Transaction) -> None:
        self.ledger = ledger
        self.honest = honest

    def intent(self, key: IntentId) -> Intent:
        return self.honest.intent(key)

    def latest(self, intention: Digest) -> Intent | None:
        return self.honest.latest(intention)

    def unsettled(self, content: Digest) -> IntentId | None:
        return self.honest.unsettled(content)

    def saga(self, key: SagaId) -> Sequence[Intent]:
        return self.honest.saga(key)

    def add(self, intent: Intent) -> None:
        self.honest.add(intent)

    def save(self, intent: Intent, *, fence: int) -> None:
        self.honest.save(intent, fence=fence)

    def set_aside(self, key: IntentId) -> None:
        self.honest.set_aside(key)

    def append(self, entry: Entry) -> None:
        self.honest.append(entry)


def meddling(meddled: Callable[[InMemoryLedger, Transaction], Transaction]) -> Callable[[], InMemoryLedger]:
    """Give a maker of ledgers whose transactions are *meddled* with."""

    class Meddling(InMemoryLedger):
        @contextmanager
        def transaction(self) -> Iterator[Transaction]:
            with super().transaction() as honest:
                yield meddled(self, honest)

    return lambda: Meddling(key=_KEY)


class KeepsWhatRaised(InMemoryLedger):
    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        failed = None
        with super().transaction() as honest:
            try:
                yield honest
            except Exception as error:  # noqa: BLE001  # whatever it was, this ledger commits
                failed = error
        if failed is not None:
            raise failed


class LetsTwoIn(Meddled):
    """Lets go of the lock when it has read, so that two who have read the same both write."""

    def __init__(self, ledger: InMemoryLedger, honest: Transaction, readers: Iterator[int], meeting: Barrier) -> None:
        super().__init__(ledger, honest)
        self._readers = readers
        self._meeting = meeting

    def _meet(self) -> None:
        if next(self._readers) < 2:
            self.ledger._lock.release()
            self._meeting.wait()
            self.ledger._lock.acquire()

    def intent(self, key: IntentId) -> Intent:
        intent = super().intent(key)
        self._meet()
        return intent

    def latest(self, intention: Digest) -> Intent | None:
        found = super().latest(intention)
        self._meet()
        return found


def letting_two_in() -> InMemoryLedger:
    """Make a ledger whose first two readers write what they have both read."""
    readers, meeting = count(), Barrier(2)
    return meddling(lambda ledger, honest: LetsTwoIn(ledger, honest, readers, meeting))()


class ReadsWhatStoodBefore(Meddled):
    def __init__(self, ledger: InMemoryLedger, honest: Transaction) -> None:
        super().__init__(ledger, honest)
        self.seen: dict[Digest, Intent] = {}

    def add(self, intent: Intent) -> None:
        self.seen[intent.key.intention] = intent
        super().add(intent)

    def latest(self, intention: Digest) -> Intent | None:
        return self.seen.get(intention) or super().latest(intention)


class OverwritesIds(Meddled):
    def add(self, intent: Intent) -> None:
        self.ledger.rows[intent.id] = self.ledger.closed(intent)


class LooksAtIdsAlone(Meddled):
    def add(self, intent: Intent) -> None:
        if intent.id in self.ledger.rows:
            super().add(intent)
        self.ledger.rows[intent.id] = self.ledger.closed(intent)


class KnowsNoFence(Meddled):
    def save(self, intent: Intent, *, fence: int) -> None:
        self.honest.intent(intent.id)
        self.ledger.rows[intent.id] = self.ledger.closed(intent)


class FindsSomebody(Meddled):
    def intent(self, key: IntentId) -> Intent:
        return self.honest.intent(key) if key in self.ledger.rows else read(Intent, _some_row(self.ledger).body)

    def save(self, intent: Intent, *, fence: int) -> None:
        if intent.id in self.ledger.rows:
            super().save(intent, fence=fence)


class TellsTheFirstRound(Meddled):
    def latest(self, intention: Digest) -> Intent | None:
        rounds = [row for row in self.ledger.rows.values() if row.key.intention == intention]
        return self.ledger.opened(min(rounds, key=lambda row: row.key.round)) if rounds else None


class NeverSettles(Meddled):
    def unsettled(self, content: Digest) -> IntentId | None:
        return next((key for key, row in self.ledger.rows.items() if row.content == content), None)


class TurnsSagasRound(Meddled):
    def saga(self, key: SagaId) -> Sequence[Intent]:
        return list(reversed(super().saga(key)))


class ForgetsWhenItIsDue(Meddled):
    def save(self, intent: Intent, *, fence: int) -> None:
        due_at = self.ledger.rows[intent.id].due_at
        super().save(intent, fence=fence)
        self.ledger.rows[intent.id] = evolve(self.ledger.rows[intent.id], due_at=due_at)


class SetsNothingAside(Meddled):
    def set_aside(self, key: IntentId) -> None:
        """Do nothing."""


class BeginsEachChainAnew(Meddled):
    def append(self, entry: Entry) -> None:
        kept = self.ledger.streams_kept.get(entry.stream, ())
        record = sealed(entry, key=_KEY, number=len(kept) + 1, previous=GENESIS)
        self.ledger.streams_kept[entry.stream] = (*kept, record)


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
    def opened(self, row: Row) -> Intent:
        try:
            return read(Intent, row.body)
        except ValueError:
            return read(Intent, _some_row(self).body)


class StumblesOverAForgery(InMemoryLedger):
    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        for row in self.rows.values():
            self.opened(row)
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


def _some_row(ledger: InMemoryLedger) -> Row:
    return next(iter(ledger.rows.values()))
