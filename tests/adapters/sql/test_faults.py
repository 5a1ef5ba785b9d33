"""Each failure of a database becomes the error of the port that says what to do; no secret passes."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pymysql
import pytest
from sqlalchemy import column, func, select, table
from sqlalchemy.exc import OperationalError as WrappedError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection, read_only_engine
from adapters.sql.faults import MARIADB, POSTGRESQL, SQLITE, connect_error, port_error
from ports.errors import AccessDenied, Drifted, Misconfigured, PortError, Refused, Unavailable, Unintelligible
from tests.adapters.sql.conftest import Place

NOWHERE = select(table("t", column("x")))
SECRET = "s3cret O'Neil"

POSTGRESQL_TABLE = {
    "08006": Unavailable,
    "22P02": Refused,
    "25006": Refused,
    "28P01": AccessDenied,
    "3D000": Misconfigured,
    "3F000": Drifted,
    "40P01": Unavailable,
    "42601": Drifted,
    "42501": AccessDenied,
    "42703": Drifted,
    "42P01": Drifted,
    "53300": Unavailable,
    "55P03": Unavailable,
    "57P01": Unavailable,
    "57014": Unavailable,
    "57P03": Unavailable,
    "58030": Unavailable,
    "XX001": Unintelligible,
}
MARIADB_TABLE = {
    AccessDenied: {1044, 1045, 1129, 1130, 1142, 1143, 1227, 1698},
    Drifted: {1054, 1064, 1146, 1305, 1356},
    Misconfigured: {1049},
    Refused: {1267, 1290, 1292, 1366, 1792},
    Unavailable: {1040, 1053, 1203, 1205, 1213, 1226, 1317, 1927, 1969, 2002, 2003, 2006, 2013, 2055, 3024},
    Unintelligible: {2014},
}
SQLITE_TABLE = {
    "SQLITE_AUTH": AccessDenied,
    "SQLITE_BUSY_SNAPSHOT": Unavailable,
    "SQLITE_CANTOPEN_ISDIR": Misconfigured,
    "SQLITE_CORRUPT_INDEX": Unintelligible,
    "SQLITE_ERROR": Drifted,
    "SQLITE_INTERRUPT": Unavailable,
    "SQLITE_IOERR_READ": Unavailable,
    "SQLITE_LOCKED": Unavailable,
    "SQLITE_MISMATCH": Refused,
    "SQLITE_NOTADB": Misconfigured,
    "SQLITE_PERM": AccessDenied,
    "SQLITE_PROTOCOL": Unavailable,
    "SQLITE_RANGE": Drifted,
    "SQLITE_READONLY": Refused,
    "SQLITE_TOOBIG": Refused,
}


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


@pytest.mark.parametrize(("state", "expected"), POSTGRESQL_TABLE.items())
def test_what_postgresql_says(state: str, expected: type[PortError]) -> None:
    found = port_error(psycopg.errors.lookup(state)(SECRET), "the database")

    assert type(found) is expected
    assert expected is Drifted or SECRET not in str(found)


def test_every_row_for_postgresql_is_listed_here() -> None:
    listed = {state if state in POSTGRESQL else state[:2] for state in POSTGRESQL_TABLE}

    assert listed == set(POSTGRESQL)


def test_what_mariadb_says() -> None:
    found: dict[type[PortError], set[int]] = {}
    for code in MARIADB:
        error = port_error(pymysql.err.OperationalError(code, SECRET), "the database")
        assert SECRET not in str(error) or code in (1054, 1146)
        found.setdefault(type(error), set()).add(code)

    assert found == MARIADB_TABLE


@pytest.mark.parametrize(("name", "expected"), SQLITE_TABLE.items())
def test_what_sqlite_says(name: str, expected: type[PortError]) -> None:
    error = sqlite3.OperationalError(SECRET)
    error.sqlite_errorname = name

    found = port_error(error, "the database")

    assert type(found) is expected
    assert SECRET not in str(found)


def test_every_row_for_sqlite_is_listed_here() -> None:
    assert {"_".join(name.split("_")[:2]) for name in SQLITE_TABLE} == set(SQLITE)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (psycopg.OperationalError(SECRET), Unavailable),
        (psycopg.InterfaceError(SECRET), Unavailable),
        (psycopg.DataError(SECRET), Unintelligible),
        (psycopg.ProgrammingError(SECRET), Refused),
        (psycopg.Error(SECRET), Unintelligible),
        (pymysql.err.InterfaceError(0, SECRET), Unavailable),
        (pymysql.err.OperationalError(9999, SECRET), Unavailable),
        (pymysql.err.ProgrammingError(SECRET), Refused),
        (pymysql.err.InternalError(9999, SECRET), Unintelligible),
        (pymysql.err.Error(), Unintelligible),
        (sqlite3.ProgrammingError(SECRET), Refused),
        (sqlite3.InterfaceError(SECRET), Unavailable),
        (sqlite3.OperationalError(f"Could not decode to UTF-8 column 'x' with text '{SECRET}'"), Unintelligible),
        (UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET), Unintelligible),
        (NoFreeConnection(SECRET), Unavailable),
        (WrappedError(SECRET, None, pymysql.err.OperationalError(1045, SECRET)), AccessDenied),
    ],
    ids=repr,
)
def test_what_a_driver_says_without_a_code(error: Exception, expected: type[PortError]) -> None:
    found = port_error(error, "the database")

    assert type(found) is expected
    assert str(found).startswith("the database")
    assert SECRET not in str(found)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (psycopg.OperationalError('FATAL:  password authentication failed for user "root"'), AccessDenied),
        (psycopg.OperationalError("fe_sendauth: no password supplied"), AccessDenied),
        (psycopg.OperationalError('FATAL:  no pg_hba.conf entry for host "10.0.0.7"'), AccessDenied),
        (psycopg.OperationalError('FATAL:  role "nobody" does not exist'), AccessDenied),
        (psycopg.OperationalError('FATAL:  permission denied for database "x"'), AccessDenied),
        (psycopg.OperationalError('FATAL:  database "x" does not exist'), Misconfigured),
        (psycopg.errors.ConnectionTimeout("connection timeout expired"), Unavailable),
        (psycopg.OperationalError("could not translate host name"), Unavailable),
        (psycopg.ProgrammingError('invalid connection option "colour"'), Misconfigured),
        (psycopg.errors.lookup("53300")("too many clients"), Unavailable),
        (pymysql.err.OperationalError(1045, "Access denied"), AccessDenied),
        (TypeError("unexpected keyword argument 'colour'"), Misconfigured),
        (RuntimeError("'cryptography' package is required"), Misconfigured),
    ],
    ids=repr,
)
def test_what_a_driver_says_while_connecting(error: Exception, expected: type[PortError]) -> None:
    assert type(connect_error(error, "the database")) is expected


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("s3cret", "`url` is no database URL"),
        ("", "`url` is no database URL"),
        ("postgresql://u:s3cret@host:port/x", "`url` is no database URL"),
        ("oracle://u:s3cret@host/x", "`url` begins with oracle, which cannot be read here"),
        ("postgresql+asyncpg://u:s3cret@host/x", "`url` asks for the driver asyncpg; leave it out, psycopg is used"),
        ("postgresql://u:s3cret@host", "`url` names no database"),
        ("sqlite://", "`url` names no database"),
        ("sqlite:///:memory:", "`url` names no database"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_before_anything_is_opened(url: str, sentence: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        SqlDatabase(SqlConnection(url))

    assert str(caught.value).startswith(sentence)
    assert "s3cret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("url", "extra"),
    [
        ("postgresql://h/x", "psycopg; install dragoman[postgres]"),
        ("mysql://h/x", "pymysql; install dragoman[mariadb]"),
    ],
)
def test_a_missing_driver_is_named_with_what_installs_it(url: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("psycopg", "pymysql"):
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(Misconfigured, match="needs the driver") as caught:
        SqlDatabase(SqlConnection(url))

    assert str(caught.value).endswith(extra)


def test_the_url_never_shows() -> None:
    connection = SqlConnection("postgresql://u:s3cret@db.example:5433/erp?options=x")

    assert "s3cret" not in repr(connection)
    assert SqlDatabase(connection).name == "the postgresql database erp at db.example:5433"


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
