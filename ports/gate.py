"""Whether an action may be executed here and now."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Protocol

from attrs import field, frozen, validators

from domain.commands.command import Command
from domain.dates import instant
from domain.scope import Scope
from domain.stages import Stage
from domain.text import words


@frozen(kw_only=True)
class Hold:
    """Why a command may not run now, and when to ask again; ``None`` if time will not help and a person must."""

    because: str = field(validator=words)
    until: datetime | None = field(validator=validators.optional(instant))


class Gate(Protocol):
    """The stage of the rollout, and what holds a command back for the time being.

    Maintenance windows, closing times, open breakers and full queues hold it until a time; drift in the schema holds it
    until a person has looked.
    """

    @abstractmethod
    def stage(self, action: str, scope: Scope) -> Stage:
        """Give how far *action* has been let go in *scope*; what nobody has decided about is `READ_ONLY`."""

    @abstractmethod
    def hold(self, command: Command, scope: Scope, now: datetime) -> Hold | None:
        """Say why *command* may not run at *now*; ``None`` if it may."""
