"""How far an action has been let go in one place, from evidence, by a person."""

from __future__ import annotations

from enum import Enum

from domain.classification import ActionClass


class Stage(Enum):
    """How much of an action is left to itself; from the least to the most."""

    READ_ONLY = "read-only"
    """It is proposed and never executed."""
    SUPERVISED = "supervised"
    """A person approves each, whatever its class."""
    AUTONOMOUS = "autonomous"
    """Its class decides."""
    HIGH_VOLUME = "high-volume"
    """Its class decides, and only the rate limits of the system do."""

    @property
    def rank(self) -> int:
        """How many stages lie below it."""
        return _ORDER.index(self)

    def careful(self, action_class: ActionClass) -> ActionClass:
        """Give the class that an action of *action_class* is handled as in this stage."""
        return action_class.at_least(ActionClass.HIGH) if self is Stage.SUPERVISED else action_class


_ORDER = tuple(Stage)
