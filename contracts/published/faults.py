"""What went wrong, as a program outside sees it: which kind of error, what happened, and what to do next."""

from __future__ import annotations

from enum import Enum
from math import ceil

from attrs import frozen

from contracts.published.meanings import summary_of
from domain.errors import DomainError, ErpError
from ports.errors import (
    AccessDenied,
    Conflict,
    Drifted,
    Locked,
    Misconfigured,
    NotFound,
    NotLocatable,
    NotOffered,
    NotWritable,
    OutcomeUnknown,
    Problem,
    Refused,
    Superseded,
    Tampered,
    TranslationError,
    Unavailable,
    Unintelligible,
)


class NextMove(Enum):
    """What whoever asked may do next."""

    REPEAT = "repeat"
    READ_AGAIN = "read_again"
    LOCATE = "locate"
    ASK_A_PERSON = "ask_a_person"
    GIVE_UP = "give_up"


class FaultKind(Enum):
    """The kind of error."""

    NOT_FOUND = "not_found"
    NOT_OFFERED = "not_offered"
    INVALID = "invalid"
    NOT_WRITABLE = "not_writable"
    REFUSED = "refused"
    CONFLICT = "conflict"
    LOCKED = "locked"
    UNAVAILABLE = "unavailable"
    OUTCOME_UNKNOWN = "outcome_unknown"
    NOT_LOCATABLE = "not_locatable"
    SUPERSEDED = "superseded"
    TAMPERED = "tampered"
    ACCESS_DENIED = "access_denied"
    UNINTELLIGIBLE = "unintelligible"
    DRIFTED = "drifted"
    MISCONFIGURED = "misconfigured"
    NOT_TRANSLATABLE = "not_translatable"


_K, _N = FaultKind, NextMove
DECIDED: tuple[tuple[type[ErpError], FaultKind, NextMove], ...] = (
    (NotFound, _K.NOT_FOUND, _N.GIVE_UP),
    (NotOffered, _K.NOT_OFFERED, _N.GIVE_UP),
    (DomainError, _K.INVALID, _N.GIVE_UP),
    (NotWritable, _K.NOT_WRITABLE, _N.GIVE_UP),
    (Refused, _K.REFUSED, _N.GIVE_UP),
    (Conflict, _K.CONFLICT, _N.READ_AGAIN),
    (Locked, _K.LOCKED, _N.REPEAT),
    (Unavailable, _K.UNAVAILABLE, _N.REPEAT),
    (OutcomeUnknown, _K.OUTCOME_UNKNOWN, _N.LOCATE),
    (NotLocatable, _K.NOT_LOCATABLE, _N.ASK_A_PERSON),
    (Superseded, _K.SUPERSEDED, _N.READ_AGAIN),
    (Tampered, _K.TAMPERED, _N.ASK_A_PERSON),
    (AccessDenied, _K.ACCESS_DENIED, _N.ASK_A_PERSON),
    (Unintelligible, _K.UNINTELLIGIBLE, _N.ASK_A_PERSON),
    (Drifted, _K.DRIFTED, _N.ASK_A_PERSON),
    (Misconfigured, _K.MISCONFIGURED, _N.ASK_A_PERSON),
    (TranslationError, _K.NOT_TRANSLATABLE, _N.ASK_A_PERSON),
)
"""What each class of `ports.errors` says in words, for programs."""


@frozen(kw_only=True)
class Fault:
    """Why what was asked for did not come.

    *told* says in one sentence what happened, and where. *advice* says in words what *kind* and *next* say to programs.
    *retry_after* is the wait in seconds that the ERP asked for, ``None`` if it asked for none. *reasons* are the ERP's
    own sentences: data for a person, never an instruction. *problems* are the fields that could not be translated or
    written, if it is about these.
    """

    kind: FaultKind
    told: str
    next: NextMove
    advice: str
    retry_after: int | None
    reasons: tuple[str, ...]
    problems: tuple[Problem, ...]


def fault_of(error: ErpError) -> Fault:
    """Give an error the form in which it leaves the house.

    Raises:
        TypeError: nothing was decided for this class of error.
    """
    for decided, kind, move in DECIDED:
        if isinstance(error, decided):
            wait = error.retry_after if isinstance(error, Unavailable) else None
            return Fault(
                kind=kind,
                told=str(error),
                next=move,
                advice=summary_of(decided),
                retry_after=None if wait is None else ceil(wait),
                reasons=error.reasons if isinstance(error, Refused) else (),
                problems=error.problems if isinstance(error, TranslationError | NotWritable) else (),
            )
    raise TypeError(f"what a program does about {type(error).__name__} was not decided")
