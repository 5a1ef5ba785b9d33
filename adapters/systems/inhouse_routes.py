"""The two ways to the programs of the in-house system: stored procedures, and files for the night."""

from __future__ import annotations

import re
import time
from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from attrs import field, frozen

from acl.inhouse.commands.answers import Answer
from acl.inhouse.commands.files import CommandFile, HalfWritten, results
from acl.inhouse.commands.programs import PROGRAMS, Call
from adapters.files.drop_folder import DropFolder, FoundFile
from adapters.sql.procedures import SqlProcedures
from adapters.systems.executing import NOBODYS
from domain.outcomes import Accepted, Reference
from ports.errors import Locked, NotLocatable, OutcomeUnknown, Unavailable
from ports.execution import Limits

INBOX, AT_WORK, DONE, OUTBOX = PLACES = ("ENTRADA", "EM_CURSO", "LIDOS", "SAIDA")
STOPPED = "PARE.SEM"
"""Whoever works on the system by hand puts this file there; nothing is dropped beside it."""
_KNOWN = re.compile(r"[A-Z2-7]{12}\.(TXT|RET)")
PATIENCE = timedelta(hours=36)
"""How long a file may wait: the next night, and one more that failed."""
SHOWN = timedelta(minutes=15)
"""How long a share may take until everybody sees what was put into it (X-OUT-04)."""


class Route(Protocol):
    """One way to the programs."""

    @property
    @abstractmethod
    def limits(self) -> Limits:
        """How long a call can go on."""

    @abstractmethod
    def check(self, call: Call) -> None:
        """See whether a call can be put into the way's own words, and send nothing.

        Raises:
            NotWritable: it cannot.
        """

    @abstractmethod
    def send(self, call: Call, reference: Reference, *, until: float) -> Answer | Accepted:
        """Have a program called, once, and not after *until* of the monotonic clock.

        Raises:
            NotWritable, Locked, AccessDenied, Misconfigured, Unavailable: it was not called.
            CallFailed: it ended in an error.
            OutcomeUnknown: it may have been called.
        """

    @abstractmethod
    def told(self, reference: Reference) -> Answer | Accepted | None:
        """Say what the way itself tells of a call; ``None`` if it tells nothing.

        Raises:
            NotLocatable: what it tells makes no sense; a person must look.
            AccessDenied, Unavailable: nobody can say now.
        """

    @abstractmethod
    def lacks(self) -> Sequence[str]:
        """Say what is missing on this way: a sentence each, for a person."""

    @abstractmethod
    def close(self) -> None:
        """End what it holds open."""


@frozen
class ProcedureRoute(Route):
    """Stored procedures: each answers at once with a number, a text and a key, and tells nothing later."""

    procedures: SqlProcedures

    @property
    def limits(self) -> Limits:
        # half of it to get ready, half to connect, call and wait; the database stops the call by itself
        timeout = timedelta(seconds=self.procedures.timeout)
        return Limits(call=4 * timeout + timedelta(seconds=2), running=2 * timeout)

    def check(self, call: Call) -> None:
        call.arguments(NOBODYS)

    def send(self, call: Call, reference: Reference, *, until: float) -> Answer:
        name = f"SP_{call.program.name}"
        row = self.procedures.call(name, call.arguments(reference), gives=3, until=until)
        match row:
            case [int(number), str() | None as text, str() | None as key]:
                return Answer(number, text or "", key if key != "" else None)
            case _:
                raise OutcomeUnknown(f"{self.procedures.name}: {name} answered with {row!r}, which nobody understands")

    def told(self, reference: Reference) -> None:
        return None

    def lacks(self) -> Sequence[str]:
        missing = self.procedures.missing([f"SP_{program.name}" for program in PROGRAMS])
        return [
            f"{self.procedures.name}: the procedure {name} is not there, or these credentials may not execute it"
            for name in missing
        ]

    def close(self) -> None:
        self.procedures.close()


@frozen(kw_only=True)
class FolderRoute(Route):
    """A folder: a command is one file, named by its reference, and the nightly program answers with another."""

    folder: DropFolder
    timeout: float
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @property
    def limits(self) -> Limits:
        return Limits(call=4 * timedelta(seconds=self.timeout), running=SHOWN)

    def check(self, call: Call) -> None:
        CommandFile(call, NOBODYS).content()

    def send(self, call: Call, reference: Reference, *, until: float) -> Accepted:
        content = CommandFile(call, reference).content()
        if self.folder.is_there(STOPPED):
            raise Locked(f"{self.folder.name} is stopped by {STOPPED}; ask again when somebody has taken it away")
        with self.folder.staged(INBOX, f"{reference}.TXT", content) as staged:
            if self.folder.holding(reference.text):
                raise OutcomeUnknown(f"{self.folder.name} already has a file of {reference}; it is not dropped again")
            if time.monotonic() > until:
                raise Unavailable(f"{self.folder.name}: it took too long to get ready, so it was not dropped any more")
            staged.publish()
        return Accepted(handle=f"{reference}.TXT")

    def told(self, reference: Reference) -> Answer | Accepted | None:
        files = self.folder.holding(reference.text)
        strangers = [file for file in files if not _KNOWN.fullmatch(file.name)]
        if strangers:
            told = f"somebody has renamed the file of {reference} to {strangers[0].place}/{strangers[0].name}"
            raise NotLocatable(f"{self.folder.name}: {told}; a person must look")
        for file in files:
            if file.place == OUTBOX:
                return self._answered(file, reference)
        return self._waiting(files[-1], reference, "nobody has answered it") if files else None

    def _answered(self, file: FoundFile, reference: Reference) -> Answer | Accepted:
        try:
            answers = results(self.folder.read(file), reference)
        except HalfWritten as error:
            return self._waiting(file, reference, f"{file.place}/{file.name} cannot be read: {error}")
        done = [answer for answer in answers if answer.is_done]
        if len(answers) == 1 and (done or answers[0].is_no):
            return answers[0]
        told = "; ".join(answer.told for answer in answers)
        raise NotLocatable(f"{self.folder.name}: {file.name} says several things, or nothing at all: {told}")

    def _waiting(self, file: FoundFile, reference: Reference, because: str) -> Accepted:
        if self.now() - file.changed_at > PATIENCE:
            told = f"{reference} lies in {file.place} since {file.changed_at:%Y-%m-%d %H:%M} UTC, and {because}"
            raise NotLocatable(f"{self.folder.name}: {told}; a person must look")
        return Accepted(handle=f"{file.place}/{file.name}")

    def lacks(self) -> Sequence[str]:
        missing = [place for place in PLACES if not (self.folder.path / place).is_dir()]
        return [f"{self.folder.name}: make the folder {place} in it" for place in missing]

    def close(self) -> None:
        pass


def drop_folder(path: Path) -> DropFolder:
    """Give the folder that the nightly program looks into; nobody has looked into it yet."""
    return DropFolder(path=path, places=PLACES, known=_KNOWN)
