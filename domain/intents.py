"""Intents: one command on its way to an ERP, with everything that was decided about it."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from attrs import evolve, field, frozen, validators

from domain.approvals import Approval, counting
from domain.canonical import Digest, digest, text_of
from domain.classification import ActionClass
from domain.commands.command import Command, LocatedBy, NoUndo, a_command
from domain.dates import instant
from domain.images import Observation
from domain.keys import IntentId, Key, SagaId, content
from domain.lifecycle import Event, State, after
from domain.outcomes import Accepted, Done, Reference
from domain.principals import Requester
from domain.scope import Scope
from domain.stages import Stage
from domain.text import words


@frozen(kw_only=True)
class Proposal:
    """What somebody approves: the command, what it is based on, and how careful the policy is with it.

    *rationale* is why the requester wants it, in the requester's words: data for a person, and never an instruction.
    *undo* was declared before anything runs.
    """

    command: Command = field(validator=a_command)
    scope: Scope = field(validator=validators.instance_of(Scope))
    requester: Requester = field(validator=validators.instance_of(Requester))
    occasion: str = field(validator=words)
    rationale: str
    seen: Observation = field(validator=validators.instance_of(Observation))
    undo: Command | NoUndo = field(validator=validators.or_(validators.instance_of(NoUndo), a_command))
    action_class: ActionClass = field(validator=validators.instance_of(ActionClass))
    because: tuple[str, ...]
    policy: str = field(validator=words)

    @cached_property
    def canonical_text(self) -> str:
        """Its canonical form, which every row and record of the intent holds."""
        return text_of(self)

    @cached_property
    def digest(self) -> Digest:
        """What an approval is bound to: everything above."""
        return digest(self)

    @cached_property
    def content(self) -> Digest:
        """What the command says, wherever it came from."""
        return content(self.command, self.scope)


@frozen(kw_only=True)
class Lease:
    """Who works on an intent, and until when nobody else may."""

    owner: str = field(validator=words)
    until: datetime = field(validator=instant)


@frozen(kw_only=True)
class Intent:
    """One command on its way, in one state of the machine.

    *fence* grows with every move: what is based on an earlier one is too late. *due_at* is when somebody should look at
    it again, ``None`` if only a person can move it. *sent_at* is the last call of *sendings*, *losses* are those
    without an answer, *answer* what the ERP said. *needs* are
    the intents of the same saga that must be done before, *step* its own name there. *note* says why it is where it is.
    """

    id: IntentId = field(validator=validators.instance_of(IntentId))
    key: Key = field(validator=validators.instance_of(Key))
    proposal: Proposal = field(validator=validators.instance_of(Proposal))
    state: State = field(validator=validators.instance_of(State))
    note: str
    submitted_at: datetime = field(validator=instant)
    decide_by: datetime = field(validator=instant)
    due_at: datetime | None = field(default=None, validator=validators.optional(instant))
    approvals: tuple[Approval, ...] = ()
    sendings: int = 0
    losses: int = 0
    sent_at: datetime | None = field(default=None, validator=validators.optional(instant))
    answer: Done | Accepted | None = None
    lease: Lease | None = None
    fence: int = 0
    saga: SagaId | None = None
    step: str | None = None
    needs: tuple[IntentId, ...] = ()
    undoes: IntentId | None = None

    @property
    def reference(self) -> Reference:
        """The mark by which the write is found in the ERP."""
        return self.key.reference

    @property
    def stream(self) -> str:
        """The audit stream that it is recorded in."""
        return self.proposal.scope.system

    def moved(self, event: Event, note: str) -> Intent:
        """Give the intent after *event*, and why.

        Where it would be said too lightly that nothing was written, an operator is asked instead: what is located by
        its effect alone may have been written otherwise than asked; and an undo that fails leaves its saga half done.

        Raises:
            LifecycleViolation: the machine knows no such move.
        """
        state = after(self.state, event)
        blind = self.losses > 0 and self.proposal.command.terms.located_by is LocatedBy.EFFECT
        sendable = self.state in (State.READY, State.SENT)
        if blind and sendable and state.wrote_nothing and event is not Event.SAID_NO:
            return self.moved(Event.UNSETTLED, f"an earlier answer was lost, and {note}")
        if self.takes_back and state.wrote_nothing and event is not Event.SETTLED_NOT_DONE:
            return self.moved(Event.UNSETTLED, f"its saga is half done: {note}")
        return evolve(self, state=state, note=note, losses=self.losses + (event is Event.LOST))

    def is_held(self, now: datetime) -> bool:
        """Somebody works on it."""
        return self.lease is not None and now < self.lease.until

    @property
    def takes_back(self) -> bool:
        """It undoes a step of its saga, as was declared and approved before the saga began."""
        return self.saga is not None and self.undoes is not None

    def is_approved(self, now: datetime, *, stage: Stage) -> bool:
        """As many different people as its class needs, in this *stage*, have approved it, and it still counts."""
        proposal = self.proposal
        needed = stage.careful(proposal.action_class).approvers
        if needed == 0:
            return True
        return len(counting(self.approvals, proposal=proposal.digest, requester=proposal.requester, now=now)) >= needed
