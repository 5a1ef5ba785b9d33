"""Each failure of a database becomes the error of the port that says what to do; no secret passes."""

from __future__ import annotations

import sqlite3

import psycopg
import pymysql
import pytest
from sqlalchemy.exc import OperationalError as WrappedError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from adapters.sql.faults import MARIADB, POSTGRESQL, SQLITE, connect_error, port_error
from ports.errors import AccessDenied, Drifted, Misconfigured, PortError, Refused, Unavailable, Unintelligible

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
