"""What may stand between a database and its callers: a recording, which listens, or a replay, which answers itself.

A database takes the tap of the context in which it is made, and keeps it; usually there is none.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import Protocol

from attrs import frozen
from sqlalchemy import Dialect, GenerativeSelect

from adapters.tapping import Tapping

_Row = tuple[object, ...]


@frozen
class Question:
    """One select as it is put to one database, which *database* names without credentials."""

    database: str
    dialect: Dialect
    statement: GenerativeSelect


class Tap(Protocol):
    """Stands in the way of every select."""

    @abstractmethod
    def rows(
        self, question: Question, size: int, ask: Callable[[GenerativeSelect], Iterator[list[_Row]]]
    ) -> Iterator[list[_Row]]:
        """Stream the rows in blocks of at most *size*; *ask* is the way to the database, in such blocks."""

    @abstractmethod
    def names(self, question: Question, ask: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
        """Give the names of the columns; *ask* is the way to the database."""


_TAPPING = Tapping[Tap]("sql")
tapped, current_tap = _TAPPING.put, _TAPPING.taken
