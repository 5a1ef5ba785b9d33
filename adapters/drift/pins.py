"""Pins: what a system published when somebody last looked at it and agreed."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from attrs import frozen

from contracts.source.changes import changes
from contracts.source.schema import Schema
from contracts.source.stored import schema_from, text_of
from ports.errors import Misconfigured


@frozen
class Pins:
    """A folder of pins, one file for each document of each system."""

    folder: Path

    def path(self, system: str, document: str) -> Path:
        """Say where a pin stands: ``NAME.json``, or ``NAME.DOCUMENT.json`` if the system has several documents."""
        parts = [quote(part, safe="").replace(".", "%2E") for part in (system, document) if part != ""]
        return self.folder / f"{'.'.join(parts)}.json"

    def read(self, system: str, document: str) -> Schema:
        """Give the pinned schema.

        Raises:
            Misconfigured: there is no such pin, or it cannot be used.
        """
        path = self.path(system, document)
        if not path.is_file():
            raise Misconfigured(f"{path}: {system} is not pinned there; pin it with `dragoman drift pin`")
        return pinned_in(path)

    def write(self, system: str, document: str, schema: Schema, *, replace: bool) -> Path | None:
        """Pin *schema*, and give where; ``None`` if the pin that is there says the same.

        Raises:
            Misconfigured: another pin is there and is not to be replaced, or the folder cannot be written to.
        """
        path = self.path(system, document)
        if path.exists() and not replace:
            different = changes(pinned_in(path), schema)
            if len(different) == 0:
                return None
            raise Misconfigured(
                f"{path}: something else is pinned there (differences: {len(different)}); "
                "see what it means with `dragoman drift check`, then pin with --replace"
            )
        origin = f"{schema.origin}, read {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        stamped = Schema(origin, tuple(schema.records.values()))
        try:
            _write(path, text_of(stamped))
        except OSError as error:
            raise Misconfigured(f"{path}: it cannot be written ({error.strerror})") from error
        return path


def pinned_in(path: Path) -> Schema:
    """Read a pin.

    Raises:
        Misconfigured: it cannot be read, or is none.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Misconfigured(f"{path}: it cannot be read ({error.strerror})") from error
    except UnicodeDecodeError:
        raise Misconfigured(f"{path}: it is not a UTF-8 text, and so no pin") from None
    return schema_from(text, place=str(path))


def is_pin(path: Path) -> bool:
    """Say whether a JSON file begins as pins do, which no other document here does."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(64).lstrip("{ \r\n").startswith('"format"')
    except OSError:
        return True  # reading it as a pin says what is wrong


def _write(path: Path, text: str) -> None:
    """Write the whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
