"""What the command's exit code tells the program that called it."""

from __future__ import annotations

from enum import IntEnum

from domain.approvals import NotAllowed
from domain.errors import DomainError, ErpError
from ports.errors import (
    AccessDenied,
    Drifted,
    Misconfigured,
    NotFound,
    NotOffered,
    NotWritable,
    TranslationError,
    Unavailable,
    Unintelligible,
)


class Exit(IntEnum):
    """The codes that the help lists; what a signal ends is 128 and the signal's number, as in every shell."""

    DONE = 0
    DISAGREEMENT = 1
    BAD_USAGE = 2
    UNREACHABLE = 3
    NOT_FOUND = 4
    BROKEN_PIPE = 141


TOLD = """\
Exit codes: 0 done; 1 the systems disagree or refuse, a rule forbids it, a contract or law is broken, what a vendor
publishes has drifted, or the audit trail was changed; 2 wrong usage or configuration; 3 the system cannot be reached,
or denies access, or is not the one expected; 4 not found, or not translatable."""

_CODES: tuple[tuple[tuple[type[ErpError], ...], Exit], ...] = (
    ((NotAllowed,), Exit.DISAGREEMENT),
    ((Misconfigured, NotOffered, DomainError), Exit.BAD_USAGE),
    ((Unavailable, AccessDenied, Unintelligible, Drifted), Exit.UNREACHABLE),
    ((NotFound, TranslationError, NotWritable), Exit.NOT_FOUND),
)


def exit_of(error: ErpError) -> Exit:
    """Give the code for an error; what no other code tells is a refusal of the system."""
    return next((code for kinds, code in _CODES if isinstance(error, kinds)), Exit.DISAGREEMENT)
