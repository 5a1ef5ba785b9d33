"""When a law says something about a subject, and when it is better not judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import TypeVar, cast

from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.verdicts import NotApplicable

LEAST = 3
"""Over fewer records a law would be kept by anything."""
_NOT_STATED = "nobody said what stands in this system; give --expected FILE (in a test, Subject.expected)"
_REFUSALS_NOT_STATED = (
    "nobody said which records cannot be translated; let --expected FILE hold them, too (in a test, Subject.refused)"
)
_SAY_SO = "if nothing is lost there, say sandbox = true in the configuration (in a test, Subject.is_sandbox)"
L = TypeVar("L", bound=Callable[..., None])


def destructive(*, because: str) -> Callable[[L], L]:
    """Judge a law only where the subject is a sandbox; *because* says what it may do to any other system."""

    def mark(law: L) -> L:
        @wraps(law)
        def guarded(suite: object, subject: Subject[K, Q, T]) -> None:
            if not subject.is_sandbox:
                raise NotApplicable(f"{because}; {_SAY_SO}")
            law(suite, subject)

        return cast("L", guarded)

    return mark


def each(name: str, cases: Iterable[object]) -> Callable[[L], L]:
    """Judge a law once for each of *cases*, which it takes as its parameter *name*."""

    def mark(law: L) -> L:
        vars(law)["dragoman_each"] = (name, tuple(cases))
        return law

    return mark


def enough(records: Sequence[T]) -> tuple[T, ...]:
    """Give *records*.

    Raises:
        NotApplicable: they are so few that a law about them would be kept by anything.
    """
    if len(records) < LEAST:
        told = "1 record stands" if len(records) == 1 else f"{len(records)} records stand"
        raise NotApplicable(f"{told} there; over fewer than {LEAST} this law would be kept by anything")
    return tuple(records)


def stated(subject: Subject[K, Q, T]) -> tuple[T, ...]:
    """Give what somebody stated to stand in the ERP.

    Raises:
        NotApplicable: nobody did, or too little to tell anything.
    """
    if subject.expected is None:
        raise NotApplicable(_NOT_STATED)
    return enough(subject.expected)


def stated_refusals(subject: Subject[K, Q, T]) -> Mapping[str, K | None]:
    """Give the records of which somebody stated that they cannot be translated.

    Raises:
        NotApplicable: nobody said what stands in the ERP, or which of it cannot be translated.
    """
    stated(subject)
    if subject.refused is None:
        raise NotApplicable(_REFUSALS_NOT_STATED)
    return subject.refused
