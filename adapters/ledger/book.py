"""The database of a ledger: one writer at a time, readers at any time, and what its failures mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import cast

from attrs import frozen
from sqlalchemy import ClauseElement, Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPIModule
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from adapters.ledger.at_once import LOCK, AtOnce
from adapters.ledger.connections import Connections, Seat
from adapters.ledger.rendering import Bound, Rendering
from adapters.ledger.rows import Row, Value
from adapters.sql.faults import connect_error, port_error
from ports.errors import Misconfigured, OutcomeUnknown, PortError, Unavailable

_BEGIN = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({LOCK})",
}
"""How a writer begins; who comes later waits here, and then reads what the one before has written."""
_CONNECTIONS = 8


class Book:
    """One database, which threads may share; *name* is for people, without credentials.

    *timeout*, in seconds, bounds the wait for a connection of our own.
    """

    def __init__(self, engine: Engine, name: str, timeout: float) -> None:
        self.name = name
        self.engine = engine
        self._connections = Connections(engine, at_most=_CONNECTIONS, wait=timeout)
        self._begin = _BEGIN[engine.dialect.name]
        self._driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._taken_error: type[Exception] = engine.dialect.loaded_dbapi.IntegrityError
        self.rendered = Rendering(engine.dialect)

    @contextmanager
    def writing(self) -> Iterator[Desk]:
        """Write alone; it is durable once the block has ended without an error, and as if never begun otherwise.

        Raises:
            Misconfigured, Unavailable: nothing was written.
            OutcomeUnknown: the connection was lost during the commit.
        """
        seat = self._seat()
        try:
            self._execute(seat, self._begin, afresh=True)
            yield Desk(self, seat, writes=True)
        except BaseException as error:  # whatever ended the block, a crash too: nothing of it may stand
            self._undo(seat)
            if isinstance(error, self._driver_error):
                raise self.told(error) from error
            raise
        try:
            self._execute(seat, "COMMIT")
        except self._driver_error as error:
            lost = self._is_lost(seat, error)
            self._undo(seat)
            raise (self._not_known() if lost else self.told(error)) from error
        self._connections.give_back(seat)

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """Read what is durable, each statement for itself.

        Raises:
            Misconfigured, Unavailable: it cannot be read.
        """
        seat = self._seat()
        try:
            yield Desk(self, seat, writes=False)
        finally:
            self._connections.give_back(seat)

    def write(self, what: AtOnce, values: Mapping[str, Value]) -> bool:
        """Write *what* at once, in a transaction of its own; false if something was in the way of all of it.

        Raises:
            Misconfigured, Unavailable: nothing was written.
            OutcomeUnknown: the connection was lost before the answer came.
        """
        seat = self._seat()
        try:
            if self._write(seat, what, values):
                self._connections.give_back(seat)
                return True
        except self._taken_error:
            pass
        except BaseException as error:  # whatever it is, what was begun ends
            lost = self._is_lost(seat, error)
            self._undo(seat)
            if isinstance(error, self._driver_error):
                raise (self._not_known() if lost else self.told(error)) from error
            raise
        self._undo(seat)
        return False

    def _write(self, seat: Seat, what: AtOnce, values: Mapping[str, Value]) -> bool:
        if self.engine.dialect.name == "postgresql":
            self._execute(seat, *self.rendered(what.both, values))
            return seat.cursor.fetchone() == (1,)
        self._execute(seat, self._begin)
        self._execute(seat, *self.rendered(what.intent, values))
        if seat.cursor.rowcount != 1:
            return False
        self._execute(seat, *self.rendered(what.record, values))
        self._execute(seat, "COMMIT")
        return True

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Write alone, through SQLAlchemy's own connection, as migrations do.

        Raises:
            Misconfigured, Unavailable: nothing was written.
        """
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql(self._begin)
                yield connection
                connection.commit()
        except (DBAPIError, NoFreeConnection, self._driver_error) as error:
            raise self.told(error, connecting=True) from error

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._connections.close()
        self.engine.dispose()

    def run(self, seat: Seat, statement: ClauseElement, values: Mapping[str, Value], *, afresh: bool) -> None:
        """Run a statement on the driver's own cursor; *afresh* as `_execute` says."""
        try:
            self._execute(seat, *self.rendered(statement, values), afresh=afresh)
        except self._driver_error as error:
            raise self.told(error) from error

    def told(self, error: BaseException, *, connecting: bool = False) -> PortError:
        """Give the port's error for one of the driver's; what waiting does not cure, a person must."""
        found = connect_error(error, self.name) if connecting else port_error(error, self.name)
        return found if isinstance(found, Unavailable | Misconfigured) else Misconfigured(str(found))

    def _execute(self, seat: Seat, words: str, *bound: Bound, afresh: bool = False) -> None:
        """Execute on the connection of *seat*; if the server has closed it since its last use, *afresh* on another."""
        try:
            seat.cursor.execute(words, *bound)
        except self._driver_error as error:
            if not (afresh and seat.served and self._is_lost(seat, error)):
                raise
            self._connections.renew(seat)
            seat.cursor.execute(words, *bound)

    def _seat(self) -> Seat:
        try:
            return self._connections.take()
        except (DBAPIError, NoFreeConnection, self._driver_error) as error:
            raise self.told(error, connecting=not isinstance(error, NoFreeConnection)) from error

    def _is_lost(self, seat: Seat, error: BaseException) -> bool:
        driver = cast("DBAPIConnection", seat.connection.driver_connection)
        return self.engine.dialect.is_disconnect(cast("DBAPIModule.Error", error), driver, None)

    def _undo(self, seat: Seat) -> None:
        """Take back what was begun; a connection on which that fails ends, and its transaction with it."""
        try:
            seat.cursor.execute("ROLLBACK")
        except self._driver_error:
            self._connections.drop(seat)
        else:
            self._connections.give_back(seat)

    def _not_known(self) -> OutcomeUnknown:
        return OutcomeUnknown(f"{self.name} went away during a commit; look whether it was written")


@frozen
class Desk:
    """One connection in use; whoever *writes* has begun a transaction on it, and cannot go on with it on another."""

    _book: Book
    _seat: Seat
    _writes: bool

    def do(self, statement: ClauseElement, values: Mapping[str, Value]) -> None:
        """Run what gives nothing."""
        self._book.run(self._seat, statement, values, afresh=not self._writes)

    def one(self, statement: ClauseElement, values: Mapping[str, Value]) -> Row | None:
        """Give the first row, ``None`` if there is none."""
        self._book.run(self._seat, statement, values, afresh=not self._writes)
        return self._seat.cursor.fetchone()

    def all(self, statement: ClauseElement, values: Mapping[str, Value]) -> Sequence[Row]:
        """Give all rows."""
        self._book.run(self._seat, statement, values, afresh=not self._writes)
        return self._seat.cursor.fetchall()
