"""The states of an intent and the moves between them: one machine, in one table.

An intent is at rest in the states that have no moves. Between `SENT` and rest, nobody may take for granted that nothing
was written: from there the way back to `READY` is open only to what was provably not sent, or provably not there.
"""

from __future__ import annotations

from enum import Enum

from domain.errors import LifecycleViolation


class State(Enum):
    """How far an intent has come."""

    AWAITING = "awaiting approval"
    READY = "ready"
    SENT = "sent"
    ACCEPTED = "accepted"
    IN_DOUBT = "in doubt"
    ANSWERED = "answered"
    OPERATOR = "operator"
    DONE = "done"
    REFUSED = "refused"
    LAPSED = "lapsed"
    HALTED = "halted"

    @property
    def is_final(self) -> bool:
        """Nothing can happen to the intent any more."""
        return not MOVES[self]

    @property
    def wrote_nothing(self) -> bool:
        """It ended, and nothing was written: the same may be asked for again."""
        return self in _WROTE_NOTHING

    @property
    def may_have_written(self) -> bool:
        """The ERP may hold what was asked for, and nobody may send it again without looking."""
        return self in _MAY_HAVE_WRITTEN


class Event(Enum):
    """What happens to an intent."""

    APPROVED = "approved"
    """The last approval that was needed came in."""
    REJECTED = "rejected"
    EXPIRED = "expired"
    """Nobody decided in time, or the approval was too old when its turn came."""
    CHANGED = "changed"
    """The target is not any more what the approver looked at."""
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    """The requester does not want it any more."""
    STOPPED = "stopped"
    """A rule of ours forbids it now: drift, a deny list, the stage of the rollout, a row that was tampered with."""
    CLAIMED = "claimed"
    """A worker took it and is about to call the ERP; this is durable before the call."""
    NOT_SENT = "not sent"
    """The ERP was provably not reached, or did nothing because somebody else holds the record."""
    LOST = "lost"
    """No answer came, or the worker was lost."""
    TOOK = "took"
    """The ERP took the command and decides later."""
    SAID_DONE = "said done"
    """The ERP said that it is done, or the reference was found there; not read back yet."""
    SAID_NO = "said no"
    """The ERP refused; nothing was written."""
    ABSENT = "absent"
    """The reference is not there, and the first call can no longer be running."""
    PROVEN = "proven"
    """What was read back is what was asked for."""
    DIFFERS = "differs"
    """What was read back is something else, or is there twice."""
    UNSETTLED = "unsettled"
    """Nobody can find out by machine, or not in time."""
    SETTLED_DONE = "settled: done"
    SETTLED_NOT_DONE = "settled: not done"


_S, _E = State, Event
MOVES: dict[State, dict[Event, State]] = {
    _S.AWAITING: {
        _E.APPROVED: _S.READY,
        _E.REJECTED: _S.REFUSED,
        _E.EXPIRED: _S.LAPSED,
        _E.CHANGED: _S.LAPSED,
        _E.WITHDRAWN: _S.HALTED,
        _E.STOPPED: _S.HALTED,
    },
    _S.READY: {
        _E.CLAIMED: _S.SENT,
        _E.REVOKED: _S.AWAITING,
        _E.EXPIRED: _S.LAPSED,
        _E.CHANGED: _S.LAPSED,
        _E.WITHDRAWN: _S.HALTED,
        _E.STOPPED: _S.HALTED,
        _E.UNSETTLED: _S.OPERATOR,
    },
    _S.SENT: {
        _E.NOT_SENT: _S.READY,
        _E.LOST: _S.IN_DOUBT,
        _E.TOOK: _S.ACCEPTED,
        _E.SAID_DONE: _S.ANSWERED,
        _E.PROVEN: _S.DONE,
        _E.DIFFERS: _S.OPERATOR,
        _E.SAID_NO: _S.REFUSED,
        _E.CHANGED: _S.LAPSED,
        _E.UNSETTLED: _S.OPERATOR,
    },
    _S.IN_DOUBT: {
        _E.ABSENT: _S.READY,
        _E.TOOK: _S.ACCEPTED,
        _E.SAID_DONE: _S.ANSWERED,
        _E.PROVEN: _S.DONE,
        _E.DIFFERS: _S.OPERATOR,
        _E.SAID_NO: _S.REFUSED,
        _E.UNSETTLED: _S.OPERATOR,
    },
    _S.ACCEPTED: {
        _E.SAID_DONE: _S.ANSWERED,
        _E.PROVEN: _S.DONE,
        _E.DIFFERS: _S.OPERATOR,
        _E.SAID_NO: _S.REFUSED,
        _E.UNSETTLED: _S.OPERATOR,
    },
    _S.ANSWERED: {_E.PROVEN: _S.DONE, _E.DIFFERS: _S.OPERATOR, _E.UNSETTLED: _S.OPERATOR},
    _S.OPERATOR: {_E.SETTLED_DONE: _S.DONE, _E.SETTLED_NOT_DONE: _S.HALTED},
    _S.DONE: {},
    _S.REFUSED: {},
    _S.LAPSED: {},
    _S.HALTED: {},
}
_WROTE_NOTHING = frozenset({_S.REFUSED, _S.LAPSED, _S.HALTED})
_MAY_HAVE_WRITTEN = frozenset({_S.SENT, _S.IN_DOUBT, _S.ACCEPTED, _S.ANSWERED, _S.OPERATOR, _S.DONE})

BEGINNINGS = (State.AWAITING, State.READY, State.SENT, State.REFUSED)
"""Where an intent begins: with its approvers, due, in the hands of the worker that submits it, or refused by policy."""


def after(state: State, event: Event) -> State:
    """Give the state that *event* leads to.

    Raises:
        LifecycleViolation: the machine knows no such move.
    """
    try:
        return MOVES[state][event]
    except KeyError:
        raise LifecycleViolation(f"what is {state.value} cannot be {event.value}") from None


def drawn() -> str:
    """Draw the machine as a Mermaid state diagram."""
    names = {state: state.name.lower() for state in State}
    lines = [f'    state "{state.value}" as {names[state]}' for state in State if state.value != names[state]]
    lines += [f"    [*] --> {names[state]}" for state in BEGINNINGS]
    for state, moves in MOVES.items():
        lines += [f"    {names[state]} --> {names[to]}: {event.value}" for event, to in moves.items()]
        if not moves:
            lines.append(f"    {names[state]} --> [*]")
    return "\n".join(["stateDiagram-v2", *lines]) + "\n"
