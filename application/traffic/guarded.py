"""Calling an ERP only as much as it bears, and hearing from each call how it fares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from attrs import frozen

from application.traffic.traffic import Heard, Traffic
from domain.commands.command import Command
from domain.errors import ErpError
from domain.images import Image, Observation, Version
from domain.outcomes import Accepted, Done, Reference
from ports.clock import Clock
from ports.errors import OutcomeUnknown, Unavailable, Unintelligible
from ports.execution import Execution, Limits

T = TypeVar("T")
_LONGEST = 86_400.0
"""Seconds that an ERP may ask to be left alone, at most."""


@frozen(kw_only=True)
class Guarded(Execution):
    """An *execution* behind the breaker and the bulkhead of its system; *opened* hears when the breaker opens.

    What is not let through is `Unavailable`, and was not sent. Every answer stays what it was.
    """

    execution: Execution
    traffic: Traffic
    clock: Clock
    opened: Callable[[str], None]

    @property
    def limits(self) -> Limits:
        return self.execution.limits

    def offers(self, command: type[Command]) -> bool:
        return self.execution.offers(command)

    def observe(self, command: Command) -> Observation:
        return self._called(lambda: self.execution.observe(command))

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        return self._called(lambda: self.execution.perform(command, reference=reference, expected=expected))

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done | Accepted]:
        return self._called(lambda: self.execution.locate(command, reference=reference))

    def read_back(self, command: Command, done: Done) -> Image:
        return self._called(lambda: self.execution.read_back(command, done))

    def lacks(self) -> Sequence[str]:
        return self._called(self.execution.lacks)

    def _called(self, call: Callable[[], T]) -> T:
        ticket = self.traffic.begin(self.clock.now())
        heard, wait = Heard.NOTHING, None
        try:
            answer = call()
            heard = Heard.ANSWER
        except Exception as error:
            heard, wait = _told(error)
            raise
        finally:
            self.traffic.end(ticket, heard, self.clock.now(), wait=wait)
            if self.traffic.has_news:
                self._tell()
        return answer

    def _tell(self) -> None:
        """Say that the breaker has opened; if that fails, the end of the next call says it again."""
        with suppress(Exception):  # what this call has done must be heard, whatever comes of the news
            self.opened(self.traffic.system)
            self.traffic.has_news = False


def _told(error: Exception) -> tuple[Heard, timedelta | None]:
    """Say what an error tells about the ERP: a no, a conflict, a lock, a question that it cannot answer are answers."""
    if isinstance(error, Unavailable) and error.retry_after is not None:
        return Heard.ANSWER, timedelta(seconds=min(max(0.0, error.retry_after), _LONGEST))
    silent = isinstance(error, Unavailable | OutcomeUnknown | Unintelligible) or not isinstance(error, ErpError)
    return Heard.SILENCE if silent else Heard.ANSWER, None
