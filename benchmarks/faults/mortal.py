"""The real ledger and the real execution, with a step of fate between any two of their doings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from attrs import frozen

from benchmarks.faults.fate import Fate
from domain.audit import Entry, Record
from domain.commands.command import Command
from domain.images import Image, Observation, Version
from domain.intents import Intent
from domain.keys import IntentId
from domain.outcomes import Accepted, Done, Reference
from domain.rollout import Standing
from ports.execution import Execution, Limits
from ports.ledger import IntentQuery, Ledger, Transaction, View


@frozen
class MortalLedger(Ledger):
    """A *ledger* whose process may die before, within, and after each transaction."""

    ledger: Ledger
    fate: Fate

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._durable(), self.ledger.transaction() as transaction:
            yield transaction
            self.fate.step("before a commit", locked=True)

    def take_in(self, intent: Intent, entry: Entry) -> None:
        with self._durable():
            self.ledger.take_in(intent, entry)

    def keep(self, intent: Intent, entry: Entry, *, fence: int) -> None:
        with self._durable():
            self.ledger.keep(intent, entry, fence=fence)

    @contextmanager
    def _durable(self) -> Iterator[None]:
        self.fate.step("before a transaction")
        yield
        self.fate.step("after a commit")

    def view(self) -> AbstractContextManager[View]:
        return self.ledger.view()

    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        return self.ledger.due(now, limit)

    def next_due(self) -> datetime | None:
        return self.ledger.next_due()

    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        return self.ledger.intents(query)

    def standings(self) -> Iterator[Standing]:
        return self.ledger.standings()

    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        return self.ledger.records(stream, after)

    def streams(self) -> Sequence[str]:
        return self.ledger.streams()


@frozen
class MortalExecution(Execution):
    """An *execution* whose process may die before and after each call; *called* goes round the one that writes."""

    execution: Execution
    fate: Fate
    called: Callable[[Callable[[], Done | Accepted]], Done | Accepted]

    @property
    def limits(self) -> Limits:
        return self.execution.limits

    def offers(self, command: type[Command]) -> bool:
        return self.execution.offers(command)

    def observe(self, command: Command) -> Observation:
        self.fate.step("before observing")
        seen = self.execution.observe(command)
        self.fate.step("after observing")
        return seen

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        self.fate.step("before the call", calling=True)
        answer = self.called(lambda: self.execution.perform(command, reference=reference, expected=expected))
        self.fate.step("after the call")
        return answer

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done | Accepted]:
        self.fate.step("before locating")
        found = self.execution.locate(command, reference=reference)
        self.fate.step("after locating")
        return found

    def read_back(self, command: Command, done: Done) -> Image:
        self.fate.step("before reading back")
        image = self.execution.read_back(command, done)
        self.fate.step("after reading back")
        return image

    def lacks(self) -> Sequence[str]:
        return self.execution.lacks()
