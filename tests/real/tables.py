"""Opening a mapping on a database as the integrations here do, with a look at how much was pulled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define

from acl.collection import Fetch
from acl.conditions import Where
from adapters.sql.database import Row, SqlDatabase
from adapters.sql.tables import Tables


@define
class Counter:
    """How many blocks of rows were pulled from the database."""

    count: int = 0


def fetching(database: SqlDatabase, tables: Tables, columns: Sequence[str], counter: Counter, *, size: int) -> Fetch:
    """Make what fetches *columns* of *tables*, in blocks."""

    def fetch(where: Sequence[Where]) -> Iterator[Sequence[Row]]:
        for page in tables.pages(database, columns, where, size=size):
            counter.count += 1
            yield page

    return fetch
