"""Being called again when an intent is due."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import Protocol

from domain.keys import IntentId


class WakeUps(Protocol):
    """An engine that calls a worker at the right time.

    It is only ever a hint, given after the transaction: whatever it forgets, the sweep over `Ledger.due` finds.
    """

    @abstractmethod
    def wake(self, intent: IntentId, at: datetime) -> None:
        """Have somebody advance *intent* at *at*, or soon after; never raises."""


class Rest(Protocol):
    """What a worker does between two rounds."""

    @abstractmethod
    def until(self, at: datetime) -> bool:
        """Sleep until *at*, or until a wake-up that comes before; false if there is to be no further round."""
