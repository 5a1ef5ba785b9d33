"""The database of a ledger: one writer at a time, readers at any time, and what its failures mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import cast
from weakref import WeakKeyDictionary

from attrs import frozen
from sqlalchemy import ClauseElement, Connection, Engine, PoolProxiedConnection
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, DBAPIModule
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from adapters.ledger.rows import Row, Value
from adapters.sql.faults import connect_error, port_error
from ports.errors import Misconfigured, OutcomeUnknown, PortError, Unavailable

_LOCK = 4_711_000_001
"""The advisory lock of PostgreSQL that whoever writes a ledger holds; any number would do."""
_BEGIN = {
    "sqlite": ("BEGIN IMMEDIATE",),
    "postgresql": ("BEGIN ISOLATION LEVEL READ COMMITTED", f"SELECT pg_advisory_xact_lock({_LOCK})"),
}
"""How a writer begins; who comes later waits here, and then reads what the one before has written."""


@frozen
class _Rendered:
    """A statement as one kind of database understands it; *order* names its values, if they are bound by position."""

    text: str
    order: Sequence[str] | None
    constants: Mapping[str, Value]


class Book:
    """One database, which threads may share; *name* is for people, without credentials."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.name = name
        self.engine = engine
        self._driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._rendered = WeakKeyDictionary[ClauseElement, _Rendered]()

    @contextmanager
    def writing(self) -> Iterator[Desk]:
        """Write alone; it is durable once the block has ended without an error, and as if never begun otherwise.

        Raises:
            Misconfigured, Unavailable: nothing was written.
            OutcomeUnknown: the connection was lost during the commit.
        """
        connection, cursor = self._begun()
        try:
            yield Desk(self, cursor)
        except BaseException:
            self._undo(connection, cursor)
            raise
        try:
            cursor.execute("COMMIT")
        except self._driver_error as error:
            lost = self._is_lost(connection, error)
            self._undo(connection, cursor)
            if lost:
                raise OutcomeUnknown(f"{self.name} went away during a commit; look whether it was written") from error
            raise self.told(error) from error
        cursor.close()
        connection.close()

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """Read what is durable, each statement for itself.

        Raises:
            Misconfigured, Unavailable: it cannot be read.
        """
        connection = self._connected()
        try:
            cursor = connection.cursor()
            yield Desk(self, cursor)
            cursor.close()
        finally:
            connection.close()

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Write alone, through SQLAlchemy's own connection, as migrations do.

        Raises:
            Misconfigured, Unavailable: nothing was written.
        """
        try:
            with self.engine.connect() as connection:
                for words in _BEGIN[self.engine.dialect.name]:
                    connection.exec_driver_sql(words)
                yield connection
                connection.commit()
        except (DBAPIError, NoFreeConnection, self._driver_error) as error:
            raise self.told(error, connecting=True) from error

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self.engine.dispose()

    def run(self, cursor: DBAPICursor, statement: ClauseElement, values: Mapping[str, Value]) -> None:
        """Run a statement on the driver's own *cursor*.

        Every value is bound, as ever; what is saved is SQLAlchemy's work on each execution, which is more than the
        database's own work on a row.
        """
        rendered = self._rendered.get(statement) or self._render(statement)
        bound = {**rendered.constants, **values} if rendered.constants else values
        try:
            cursor.execute(rendered.text, bound if rendered.order is None else [bound[name] for name in rendered.order])
        except self._driver_error as error:
            raise self.told(error) from error

    def told(self, error: BaseException, *, connecting: bool = False) -> PortError:
        """Give the port's error for one of the driver's; what waiting does not cure, a person must."""
        found = connect_error(error, self.name) if connecting else port_error(error, self.name)
        return found if isinstance(found, Unavailable | Misconfigured) else Misconfigured(str(found))

    def _render(self, statement: ClauseElement) -> _Rendered:
        compiled = statement.compile(dialect=self.engine.dialect)
        constants = {name: value for name, value in compiled.params.items() if value is not None}
        order = getattr(compiled, "positiontup", None)
        self._rendered[statement] = _Rendered(str(compiled), order, constants)
        return self._rendered[statement]

    def _connected(self) -> PoolProxiedConnection:
        try:
            return self.engine.raw_connection()
        except (DBAPIError, NoFreeConnection, self._driver_error) as error:
            raise self.told(error, connecting=not isinstance(error, NoFreeConnection)) from error

    def _begun(self) -> tuple[PoolProxiedConnection, DBAPICursor]:
        """Begin, on a new connection if the server was restarted since: nothing can have been done yet."""
        connection = self._connected()
        try:
            return connection, self._begin(connection)
        except self._driver_error as error:
            lost = self._is_lost(connection, error)
            connection.invalidate()
            if not lost:
                raise self.told(error) from error
        self.engine.dispose()
        connection = self._connected()
        try:
            return connection, self._begin(connection)
        except self._driver_error as error:
            connection.invalidate()
            raise self.told(error) from error

    def _begin(self, connection: PoolProxiedConnection) -> DBAPICursor:
        cursor = connection.cursor()
        for words in _BEGIN[self.engine.dialect.name]:
            cursor.execute(words)
        return cursor

    def _is_lost(self, connection: PoolProxiedConnection, error: BaseException) -> bool:
        driver = cast("DBAPIConnection", connection.driver_connection)
        return self.engine.dialect.is_disconnect(cast("DBAPIModule.Error", error), driver, None)

    def _undo(self, connection: PoolProxiedConnection, cursor: DBAPICursor) -> None:
        """Take back what was begun; a connection on which that fails ends, and its transaction with it."""
        try:
            cursor.execute("ROLLBACK")
        except self._driver_error:
            with suppress(self._driver_error):
                connection.invalidate()
        connection.close()


@frozen
class Desk:
    """One connection in use."""

    _book: Book
    _cursor: DBAPICursor

    def do(self, statement: ClauseElement, values: Mapping[str, Value]) -> None:
        """Run what gives nothing."""
        self._book.run(self._cursor, statement, values)

    def one(self, statement: ClauseElement, values: Mapping[str, Value]) -> Row | None:
        """Give the first row, ``None`` if there is none."""
        self._book.run(self._cursor, statement, values)
        return self._cursor.fetchone()

    def all(self, statement: ClauseElement, values: Mapping[str, Value]) -> Sequence[Row]:
        """Give all rows."""
        self._book.run(self._cursor, statement, values)
        return self._cursor.fetchall()
