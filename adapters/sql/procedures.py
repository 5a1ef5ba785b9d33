"""Stored procedures of an ERP's database: the only way in which one is written, and nothing here takes SQL."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from math import ceil

from sqlalchemy import URL, Connection, Engine, NullPool, column, create_engine, event, select, table, text
from sqlalchemy.exc import DBAPIError

from adapters.sql.call_faults import call_failure
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection, understood
from adapters.sql.faults import connect_error
from ports.errors import Misconfigured, OutcomeUnknown, Unavailable

Argument = str | int | None
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_ONE = r"(?:%\(\w+\)s(?:::[A-Z]+)?|NULL)"
_CALL = re.compile(rf"CALL [\"`]\w+[\"`]\((?:{_ONE}(?:, {_ONE})*)?\)")
_ROUTINES = table("routines", column("routine_name"), schema="information_schema")


class SqlProcedures:
    """The stored procedures of one database; safe to share between threads.

    A call is one transaction on a connection of its own, unless the procedure says otherwise, and is sent once.
    Nothing is opened before the first. *name* is the database for people, without credentials.

    Raises:
        Misconfigured: the connection's URL cannot be used, or its database has no procedures.
    """

    def __init__(self, connection: SqlConnection) -> None:
        self._looking = SqlDatabase(connection)
        self._engine = _calling_engine(connection)
        self._driver_error: type[BaseException] = self._engine.dialect.loaded_dbapi.Error
        self.name = self._looking.name
        self.timeout = connection.timeout

    def call(self, name: str, arguments: Sequence[Argument], *, gives: int, until: float) -> tuple[object, ...]:
        """Call a procedure once, and give the one row of *gives* values that it answers with.

        It is not sent after *until*, of the monotonic clock.

        Raises:
            ValueError: *name* is no plain name.
            AccessDenied, Misconfigured, Unavailable: nothing was sent.
            CallFailed: the database answered with an error; see `adapters.sql.call_faults`.
            OutcomeUnknown: the call left, and no answer that can be understood came.
        """
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a procedure")
        with self._connected() as connection:
            if time.monotonic() > until:
                raise Unavailable(f"{self.name}: it took too long to get ready, so it was not sent any more")
            try:
                return self._called(connection, name, arguments, gives)
            except (DBAPIError, UnicodeDecodeError, self._driver_error) as error:
                connection.invalidate()  # whatever is left open on it is undone, and it is not asked again
                raise self._failure(error, f"{self.name}: {name}") from error

    def missing(self, names: Sequence[str]) -> tuple[str, ...]:
        """Give those procedures that are not there, or not for these credentials.

        Raises:
            AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.sql.faults`.
        """
        wanted = select(_ROUTINES.c.routine_name).where(_ROUTINES.c.routine_name.in_(names))
        there = {row[0] for page in self._looking.pages(wanted) for row in page}
        return tuple(name for name in names if name not in there)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._looking.close()
        self._engine.dispose()

    def _connected(self) -> Connection:
        try:
            return self._engine.connect()
        except (DBAPIError, self._driver_error, TypeError, RuntimeError) as error:
            raise connect_error(error, self.name) from error

    def _called(
        self, connection: Connection, name: str, arguments: Sequence[Argument], gives: int
    ) -> tuple[object, ...]:
        """Call it; PostgreSQL wants a place for each value that comes back, MariaDB gives them as the result."""
        given = {f"a{place}": value for place, value in enumerate(arguments)}
        places = [f":{each}" for each in given]
        if self._engine.dialect.name == "postgresql":
            places += ["NULL"] * gives
        quoted = self._engine.dialect.identifier_preparer.quote_identifier(name)
        with connection.execute(text(f"CALL {quoted}({', '.join(places)})"), given) as result:
            rows = [tuple(row) for row in result] if result.returns_rows else []
        if len(rows) != 1 or len(rows[0]) != gives:
            raise OutcomeUnknown(f"{self.name}: {name} did not answer with one row of {gives} values")
        return rows[0]

    @staticmethod
    def _failure(error: BaseException, told: str) -> Exception:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        failed = call_failure(cause, told)
        return OutcomeUnknown(f"{told} was called, and no answer came") if failed is None else failed


def _calling_engine(connection: SqlConnection) -> Engine:
    """Make an engine on which nothing but a call can be executed; nothing is opened yet."""
    url = understood(connection.url)
    backend = url.get_backend_name()
    if backend == "sqlite":
        raise Misconfigured("a SQLite file has no stored procedures; give the folder that commands are dropped into")
    arguments = _postgresql(url, connection.timeout) if backend == "postgresql" else _mariadb(connection.timeout)
    engine = create_engine(
        url, connect_args=arguments, hide_parameters=True, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    event.listen(engine, "before_cursor_execute", _only_calls)
    return engine


def _only_calls(_: object, __: object, statement: str, *___: object) -> None:
    if not _CALL.fullmatch(statement):
        raise TypeError("only a stored procedure may be called here; nothing else was sent")


def _postgresql(url: URL, timeout: float) -> dict[str, str | int]:
    """Bound the call on the server, and notice on this side that nobody is there any more."""
    milliseconds = ceil(timeout * 1000)
    given = url.query.get("options", "")
    kept = given if isinstance(given, str) else " ".join(given)
    waiting = f"{kept} -c lock_timeout={max(1, milliseconds // 2)} -c statement_timeout={milliseconds}".strip()
    alive = {"keepalives_idle": max(1, ceil(timeout)), "keepalives_interval": 1, "keepalives_count": 3}
    return {"connect_timeout": max(2, ceil(timeout)), "options": waiting, "tcp_user_timeout": milliseconds, **alive}


def _mariadb(timeout: float) -> dict[str, str | int]:
    seconds = max(1, ceil(timeout))
    waiting = f"SET SESSION innodb_lock_wait_timeout={ceil(timeout / 2)}, max_statement_time={timeout}"
    return {
        "connect_timeout": seconds,
        "read_timeout": seconds + 2,  # the server stops the call before, and says so
        "write_timeout": seconds,
        "init_command": waiting,
    }
