"""Engines to test, each with somebody who advances what it wakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Condition, Thread

from attrs import define, evolve, field, frozen

from adapters.bell import Bell
from adapters.memory.ledger import InMemoryLedger
from application.work import Work
from contracts.laws.wakeups import WakeUpSubject
from domain.intents import Intent
from domain.keys import IntentId, Key
from ports.clock import Clock
from ports.wakeups import WakeUps
from tests.adapters.ledger.ledgers import some_intents

_IN_VAIN = 20.0
"""Seconds; nobody waits for them unless a law is broken."""


class WallClock(Clock):
    def now(self) -> datetime:
        return datetime.now(UTC)


@define
class Advancing:
    """Writes down what it is called for, and when."""

    times: dict[IntentId, datetime] = field(factory=dict)
    _told: Condition = field(factory=Condition)

    def __call__(self, key: IntentId) -> None:
        with self._told:
            self.times[key] = WallClock().now()
            self._told.notify_all()
        if key.text.startswith("bad"):
            raise KeyError(key)

    def at(self, key: IntentId) -> datetime | None:
        """Wait until it was called for *key*."""
        with self._told:
            self._told.wait_for(lambda: key in self.times, _IN_VAIN)
            return self.times.get(key)


@frozen
class LedgerAndBell(WakeUps):
    """What the path does: the intent is due in the ledger, and then the bell is rung."""

    ledger: InMemoryLedger
    bell: Bell
    intent: Intent
    rounds: Iterator[int] = field(factory=lambda: count(1))

    def wake(self, intent: IntentId, at: datetime) -> None:
        key = Key(self.intent.key.intention, next(self.rounds))
        with self.ledger.transaction() as transaction:
            self.ledger.rows.pop(intent, None)
            transaction.add(evolve(self.intent, id=intent, key=key, due_at=at))
        self.bell.wake(intent, at)


@contextmanager
def embedded() -> Iterator[WakeUpSubject]:
    """A worker in a thread, which rests on a bell."""
    advancing, clock = Advancing(), WallClock()
    ledger, bell = InMemoryLedger(key=b"only for tests"), Bell(WallClock())

    def sweep() -> Sequence[IntentId]:
        for key in ledger.due(clock.now(), 100):
            with ledger.transaction() as transaction:
                transaction.set_aside(key)
            advancing(key)
        return ()

    work = Work(
        sweep=sweep, ledger=ledger, clock=clock, rest=bell, tell=lambda _: None, shortest=timedelta(milliseconds=5)
    )
    worker = Thread(target=work)
    worker.start()

    def stop() -> None:
        bell.stop()
        worker.join()

    yield WakeUpSubject(
        engine=LedgerAndBell(ledger, bell, some_intents()[0]), now=clock.now, advanced=advancing.at, stop=stop
    )
    stop()


@contextmanager
def by_dbos(url: str) -> Iterator[WakeUpSubject]:
    """DBOS over a database of its own."""
    from adapters.dbos.wakeups import DbosWakeUps

    advancing, clock = Advancing(), WallClock()
    engines = [DbosWakeUps(url, worker="worker 1", clock=clock, advance=advancing)]

    def again() -> WakeUps:
        engines.append(DbosWakeUps(url, worker="worker 2", clock=clock, advance=advancing))
        return engines[-1]

    yield WakeUpSubject(engine=engines[0], now=clock.now, advanced=advancing.at, stop=engines[0].close, again=again)
    engines[-1].close()
