"""Neutral conditions as SQL, with every value bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import eq, ge, gt, le, lt, ne

from sqlalchemy import BindParameter, ColumnElement, bindparam, false, or_
from sqlalchemy.types import UserDefinedType

from acl.conditions import Comparison, Condition, Where
from ports.errors import Drifted

Columns = Mapping[str, ColumnElement[object]]

_COMPARE: Mapping[Comparison, Callable[[ColumnElement[object], BindParameter[object]], ColumnElement[bool]]] = {
    Comparison.EQ: eq,
    Comparison.NE: ne,
    Comparison.GE: ge,
    Comparison.GT: gt,
    Comparison.LE: le,
    Comparison.LT: lt,
}


class _AsTheColumn(UserDefinedType[object]):
    """A text sent without a type, so that the server takes it as one of the column's own.

    SQLAlchemy would call it VARCHAR, which PostgreSQL compares with no date and no number; the others do not mind.
    """

    cache_ok = True


def rendered(where: Sequence[Where], columns: Columns) -> list[ColumnElement[bool]]:
    """Give *where* as SQL, one element for each conjunct; equal to null becomes ``IS NULL``.

    Raises:
        Drifted: a condition names a column that is none of *columns*.
        ValueError: null is to be more or less than a column.
    """
    return [
        _compared(conjunct, columns) if isinstance(conjunct, Condition) else _any(conjunct.conditions, columns)
        for conjunct in where
    ]


def _any(conditions: Sequence[Condition], columns: Columns) -> ColumnElement[bool]:
    """Join by *or*; all that one column may equal goes into one ``IN``."""
    equal: dict[str, list[object]] = {}
    others: list[ColumnElement[bool]] = []
    for condition in conditions:
        if condition.comparison is Comparison.EQ and condition.value is not None:
            equal.setdefault(condition.column, []).append(condition.value)
        else:
            others.append(_compared(condition, columns))
    lists = [_column(name, columns).in_([_bound(value) for value in values]) for name, values in equal.items()]
    return or_(false(), *lists, *others)


def _compared(condition: Condition, columns: Columns) -> ColumnElement[bool]:
    column = _column(condition.column, columns)
    if condition.value is not None:
        return _COMPARE[condition.comparison](column, _bound(condition.value))
    if condition.comparison is Comparison.EQ:
        return column.is_(None)
    if condition.comparison is Comparison.NE:
        return column.is_not(None)
    raise ValueError(f"nothing is {condition.comparison.value} null, as {condition.column} should be")


def _bound(value: object) -> BindParameter[object]:
    if isinstance(value, str):
        return bindparam(None, value, type_=_AsTheColumn())
    return bindparam(None, value)


def _column(name: str, columns: Columns) -> ColumnElement[object]:
    try:
        return columns[name]
    except KeyError:
        known = ", ".join(columns)
        raise Drifted(f"a condition asks for the column {name}, but only these are read: {known}") from None
