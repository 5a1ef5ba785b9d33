"""What one question to an ERP showed, told as an event of the machine: every fault has its one place here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from attrs import frozen

from domain.commands.command import Command, LocatedBy
from domain.identifiers import Identifier
from domain.images import Change, Version, missing
from domain.lifecycle import Event
from domain.outcomes import Accepted, Done, Reference
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
    Refused,
    Unavailable,
)
from ports.execution import Execution


@frozen
class Finding:
    """What was found out: the event, ``None`` if nothing new; why, in our own words; and what the ERP answered.

    *differs* is what should stand in the record and does not; *wait* is how long the ERP asked us to stay away. *heard*
    is what came over the wire, in whosever words: evidence for the audit, and for nobody else.
    """

    event: Event | None
    note: str
    answer: Done | Accepted | None = None
    differs: tuple[Change, ...] = ()
    wait: timedelta | None = None
    heard: str | None = None


def performed(execution: Execution, command: Command, reference: Reference, expected: Version | None) -> Finding:
    """Have *command* carried out, once, and read it back."""
    try:
        answer = execution.perform(command, reference=reference, expected=expected)
    except (NotFound, Conflict) as no:
        return Finding(Event.CHANGED, plain(no), heard=_told(no))
    except (Refused, AccessDenied, Drifted, Misconfigured, NotOffered, NotWritable) as no:
        return Finding(Event.SAID_NO, plain(no), heard=_told(no))
    except Unavailable as away:
        return Finding(Event.NOT_SENT, plain(away), wait=_seconds(away.retry_after), heard=_told(away))
    except Locked as held:
        return Finding(Event.NOT_SENT, plain(held), heard=_told(held))
    except Exception as lost:  # noqa: BLE001  # whatever went wrong in there, the request may have left
        return Finding(Event.LOST, "no answer came; it may have been written", heard=_told(lost))
    if isinstance(answer, Accepted):
        return Finding(Event.TOOK, "the ERP took it and decides later", answer)
    return proven(execution, command, reference, answer)


def proven(execution: Execution, command: Command, reference: Reference, done: Done) -> Finding:
    """See that the record that the ERP named is the one of *reference*, and the only one, and read it back."""
    try:
        there = _under(execution, command, reference)
    except Exception as unread:  # noqa: BLE001  # as below
        return Finding(Event.SAID_DONE, f"not located yet: {plain(unread)}", done, heard=_told(unread))
    if there is not None and len(there) > 1:
        return Finding(Event.DIFFERS, f"reference {reference} is there {len(there)} times", done)
    if there is not None and done.record not in there:
        return Finding(Event.SAID_DONE, f"{done.record} is not found under {reference} yet", done)
    return _read_back(execution, command, done)


def _under(execution: Execution, command: Command, reference: Reference) -> Sequence[Identifier] | None:
    """Give the records that bear *reference*; ``None`` where none ever does."""
    if command.terms.located_by is LocatedBy.EFFECT:
        return None
    try:
        found = execution.locate(command, reference=reference)
    except NotLocatable:
        if execution.lacks():
            return None
        raise
    return [each.record for each in found if isinstance(each, Done)]


def _read_back(execution: Execution, command: Command, done: Done) -> Finding:
    try:
        found = execution.read_back(command, done)
    except Exception as unread:  # noqa: BLE001  # it is not proven, whatever the reason; the next look tries again
        return Finding(Event.SAID_DONE, f"not read back yet: {plain(unread)}", done, heard=_told(unread))
    if differs := missing(command.effect, found):
        paths = ", ".join(change.path for change in differs)
        return Finding(Event.DIFFERS, f"what stands there is not what was asked for: {paths}", done, differs)
    return Finding(Event.PROVEN, "read back as asked", done)


def located(execution: Execution, command: Command, reference: Reference, *, absent: Event | None) -> Finding:
    """Look for what was sent; *absent* is what it means if nothing is there."""
    try:
        found = execution.locate(command, reference=reference)
    except NotLocatable as blind:
        return Finding(Event.UNSETTLED, plain(blind), heard=_told(blind))
    except Refused as no:
        return Finding(Event.SAID_NO, plain(no), heard=_told(no))
    except Exception as unread:  # noqa: BLE001  # nothing was learned, whatever the reason; the next look tries again
        return Finding(None, f"not located yet: {plain(unread)}", heard=_told(unread))
    if not found:
        return Finding(absent, f"nothing is there under {reference}")
    if len(found) > 1:
        return Finding(Event.DIFFERS, f"reference {reference} is there {len(found)} times")
    (answer,) = found
    if isinstance(answer, Accepted):
        return Finding(Event.TOOK, "the ERP has it and decides later", answer)
    return _read_back(execution, command, answer)


def plain(error: Exception) -> str:
    """Say what an error means, in no vendor's words; only the reasons that the ERP gave for a no are quoted."""
    if isinstance(error, Refused) and error.reasons:
        return f"the ERP said no: {'; '.join(error.reasons)}"
    if isinstance(error, NotWritable):
        return f"the ERP cannot hold it: {error}"
    return next((words for kind, words in _WORDS.items() if isinstance(error, kind)), "it was not understood")


_WORDS: dict[type[Exception], str] = {
    NotFound: "the record is not there, or not to be seen yet",
    Conflict: "the record has changed since it was looked at; propose it anew",
    Refused: "the ERP said no",
    Locked: "somebody else is editing the record",
    Unavailable: "the ERP was not reached",
    AccessDenied: "the ERP does not let us do this",
    Drifted: "the ERP's schema has changed; a person must look at it",
    Misconfigured: "the way to the ERP is not set up for this",
    NotOffered: "the ERP cannot be asked for this",
    NotLocatable: "nothing of ours can find out whether it was written; a person must look in the ERP",
}


def _seconds(number: float | None) -> timedelta | None:
    return None if number is None else timedelta(seconds=number)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
