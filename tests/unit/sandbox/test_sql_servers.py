"""The SQL sandboxes give the same rows on PostgreSQL and MariaDB as on SQLite."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.exc import OperationalError

from sandbox.inhouse import store as inhouse
from sandbox.inhouse.tables import METADATA as INHOUSE_TABLES
from sandbox.protheus import store as protheus
from sandbox.protheus.tables import METADATA as PROTHEUS_TABLES

SYSTEMS = {"protheus": (protheus.install, PROTHEUS_TABLES), "inhouse": (inhouse.install, INHOUSE_TABLES)}
OWN = f"dragoman_test_sandbox_{os.getpid()}"
SERVERS = {
    "postgresql": (
        "postgresql+psycopg://root@127.0.0.1/test",
        f"postgresql+psycopg://root@127.0.0.1/test?options=-csearch_path%3D{OWN}",
        f"DROP SCHEMA {OWN} CASCADE",
    ),
    "mariadb": (
        "mysql+pymysql://root@127.0.0.1/test",
        f"mysql+pymysql://root@127.0.0.1/{OWN}",
        f"DROP SCHEMA {OWN}",
    ),
}


@pytest.fixture(params=list(SERVERS))
def server_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give a URL of an empty schema of our own."""
    admin_url, url, drop = SERVERS[request.param]
    admin = create_engine(admin_url, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {OWN}"))
    except OperationalError:
        pytest.skip(f"no {request.param} answers on 127.0.0.1")
    try:
        yield url
    finally:
        with admin.connect() as connection:
            connection.execute(text(drop))
        admin.dispose()


def _contents(url: str, tables: MetaData) -> dict[str, set[tuple[object, ...]]]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return {
                table.name: {tuple(row) for row in connection.execute(table.select())} for table in tables.sorted_tables
            }
    finally:
        engine.dispose()


@pytest.mark.parametrize(("install", "tables"), SYSTEMS.values(), ids=SYSTEMS.keys())
def test_a_server_holds_the_same_rows_as_a_file(
    server_url: str, tmp_path: Path, install: Callable[[str], None], tables: MetaData
) -> None:
    file_url = f"sqlite:///{tmp_path / 'erp.db'}"
    install(file_url)
    install(server_url)
    install(server_url)

    assert _contents(server_url, tables) == _contents(file_url, tables)
