"""Queries whose fields say what they mean, once, for every ERP.

A query is a frozen class. Each field is made by one of the functions here, which names the attribute of the
aggregate that it looks at; ``None`` means "not asked". A dotted path goes through a list: ``lines.product`` matches
when any line does. What is absent in a record matches no criterion.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_type_hints

from attrs import Attribute, field, fields, frozen, has

T = TypeVar("T")
_KEY = "dragoman.criterion"


class Operator(Enum):
    """How a criterion compares the record's value with the asked one."""

    EQUALS = "is"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    AFTER = "after"
    CONTAINS = "contains"


@frozen
class Criterion:
    """One condition of a query, in domain words and values."""

    path: str
    operator: Operator
    value: object

    def matches(self, record: object) -> bool:
        """Say whether *record* (an aggregate) meets the condition."""
        return any(_compare(self.operator, found, self.value) for found in _reach(record, self.path.split(".")))

    def __str__(self) -> str:
        value = self.value.value if isinstance(self.value, Enum) else self.value
        return f"{self.path} {self.operator.value} {value}"


def _reach(record: object, path: list[str]) -> Iterator[object]:
    if isinstance(record, tuple):
        for item in record:
            yield from _reach(item, path)
    elif not path:
        if record is not None:
            yield record
    elif record is not None:
        yield from _reach(getattr(record, path[0]), path[1:])


def _compare(operator: Operator, found: object, asked: object) -> bool:
    if operator is Operator.EQUALS:
        return found == asked
    if operator is Operator.CONTAINS:
        return str(asked).casefold() in str(found).casefold()
    left, right = cast("date", found), cast("date", asked)  # any type with an order; a query field's type sees to it
    if operator is Operator.AT_LEAST:
        return left >= right
    return left <= right if operator is Operator.AT_MOST else left > right


def _criterion(path: str, operator: Operator) -> Any:  # what attrs.field() returns too: any type the class declares
    return field(default=None, validator=_of_its_type, metadata={_KEY: (path, operator)})


@cache
def _types(query: type) -> dict[str, tuple[type, ...]]:
    hints = get_type_hints(query)
    return {name: tuple(each for each in get_args(hint) if each is not NoneType) for name, hint in hints.items()}


def _of_its_type(query: object, attribute: Attribute[object], value: object) -> None:
    """Refuse a value of another type at once: compared with a record it would only never match."""
    kind: type = type(query)
    allowed = _types(kind)[attribute.name]
    if value is not None and type(value) not in allowed:
        wanted = " or ".join(each.__name__ for each in allowed)
        raise TypeError(f"{kind.__name__}.{attribute.name} takes {wanted}, not {value!r}")


def equals(path: str) -> Any:
    """Ask for records whose value at *path* is the given one."""
    return _criterion(path, Operator.EQUALS)


def at_least(path: str) -> Any:
    """Ask for records whose value at *path* is the given one or later."""
    return _criterion(path, Operator.AT_LEAST)


def at_most(path: str) -> Any:
    """Ask for records whose value at *path* is the given one or earlier."""
    return _criterion(path, Operator.AT_MOST)


def contains(path: str) -> Any:
    """Ask for records whose text at *path* holds the given text, whatever the case."""
    return _criterion(path, Operator.CONTAINS)


def after(path: str) -> Any:
    """Ask for records that come after the given key: the cursor of a page."""
    return _criterion(path, Operator.AFTER)


def criteria(query: object) -> tuple[Criterion, ...]:
    """Give what *query* asks, in the order of its fields; what is ``None`` is not asked.

    Raises:
        TypeError: it is no query.
    """
    if not has(type(query)):
        raise TypeError(f"{query!r} is not a query of a port")
    found = []
    for attribute in _asked(type(query)):
        value = getattr(query, attribute.name)
        if value is not None:
            path, operator = attribute.metadata[_KEY]
            found.append(Criterion(path, operator, value))
    return tuple(found)


def asked_paths(query: type) -> tuple[str, ...]:
    """Give the attributes that a class of queries can ask about."""
    return tuple(attribute.metadata[_KEY][0] for attribute in _asked(query))


def _asked(query: type) -> tuple[Attribute[object], ...]:
    return tuple(attribute for attribute in fields(query) if _KEY in attribute.metadata)
