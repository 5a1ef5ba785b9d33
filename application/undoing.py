"""The intent that takes a finished one back, made from what was declared before that one began."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from application.resolving.made import bound, made_by
from domain.classification import ActionClass
from domain.commands.command import Command, Made, NoUndo, Target
from domain.errors import InvalidValue, LifecycleViolation
from domain.identifiers import Identifier
from domain.images import UNREAD, Image, NotRead, Observation
from domain.intents import Intent
from domain.keys import IntentId, Key, intention
from domain.lifecycle import State
from domain.outcomes import Done

ITSELF = "itself"
"""What a single intent calls the record that it makes, where a saga's step has a name."""


def declared(command: Command, was: Image, step: str | None) -> Command | NoUndo:
    """Give the undo of *command*, before it runs: what it will make is still a promise.

    What was not read, or breaks a rule of the model, cannot be put back; then there is none, whatever the class says.
    """
    made: Target[Identifier] | None = Made(step or ITSELF) if command.terms.creates is not None else None
    try:
        return command.undo(was, made)
    except (InvalidValue, NotRead) as error:
        return NoUndo(f"what stands there cannot be put back: {error}")


def undo_of(done: Intent) -> Command:
    """Give the command that takes *done* back.

    Raises:
        LifecycleViolation: it is not done, or nothing takes it back.
    """
    undo, answer = done.proposal.undo, done.answer
    if done.state is not State.DONE or not isinstance(answer, Done):
        raise LifecycleViolation(f"intent {done.id} is {done.state.value}; only what is done can be undone")
    if isinstance(undo, NoUndo):
        raise LifecycleViolation(f"nothing takes intent {done.id} back: {undo.because}")
    return bound(undo, {done.step or ITSELF: made_by(answer, done.proposal.scope, done.decide_by)})


def left_by(done: Intent, undo: Command) -> Observation:
    """Give what *done* left behind, as far as *undo* touches it: if it stands so no more, the undo would spoil more."""
    wrote = done.proposal.command.effect
    left = {path: wrote.value(path) for path, _ in undo.effect.fields if wrote.value(path) is not UNREAD}
    version = done.answer.version if isinstance(done.answer, Done) else None
    return Observation(version=version, before=Image.of(left), facts=())


def undoing(done: Intent, *, now: datetime) -> Intent:
    """Make the intent that takes a saga's step back; it was approved with the saga, and is due at once."""
    command, proposal = undo_of(done), done.proposal
    occasion = f"undo of intent {done.id}"
    return Intent(
        id=IntentId(f"{done.id}-undo"),
        key=Key(intention(command, proposal.scope, proposal.requester, occasion), 1),
        proposal=evolve(
            proposal,
            command=command,
            occasion=occasion,
            rationale="another step of its saga came to nothing",
            seen=left_by(done, command),
            undo=NoUndo("an undo is not undone"),
            action_class=ActionClass.LOW,
            because=("declared and approved before its saga began",),
        ),
        state=State.READY,
        note="its saga takes it back",
        submitted_at=now,
        decide_by=done.decide_by,
        due_at=now,
        saga=done.saga,
        step=f"undo {done.step}",
        undoes=done.id,
    )
