"""Databases of our own on the local servers, filled for a test and dropped again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from attrs import frozen
from pymysql.constants import CLIENT
from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql import text

from tests.real.vendor import missing


@frozen
class Server:
    """One local database server, by a database that is always there; *arguments* make it take a whole script."""

    url: str
    arguments: dict[str, int]

    def engine(self, database: str | None = None) -> Engine:
        """Open a database for writing; tests alone do that."""
        url = make_url(self.url)
        place = url if database is None else url.set(database=database)
        return create_engine(place, connect_args={"connect_timeout": 3, **self.arguments}, isolation_level="AUTOCOMMIT")


POSTGRESQL = Server("postgresql+psycopg://root@127.0.0.1/postgres", {})
MARIADB = Server("mysql+pymysql://root@127.0.0.1/mysql", {"client_flag": CLIENT.MULTI_STATEMENTS})


@contextmanager
def own_database(server: Server, name: str) -> Iterator[str]:
    """Give the name of an empty database that lasts as long as the block, or leave the test if no server answers."""
    database = f"dragoman_{name}_{uuid4().hex[:8]}"
    engine = server.engine()
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {database}"))
    except OperationalError:
        missing(f"no server answers at {server.url}")
    try:
        yield database
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {database}"))
        engine.dispose()


@contextmanager
def installed(kind: str, install: Callable[[str], None], folder: Path) -> Iterator[str]:
    """Give the URL, as a site would write it, of a database of *kind* that *install* has filled."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'erp.db'}"
        install(url)
        yield url
        return
    server = {"postgresql": POSTGRESQL, "mariadb": MARIADB}[kind]
    with own_database(server, "sandbox") as database:
        url = url_of(server, database)
        install(url)
        yield url


KINDS = ("sqlite", "postgresql", "mariadb")
"""The databases that a SQL system is shown to work on."""


def run_script(server: Server, database: str, script: str) -> None:
    """Run all statements of *script* in one go, the way the server's own client would."""
    engine = server.engine(database)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(script)
        while cursor.nextset():
            pass
        cursor.close()
        connection.commit()
    finally:
        connection.close()
        engine.dispose()


def rows(server: Server, database: str, query: str) -> Sequence[dict[str, object]]:
    """Ask plainly, past every driver and mapping of ours: what an expectation is made of."""
    engine = server.engine(database)
    try:
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(text(query)).mappings()]
    finally:
        engine.dispose()


def url_of(server: Server, database: str) -> str:
    """Give the address of a database as a site would configure it."""
    url: URL = make_url(server.url)
    return url.set(database=database).render_as_string(hide_password=False)
