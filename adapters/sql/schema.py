"""Whether a table still has the columns that a mapping was written for.

It asks the database for the shape of an empty answer, which works for views as well, and notices those that hold names
of columns that are gone. Source: INH-VIEW-01, PRO-DIC-01.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import FromClause, false, select, text
from sqlalchemy import table as table_named

from adapters.sql.database import SqlDatabase
from ports.errors import Drifted


def columns_of(database: SqlDatabase, table: str, *, schema: str | None = None) -> tuple[str, ...]:
    """Give the names of the columns of a table or view in its own order.

    Raises:
        Drifted: there is no such table.
        AccessDenied, Misconfigured, Unavailable: see `ports.errors`.
    """
    source: FromClause = table_named(table, schema=schema) if schema is not None else table_named(table)
    return database.column_names(select(text("*")).select_from(source).where(false()))


def missing_columns(
    database: SqlDatabase, table: str, columns: Sequence[str], *, schema: str | None = None
) -> tuple[str, ...]:
    """Give those of *columns* that the table does not have, in the order asked.

    Raises:
        Drifted: there is no such table.
        AccessDenied, Misconfigured, Unavailable: see `ports.errors`.
    """
    there = columns_of(database, table, schema=schema)
    if not database.folds_case:
        return tuple(column for column in columns if column not in there)
    folded = {column.casefold() for column in there}
    return tuple(column for column in columns if column.casefold() not in folded)


def require_columns(database: SqlDatabase, table: str, columns: Sequence[str], *, schema: str | None = None) -> None:
    """Refuse to start on a table that lacks one of *columns*.

    Raises:
        Drifted: it does, or is not there; all that is missing is named.
        AccessDenied, Misconfigured, Unavailable: see `ports.errors`.
    """
    missing = missing_columns(database, table, columns, schema=schema)
    if len(missing) > 0:
        raise Drifted(f"{database.name}: the table {table} has no {', '.join(missing)}; the mapping expects it")
