"""Sagas: several intents that belong together, and what follows when one of them comes to rest.

A saga has no state of its own that could contradict its members: it is read off them. Members stand in the order in
which they were added, and a member needs only earlier ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from domain.commands.command import Command, NoUndo
from domain.images import Version
from domain.intents import Intent
from domain.lifecycle import State
from domain.outcomes import Done
from domain.resolution import Resolved


class SagaState(Enum):
    """How far a saga has come."""

    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    """A step came to nothing, and those that were done are being taken back, the last one first."""
    UNDONE = "undone"
    NOT_DONE = "not done"
    """Nothing was written."""
    HALF_DONE = "half done"
    """What was done stands, in part, and cannot be taken back by machine: a person must finish it by hand."""


def state(members: Sequence[Intent]) -> SagaState:
    """Give the state of the saga of these *members*."""
    steps = _steps(members)
    if not _failed(steps):
        return SagaState.DONE if all(step.state is State.DONE for step in steps) else SagaState.RUNNING
    if not all(step.state.is_final for step in steps):
        return SagaState.UNDOING
    done = [step for step in steps if step.state is State.DONE]
    if not done:
        return SagaState.NOT_DONE
    ends = [_undo_of(step, members) for step in done]
    if all(undo is not None and undo.state is State.DONE for undo in ends):
        return SagaState.UNDONE
    return SagaState.HALF_DONE if to_undo(members) is None and not _undoing(members) else SagaState.UNDOING


def to_stop(members: Sequence[Intent]) -> tuple[Intent, ...]:
    """Give the steps that must not start any more, because another came to nothing."""
    steps = _steps(members)
    return tuple(step for step in steps if step.state in (State.AWAITING, State.READY)) if _failed(steps) else ()


def to_undo(members: Sequence[Intent]) -> Intent | None:
    """Give the step that is to be taken back next; ``None`` while others are under way, or if there is none."""
    steps = _steps(members)
    if not _failed(steps) or not all(step.state.is_final for step in steps):
        return None
    for step in reversed(steps):
        if step.state is not State.DONE or isinstance(step.proposal.undo, NoUndo):
            continue
        undo = _undo_of(step, members)
        if undo is None:
            return step
        if undo.state is not State.DONE:
            return None
    return None


def may_start(step: Intent, members: Sequence[Intent]) -> bool:
    """Say whether *step* may begin: everybody has decided about every step, and what it needs is done."""
    done = {member.id for member in members if member.state is State.DONE}
    return set(step.needs) <= done and not any(member.state is State.AWAITING for member in members)


def left_by(members: Sequence[Intent], command: Command) -> frozenset[Version]:
    """Give the versions in which the saga itself has left the records that *command* names."""
    named = {target.id for target in command.targets if isinstance(target, Resolved)}
    answers = [member.answer for member in members if member.state is State.DONE]
    return frozenset(
        answer.version
        for answer in answers
        if isinstance(answer, Done) and answer.version is not None and answer.record in named
    )


def _steps(members: Sequence[Intent]) -> list[Intent]:
    return [member for member in members if member.undoes is None]


def _failed(steps: Sequence[Intent]) -> bool:
    return any(step.state.wrote_nothing for step in steps)


def _undo_of(step: Intent, members: Sequence[Intent]) -> Intent | None:
    return next((member for member in members if member.undoes == step.id), None)


def _undoing(members: Sequence[Intent]) -> bool:
    undos = [member.state for member in members if member.undoes is not None]
    return any(not state.is_final and state is not State.OPERATOR for state in undos)
