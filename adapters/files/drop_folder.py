"""A folder through which files are exchanged with a program that asks nobody before it takes them.

Whoever looks sees a file whole or not at all: it is written under a hidden name, forced to disk, and then renamed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from re import Pattern

from attrs import field, frozen

from adapters.files.faults import port_error
from ports.errors import OutcomeUnknown, Unavailable

_FIRST = 4096
"""So many bytes of a file with a strange name are looked into."""


@frozen
class FoundFile:
    """One file: the *place* below the folder in which it lies, its name, and when it was last changed."""

    place: str
    name: str
    changed_at: datetime


@frozen(kw_only=True)
class DropFolder:
    """One folder with its *places*, which are named in the order in which a file goes through them.

    *known* is the form of the names that files have by themselves; whatever is called otherwise is looked into.
    """

    path: Path
    places: Sequence[str]
    known: Pattern[str]
    name: str = field(init=False)

    @name.default
    def _named(self) -> str:
        return f"the folder {self.path}"

    def is_there(self, name: str) -> bool:
        """Say whether a file of that name lies in the folder itself.

        Raises:
            AccessDenied, Unavailable: see `adapters.files.faults`.
        """
        with self._translated():
            return name in os.listdir(self.path)

    @contextmanager
    def staged(self, place: str, name: str, content: bytes) -> Iterator[StagedFile]:
        """Write a file under a hidden name, which goes away with the block unless it is published there.

        Raises:
            AccessDenied, Unavailable: see `adapters.files.faults`; nothing has appeared.
        """
        hidden = self.path / place / f".{name}.tmp"
        try:
            with self._translated():
                _written(hidden, content)
            yield StagedFile(hidden, self.path / place / name, self.name)
        finally:
            with suppress(OSError):
                hidden.unlink(missing_ok=True)

    def holding(self, mark: str) -> tuple[FoundFile, ...]:
        """Find the files that have *mark* in their name, or in their beginning if somebody has given them another.

        A file that is on its way from place to place is seen once or twice, and never missed.

        Raises:
            AccessDenied, Unavailable: see `adapters.files.faults`.
        """
        with self._translated():
            return tuple(found for place in self.places for found in self._in(place, mark))

    def read(self, file: FoundFile) -> bytes:
        """Read a file.

        Raises:
            AccessDenied, Unavailable: it cannot be read, or has gone on; ask again.
        """
        with self._translated():
            return (self.path / file.place / file.name).read_bytes()

    def _in(self, place: str, mark: str) -> Iterator[FoundFile]:
        with os.scandir(self.path / place) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):  # it has gone on, and stands where we look next
                    if not entry.name.startswith(".") and self._holds(entry, mark):
                        changed_at = datetime.fromtimestamp(entry.stat().st_mtime, UTC)
                        yield FoundFile(place, entry.name, changed_at)

    def _holds(self, entry: os.DirEntry[str], mark: str) -> bool:
        if mark in entry.name:
            return True
        if self.known.fullmatch(entry.name) or not entry.is_file():
            return False
        with open(entry.path, "rb") as file:
            return mark.encode() in file.read(_FIRST)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise port_error(error, self.name) from error


@frozen
class StagedFile:
    """A file that is written and that nobody sees yet."""

    hidden: Path
    public: Path
    folder: str

    def publish(self) -> None:
        """Give it its name.

        Raises:
            Unavailable: it has gone, and nothing has appeared.
            OutcomeUnknown: it may have got its name, or have it after a crash of the machine.
        """
        try:
            self._renamed()
            _forced(self.public.parent)
        except OSError as error:
            raise OutcomeUnknown(f"{self.folder} did not say whether it took {self.public.name}") from error

    def _renamed(self) -> None:
        try:
            os.replace(self.hidden, self.public)
        except FileNotFoundError as error:
            raise Unavailable(f"{self.folder} has changed meanwhile; nothing was put into it") from error


def _written(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _forced(folder: Path) -> None:
    """Force the names in *folder* to disk; Windows cannot, and does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
