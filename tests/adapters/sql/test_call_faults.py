"""Each failure of a call is told as what it means, and what says nothing of itself leaves the outcome open."""

from __future__ import annotations

import psycopg
import pymysql
import pytest

from adapters.sql.call_faults import MARIADB, POSTGRESQL, call_failure
from ports.errors import AccessDenied, Drifted, Locked, Misconfigured, PortError, Refused, Unavailable

POSTGRESQL_TABLE: dict[str, type[PortError] | None] = {
    "08006": None,
    "22003": Refused,
    "23505": Refused,
    "25006": Misconfigured,
    "40001": Unavailable,
    "40003": None,
    "40P01": Unavailable,
    "42501": AccessDenied,
    "42883": Drifted,
    "53300": Unavailable,
    "55P03": Locked,
    "57014": Unavailable,
    "57P01": None,
    "P0001": Refused,
    "XX001": None,
}
MARIADB_TABLE: dict[int, type[PortError] | None] = {
    1030: None,
    1044: AccessDenied,
    1048: Refused,
    1062: Refused,
    1142: AccessDenied,
    1146: Drifted,
    1205: Locked,
    1213: Unavailable,
    1227: AccessDenied,
    1264: Refused,
    1290: Misconfigured,
    1305: Drifted,
    1317: None,
    1318: Drifted,
    1366: Refused,
    1370: AccessDenied,
    1406: Refused,
    1452: Refused,
    1644: Refused,
    1792: Misconfigured,
    1927: None,
    1969: Unavailable,
    2006: None,
    2013: None,
    4025: Refused,
}


@pytest.mark.parametrize(("state", "kind"), POSTGRESQL_TABLE.items())
def test_every_state_of_postgresql_has_its_meaning(state: str, kind: type[PortError] | None) -> None:
    error = type("_Error", (psycopg.Error,), {"sqlstate": state})("words")
    failed = call_failure(error, "db: SP_X")

    assert (None if failed is None else type(failed.meaning)) is kind


@pytest.mark.parametrize(("number", "kind"), MARIADB_TABLE.items())
def test_every_number_of_mariadb_has_its_meaning(number: int, kind: type[PortError] | None) -> None:
    failed = call_failure(pymysql.err.OperationalError(number, "words"), "db: SP_X")

    assert (None if failed is None else type(failed.meaning)) is kind


def test_the_tables_are_tested_whole() -> None:
    assert set(MARIADB) <= set(MARIADB_TABLE)
    assert {each[:2] for each in POSTGRESQL} <= {each[:2] for each in POSTGRESQL_TABLE}
    assert call_failure(psycopg.OperationalError("the connection was lost"), "db: SP_X") is None
    assert call_failure(pymysql.err.InterfaceError(), "db: SP_X") is None
