"""Anchors: the ends of the audit streams, in a file that whoever owns the database cannot write.

Each line is one anchor; lines are only ever added. The file may be moved away at any time, as logs are: the next line
begins a new one, and what lies beside it under a longer name (``anchors.1``) is read as well.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from contracts.stored import read
from domain.audit import Anchor
from domain.canonical import Digest, canonical
from domain.errors import InvalidValue
from ports.errors import Misconfigured

_log = logging.getLogger(__name__)


@frozen
class Anchors:
    """The file at *path*, and those that were moved away from there; processes may share it."""

    path: Path

    def check(self) -> None:
        """Make sure that lines can be added.

        Raises:
            Misconfigured: they cannot; the sentence says why.
        """
        try:
            self._add(b"")
        except OSError as error:
            raise Misconfigured(f"anchors cannot be written to {self.path} ({error.strerror})") from error

    def keep(self, ends: Iterable[Anchor]) -> None:
        """Add *ends*, which are durable already.

        If that fails, it is told to the log alone: what was written stands, and the next anchor covers it.
        """
        lines = b"".join(canonical(end) + b"\n" for end in ends)
        if lines == b"":
            return
        try:
            self._add(lines)
        except OSError as error:
            _log.error("anchors cannot be written to %s (%s)", self.path, error.strerror)

    def read(self) -> Mapping[str, Anchor]:
        """Give the anchor of each stream that a verification must find: its last.

        If one record was anchored with two seals, the stream was cut off and has grown again: then it is the first of
        the two, which stands there no more.

        Raises:
            Misconfigured: a file cannot be read, or a line is no anchor.
        """
        seals: dict[tuple[str, int], Digest] = {}
        last: dict[str, Anchor] = {}
        replaced: dict[str, Anchor] = {}
        for anchor in self._lines():
            first = seals.setdefault((anchor.stream, anchor.number), anchor.seal)
            if first != anchor.seal:
                replaced.setdefault(anchor.stream, Anchor(stream=anchor.stream, number=anchor.number, seal=first))
            if anchor.stream not in last or last[anchor.stream].number < anchor.number:
                last[anchor.stream] = anchor
        return {**last, **replaced}

    def _add(self, lines: bytes) -> None:
        """Add *lines* in one write, which other processes' lines cannot part."""
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, lines)
        finally:
            os.close(file)

    def _lines(self) -> Iterator[Anchor]:
        """Give all anchors, the oldest file's first."""
        for path in sorted(self.path.parent.glob(f"{self.path.name}*"), key=lambda file: file.stat().st_mtime_ns):
            try:
                lines = path.read_bytes().splitlines()
            except OSError as error:
                raise Misconfigured(f"the anchors in {path} cannot be read ({error.strerror})") from error
            for number, line in enumerate(lines, start=1):
                try:
                    yield read(Anchor, line)
                except InvalidValue as error:
                    told = "is no anchor; if the machine went down while it was written, remove it"
                    raise Misconfigured(f"line {number} of {path} {told}") from error
