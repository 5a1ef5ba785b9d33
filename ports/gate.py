"""Whether an action may be executed here and now."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Protocol

from domain.commands.command import Command
from domain.holds import Hold
from domain.intents import Proposal
from domain.scope import Scope
from domain.stages import Stage


class Gate(Protocol):
    """The stage of the rollout, and what holds a command back for the time being.

    Maintenance windows, closing times, open breakers and full queues hold it until a time; drift in the schema holds it
    until a person has looked. Every method may raise what the ledger raises.
    """

    @abstractmethod
    def stage(self, command: Command, scope: Scope) -> Stage:
        """Give the stage in which *command* is handled in *scope*; what nobody has decided about is `READ_ONLY`.

        Asked twice about the same records, it gives the same, until somebody decides otherwise.
        """

    @abstractmethod
    def hold(self, proposal: Proposal, now: datetime) -> Hold | None:
        """Say why what is proposed may not run at *now*; ``None`` if it may, and then it counts as one that ran."""
