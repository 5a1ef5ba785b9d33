"""A sign of life on standard error for whatever takes more than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

T = TypeVar("T")
_PATIENCE = 1.0
"""Seconds after which a person wonders."""


class Progress:
    """Shows what is going on and how much was read; nothing where standard error is no terminal, or if *silent*.

    *things* is what is counted.
    """

    def __init__(self, doing: str, *, things: str = "records", silent: bool = False) -> None:
        self._doing = doing
        self._things = things
        self._count = 0
        self._bar: Bar | None = None
        self._lock = Lock()
        self._over = silent or not sys.stderr.isatty()
        self._timer = Timer(_PATIENCE, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if not self._over:
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._lock:
            self._over = True
            self._timer.cancel()
            if self._bar is not None:
                self._bar.stop()

    def now(self, doing: str) -> None:
        """Say what comes next, and count from nothing."""
        self._doing, self._count = doing, 0
        self._refresh()

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """Pass *items* on, counted."""
        for item in items:
            self.one_more()
            yield item

    def one_more(self) -> None:
        """Count one."""
        self._count += 1
        self._refresh()

    def _refresh(self) -> None:
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=self._doing, completed=self._count)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._over:
                return
            console = Console(file=sys.stderr, emoji=False, highlight=False)
            text = TextColumn("{task.description}", markup=False)
            count = TextColumn(f"{{task.completed:.0f}} {self._things}", markup=False)
            bar = Progress(text, BarColumn(), count, TimeElapsedColumn(), console=console, transient=True)
            bar.add_task(self._doing, total=None, completed=self._count)
            bar.start()
            self._bar = bar
