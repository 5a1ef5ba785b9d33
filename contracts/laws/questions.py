"""Questions to a port, each with its own plain answer to compare with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from attrs import frozen

Q = TypeVar("Q")
T = TypeVar("T")
V = TypeVar("V")


@frozen
class Question(Generic[Q, T]):
    """One criterion: how it narrows a query, and whether a record meets it, decided without the ports' own logic.

    *field* is the query's field; *text* says for a person what is asked.
    """

    field: str
    text: str
    narrow: Callable[[Q], Q]
    holds: Callable[[T], bool]


def few(values: Iterable[V], limit: int = 12) -> list[V]:
    """Give at most *limit* different values, evenly spread, the first and the last always among them."""
    distinct = list(dict.fromkeys(values))
    if len(distinct) <= limit:
        return distinct
    return [distinct[index * (len(distinct) - 1) // (limit - 1)] for index in range(limit)]
