"""Neutral conditions as SQL, with every value bound."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import eq, ge, gt, le, lt, ne

from sqlalchemy import BindParameter, ColumnElement, bindparam, false, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
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


_RANGES = (Comparison.GE, Comparison.GT, Comparison.LE, Comparison.LT)


class _AsTheColumn(UserDefinedType[object]):
    """A text sent without a type, so that the server takes it as one of the column's own.

    SQLAlchemy would call it VARCHAR, which PostgreSQL compares with no date and no number; the others do not mind.
    """

    cache_ok = True


class bytewise(ColumnElement[object]):  # noqa: N801  # it is used as a function, like collate()
    """A text compared and sorted by its bytes, whatever the collation of its column.

    Callers sort keys as Python does; a collation that folds case, or sorts letters among each other, would lose records
    between two pages.
    """

    inherit_cache = True

    def __init__(self, column: ColumnElement[object]) -> None:
        self.column = column
        self.type = column.type


@compiles(bytewise)
def _binary(element: bytewise, compiler: SQLCompiler, **options: object) -> str:
    return f"{compiler.process(element.column, **options)} COLLATE BINARY"


@compiles(bytewise, "postgresql")
def _postgresql(element: bytewise, compiler: SQLCompiler, **options: object) -> str:
    return f'{compiler.process(element.column, **options)} COLLATE "C"'


@compiles(bytewise, "mysql")
@compiles(bytewise, "mariadb")
def _mariadb(element: bytewise, compiler: SQLCompiler, **options: object) -> str:
    return f"CAST({compiler.process(element.column, **options)} AS BINARY)"


def rendered(where: Sequence[Where], columns: Columns, *, by_bytes: Collection[str] = ()) -> list[ColumnElement[bool]]:
    """Give *where* as SQL, one element for each conjunct; equal to null becomes ``IS NULL``.

    *by_bytes* names the columns of text whose ranges are compared by their bytes, as the pages are sorted.

    Raises:
        Drifted: a condition names a column that is none of *columns*.
        ValueError: null is to be more or less than a column.
    """
    sorted_by_bytes = {name: bytewise(column) if name in by_bytes else column for name, column in columns.items()}
    return [
        _compared(conjunct, sorted_by_bytes if conjunct.comparison in _RANGES else columns)
        if isinstance(conjunct, Condition)
        else _any(conjunct.conditions, columns)
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
