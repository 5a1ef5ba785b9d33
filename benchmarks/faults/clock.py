"""Time that passes only when it is told to, and in which others act meanwhile."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from datetime import datetime, timedelta

from attrs import define, field

from ports.clock import Clock


@define
class VirtualClock(Clock):
    """Stands still between two steps; what is to happen later happens when its moment comes.

    Whenever it has gone on, *passing* is called.
    """

    at: datetime
    passing: Callable[[], None] = lambda: None
    _later: list[tuple[datetime, int, Callable[[], None]]] = field(factory=list)

    def now(self) -> datetime:
        return self.at

    def later(self, after: timedelta, action: Callable[[], None]) -> None:
        """Have *action* happen when so much time has passed."""
        insort(self._later, (self.at + after, len(self._later), action), key=lambda entry: entry[:2])

    def pass_(self, time: timedelta) -> None:
        """Let *time* pass."""
        self.until(self.at + time)

    def until(self, moment: datetime) -> None:
        """Let time pass until *moment*; nothing happens if that is over."""
        while self._later and self._later[0][0] <= moment:
            due, _, action = self._later.pop(0)
            self.at = max(self.at, due)
            action()
        if moment > self.at:
            self.at = moment
            self.passing()
