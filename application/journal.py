"""Keeping a move: the intent, its audit record, and what follows for its saga or the rollout, in one transaction."""

from __future__ import annotations

from attrs import evolve, frozen

from application.rollout.harm import after_harm
from application.undoing import undoing
from domain.approvals import NotAllowed
from domain.audit import Entry
from domain.identifiers import Identifier
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from domain.lifecycle import Event
from domain.sagas import to_stop, to_undo
from ports.clock import Clock
from ports.ledger import Ledger, Transaction
from ports.wakeups import WakeUps

LEDGER = "ledger"
"""The audit stream of what concerns the ledger itself."""
_HARM = Event.DIFFERS.value
SAGA = "the saga"
"""Who acts when a saga follows from what was declared before it began."""


@frozen(kw_only=True)
class Journal:
    """Writes down what happens, so that no move is without its record; *policy* is the version that is in force."""

    ledger: Ledger
    clock: Clock
    wakeups: WakeUps
    policy: str

    def keep(self, intent: Intent, *, by: str, what: str, details: object = None) -> Intent:
        """Keep one move in a transaction of its own.

        Raises:
            Superseded: the intent has moved since it was read; nothing was kept.
        """
        if intent.saga is not None or what == _HARM:  # what follows from it belongs into the same transaction
            with self.ledger.transaction() as transaction:
                kept = self.keep_in(transaction, intent, by=by, what=what, details=details)
        else:
            kept = _next(intent)
            self.ledger.keep(kept, self._entry(kept, by=by, what=what, details=details), fence=intent.fence)
        self.announce(kept)
        return kept

    def take_in(self, intent: Intent, *, by: str, what: str) -> None:
        """Take in a new intent of no saga, with the proposal in its record, in a transaction of its own.

        Raises:
            Superseded: somebody was quicker; nothing was kept.
        """
        self.ledger.take_in(intent, self._entry(intent, by=by, what=what, details=intent.proposal))
        self.announce(intent)

    def keep_in(
        self, transaction: Transaction, intent: Intent, *, by: str, what: str, details: object = None
    ) -> Intent:
        """Keep one move in a *transaction* that holds more; harm that comes to light takes the action back."""
        kept = _saved(transaction, intent)
        self.note(transaction, kept, by=by, what=what, details=details)
        if what == _HARM:
            because = f"what stands there after intent {kept.id} is not what was asked for"
            action, scope = kept.proposal.command.terms.action, kept.proposal.scope
            after_harm(transaction, action, scope, now=self.clock.now(), because=because, policy=self.policy)
        if kept.saga is not None and kept.state.is_final:
            self._follow(transaction, kept, kept.saga)
        return kept

    def release(self, intent: Intent) -> Intent:
        """Keep who holds an intent, and when it is due: nothing happened that a record could tell.

        Raises:
            Superseded: the intent has moved since it was read; nothing was kept.
        """
        with self.ledger.transaction() as transaction:
            kept = _saved(transaction, intent)
        self.announce(kept)
        return kept

    def _follow(self, transaction: Transaction, ended: Intent, saga: SagaId) -> None:
        """Stop and take back what a saga's step that came to nothing leaves behind."""
        for step in to_stop(transaction.saga(saga)):
            moved = step.moved(Event.STOPPED, f"step {ended.step} came to nothing")
            stopped = _saved(transaction, evolve(moved, due_at=None))
            self.note(transaction, stopped, by=SAGA, what=Event.STOPPED.value)
        if (done := to_undo(transaction.saga(saga))) is not None:
            undo = undoing(done, now=self.clock.now())
            transaction.add(undo)
            self.note(transaction, undo, by=SAGA, what="undo", details=undo.proposal)

    def note(self, transaction: Transaction, intent: Intent, *, by: str, what: str, details: object = None) -> None:
        """Add the audit record of what happened to *intent*, which stands in the transaction already."""
        transaction.append(self._entry(intent, by=by, what=what, details=details))

    def _entry(self, intent: Intent, *, by: str, what: str, details: object) -> Entry:
        return self.entry(
            intent.stream, intent.id, by, what, intent.note, details=(intent.state, details), fence=intent.fence
        )

    def entry(
        self,
        stream: str,
        subject: Identifier | None,
        by: str,
        what: str,
        because: str,
        *,
        details: object = None,
        fence: int | None = None,
    ) -> Entry:
        """Make the record of what happens now."""
        return Entry(
            stream=stream,
            subject=subject,
            at=self.clock.now(),
            by=by,
            what=what,
            because=because,
            details=details,
            fence=fence,
            policy=self.policy,
        )

    def refuse(self, because: str, *, stream: str, subject: Identifier | None, by: str) -> NotAllowed:
        """Put an attempt on record that was not allowed, and give the error to raise."""
        with self.ledger.transaction() as transaction:
            transaction.append(self.entry(stream, subject, by, "not allowed", because))
        return NotAllowed(because)

    def set_aside(self, intent: IntentId, because: str) -> None:
        """Put on record that the row of *intent* cannot be trusted, and let nobody come back to it."""
        with self.ledger.transaction() as transaction:
            transaction.set_aside(intent)
            transaction.append(self.entry(LEDGER, intent, LEDGER, "set aside", because))

    def announce(self, intent: Intent) -> None:
        """Have somebody look at *intent* when it is due."""
        if intent.due_at is not None:
            self.wakeups.wake(intent.id, intent.due_at)


def _saved(transaction: Transaction, intent: Intent) -> Intent:
    kept = _next(intent)
    transaction.save(kept, fence=intent.fence)
    return kept


def _next(intent: Intent) -> Intent:
    """Give *intent* as what follows on the one that stands there."""
    return evolve(intent, fence=intent.fence + 1)
