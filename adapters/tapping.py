"""Where a tap is put: into every driver that is made in one context, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

T = TypeVar("T")


class Tapping(Generic[T]):
    """The place of one kind of tap; usually nothing stands there."""

    def __init__(self, name: str) -> None:
        self._here: ContextVar[T | None] = ContextVar(name, default=None)

    @contextmanager
    def put(self, tap: T) -> Iterator[None]:
        """Put *tap* into every driver of its kind that is made in this context."""
        before = self._here.set(tap)
        try:
            yield
        finally:
            self._here.reset(before)

    def taken(self) -> T | None:
        """Give the tap that a driver made here takes; ``None`` if there is none."""
        return self._here.get()
