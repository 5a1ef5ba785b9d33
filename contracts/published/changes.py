"""What can happen to one place of a schema, and whom it breaks."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Change(Enum):
    """What happened; the value is told to people."""

    FIELD_REMOVED = "the field was removed"
    FIELD_REQUIRED = "a required field was added"
    MADE_REQUIRED = "an optional field was made required"
    MADE_OPTIONAL = "a required field was made optional"
    NULL_ADDED = "null was admitted"
    NULL_REMOVED = "null is not admitted any more"
    TYPE_CHANGED = "the type was changed"
    TYPE_WIDENED = "a type was added"
    TYPE_NARROWED = "a type was taken away"
    VALUE_ADDED = "a value was added to a closed list"
    VALUE_REMOVED = "a value was taken out of the list"
    LIST_OPENED = "a closed list of values was opened"
    LIST_CLOSED = "an open list of values was closed"
    LOOSENED = "a limit was loosened"
    TIGHTENED = "a limit was tightened"
    REWRITTEN = "a limit was exchanged for another"


_C = Change
_READERS = frozenset({
    _C.FIELD_REMOVED, _C.MADE_OPTIONAL, _C.NULL_ADDED, _C.TYPE_CHANGED, _C.TYPE_WIDENED, _C.VALUE_ADDED, _C.LIST_OPENED,
    _C.LOOSENED, _C.REWRITTEN,
})  # fmt: skip
_WRITERS = frozenset({
    _C.FIELD_REMOVED, _C.FIELD_REQUIRED, _C.MADE_REQUIRED, _C.NULL_REMOVED, _C.TYPE_CHANGED, _C.TYPE_NARROWED,
    _C.VALUE_REMOVED, _C.LIST_CLOSED, _C.TIGHTENED, _C.REWRITTEN,
})  # fmt: skip


class Role(Enum):
    """Who was there before the change; the value is what breaks him.

    A reader takes what we publish, and breaks when something comes that he was not told of, or no longer comes. A
    writer sends us this, and breaks when we no longer take what he sends. A consumer reads, and asks again with what he
    read: for him nothing that he knew may go or come, but fields may be added, and a list that he knew to grow may end.
    """

    READER = _READERS
    WRITER = _WRITERS
    CONSUMER = (_READERS | _WRITERS) - {_C.FIELD_REQUIRED, _C.LIST_CLOSED}

    def is_broken_by(self, change: Change) -> bool:
        """Say whether *change* breaks him."""
        return change in self.value


@frozen
class Difference:
    """One change at one place.

    *path* is dotted, ``lines[].price``, empty for the whole; *detail* names what changed, where the change does not.
    """

    path: str
    change: Change
    detail: str

    def __str__(self) -> str:
        place = "the whole" if self.path == "" else self.path
        return f"{place}: {self.change.value} ({self.detail})" if self.detail else f"{place}: {self.change.value}"
