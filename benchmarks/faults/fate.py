"""What befalls our own processes: they die, or sleep, between any two steps, while the world goes on."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from attrs import define, field


class Crash(BaseException):
    """The process is killed here."""


class Trouble(Enum):
    """What may happen at a step; the value says it in words."""

    CRASH = "our process is killed"
    SLEEP = "our process sleeps, and others go on"
    MEDDLE = "somebody else writes"
    UNREADABLE = "the next question is not answered"


@define
class Fate:
    """Counts the steps of a story, and lets happen at each what was drawn for it.

    What cannot happen inside a transaction waits until it is over. *happen* carries everything out but the crash.
    *struck* tells what came to pass.
    """

    troubles: dict[int, Trouble]
    happen: Callable[[Trouble, bool], None] = field(default=lambda trouble, calling: None)
    struck: list[str] = field(factory=list)
    passed: int = 0
    _waiting: list[Trouble] = field(factory=list)

    def step(self, place: str, *, locked: bool = False, calling: bool = False) -> None:
        """Pass one step; *locked* within a transaction, *calling* where the worker is about to call the ERP.

        Raises:
            Crash: the process is killed here.
        """
        self.passed += 1
        if (trouble := self.troubles.pop(self.passed, None)) is not None:
            self._waiting.append(trouble)
        if Trouble.CRASH in self._waiting:
            self._waiting.remove(Trouble.CRASH)
            self.struck.append(f"{Trouble.CRASH.value} {place}")
            raise Crash(place)
        while self._waiting and not locked:
            trouble = self._waiting.pop(0)
            self.struck.append(f"{trouble.value} {place}")
            self.happen(trouble, calling)
