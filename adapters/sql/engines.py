"""Engines that cannot write: one way of opening each kind of database."""

from __future__ import annotations

from math import ceil
from pathlib import Path
from urllib.parse import quote

from attrs import field, frozen
from sqlalchemy import URL, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from ports.errors import Misconfigured

_DRIVERS = {"postgresql": "psycopg", "mysql": "pymysql", "mariadb": "pymysql", "sqlite": "pysqlite"}
_EXTRAS = {"psycopg": "dragoman[postgres]", "pymysql": "dragoman[mariadb]"}
_CONNECTIONS = 4

_Arguments = dict[str, str | float]


@frozen
class SqlConnection:
    """Where a database is; whatever is read there, nothing can be written.

    *url* (``postgresql://user:password@host/database``, ``mariadb://…``, ``sqlite:////folder/file``) is a secret as a
    whole. *timeout*, in seconds, bounds connecting, waiting for a lock, and each block of an answer.
    """

    url: str = field(repr=False)
    timeout: float = 30.0


def read_only_engine(connection: SqlConnection) -> Engine:
    """Make an engine whose every transaction is read-only; nothing is opened yet.

    Raises:
        Misconfigured: the URL is none, or of a database that cannot be read here, or its driver is not installed,
            or a directory stands where a file should.
    """
    url = understood(connection.url)
    backend = url.get_backend_name()
    arguments: _Arguments
    if backend == "sqlite":
        url, arguments = _sqlite(url), {"timeout": connection.timeout}
    elif backend == "postgresql":
        arguments = _postgresql(url, connection.timeout)
    else:
        arguments = _mariadb(connection.timeout)
    try:
        engine = create_engine(
            url,
            connect_args=arguments,
            hide_parameters=True,
            poolclass=QueuePool,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_timeout=connection.timeout,
            pool_pre_ping=True,
        )
    except ModuleNotFoundError as error:
        driver = url.get_driver_name()
        extra = _EXTRAS.get(driver, driver)
        raise Misconfigured(f"{backend} needs the driver {driver}; install {extra}") from error
    if backend == "sqlite":
        event.listen(engine, "connect", _only_queries)
    return engine


def described(connection: SqlConnection) -> str:
    """Name the database for people: its kind and place, without user, password and options.

    Raises:
        Misconfigured: the URL is none, or of a database that cannot be read here.
    """
    url = understood(connection.url)
    backend = url.get_backend_name()
    if backend == "sqlite":
        return f"the SQLite file {url.database}"
    port = "" if url.port is None else f":{url.port}"
    return f"the {backend} database {url.database} at {url.host}{port}"


def understood(text: str) -> URL:
    """Read the URL of a database, and name the driver that is used for it.

    Raises:
        Misconfigured: it is none, or of a database that is not known here; the sentence does not hold it.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # from None: the text holds the password
        raise Misconfigured("`url` is no database URL; one is postgresql://user:password@host/database") from None
    backend, _, driver = url.drivername.partition("+")
    if backend not in _DRIVERS:
        known = ", ".join(_DRIVERS)
        raise Misconfigured(f"`url` begins with {backend}, which cannot be read here; known are {known}")
    if driver not in ("", _DRIVERS[backend]):
        raise Misconfigured(f"`url` asks for the driver {driver}; leave it out, {_DRIVERS[backend]} is used")
    if url.database is None or url.database in ("", ":memory:"):
        raise Misconfigured("`url` names no database; it stands after the last stroke")
    return url.set(drivername=f"{backend}+{_DRIVERS[backend]}")


def _sqlite(url: URL) -> URL:
    """Open as a read-only URI: a missing file is an error, where a plain path would create it."""
    path = Path(url.database or "").absolute()
    if path.is_dir():
        raise Misconfigured(f"the SQLite file {url.database} is a directory; check `url`")
    return url.set(database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"})


def _postgresql(url: URL, timeout: float) -> _Arguments:
    given = url.query.get("options", "")
    kept = given if isinstance(given, str) else " ".join(given)
    settings = f"-c default_transaction_read_only=on -c statement_timeout={ceil(timeout * 1000)}"
    return {"connect_timeout": max(2, ceil(timeout)), "options": f"{kept} {settings}".strip()}


def _mariadb(timeout: float) -> _Arguments:
    seconds = max(1, ceil(timeout))
    return {
        "connect_timeout": seconds,
        "read_timeout": seconds,
        "write_timeout": seconds,
        "init_command": "SET SESSION TRANSACTION READ ONLY",
    }


def _only_queries(connection: DBAPIConnection, _: object) -> None:
    """Forbid writing, and let bytes that are no UTF-8 through: one record is refused for them, not the stream."""
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()
