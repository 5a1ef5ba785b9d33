"""How much care a write needs, from what it would cost to be wrong."""

from __future__ import annotations

from enum import Enum


class Reversibility(Enum):
    """What can be done about a write that was wrong."""

    REVERSIBLE = "reversible"
    """Our own undo puts everything back as it was."""
    COMPENSABLE = "compensable"
    """A further document sets it right; the history stays."""
    IRREVERSIBLE = "irreversible"
    """Nothing of ours undoes it."""


class Impact(Enum):
    """Whom a write touches."""

    NONE = "none"
    """Nobody: it only reads."""
    INTERNAL = "internal"
    """The company's own records and work."""
    EXTERNAL = "external"
    """Money, or somebody outside the company."""


class ActionClass(Enum):
    """How much care an action needs; from the least to the most."""

    READ = "read"
    LOW = "low"
    HIGH = "high"
    IRREVERSIBLE = "irreversible"

    @property
    def approvers(self) -> int:
        """How many different people must approve before it is executed."""
        return _APPROVERS[self]

    def at_least(self, other: ActionClass) -> ActionClass:
        """Give the more careful of the two."""
        return max(self, other, key=_BY_CARE.index)


_BY_CARE = tuple(ActionClass)
_APPROVERS = {ActionClass.READ: 0, ActionClass.LOW: 0, ActionClass.HIGH: 1, ActionClass.IRREVERSIBLE: 2}


def classified(reversibility: Reversibility, impact: Impact) -> ActionClass:
    """Give the class that an action has by its nature, before any policy."""
    if impact is Impact.NONE:
        return ActionClass.READ
    if reversibility is Reversibility.IRREVERSIBLE and impact is Impact.EXTERNAL:
        return ActionClass.IRREVERSIBLE
    if reversibility is Reversibility.REVERSIBLE and impact is Impact.INTERNAL:
        return ActionClass.LOW
    return ActionClass.HIGH
