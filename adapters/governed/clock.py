"""The time of this machine."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Lock

from ports.clock import Clock


class SystemClock(Clock):
    """Tells this machine's time; while somebody sets it back, it stands still. Threads may share it."""

    def __init__(self) -> None:
        self._latest = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def now(self) -> datetime:
        with self._lock:
            self._latest = max(self._latest, datetime.now(UTC))
            return self._latest
