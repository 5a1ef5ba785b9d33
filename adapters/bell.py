"""The embedded wake-ups: a bell that the worker of the same process hears, and that also tells it to stop."""

from __future__ import annotations

from datetime import datetime
from heapq import heappop, heappush
from threading import Condition

from domain.keys import IntentId
from ports.clock import Clock
from ports.wakeups import Rest, WakeUps


class Bell(WakeUps, Rest):
    """Wakes whoever rests on it; threads, and a handler of signals, may ring it. It forgets with its process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rung = Condition()
        self._times: list[datetime] = []
        self._is_over = False

    def wake(self, intent: IntentId, at: datetime) -> None:
        with self._rung:
            heappush(self._times, at)
            self._rung.notify_all()

    def until(self, at: datetime) -> bool:
        with self._rung:
            while not self._is_over:
                now = self._clock.now()
                first = min(at, self._times[0]) if self._times else at
                if first <= now:
                    self._forget(now)
                    return True
                self._rung.wait((first - now).total_seconds())
            return False

    def stop(self) -> None:
        """Let nobody rest any more: the round that runs is the last one."""
        with self._rung:
            self._is_over = True
            self._rung.notify_all()

    def _forget(self, now: datetime) -> None:
        while self._times and self._times[0] <= now:
            heappop(self._times)
