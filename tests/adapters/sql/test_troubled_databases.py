"""A database that fails while it is asked is the error of the port that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import column, func, select, table

from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection, read_only_engine
from ports.errors import AccessDenied, Drifted, Misconfigured, PortError, Unavailable, Unintelligible
from tests.adapters.sql.conftest import Place

NOWHERE = select(table("t", column("x")))


@pytest.mark.parametrize("kind", ["missing table", "missing function"])
def test_no_value_of_a_question_stands_in_the_error_or_what_sqlalchemy_says(place: Place, kind: str) -> None:
    asked = NOWHERE if kind == "missing table" else select(func.nothing_of_the_kind(place.table.c.code))

    with SqlDatabase(place.connection) as database, pytest.raises(Drifted) as caught:
        list(database.pages(asked.where(column("x") == "s3cret")))

    assert "s3cret" not in f"{caught.value} {caught.value.__cause__}"


def the_error(url: str, *, timeout: float = 2) -> PortError:
    with pytest.raises(PortError) as caught, SqlDatabase(SqlConnection(url, timeout=timeout)) as database:
        list(database.pages(NOWHERE))
    return caught.value


@pytest.mark.parametrize("kind", ["postgresql", "mariadb", "mysql"])
def test_a_closed_port_is_unavailable(kind: str) -> None:
    error = the_error(f"{kind}://u:s3cret@127.0.0.1:9/erp")

    assert type(error) is Unavailable
    assert str(error) == f"the {kind} database erp at 127.0.0.1:9 cannot be reached; ask again later"


@pytest.mark.parametrize("place", ["postgresql", "mariadb"], indirect=True)
def test_a_wrong_user_and_a_wrong_database_are_told_apart(place: Place) -> None:
    assert type(the_error(place.url.replace("root@", "nobody_here:s3cret@"))) is AccessDenied
    assert type(the_error(place.url.replace("/test", "/no_such_database"))) is Misconfigured


@pytest.mark.parametrize("place", ["postgresql", "mariadb"], indirect=True)
def test_an_unknown_option_in_the_url_is_told(place: Place) -> None:
    assert "check the options in `url`" in str(the_error(f"{place.url}?colour=red"))


@contextmanager
def an_open_stream(place: Place) -> Iterator[tuple[Iterator[list[tuple[object, ...]]], int]]:
    with SqlDatabase(place.connection) as database:
        stream = database.pages(select(func.pg_backend_pid()).select_from(place.table), size=1)
        [(number,)] = next(stream)
        assert isinstance(number, int)
        yield stream, number


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_connection_that_the_server_ends_in_the_middle_is_unavailable(place: Place) -> None:
    engine = place.writer()
    with an_open_stream(place) as (stream, number):
        with engine.connect() as killer:
            killer.execute(select(func.pg_terminate_backend(number)))
        with pytest.raises(Unavailable, match="ended the connection"):
            list(stream)
    engine.dispose()


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_an_answer_that_takes_too_long_is_unavailable(place: Place) -> None:
    with (
        SqlDatabase(SqlConnection(place.url, timeout=0.05)) as database,
        pytest.raises(Unavailable, match="did not answer in time"),
    ):
        list(database.pages(select(func.pg_sleep(10))))


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_date_that_python_cannot_hold_is_unintelligible(place: Place) -> None:
    with SqlDatabase(place.connection) as database, pytest.raises(Unintelligible):
        list(database.pages(select(func.make_date(20000, 1, 1))))


def test_a_locked_file_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "erp.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("create table t (x)")
        writer.execute("begin exclusive")
        error = the_error(f"sqlite:///{path}", timeout=0)

    assert type(error) is Unavailable
    assert str(error) == f"the SQLite file {path} is busy or locked; ask again later"


def test_a_directory_is_no_database_file(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"is a directory; check `url`$"):
        read_only_engine(SqlConnection(f"sqlite:///{tmp_path}"))


def test_a_file_that_is_no_database_is_misconfigured(tmp_path: Path) -> None:
    path = tmp_path / "erp.db"
    path.write_text("s3cret" * 200)

    error = the_error(f"sqlite:///{path}")

    assert str(error) == f"the SQLite file {path} is no SQLite database; check `url`"


def test_a_text_that_is_not_utf8_comes_through_for_the_record_to_be_refused(tmp_path: Path) -> None:
    path = tmp_path / "erp.db"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("create table t (x)")
        writer.execute("insert into t values (cast(x'61ff' as text)), ('b')")
        writer.commit()

    with SqlDatabase(SqlConnection(f"sqlite:///{path}")) as database:
        pages = list(database.pages(select(column("x")).select_from(table("t", column("x")))))

    assert pages == [[("a\udcff",), ("b",)]]
