"""How a law is judged: kept, broken with a sentence that names what showed it, or not applicable for a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from unittest import SkipTest

E = TypeVar("E", bound=Exception)
T = TypeVar("T")


class LawBroken(AssertionError):
    """The port under test broke a law; the sentence names the record or the question that showed it."""


class NotApplicable(SkipTest):
    """The law says nothing about this subject; the sentence says why, and what would be needed.

    Test runners take it for a skip.
    """


def require(kept: bool, otherwise: str) -> None:
    """Go on if the law is *kept*.

    Raises:
        LawBroken: with the sentence *otherwise*.
    """
    if not kept:
        raise LawBroken(otherwise)


def raises(expected: tuple[type[E], ...], attempt: Callable[[], object], asked: str) -> E:
    """Give the *expected* error that *attempt* raises; *asked* says in words what was attempted.

    Raises:
        LawBroken: it raised nothing, or another error.
    """
    names = " or ".join(each.__name__ for each in expected)
    try:
        answer = attempt()
    except expected as error:
        return error
    except Exception as error:  # an adapter may raise anything; it is told as what it is
        raise LawBroken(f"{asked} raised {type(error).__name__} where {names} belongs: {shortened(error)}") from error
    raise LawBroken(f"{asked} gave {shortened(answer)} where {names} belongs")


def succeeds(attempt: Callable[[], T], asked: str) -> T:
    """Give what *attempt* gives; *asked* says in words what was attempted.

    Raises:
        LawBroken: it raised any error at all.
    """
    try:
        return attempt()
    except Exception as error:  # an adapter may raise anything; it is told as what it is
        raise LawBroken(f"{asked} raised {type(error).__name__}: {shortened(error)}") from error


def shortened(value: object) -> str:
    """Write *value* for a person, within one line of the report."""
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:197]}..."
