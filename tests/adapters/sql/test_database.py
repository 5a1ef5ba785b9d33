"""A database is streamed in plain tuples, and nothing can be written through it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import (
    URL,
    Column,
    Executable,
    GenerativeSelect,
    Integer,
    MetaData,
    Table,
    column,
    event,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable, DropTable

from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from ports.errors import Misconfigured, PortError, Unavailable
from tests.adapters.sql.conftest import ROWS, Place

ENDLESS = {
    "sqlite": "(with recursive n(i) as (select 1 union all select i + 1 from n) select i from n)",
    "postgresql": "(with recursive n(i) as (select 1::bigint union all select i + 1 from n) select i from n)",
    "mariadb": "seq_1_to_100000000000",
}


def endless(kind: str) -> GenerativeSelect:
    return select(text("*")).select_from(text(f"{ENDLESS[kind]} as numbers"))


def contents(place: Place) -> list[tuple[object, ...]]:
    engine = place.writer()
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(select(place.table).order_by(place.table.c.code))]
    engine.dispose()
    return found


def test_gives_blocks_of_plain_tuples_in_the_order_asked(place: Place, database: SqlDatabase) -> None:
    statement = select(place.table.c.level, place.table.c.name).order_by(place.table.c.code.desc())

    blocks = list(database.pages(statement, size=2))

    assert [len(block) for block in blocks] == [2, 2, 1]
    rows = [row for block in blocks for row in block]
    assert rows == [(row["level"], row["name"]) for row in reversed(ROWS)]
    assert {type(row) for row in rows} == {tuple}


def test_gives_no_block_at_all_for_no_rows_and_ends_after_a_full_block(place: Place, database: SqlDatabase) -> None:
    nothing = select(place.table).where(place.table.c.level > 90)

    assert list(database.pages(nothing)) == []
    assert [len(block) for block in database.pages(select(place.table), size=5)] == [5]


def test_hands_out_what_the_driver_gave_without_a_conversion(place: Place, database: SqlDatabase) -> None:
    statement = select(place.table.c.since).where(place.table.c.code == "000001")

    [[(since,)]] = database.pages(statement)

    assert since == ("2024-02-29" if place.kind == "sqlite" else ROWS[0]["since"])


def test_fetches_nothing_before_it_is_needed_and_drops_what_nobody_reads(place: Place, database: SqlDatabase) -> None:
    for _ in range(12):  # more often than there are connections
        blocks = database.pages(endless(place.kind), size=3)
        assert next(blocks) == [(1,), (2,), (3,)]
        del blocks  # what a caller does that stops in the middle


def test_keeps_a_connection_whose_answer_was_read_to_its_end(place: Place, database: SqlDatabase) -> None:
    given_up: list[object] = []
    event.listen(database._engine, "invalidate", lambda *arguments: given_up.append(arguments))

    assert len(list(database.pages(select(place.table), size=2))) == 3

    assert given_up == []


def test_gives_up_a_connection_of_mariadb_rather_than_read_the_rest(place: Place, database: SqlDatabase) -> None:
    given_up: list[object] = []
    event.listen(database._engine, "invalidate", lambda *arguments: given_up.append(arguments))

    next(database.pages(select(place.table), size=2))

    assert len(given_up) == (1 if place.kind == "mariadb" else 0)


def writes(table: Table) -> dict[str, Executable]:
    return {
        "insert": table.insert().values(code="X"),
        "update": table.update().values(code="X"),
        "delete": table.delete(),
        "drop": DropTable(table),
        "create": CreateTable(Table(f"{table.name}_more", MetaData(), Column("code", Integer))),
        "text": text("select 1"),
    }


@pytest.mark.parametrize("writing", ["insert", "update", "delete", "drop", "create", "text"])
def test_takes_nothing_but_a_select(place: Place, database: SqlDatabase, writing: str) -> None:
    with pytest.raises(TypeError, match="only a select can be read"):
        database.pages(cast("GenerativeSelect", writes(place.table)[writing]))


@pytest.mark.parametrize("writing", ["insert", "update", "delete", "drop", "create"])
def test_its_connections_cannot_write_whatever_they_are_told(place: Place, database: SqlDatabase, writing: str) -> None:
    before = contents(place)

    with database._engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(writes(place.table)[writing])

    assert contents(place) == before


def test_refuses_a_select_that_hides_a_write(place: Place, database: SqlDatabase) -> None:
    hidden = insert(place.table).values(code="X").returning(place.table.c.code).cte("hidden")

    with pytest.raises(PortError):
        list(database.pages(select(hidden.c.code)))

    assert len(contents(place)) == len(ROWS)


def test_a_select_cannot_end_the_transaction_and_write_after_it(place: Place, database: SqlDatabase) -> None:
    smuggled: GenerativeSelect = select(literal_column(f"1; commit; delete from {place.table.name}"))  # noqa: S608  # the point

    with pytest.raises(PortError):
        list(database.pages(smuggled))

    assert len(contents(place)) == len(ROWS)


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_the_server_knows_that_the_transaction_is_read_only_and_bounded(place: Place) -> None:
    with SqlDatabase(place.connection) as database:
        settings = [select(func.current_setting(name)) for name in ("transaction_read_only", "statement_timeout")]
        assert [list(database.pages(setting)) for setting in settings] == [[[("on",)]], [[("10s",)]]]


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_keeps_the_options_that_the_url_brought(place: Place) -> None:
    with SqlDatabase(SqlConnection(f"{place.url}?options=-c%20search_path%3Delsewhere")) as database:
        assert list(database.pages(select(func.current_setting("search_path")))) == [[("elsewhere",)]]


def test_a_missing_file_is_an_error_and_is_not_created(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.db"

    with SqlDatabase(SqlConnection(f"sqlite:///{path}")) as database, pytest.raises(Misconfigured) as caught:
        list(database.pages(select(column("x")).select_from(table("t"))))

    assert str(caught.value) == f"the SQLite file {path} is not there; check `url`"
    assert list(tmp_path.iterdir()) == []


def test_opens_a_file_whose_name_looks_like_an_address(tmp_path: Path) -> None:
    path = tmp_path / "a b#c&d%20é?mode=rwc.db"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("create table t (x)")
        writer.execute("insert into t values (7)")
        writer.commit()

    with SqlDatabase(SqlConnection(URL.create("sqlite", database=str(path)).render_as_string())) as database:
        assert list(database.pages(select(table("t", column("x"))))) == [[(7,)]]


def test_a_file_in_use_by_too_many_readers_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "erp.db"
    sqlite3.connect(path).close()
    statement = endless("sqlite")

    with SqlDatabase(SqlConnection(f"sqlite:///{path}", timeout=0.01)) as database:
        readers = [database.pages(statement, size=1) for _ in range(5)]
        for reader in readers[:4]:
            next(reader)
        with pytest.raises(Unavailable, match="all connections are in use"):
            next(readers[4])
        del readers, reader


@pytest.mark.parametrize("size", [0, -1])
def test_a_block_has_at_least_one_row(place: Place, database: SqlDatabase, size: int) -> None:
    with pytest.raises(ValueError, match="ask for at least one"):
        database.pages(select(place.table), size=size)
