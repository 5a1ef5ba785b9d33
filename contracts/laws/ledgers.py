"""What the laws of the ledger are run on: an empty ledger, some intents, and somebody who forges rows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from attrs import evolve, field, frozen, validators

from domain.audit import Anchor, Entry, Record
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import State
from domain.rollout import Standing
from domain.scope import Scope
from domain.stages import Stage
from ports.ledger import IntentQuery, Ledger

STREAM = "audited"
EVERYTHING = IntentQuery()


class Forger(Protocol):
    """Writes into what the ledger keeps, past the ledger, without its key."""

    @abstractmethod
    def spoils(self, key: IntentId) -> Iterator[str]:
        """Change one thing about the row of an intent, say what, and put it back when asked for the next.

        Every column is changed in its turn, in some of its bytes at least.
        """

    @abstractmethod
    def spoils_standing(self, standing: Standing) -> Iterator[str]:
        """Do the same to the row of *standing*."""

    @abstractmethod
    def rewrite(self, stream: str, records: Sequence[Record]) -> None:
        """Let nothing but *records* stand in a stream, in the order of their numbers."""


@frozen(kw_only=True)
class LedgerSubject:
    """A ledger under test; make a fresh, empty one for every law.

    *intents* are ready, due at different times and held by nobody, with keys and contents of their own; *key* is what
    the ledger seals with.

    What is ``None`` skips the laws that need it: *again* opens the same ledger as another process would, *anchors*
    gives what is kept outside it.
    """

    ledger: Ledger
    key: bytes
    intents: tuple[Intent, ...] = field(validator=validators.min_len(3))
    forger: Forger
    again: Callable[[], Ledger] | None = None
    anchors: Callable[[], Mapping[str, Anchor]] | None = None

    @property
    def all_due(self) -> datetime:
        """The time at which all of them are due."""
        return max(intent.due_at for intent in self.intents if intent.due_at is not None)


def added(subject: LedgerSubject, intents: Iterable[Intent]) -> None:
    """Add intents, each in a transaction of its own."""
    for intent in intents:
        with subject.ledger.transaction() as transaction:
            transaction.add(intent)


def read(ledger: Ledger, key: IntentId) -> Intent:
    """Read one intent."""
    with ledger.transaction() as transaction:
        return transaction.intent(key)


def moved(intent: Intent, state: State) -> Intent:
    """Give the intent one move later, whatever led there."""
    return evolve(intent, state=state, fence=intent.fence + 1)


def entry(intent: Intent, what: str = "looked at") -> Entry:
    """Make an entry about an intent."""
    return Entry(stream=STREAM, subject=intent.id, at=intent.submitted_at, by="ana", what=what, because="")


def stood(subject: LedgerSubject, standings: Iterable[Standing]) -> None:
    """Let *standings* stand, each in a transaction of its own."""
    for standing in standings:
        with subject.ledger.transaction() as transaction:
            transaction.stand(standing)


def some_standings(subject: LedgerSubject) -> tuple[Standing, ...]:
    """Make standings about two actions in two companies, in the order in which they are streamed."""
    return tuple(
        Standing(
            action=action,
            scope=Scope("sap", company),
            stage=Stage.SUPERVISED,
            by="ana",
            because="it went well",
            since=subject.all_due,
        )
        for company in ("1000", "2000")
        for action in ("block supplier", "change price")
    )


def recorded(subject: LedgerSubject, times: int) -> None:
    """Append as many records, each in a transaction of its own."""
    for number in range(times):
        with subject.ledger.transaction() as transaction:
            transaction.append(entry(subject.intents[0], f"looked at for the {number}. time"))
