"""The records of a mapping that stand in several tables: a root, what it refers to, and the rows that belong to it.

A column of the root goes by its own name, a column of a joined table by that table's name too: ``party.code``. A joined
table that nobody reads is not joined. Conditions choose whole keys: every row of a record comes, or none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import field, frozen
from sqlalchemy import ColumnElement, FromClause, GenerativeSelect, and_, or_, select, tuple_
from sqlalchemy import column as column_named
from sqlalchemy import table as table_named

from acl.conditions import AnyOf, Comparison, Condition, Where
from acl.engine.owed import source_contract
from acl.mapping import Mapping as RecordMapping
from adapters.sql.conditions import bytewise, rendered
from adapters.sql.database import Row, SqlDatabase
from adapters.sql.schema import require_columns
from contracts.source.owed import OwedColumn, SourceContract
from ports.errors import Misconfigured

T = TypeVar("T")


@frozen
class Text:
    """A column of texts that rows are sorted by: by its bytes, as keys are compared everywhere."""

    column: str


@frozen
class Integer:
    """A column of numbers that rows are sorted by."""

    column: str


Sorted = Text | Integer


@frozen
class Join:
    """A table beside those before it; a row that finds nothing in it is kept, with nulls.

    *on* leads from columns of this table to the columns, of tables before it, that hold the same: ``{"id": "party"}``.
    *name* is what its columns go by, if not the table's own name. *counts* are conditions on its own columns, by their
    bare names: a row that does not meet them is as good as not there.
    """

    table: str
    on: Mapping[str, str]
    name: str = field()
    counts: tuple[Where, ...] = ()

    @name.default
    def _its_own(self) -> str:
        return self.table


@frozen(kw_only=True)
class Tables:
    """Where the records of one mapping stand.

    *key* are the columns of *root* that the mapping's key is made of, in their order; *rows* sort the rows under one
    key, for a mapping of row sets. *counts* say which rows of the root are records at all; as everywhere, null is
    never left out by "other than".
    """

    root: str
    key: tuple[Sorted, ...] = field()
    rows: tuple[Sorted, ...] = ()
    joins: tuple[Join, ...] = field(default=())
    counts: tuple[Where, ...] = ()

    @key.validator
    def _has_a_key(self, _: object, key: tuple[Sorted, ...]) -> None:
        if not key:
            raise ValueError(f"{self.root}: name the columns of the key, as key=(Integer('id'),)")

    @joins.validator
    def _lead_back(self, _: object, joins: tuple[Join, ...]) -> None:
        known = {self.root}
        for join in joins:
            if join.name in known:
                raise ValueError(f"two tables are called {join.name}; give one of them another name")
            strange = [name for name in join.on.values() if self._split(name)[0] not in known]
            if strange or not join.on:
                raise ValueError(f"{join.name} is joined on {', '.join(strange) or 'nothing'}, which is not before it")
            known.add(join.name)

    def pages(
        self, database: SqlDatabase, columns: Sequence[str], where: Sequence[Where], *, size: int = 5000
    ) -> Iterator[list[Row]]:
        """Stream the rows of all records that meet *where*, with *columns* in that order, sorted by key.

        Raises:
            AccessDenied, Drifted, Misconfigured, Refused, Unavailable, Unintelligible: while iterating; see
                `adapters.sql.faults`.
        """
        return database.pages(self._statement(columns, where), size=size)

    def check(self, database: SqlDatabase, columns: Sequence[str]) -> None:
        """Refuse to start on a database that lacks something of what reading *columns* needs.

        Raises:
            Drifted: it does; see `adapters.sql.schema` for what else.
        """
        for table, needed in self.used(columns).items():
            require_columns(database, table, needed)

    def used(self, columns: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Give the columns of each table, by their own names, on which reading *columns* depends."""
        tables = {self.root: self.root, **{join.name: join.table for join in self.joins}}
        found: dict[str, dict[str, None]] = {}
        for name, needed in self._needed([*columns, *self._always]).items():
            found.setdefault(tables[name], {}).update(dict.fromkeys(needed))
        return {table: tuple(needed) for table, needed in found.items()}

    def owed(self, mapping: RecordMapping[T], *, kind: str, port: str) -> SourceContract:
        """Say what *port* on a system of *kind* relies on, read through *mapping*: its columns, keys and joins."""
        names = {self.root: self.root, **{join.name: join.table for join in self.joins}}

        def stands(column: str) -> Sequence[tuple[str, str]]:
            table, own = self._split(column)
            return [(names[table], own)]

        used = self.used(mapping.columns)
        deciding = tuple(OwedColumn(record=table, path=each) for table, columns in used.items() for each in columns)
        return source_contract(mapping, kind=kind, port=port, place=stands, beside=deciding)

    @property
    def _always(self) -> list[str]:
        return [*(each.column for each in (*self.key, *self.rows)), *_named(self.counts)]

    def _statement(self, columns: Sequence[str], where: Sequence[Where]) -> GenerativeSelect:
        source, cells = self._source([*columns, *self._always])
        keys = [cells[each.column] for each in self.key]
        met = [tuple_(*keys).in_(self._keys(each)) for each in where]
        order = [_sorting(each, cells) for each in (*self.key, *self.rows)]
        wanted = select(*(cells[name] for name in columns)).select_from(source)
        return wanted.where(*_counting(self.counts, cells), *met).order_by(*order)

    def _keys(self, condition: Where) -> GenerativeSelect:
        """Select the keys of all records that have a row which meets *condition*."""
        names = [each.column for each in self.key]
        source, cells = self._source([*names, *_named(self.counts), *_named((condition,))])
        met = rendered((condition,), cells, by_bytes=[each.column for each in self.key if isinstance(each, Text)])
        keys = select(*(cells[name] for name in names)).select_from(source)
        return keys.where(*_counting(self.counts, cells), *met).correlate(None)

    def _source(self, names: Sequence[str]) -> tuple[FromClause, dict[str, ColumnElement[object]]]:
        """Join what *names* need, and give what stands behind each name of a column."""
        needed = self._needed(names)
        source: FromClause = table_named(self.root, *map(column_named, needed[self.root]))
        cells: dict[str, ColumnElement[object]] = {}
        for name, cell in source.c.items():
            cells[name] = cells[f"{self.root}.{name}"] = cell
        for join in self.joins:
            if join.name in needed:
                there = table_named(join.table, *map(column_named, needed[join.name])).alias(join.name)
                own: dict[str, ColumnElement[object]] = dict(there.c.items())
                meets = [own[name] == cells[other] for name, other in join.on.items()]
                source = source.outerjoin(there, and_(*meets, *_counting(join.counts, own)))
                cells.update({f"{join.name}.{name}": cell for name, cell in own.items()})
        return source, cells

    def _needed(self, names: Sequence[str]) -> dict[str, list[str]]:
        """Give the columns that *names* need of the root and of each joined table, what they are joined by among them.

        Raises:
            Misconfigured: a name is of a table that is not joined.
        """
        found: dict[str, dict[str, None]] = {self.root: {}}
        known = {self.root, *(join.name for join in self.joins)}
        for name in names:
            table, column = self._split(name)
            if table not in known:
                raise Misconfigured(f"{name} is to be read, but {table} is not joined to {self.root}")
            found.setdefault(table, {})[column] = None
        for join in reversed(self.joins):
            if join.name in found:
                found[join.name].update(dict.fromkeys([*join.on, *_named(join.counts)]))
                for table, column in map(self._split, join.on.values()):
                    found.setdefault(table, {})[column] = None
        return {table: list(columns) for table, columns in found.items()}

    def _split(self, name: str) -> tuple[str, str]:
        table, _, column = name.rpartition(".")
        return table or self.root, column


def _sorting(by: Sorted, cells: Mapping[str, ColumnElement[object]]) -> ColumnElement[object]:
    return bytewise(cells[by.column]) if isinstance(by, Text) else cells[by.column]


def _named(where: Collection[Where]) -> list[str]:
    """Give the columns that conditions are about."""
    flat = [one for each in where for one in (each.conditions if isinstance(each, AnyOf) else (each,))]
    return [condition.column for condition in flat]


def _counting(counts: Sequence[Where], cells: Mapping[str, ColumnElement[object]]) -> list[ColumnElement[bool]]:
    """Give conditions that say what counts: null is nobody's mark, so "other than" keeps it."""
    found = []
    for each, met in zip(counts, rendered(counts, cells), strict=True):
        if isinstance(each, Condition) and each.comparison is Comparison.NE and each.value is not None:
            met = or_(met, cells[each.column].is_(None))
        found.append(met)
    return found
