"""Connections that write, kept open between two uses: as many as may be open at once, and no work on any but theirs."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from threading import BoundedSemaphore

from attrs import define
from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import TimeoutError as NoFreeConnection


@define
class Seat:
    """One connection in use, with its cursor; one that has *served* before may have been closed by its server since."""

    connection: PoolProxiedConnection
    cursor: DBAPICursor
    served: bool = False


class Connections:
    """Those of one *engine*, which threads may share; whoever finds *at_most* in use waits for so many seconds."""

    def __init__(self, engine: Engine, *, at_most: int, wait: float) -> None:
        self._engine = engine
        self._wait = wait
        self._turns = BoundedSemaphore(at_most)
        self._idle = deque[Seat]()

    def take(self) -> Seat:
        """Take one that nobody uses, the one used last, or open one.

        Raises:
            sqlalchemy.exc.TimeoutError: all were in use for too long.
            sqlalchemy.exc.DBAPIError, and the driver's own errors: none can be opened.
        """
        if not self._turns.acquire(timeout=self._wait):
            raise NoFreeConnection("all connections are in use")
        try:
            return self._idle.pop()
        except IndexError:
            pass
        try:
            return self._opened()
        except BaseException:  # whatever kept it from opening, its turn is another's
            self._turns.release()
            raise

    def give_back(self, seat: Seat) -> None:
        """Let the next one use it."""
        seat.served = True
        self._idle.append(seat)
        self._turns.release()

    def drop(self, seat: Seat) -> None:
        """End it, and what was begun on it."""
        seat.connection.invalidate()
        self._turns.release()

    def renew(self, seat: Seat) -> None:
        """Open another in its place, which the server has closed; those that nobody uses have gone the same way."""
        self.close()
        new = self._opened()
        seat.connection.invalidate()
        seat.connection, seat.cursor, seat.served = new.connection, new.cursor, False

    def close(self) -> None:
        """Close those that nobody uses."""
        with suppress(IndexError):
            while True:
                self._idle.pop().connection.invalidate()

    def _opened(self) -> Seat:
        connection = self._engine.raw_connection()
        return Seat(connection, connection.cursor())
