"""Killing a process at one line of the path that writes."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from attrs import frozen

if TYPE_CHECKING:
    from _typeshed import TraceFunction  # which exists for the type checker alone

ROOT = Path(__file__).parents[2]
PATH = (
    "application",
    "acl",
    *(f"adapters/{each}" for each in ("ledger", "systems", "odata", "soap", "rest", "sql", "files", "http")),
)
"""The folders whose lines count: the use cases, the ledger, the drivers, the systems, and the commands' translation."""
_FOLDERS = tuple(f"{ROOT / folder}{os.sep}" for folder in PATH)


@frozen
class Line:
    """One execution of one line: the *time*-th one of the line of that *number*."""

    file: str
    number: int
    time: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.number}, time {self.time}"


class Lines:
    """Counts how often each line of ours is executed in the block, and kills the process at the *deadly* one."""

    def __init__(self, deadly: Line | None) -> None:
        self.counted = Counter[tuple[str, int]]()
        self._deadly = None if deadly is None else (str(ROOT / deadly.file), deadly.number)
        self._time = 0 if deadly is None else deadly.time

    @property
    def last(self) -> list[Line]:
        """Each line that was executed, the last time that it was, in the order of the first times."""
        return [Line(str(Path(file).relative_to(ROOT)), number, time) for (file, number), time in self.counted.items()]

    def __enter__(self) -> Self:
        sys.settrace(self._called)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        sys.settrace(None)

    def _called(self, frame: FrameType, event: str, argument: object) -> TraceFunction | None:
        return self._executed if frame.f_code.co_filename.startswith(_FOLDERS) else None

    def _executed(self, frame: FrameType, event: str, argument: object) -> TraceFunction:
        if event == "line":
            place = (frame.f_code.co_filename, frame.f_lineno)
            self.counted[place] += 1
            if place == self._deadly and self.counted[place] == self._time:
                os.kill(os.getpid(), signal.SIGKILL)
        return self._executed
