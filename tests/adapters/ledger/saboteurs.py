"""Ledgers in memory that break one law each, as a careless one would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from threading import Barrier

from attrs import evolve

from adapters.memory.ledger import InMemoryLedger
from adapters.memory.rows import Row
from contracts.stored import read
from domain.audit import GENESIS, Entry, sealed
from domain.canonical import Digest
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from domain.rollout import Standing
from domain.scope import Scope
from ports.ledger import Known, Transaction
from tests.adapters.ledger.site import KEY

_KEY = KEY.encode()


class Meddled(Transaction):
    """An honest transaction, but for what a subclass does instead."""

    def __init__(self, ledger: InMemoryLedger, honest: Transaction) -> None:
        self.ledger = ledger
        self.honest = honest

    def intent(self, key: IntentId) -> Intent:
        return self.honest.intent(key)

    def known(self, intention: Digest, content: Digest) -> Known:
        return self.honest.known(intention, content)

    def standing(self, action: str, scope: Scope) -> Standing | None:
        return self.honest.standing(action, scope)

    def stand(self, standing: Standing) -> None:
        self.honest.stand(standing)

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

    def known(self, intention: Digest, content: Digest) -> Known:
        found = super().known(intention, content)
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

    def known(self, intention: Digest, content: Digest) -> Known:
        known = super().known(intention, content)
        return evolve(known, last=self.seen.get(intention) or known.last)


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
        return self.honest.intent(key) if key in self.ledger.rows else read(Intent, some_row(self.ledger).body)

    def save(self, intent: Intent, *, fence: int) -> None:
        if intent.id in self.ledger.rows:
            super().save(intent, fence=fence)


class TellsTheFirstRound(Meddled):
    def known(self, intention: Digest, content: Digest) -> Known:
        rows = self.ledger.rows
        rounds = [key for key, row in rows.items() if row.key.intention == intention]
        first = min(rounds, key=lambda key: rows[key].key.round, default=None)
        return evolve(super().known(intention, content), last=None if first is None else self.ledger.opened(first))


class NeverSettles(Meddled):
    def known(self, intention: Digest, content: Digest) -> Known:
        rows = self.ledger.rows
        twins = (key for key in rows if self.ledger.opened(key).proposal.content == content)
        return evolve(super().known(intention, content), twin=next(twins, None))


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


class KeepsTheFirstStanding(Meddled):
    def stand(self, standing: Standing) -> None:
        if self.standing(standing.action, standing.scope) is None:
            super().stand(standing)


class BeginsEachChainAnew(Meddled):
    def append(self, entry: Entry) -> None:
        kept = self.ledger.streams_kept.get(entry.stream, ())
        record = sealed(entry, key=_KEY, number=len(kept) + 1, previous=GENESIS)
        self.ledger.streams_kept[entry.stream] = (*kept, record)


def some_row(ledger: InMemoryLedger) -> Row:
    """Give any row that stands there."""
    return next(iter(ledger.rows.values()))
