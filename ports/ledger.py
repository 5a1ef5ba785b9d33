"""The book in which every intent, decision and outcome stands before anything else happens.

One transaction holds all that belongs together: the intent's new state and its audit record. The audit stream is the
outbox as well: whoever passes events on reads it from where he stopped.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from attrs import frozen

from domain.audit import Entry, Record
from domain.canonical import Digest
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from domain.lifecycle import State


@frozen(kw_only=True)
class IntentQuery:
    """Which intents; what is left out is not asked."""

    state: State | None = None
    saga: SagaId | None = None
    system: str | None = None


class Transaction(Protocol):
    """What is read and written at once; everything is undone when the block raises.

    What it reads stays as it is until the transaction has ended: nobody else writes it meanwhile.
    """

    @abstractmethod
    def intent(self, key: IntentId) -> Intent:
        """Give one intent.

        Raises:
            NotFound: there is none.
            Tampered: the row is not what was written.
        """

    @abstractmethod
    def latest(self, intention: Digest) -> Intent | None:
        """Give the last round of an intention; ``None`` if it is new.

        Raises:
            Tampered: the row is not what was written.
        """

    @abstractmethod
    def unsettled(self, content: Digest) -> IntentId | None:
        """Give an intent of the same *content* that is not at rest; ``None`` if there is none."""

    @abstractmethod
    def saga(self, key: SagaId) -> Sequence[Intent]:
        """Give the intents of one saga, in the order in which they were added; empty if there is no such saga.

        Raises:
            Tampered: a row is not what was written.
        """

    @abstractmethod
    def add(self, intent: Intent) -> None:
        """Take in a new intent.

        Raises:
            Superseded: its key or its id is taken.
        """

    @abstractmethod
    def save(self, intent: Intent, *, fence: int) -> None:
        """Replace an intent, if *fence* is still the fence of the one that stands there.

        Raises:
            Superseded: somebody else has taken it since; nothing was written.
        """

    @abstractmethod
    def set_aside(self, key: IntentId) -> None:
        """Keep an intent from being due, whatever its row says: nobody can read it."""

    @abstractmethod
    def append(self, entry: Entry) -> None:
        """Seal *entry* and add it to its stream."""


class Ledger(Protocol):
    """The book; every method may raise `Unavailable` and `Misconfigured`."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction; it is durable once the block has ended without an error.

        Two transactions that touch the same intent or stream come one after the other.
        """

    @abstractmethod
    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        """Give the intents that are due at *now* and that nobody holds, the longest due first."""

    @abstractmethod
    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        """Stream the intents that match, in the order in which they were submitted.

        Raises:
            Tampered: a row is not what was written.
        """

    @abstractmethod
    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        """Stream the audit records of one *stream* that follow its *after*-th."""

    @abstractmethod
    def streams(self) -> Sequence[str]:
        """Give the names of the audit streams."""
