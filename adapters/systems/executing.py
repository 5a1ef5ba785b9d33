"""What asking an ERP to do something has in common, whatever the ERP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from acl.images import image_of
from domain.commands.command import Command, Made
from domain.commands.purchase_orders import ChangePurchaseOrderLine
from domain.errors import InvalidValue
from domain.identifiers import Identifier, LineNumber
from domain.images import Image
from domain.outcomes import Reference
from ports.errors import (
    NotFound,
    NotLocatable,
    OutcomeUnknown,
    PortError,
    Refused,
    Unavailable,
    Unintelligible,
)
from ports.execution import Execution

NOBODYS = Reference("PREVIEW22222")
"""The mark under which a command is put into the ERP's words to see whether they hold it; it is never sent."""


def is_complete(command: Command) -> bool:
    """Say whether all that *command* stands on is there, so that it can be put into the ERP's words."""
    return not any(isinstance(target, Made) for target in command.targets)


def subject_of(command: Command) -> Identifier:
    """Give the key of the record that *command* is about.

    Raises:
        NotFound: an earlier step of the saga is yet to make it.
    """
    subject = command.subjects[0]
    if isinstance(subject, Made):
        raise NotFound(f"the record that step {subject.step} makes is not there yet")
    return subject.id


def image_for(command: Command, record: object) -> Image:
    """Give what *command* sets and needs, as it stands in an aggregate."""
    line: LineNumber | None = command.line if isinstance(command, ChangePurchaseOrderLine) else None
    paths = [*(path for path, _ in command.effect.fields), *command.terms.reads]
    return image_of(record, paths, line=line)


def is_reference(raw: object) -> bool:
    """Say whether a raw value is one of our own references, and not a word of somebody else."""
    try:
        Reference(cast("str", raw))
    except InvalidValue:
        return False
    return True


def after_all(execution: Execution, command: Command, reference: Reference, no: PortError) -> PortError:
    """Look whether a *no* is the answer to a repetition that was not ours, of a write that was carried out."""
    try:
        is_there = len(execution.locate(command, reference=reference)) > 0
    except NotLocatable:
        is_there = command.terms.creates is None  # what is found by its effect was seen, and may be ours
    except PortError:
        is_there = True  # nobody knows
    return OutcomeUnknown(f"{no}; but what was asked for may stand there") if is_there else no


@contextmanager
def nothing_sent() -> Iterator[None]:
    """Say of an answer that makes no sense, while nothing is written, that the question may be repeated."""
    try:
        yield
    except Unintelligible as error:
        raise Unavailable(str(error)) from error


@contextmanager
def only_looking() -> Iterator[None]:
    """Say of a no to a question that nothing was learned by it: a refusal is the ERP's no to the command itself."""
    try:
        yield
    except Refused as no:
        raise Unavailable(f"{no}; nothing was learned by it") from no
