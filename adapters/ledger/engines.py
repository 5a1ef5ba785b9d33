"""Connections that write: one way of opening each kind of database, so that a commit is durable."""

from __future__ import annotations

import os
from math import ceil
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError

from ports.errors import Misconfigured

_DRIVERS = {"sqlite": "pysqlite", "postgresql": "psycopg"}
_Arguments = dict[str, str | float]


def writing_engine(address: str, timeout: float) -> Engine:
    """Make an engine for the ledger at *address*; nothing is opened yet.

    Its connections begin and end no transaction by themselves. *timeout*, in seconds, bounds connecting and every wait.
    A file that this account can only read is only read.

    Raises:
        Misconfigured: the address is no URL, or of a database that no ledger can be in, or its driver is not installed.
    """
    url = _understood(address)
    is_sqlite, only_read = url.get_backend_name() == "sqlite", is_only_read(address)
    try:
        engine = create_engine(
            _only_read(url) if only_read else url,
            connect_args={"timeout": timeout} if is_sqlite else _postgresql(url, timeout),
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
            poolclass=NullPool,  # `Connections` keeps them
        )
    except ModuleNotFoundError as error:
        raise Misconfigured("PostgreSQL needs the driver psycopg; install dragoman[postgres]") from error
    if is_sqlite and not only_read:
        _private(Path(str(url.database)))
        event.listen(engine, "connect", _durable)
    return engine


def is_only_read(address: str) -> bool:
    """Say whether the ledger at *address* is a file that this account can read and not write.

    Raises:
        Misconfigured: the address is no URL, or of a database that no ledger can be in.
    """
    url = _understood(address)
    file = str(url.database)
    return url.get_backend_name() == "sqlite" and os.access(file, os.R_OK) and not os.access(file, os.W_OK)


def _only_read(url: URL) -> URL:
    """Give the URL by which SQLite writes nothing, beside the file neither.

    As long as somebody has the ledger open, what he has not yet put into the file stands beside it, and is read too.
    Where nothing stands there, the file is all there is, and SQLite must not look for more: to find out it would write.
    """
    file = Path(str(url.database)).absolute()
    is_all = not file.with_name(f"{file.name}-wal").exists()
    options = {"uri": "true", "mode": "ro", **({"immutable": "1"} if is_all else {})}
    return url.set(database=f"file:{quote(str(file))}", query=options)


def _understood(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # from None: the text may hold a password
        raise Misconfigured("the ledger's `url` is no database URL; one is sqlite:////folder/ledger.db") from None
    backend, _, driver = url.drivername.partition("+")
    if backend not in _DRIVERS or driver not in ("", _DRIVERS[backend]):
        raise Misconfigured(f"a ledger cannot be in {url.drivername}; give sqlite or postgresql")
    if url.database in (None, "", ":memory:"):
        raise Misconfigured("the ledger's `url` names no database; it stands after the last stroke")
    return url.set(drivername=f"{backend}+{_DRIVERS[backend]}")


def _postgresql(url: URL, timeout: float) -> _Arguments:
    given = url.query.get("options", "")
    kept = given if isinstance(given, str) else " ".join(given)
    wait = ceil(timeout * 1000)
    settings = {
        "synchronous_commit": "on",
        "statement_timeout": wait,
        "idle_in_transaction_session_timeout": wait,
        "enable_seqscan": "off",  # a plan that was made while a table was small is kept, and must do for a large one
        "jit": "off",  # what it costs is more than any statement here does
    }
    options = " ".join([kept, *(f"-c {name}={value}" for name, value in settings.items())])
    return {"connect_timeout": max(2, ceil(timeout)), "options": options.strip()}


def _private(file: Path) -> None:
    """Make the file, if it is not there, so that only its owner can read it: intents hold bank accounts."""
    try:
        file.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise Misconfigured(f"the ledger cannot be written to {file} ({error.strerror})") from error


def _durable(connection: DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # readers go on while somebody writes
    cursor.execute("PRAGMA synchronous = FULL")  # a commit has reached the disk when it returns
    cursor.close()
