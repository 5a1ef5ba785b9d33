"""Reading on in the ledger where one row is not what was written there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from ports.errors import Tampered

T = TypeVar("T")


def readable(stream: Iterator[T], tampered: Callable[[str], object]) -> Iterator[T]:
    """Give what can be read of a *stream* of the ledger, and tell of each row that cannot."""
    while True:
        try:
            yield next(stream)
        except Tampered as error:
            tampered(str(error))
        except StopIteration:
            return
