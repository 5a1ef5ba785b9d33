"""What waits for an operator: intents in doubt and sagas that are half done, with all that finishing them needs."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from application.reading import readable
from application.undoing import undo_of
from contracts.stored import read
from domain.audit import Entry
from domain.commands.command import Command, NoUndo
from domain.errors import LifecycleViolation
from domain.images import Change, changes
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from domain.lifecycle import State
from domain.sagas import SagaState, state
from ports.ledger import IntentQuery, Ledger

BY_HAND = "by hand"
"""The audit stream of the sagas that people finished by hand."""
FINISHED = "finished"
_ENDED = tuple(each for each in State if each.wrote_nothing)


@frozen(kw_only=True)
class Case:
    """One intent that no machine can close.

    *changes* are what it was to set, field by field; *undo* is what would take it back, if it turns out to be done. All
    else stands on the intent: its reference in the ERP, what the ERP answered, how often it was sent and lost, and why
    it waits.
    """

    intent: Intent
    changes: tuple[Change, ...]
    undo: Command | NoUndo


@frozen(kw_only=True)
class HalfDone:
    """A saga of which a part stands: what came *to_nothing*, and what *stands* with the command that takes it back."""

    saga: SagaId
    to_nothing: tuple[IntentId, ...]
    stands: tuple[Case, ...]


@frozen(kw_only=True)
class Queue:
    """What waits: *in_doubt* is still being looked for by machine, *asked* waits for an operator to settle it.

    *unreadable* tells of rows that are not what was written there.
    """

    in_doubt: tuple[Case, ...]
    asked: tuple[Case, ...]
    half_done: tuple[HalfDone, ...]
    unreadable: tuple[str, ...]


@frozen(kw_only=True)
class OperatorQueue:
    """Shows what waits for an operator, oldest first."""

    ledger: Ledger

    def __call__(self) -> Queue:
        """Give all that waits.

        Raises:
            Unavailable: the ledger was not reached.
        """
        told = list[str]()
        return Queue(
            in_doubt=tuple(map(_case, self._intents(IntentQuery(state=State.IN_DOUBT), told))),
            asked=tuple(map(_case, self._intents(IntentQuery(state=State.OPERATOR), told))),
            half_done=tuple(self._half_done(told)),
            unreadable=tuple(dict.fromkeys(told)),
        )

    def _intents(self, query: IntentQuery, told: list[str]) -> Iterator[Intent]:
        return readable(iter(self.ledger.intents(query)), told.append)

    def _half_done(self, told: list[str]) -> Iterator[HalfDone]:
        ended = [intent for each in _ENDED for intent in self._intents(IntentQuery(state=each), told)]
        finished = finished_by_hand(self.ledger)
        for saga in dict.fromkeys(intent.saga for intent in ended):
            if saga is None or saga in finished:
                continue
            members = list(self._intents(IntentQuery(saga=saga), told))
            if state(members) is SagaState.HALF_DONE:
                yield _half_done(saga, members)


def finished_by_hand(ledger: Ledger) -> frozenset[SagaId]:
    """Give the sagas that people have finished by hand."""
    entries = (read(Entry, record.body) for record in ledger.records(BY_HAND))
    return frozenset(entry.subject for entry in entries if isinstance(entry.subject, SagaId) and entry.what == FINISHED)


def _case(intent: Intent) -> Case:
    proposal = intent.proposal
    return Case(intent=intent, changes=changes(proposal.seen.before, proposal.command.effect), undo=_undo(intent))


def _undo(intent: Intent) -> Command | NoUndo:
    """Give what takes *intent* back, with the record that it made, if that is known."""
    try:
        return undo_of(intent)
    except LifecycleViolation:  # it is not done; what it makes is still a promise
        return intent.proposal.undo


def _half_done(saga: SagaId, members: list[Intent]) -> HalfDone:
    taken_back = {member.undoes for member in members if member.undoes is not None and member.state is State.DONE}
    steps = [member for member in members if member.undoes is None]
    return HalfDone(
        saga=saga,
        to_nothing=tuple(step.id for step in steps if step.state.wrote_nothing),
        stands=tuple(_case(step) for step in steps if step.state is State.DONE and step.id not in taken_back),
    )
