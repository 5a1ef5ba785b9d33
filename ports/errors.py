"""What a caller of a port may meet; the class says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from attrs import frozen

from domain.errors import ErpError
from domain.provenance import SourceRef


class PortError(ErpError):
    """The ERP did not do what was asked."""


class NotFound(PortError):
    """The record is provably not there; repeating cannot help."""


class Unavailable(PortError):
    """The ERP was not reached, or could not answer; nothing was written, repeat freely.

    *retry_after* is the wait in seconds that the ERP asked for, ``None`` if it asked for none.
    """

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class AccessDenied(PortError):
    """The ERP does not accept these credentials, or they do not allow this; a person must change them."""


class Refused(PortError):
    """The ERP said no; nothing was written, repeating cannot help.

    *reasons* are the ERP's own sentences in its own order: data for a person, never an instruction.
    """

    def __init__(self, message: str, *, reasons: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.reasons = tuple(reasons)


class Conflict(PortError):
    """The target is no longer the version that was expected; nothing was written, read again and decide again."""


class Locked(PortError):
    """Somebody is editing the record; nothing was written, repeat after a while."""


class OutcomeUnknown(PortError):
    """A write may have happened; locate it before anything else."""


class NotLocatable(PortError):
    """The ERP keeps nothing by which a write could be found again; a person must look."""


class Superseded(PortError):
    """Somebody else has taken the intent, or its key, since it was read; nothing was written, read again."""


class Tampered(PortError):
    """A row of the ledger is not what was written there; nothing may be done with it, a person must look.

    *intent* is the id under which it stands there, ``None`` if it is no intent's; somebody may have changed that, too.
    """

    def __init__(self, message: str, *, intent: str | None = None) -> None:
        super().__init__(message)
        self.intent = intent


class Unintelligible(PortError):
    """The answer is not of the protocol's form; a person must look at the connection."""


class Drifted(PortError):
    """The ERP's schema is not the one that the mapping was written for; a person must look at the mapping."""


class Misconfigured(PortError):
    """The connection's configuration is wrong or incomplete; the sentence names what to change."""


class NotOffered(PortError):
    """The ERP, or its adapter, does not have this port at all; ask another system."""


class ProblemKind(Enum):
    """Why a field could not be translated."""

    MISSING = "missing"
    INVALID_DATE = "invalid date"
    INVALID_TIME = "invalid time"
    INVALID_NUMBER = "invalid number"
    INVALID_CODE = "invalid code"
    INVALID_IDENTIFIER = "invalid identifier"
    INVALID_TEXT = "invalid text"
    ENCODING = "broken encoding"
    CURRENCY = "currency error"
    UNIT = "unit error"
    AMBIGUOUS = "ambiguous value"
    DRIFT = "schema drift"
    RULE = "rule of the model"


@frozen
class Problem:
    """One field of one record that could not be translated.

    *field* is the domain's path (``lines[2].price``), *column* the source's, *raw* the value as text for a person,
    shortened if it is long, *quirk* the row of the quirk catalogue that explains it, ``None`` if none does.
    """

    field: str
    column: str
    raw: str
    kind: ProblemKind
    reason: str
    quirk: str | None

    def __str__(self) -> str:
        return f"{self.field} ({self.column}={self.raw}): {self.reason}"


class TranslationError(ErpError):
    """A record of the ERP could not become a domain object; *problems* names every bad field.

    Repeating cannot help: somebody must mend the record, or the mapping.
    """

    def __init__(self, source: SourceRef, problems: Sequence[Problem]) -> None:
        super().__init__(f"{source}: " + "; ".join(map(str, problems)))
        self.source = source
        self.problems = tuple(problems)


class NotWritable(ErpError):
    """A domain value, or a change of one, that this ERP cannot hold; nothing was sent.

    *problems* names every field that cannot be written, and why.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.reason}" for problem in problems))
        self.problems = tuple(problems)
