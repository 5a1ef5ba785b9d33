"""A quarantine that lasts as long as the process."""

from __future__ import annotations

from threading import Lock

from ports.quarantine import Quarantine, Refusal


class InMemoryQuarantine(Quarantine):
    """Keeps refusals in the order in which their records were first refused; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, str, str], Refusal] = {}

    def put(self, refusal: Refusal) -> None:
        source = refusal.source
        with self._lock:
            self._kept[source.system, source.record, source.key or refusal.raw] = (
                refusal  # a blank key tells nothing apart
            )

    def clear(self) -> None:
        """Forget everything that is kept."""
        with self._lock:
            self._kept.clear()

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What is kept now, one refusal per record; later ones do not show in it."""
        with self._lock:
            return tuple(self._kept.values())
