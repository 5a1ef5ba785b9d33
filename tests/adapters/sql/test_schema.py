"""A table that lost a column stops the start, not the night run."""

from __future__ import annotations

import pytest
from sqlalchemy import column, select, table

from adapters.sql.database import SqlDatabase
from adapters.sql.schema import columns_of, missing_columns, require_columns
from ports.errors import Drifted
from tests.adapters.sql.conftest import Place


def test_gives_the_columns_in_the_order_of_the_table(place: Place, database: SqlDatabase) -> None:
    assert columns_of(database, place.table.name) == ("code", "name", "level", "since")


def test_names_what_is_missing_in_the_order_asked(place: Place, database: SqlDatabase) -> None:
    assert missing_columns(database, place.table.name, ["since", "colour", "code", "A2_COD"]) == ("colour", "A2_COD")
    assert missing_columns(database, place.table.name, ["code"]) == ()


def test_case_counts_only_where_a_quoted_name_must_match(place: Place, database: SqlDatabase) -> None:
    missing = ("CODE",) if place.kind == "postgresql" else ()

    assert missing_columns(database, place.table.name, ["CODE"]) == missing


def test_refuses_a_table_that_lacks_a_column(place: Place, database: SqlDatabase) -> None:
    require_columns(database, place.table.name, ["code", "since"])

    with pytest.raises(Drifted, match=f"the table {place.table.name} has no colour, size; the mapping expects it"):
        require_columns(database, place.table.name, ["code", "colour", "size"])


def test_a_table_that_is_not_there_has_drifted(place: Place, database: SqlDatabase) -> None:
    with pytest.raises(Drifted, match=r"lacks a table or column.*no_such_table"):
        columns_of(database, "no_such_table")


def test_a_table_in_a_schema_that_is_not_there_has_drifted(place: Place, database: SqlDatabase) -> None:
    with pytest.raises(Drifted):
        columns_of(database, place.table.name, schema="no_such_schema")


def test_a_column_that_is_gone_is_never_taken_for_a_text(place: Place, database: SqlDatabase) -> None:
    """SQLite would read a quoted name that it does not know as a text, were it not for the table before it."""
    gone = table(place.table.name, column("C7_NUM")).c

    with pytest.raises(Drifted, match="C7_NUM"):
        list(database.pages(select(gone.C7_NUM)))


@pytest.mark.parametrize("place", ["sqlite", "mariadb"], indirect=True)
def test_a_view_over_a_column_that_is_gone_has_drifted(place: Place, database: SqlDatabase) -> None:
    view, base = f"{place.table.name}_view", f"{place.table.name}_base"
    engine = place.writer()
    with engine.begin() as connection:
        connection.exec_driver_sql(f"create table {base} (code char(8), colour char(8))")
        connection.exec_driver_sql(f"create view {view} as select code, colour from {base}")  # noqa: S608  # names only
        connection.exec_driver_sql(f"drop table {base}")
        connection.exec_driver_sql(f"create table {base} (code char(8))")
    try:
        with pytest.raises(Drifted):
            require_columns(database, view, ["code"])
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"drop view {view}")
            connection.exec_driver_sql(f"drop table {base}")
        engine.dispose()
