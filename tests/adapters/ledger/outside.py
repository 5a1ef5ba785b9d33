"""What several worker processes share beside their ledger: an ERP and a clock, each in a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from attrs import field, frozen

from contracts.stored import read
from domain.canonical import canonical
from domain.commands.command import Command
from domain.identifiers import SupplierId
from domain.images import Image, Observation, Version
from domain.outcomes import Done, Reference
from ports.clock import Clock
from ports.execution import Execution, Limits


@frozen
class FileClock(Clock):
    """Tells the time that stands in a file, until the test writes another."""

    path: Path

    def now(self) -> datetime:
        return datetime.fromisoformat(self.path.read_text())


@frozen
class FileErp(Execution):
    """Writes a row for each supplier that it is asked to create, however often; *passing* is told when it does."""

    path: Path
    passing: Callable[[str], None] = field(default=lambda _: None)

    def __attrs_post_init__(self) -> None:
        with closing(self._opened()) as books:
            books.execute(
                "CREATE TABLE IF NOT EXISTS suppliers (number INTEGER PRIMARY KEY, reference TEXT, body BLOB)"
            )

    @property
    def limits(self) -> Limits:
        return Limits(call=timedelta(seconds=10), running=timedelta(seconds=60))

    def offers(self, command: type[Command]) -> bool:
        return True

    def observe(self, command: Command) -> Observation:
        return Observation(version=None, before=Image(()), facts=())

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done:
        self.passing("before the ERP")
        with closing(self._opened()) as books:
            asked = reference.text, canonical(command.effect)
            number = books.execute("INSERT INTO suppliers (reference, body) VALUES (?, ?)", asked).lastrowid
        self.passing("after the ERP")
        return Done(record=SupplierId(str(number)))

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done]:
        with closing(self._opened()) as books:
            rows = books.execute("SELECT number FROM suppliers WHERE reference = ?", (reference.text,)).fetchall()
        return [Done(record=SupplierId(str(number))) for (number,) in rows]

    def read_back(self, command: Command, done: Done) -> Image:
        with closing(self._opened()) as books:
            (body,) = books.execute("SELECT body FROM suppliers WHERE number = ?", (done.record.text,)).fetchone()
        return read(Image, body)

    def written(self) -> list[str]:
        """Give the reference of every supplier in the books."""
        with closing(self._opened()) as books:
            return [reference for (reference,) in books.execute("SELECT reference FROM suppliers")]

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=60, isolation_level=None)
