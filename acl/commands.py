"""What translating a command into a write has in common, whatever the vendor."""

from __future__ import annotations

from typing import TypeVar

from domain.commands.command import Unchanged
from domain.resolution import Resolved
from ports.errors import NotWritable, Problem, ProblemKind

T = TypeVar("T")


def cannot(path: str, reason: str, quirk: str | None = None) -> NotWritable:
    """Make the error for what an ERP cannot be asked for; *path* is the domain's."""
    return NotWritable([Problem(path, "", "", ProblemKind.RULE, reason, quirk)])


def new_or(value: T | Unchanged, before: T) -> T:
    """Give *value*, or what stood *before* if it is left as it was."""
    return before if isinstance(value, Unchanged) else value


def key_of(target: object) -> object:
    """Give the key of a target that is there; what a saga is yet to make is bound before anything is sent."""
    if not isinstance(target, Resolved):
        raise cannot("", f"{target!r} has not been made yet")
    return target.id
