"""A database of an ERP, read in blocks of plain tuples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar, cast

from sqlalchemy import Connection, Executable, GenerativeSelect, Inspector, inspect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from adapters.sql.engines import SqlConnection, described, read_only_engine
from adapters.sql.faults import connect_error, port_error
from adapters.sql.tapped import Question, current_tap
from ports.errors import NotOffered

Row = tuple[object, ...]
T = TypeVar("T")


class SqlDatabase:
    """One database that is read and never written; safe to share between threads.

    Nothing is opened before the first question. *name* is the database for people, without credentials.

    Raises:
        Misconfigured: the connection's URL cannot be used; the sentence says why.
    """

    def __init__(self, connection: SqlConnection) -> None:
        self.name = described(connection)
        self._engine = read_only_engine(connection)
        self._driver_error: type[BaseException] = self._engine.dialect.loaded_dbapi.Error
        self._is_mariadb = self._engine.dialect.name in ("mysql", "mariadb")
        self._tap = current_tap()

    @property
    def folds_case(self) -> bool:
        """Whether the name of a column matches in any case."""
        return self._engine.dialect.name != "postgresql"

    def pages(self, statement: GenerativeSelect, *, size: int = 5000) -> Iterator[list[Row]]:
        """Stream the rows of *statement* in blocks of at most *size*, all in one read-only transaction.

        Values are the driver's own, no type of SQLAlchemy touches them; the order is the statement's. Closing the
        iterator ends the transaction, however many rows are left; until then a slow reader holds it open.

        Raises:
            TypeError: *statement* is not a select; text is not taken.
            ValueError: *size* is less than one.
            AccessDenied, Drifted, Misconfigured, Refused, Unavailable, Unintelligible: while iterating; see
                `adapters.sql.faults`.
        """
        if not isinstance(statement, GenerativeSelect):
            raise TypeError(f"only a select can be read, not {type(statement).__name__}")
        if size < 1:
            raise ValueError(f"a block of {size} rows is no block; ask for at least one")
        if self._tap is None:
            return self._stream(statement, size)
        question = Question(self.name, self._engine.dialect, statement)
        return self._tap.rows(question, size, lambda asked: self._stream(asked, size))

    def column_names(self, statement: GenerativeSelect) -> tuple[str, ...]:
        """Give the names of the columns of *statement* as the database calls them, in its order.

        Raises:
            AccessDenied, Drifted, Misconfigured, Unavailable: see `adapters.sql.faults`.
        """
        if self._tap is None:
            return self._column_names(statement)
        question = Question(self.name, self._engine.dialect, statement)
        return self._tap.names(question, lambda: self._column_names(statement))

    def inspected(self, look: Callable[[Inspector], T]) -> T:
        """Give what *look* finds in the database's own description of itself, all in one read-only transaction.

        Raises:
            AccessDenied, Misconfigured, Unavailable, Unintelligible: see `adapters.sql.faults`.
            NotOffered: the database is being recorded, or is a recording.
        """
        if self._tap is not None:
            raise NotOffered(f"a recording does not hold how {self.name} describes itself; ask the database")
        with self._transaction() as connection:
            return look(inspect(connection))

    def close(self) -> None:
        """Close the connections that nobody uses; the others close with their iterators."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _column_names(self, statement: GenerativeSelect) -> tuple[str, ...]:
        with self._transaction() as connection:
            return tuple(connection.execute(cast("Executable", statement)).keys())

    def _stream(self, statement: GenerativeSelect, size: int) -> Iterator[list[Row]]:
        with self._transaction() as connection:
            streaming = connection.execution_options(stream_results=True)
            result = streaming.execute(cast("Executable", statement))  # every select is one, untold to mypy
            cursor, more = result.cursor, True
            try:
                while more:
                    # the strategy gives bare tuples; it holds the first row already, so the cursor must not be asked
                    block = list(result.cursor_strategy.fetchmany(result, cursor, size))
                    more = len(block) == size
                    if len(block) > 0:
                        yield block
            finally:
                if more and self._is_mariadb:
                    _abandon(connection, cursor)
                result.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._connected() as connection:
                if self._is_mariadb:
                    connection.exec_driver_sql("START TRANSACTION READ ONLY")
                yield connection.execution_options(postgresql_readonly=True)
        except (DBAPIError, NoFreeConnection, UnicodeDecodeError, self._driver_error) as error:
            raise port_error(error, self.name) from error

    def _connected(self) -> Connection:
        try:
            return self._engine.connect()
        except (DBAPIError, self._driver_error, TypeError, RuntimeError) as error:
            raise connect_error(error, self.name) from error


def _abandon(connection: Connection, cursor: DBAPICursor) -> None:
    """Give up the connection instead of reading the rest, which pymysql does on closing, be it a million rows."""
    unread = getattr(cursor, "_result", None)  # pymysql has no public way; without the attribute the rest is read
    if unread is not None:
        unread.unbuffered_active = False
        connection.invalidate()
