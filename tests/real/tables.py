"""Reading joined tables through a mapping, as each of the integrations here does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define
from sqlalchemy import ColumnElement, FromClause, TableClause, column, select, table

from acl.collection import Fetch
from acl.conditions import Where
from adapters.sql.conditions import rendered
from adapters.sql.database import Row, SqlDatabase


@define
class Counter:
    """How many blocks of rows were pulled from the database."""

    count: int = 0


def table_of(name: str, *columns: str) -> TableClause:
    """Name a table and those of its columns that are used."""
    return table(name, *map(column, columns))


def fetching(
    database: SqlDatabase,
    source: FromClause,
    cells: Mapping[str, ColumnElement[object]],
    columns: Sequence[str],
    order: Sequence[str],
    counter: Counter,
    *,
    size: int,
) -> Fetch:
    """Make what fetches *columns*, each found in *cells*, of *source* in the order of other cells, in blocks."""

    def fetch(where: Sequence[Where]) -> Iterator[Sequence[Row]]:
        chosen = select(*[cells[name].label(name) for name in columns]).select_from(source)
        statement = chosen.where(*rendered(where, cells)).order_by(*[cells[name] for name in order])
        for page in database.pages(statement, size=size):
            counter.count += 1
            yield page

    return fetch
