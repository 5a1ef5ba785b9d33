"""Conditions on a vendor's columns: what a driver renders as a filter, a WHERE clause or a query string."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from attrs import field, frozen


class Comparison(Enum):
    """How a column is compared; the value is the usual sign, for people."""

    EQ = "="
    NE = "<>"
    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"


def itself(raw: object) -> object:
    """Say that raw values are sorted as they stand."""
    return raw


@frozen
class Condition:
    """One column against one value in the vendor's own encoding; the value is data and must be bound or escaped.

    *sorts_by* gives what the vendor sorts a raw value by, where a text stands for something else than itself.
    """

    column: str
    comparison: Comparison
    value: object
    sorts_by: Callable[[object], object] = field(default=itself, eq=False, repr=False)

    def __str__(self) -> str:
        if self.value is None and self.comparison in (Comparison.EQ, Comparison.NE):
            return f"{self.column} is {'' if self.comparison is Comparison.EQ else 'not '}null"
        value = str(self.value).lower() if isinstance(self.value, bool) else repr(self.value)
        return f"{self.column} {self.comparison.value} {value}"


@frozen
class AnyOf:
    """At least one of several; none of none is true."""

    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        return "(" + " or ".join(map(str, self.conditions)) + ")" if self.conditions else "never"


Where = Condition | AnyOf
"""One conjunct; a sequence of them is joined by *and*."""


class Narrowing(tuple[Where, ...]):
    """Conditions that every match meets, and that others may meet too."""

    __slots__ = ()
