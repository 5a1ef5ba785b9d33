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
from domain.rollout import Standing
from domain.scope import Scope
from ports.errors import Superseded


@frozen(kw_only=True)
class IntentQuery:
    """Which intents; what is left out is not asked."""

    state: State | None = None
    saga: SagaId | None = None
    system: str | None = None


@frozen
class Known:
    """What stands already where an intent would go.

    *last* is the last round of its intention, ``None`` if that is new; *twin* an intent that says the same and is not
    at rest, ``None`` if there is none.
    """

    last: Intent | None
    twin: IntentId | None


class View(Protocol):
    """What can be looked up."""

    @abstractmethod
    def intent(self, key: IntentId) -> Intent:
        """Give one intent.

        Raises:
            NotFound: there is none.
            Tampered: the row is not what was written.
        """

    @abstractmethod
    def known(self, intention: Digest, content: Digest) -> Known:
        """Give what is known of an *intention*, and of other intents of the same *content*.

        Raises:
            Tampered: the row of the last round is not what was written.
        """

    @abstractmethod
    def saga(self, key: SagaId) -> Sequence[Intent]:
        """Give the intents of one saga, in the order in which they were added; empty if there is no such saga.

        Raises:
            Tampered: a row is not what was written.
        """

    @abstractmethod
    def standing(self, action: str, scope: Scope) -> Standing | None:
        """Give how far *action* has been let go in *scope*; ``None`` if nobody has decided about it.

        Raises:
            Tampered: the row is not what was written.
        """


class Transaction(View, Protocol):
    """What is read and written at once; everything is undone when the block raises.

    What it reads stays as it is until the transaction has ended: nobody else writes it meanwhile.
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
    def stand(self, standing: Standing) -> None:
        """Put *standing* in place of the older one about the same action and scope.

        Its audit record belongs into the same transaction, with the standing as its details, or as the first of them:
        a row that differs from the last such record is found by `VerifyAudit`.
        """

    @abstractmethod
    def append(self, entry: Entry) -> None:
        """Seal *entry* and add it to its stream."""


class Ledger(Protocol):
    """The book; every method may raise `Unavailable` and `Misconfigured`.

    Whatever writes may raise `OutcomeUnknown` as well: the database went away while it committed, and somebody must
    look whether it did. Whoever asks again is given what stands, and a fence lets nothing be written twice.
    """

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction; it is durable once the block has ended without an error.

        Two transactions that touch the same intent or stream come one after the other.
        """

    @abstractmethod
    def view(self) -> AbstractContextManager[View]:
        """Look without keeping anybody from writing: each answer is what was durable when it was given."""

    def take_in(self, intent: Intent, entry: Entry) -> None:
        """Take in a new intent with its record, in a transaction of its own.

        Raises:
            Superseded: its key or its id is taken, or another of the same content is not at rest; nothing was written.
        """
        with self.transaction() as transaction:
            if transaction.known(intent.key.intention, intent.proposal.content).twin is not None:
                raise Superseded(f"what intent {intent.id} says is under way already")
            transaction.add(intent)
            transaction.append(entry)

    def keep(self, intent: Intent, entry: Entry, *, fence: int) -> None:
        """Replace an intent and append the record of it, in a transaction of its own.

        Raises:
            NotFound: there is none to replace.
            Superseded: *fence* is not its fence any more: somebody else has taken it; nothing was written.
            Tampered: the row is not what was written.
        """
        with self.transaction() as transaction:
            transaction.save(intent, fence=fence)
            transaction.append(entry)

    @abstractmethod
    def due(self, now: datetime, limit: int) -> Sequence[IntentId]:
        """Give the intents that are due at *now* and that nobody holds, the longest due first."""

    @abstractmethod
    def next_due(self) -> datetime | None:
        """Give when the next intent is due that nobody holds then; ``None`` if nothing ever is."""

    @abstractmethod
    def intents(self, query: IntentQuery) -> Iterator[Intent]:
        """Stream the intents that match, in the order in which they were submitted.

        Raises:
            Tampered: a row is not what was written; asked on, the stream gives the next one.
        """

    @abstractmethod
    def standings(self) -> Iterator[Standing]:
        """Stream all standings, by system, company and action.

        Raises:
            Tampered: a row is not what was written; asked on, the stream gives the next one.
        """

    @abstractmethod
    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        """Stream the audit records of one *stream* that follow its *after*-th.

        Raises:
            Tampered: a row has not the form of a record; asked on, the stream gives the next one.
        """

    @abstractmethod
    def streams(self) -> Sequence[str]:
        """Give the names of the audit streams."""
