"""One small table of suppliers in each kind of database, made by an engine that may write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from attrs import frozen
from sqlalchemy import CHAR, Column, Date, Engine, Integer, MetaData, String, Table, create_engine
from sqlalchemy.exc import OperationalError

from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection

SERVERS = {"postgresql": "postgresql+psycopg://root@127.0.0.1/test", "mariadb": "mysql+pymysql://root@127.0.0.1/test"}
ROWS: list[dict[str, object]] = [
    {"code": "000001", "name": "O'Neil'; DROP TABLE x; --", "level": 1, "since": date(2024, 2, 29)},
    {"code": "000002", "name": "Müller & Söhne \\ %s :name", "level": 2, "since": date(2023, 1, 1)},
    {"code": "000003", "name": "", "level": 3, "since": None},
    {"code": "000004", "name": None, "level": 4, "since": date(2022, 1, 1)},
    {"code": "000005", "name": "ACME", "level": None, "since": date(2021, 1, 1)},
]


@frozen
class Place:
    """A database with the table of suppliers in it."""

    kind: str
    url: str
    table: Table

    @property
    def connection(self) -> SqlConnection:
        return SqlConnection(self.url, timeout=10)

    def writer(self) -> Engine:
        return create_engine(self.url)


def _url(kind: str, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'erp.db'}"
    url = SERVERS[kind]
    arguments = {"connect_timeout": 2}
    engine = create_engine(url, connect_args=arguments)
    try:
        engine.connect().close()
    except OperationalError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no {kind} server answers on 127.0.0.1")
    finally:
        engine.dispose()
    return url


def _table() -> Table:
    name = f"suppliers_{uuid4().hex[:12]}"
    texts = String(60).with_variant(String(60, collation="C"), "postgresql")
    columns = (Column("code", CHAR(8)), Column("name", texts), Column("level", Integer), Column("since", Date))
    return Table(name, MetaData(), *columns)


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A database of each kind, emptied again afterwards."""
    kind: str = request.param
    found = Place(kind, _url(kind, tmp_path), _table())
    engine = found.writer()
    with engine.begin() as connection:
        found.table.create(connection)
        connection.execute(found.table.insert(), ROWS)
    yield found
    with engine.begin() as connection:
        found.table.drop(connection)
    engine.dispose()


@pytest.fixture
def database(place: Place) -> Iterator[SqlDatabase]:
    """The same database as the driver opens it."""
    with SqlDatabase(place.connection) as opened:
        yield opened
