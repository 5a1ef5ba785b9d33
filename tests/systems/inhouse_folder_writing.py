"""The in-house system open for writing through its drop folder, on a share that may fail, and with nights that may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from attrs import field, frozen

from adapters.files.drop_folder import DropFolder, StagedFile
from adapters.systems.inhouse_routes import INBOX, STOPPED, FolderRoute, drop_folder
from contracts.laws.executions import ExecutionSubject, Fault
from domain.commands.command import Command
from domain.commands.suppliers import ChangeSupplier
from domain.images import Image, Observation, Version
from domain.outcomes import Accepted, Done, Reference
from ports.errors import OutcomeUnknown, Refused
from ports.execution import Execution, Limits
from sandbox.inhouse.books import Day, have
from sandbox.inhouse.night import Mishap, make_folder, night
from sandbox.inhouse.store import install
from tests.databases import installed
from tests.governed.examples import resolved
from tests.systems.inhouse_writing import FOREIGN, InHouse, opened, suppliers

DAYS = {Fault.COMPLAINS: Day.COMPLAINING, Fault.REFUSES: Day.CLOSED}
MISHAPS = {
    Fault.CUTS_ANSWER: Mishap.CUT,
    Fault.ANSWERS_TWICE: Mishap.TWICE,
    Fault.WRITES_TWICE: Mishap.RUN_TWICE,
}


class Shaky(Enum):
    """How the share fails while a file gets its name."""

    BEFORE = "it has not got it"
    AFTER = "it has got it"
    LATE = "it gets it later"


@frozen(kw_only=True)
class Share(DropFolder):
    """A folder on a share that fails as *shaky* says, once each; what comes late comes when *late* is called."""

    shaky: list[Shaky] = field(factory=list)
    late: list[Callable[[], None]] = field(factory=list)

    @contextmanager
    def staged(self, place: str, name: str, content: bytes) -> Iterator[StagedFile]:
        """Stage a file, whose name the share then gives or not."""
        how = self.shaky.pop() if self.shaky else None
        with drop_folder(self.path).staged(place, name, content) as file:
            yield file if how is None else _Unsure(share=self, how=how, file=file, again=(place, name, content))

    def come_late(self, place: str, name: str, content: bytes) -> None:
        """Let a file appear."""
        with drop_folder(self.path).staged(place, name, content) as file:
            file.publish()


@frozen(kw_only=True)
class _Unsure(StagedFile):
    """Fails as the driver fails when the share does not answer."""

    share: Share
    how: Shaky
    file: StagedFile
    again: tuple[str, str, bytes]
    hidden: Path = Path()
    public: Path = Path()
    folder: str = ""

    def publish(self) -> None:
        if self.how is Shaky.AFTER:
            self.file.publish()
        if self.how is Shaky.LATE:
            self.share.late.append(lambda: self.share.come_late(*self.again))
        raise OutcomeUnknown("the share did not say whether it took the file")


@frozen(kw_only=True)
class Nights(Execution):
    """Waits for the night after every file, as the path does by asking again and again.

    What was turned down at night is told as the answer, and afterwards there is nothing to be found.
    """

    execution: Execution
    url: str
    folder: Path
    mishaps: list[Mishap] = field(factory=list)

    @property
    def limits(self) -> Limits:
        return self.execution.limits

    def offers(self, command: type[Command]) -> bool:
        return self.execution.offers(command)

    def observe(self, command: Command) -> Observation:
        return self.execution.observe(command)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        try:
            answer = self.execution.perform(command, reference=reference, expected=expected)
        finally:
            self.restore()
            night(self.url, self.folder, self.mishaps.pop() if self.mishaps else None)
        if isinstance(answer, Done):
            return answer
        decided = self.execution.locate(command, reference=reference)
        return decided[0] if decided else answer

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done | Accepted]:
        try:
            return self.execution.locate(command, reference=reference)
        except Refused:
            return ()

    def read_back(self, command: Command, done: Done) -> Image:
        return self.execution.read_back(command, done)

    def stop(self) -> None:
        """Have somebody stop the folder."""
        (self.folder / STOPPED).touch()

    def unmount(self) -> None:
        """Let the folder of the commands be gone."""
        (self.folder / INBOX).rename(self.folder / "GONE")

    def restore(self) -> None:
        """Undo what `stop` and `unmount` did."""
        (self.folder / STOPPED).unlink(missing_ok=True)
        if (self.folder / "GONE").exists():
            (self.folder / "GONE").rename(self.folder / INBOX)


@frozen(kw_only=True)
class Dropping:
    """One sandbox with a drop folder; nothing happens there before the `night`."""

    system: InHouse
    share: Share
    route: FolderRoute

    def night(self, mishap: Mishap | None = None) -> int:
        """Let the nightly program run once."""
        return night(self.system.url, self.share.path, mishap)

    def files(self) -> set[str]:
        """Give every file, by its place and name."""
        return {str(each.relative_to(self.share.path)) for each in self.share.path.rglob("*") if each.is_file()}


@contextmanager
def by_folder(kind: str, folder: Path) -> Iterator[Dropping]:
    """Start a system of one's own on *kind* of database, with an empty drop folder."""
    with installed(kind, install, folder) as url:
        plain = drop_folder(folder / "drop")
        make_folder(plain.path)
        share = Share(path=plain.path, places=plain.places, known=plain.known)
        route = FolderRoute(folder=share, timeout=10)
        with opened(url, route) as system:
            yield Dropping(system=system, share=share, route=route)


def told_about_the_folder(dropping: Dropping, down: Execution, commands: Sequence[Command]) -> ExecutionSubject:
    """Tell the laws about a system with a drop folder."""
    system, share = dropping.system, dropping.share
    nights = Nights(execution=system.execution, url=system.url, folder=share.path)

    def have_day(day: Day) -> Callable[[], None]:
        return lambda: have(system.url, day)

    def mishap(which: Mishap) -> Callable[[], None]:
        return lambda: nights.mishaps.append(which)

    def shaky(how: Shaky) -> Callable[[], None]:
        return lambda: share.shaky.append(how)

    def hold() -> Callable[[], None]:
        share.shaky.append(Shaky.LATE)

        def release() -> None:
            share.late.pop()()
            dropping.night()

        return release

    return ExecutionSubject(
        execution=nights,
        commands=tuple(commands),
        committed=lambda: system.committed,
        looked_at=lambda: len([name for name in dropping.files() if name.endswith(".TXT")]),
        spoil={
            **{fault: have_day(day) for fault, day in DAYS.items()},
            **{fault: mishap(which) for fault, which in MISHAPS.items()},
            Fault.DROPS_REQUEST: shaky(Shaky.BEFORE),
            Fault.DROPS_ANSWER: shaky(Shaky.AFTER),
            Fault.LOCKED: nights.stop,
            Fault.BUSY: nights.unmount,
            Fault.FAILS: nights.unmount,
        },
        meddle=system.meddle,
        hold=hold,
        down=down,
        foreign=FOREIGN,
        unholdable=ChangeSupplier(supplier=resolved(suppliers()[2]), name="Łódź Metal"),
        secrets=("hidden-7431",),
    )
