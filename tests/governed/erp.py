"""An ERP that can be told to misbehave, call by call, and that remembers everything it was made to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum

from attrs import define, evolve, field

from domain.commands.command import Command, LocatedBy, Made
from domain.identifiers import Identifier
from domain.images import NOTHING, UNREAD, Fact, Image, Observation, Version
from domain.outcomes import Accepted, Done, Reference
from domain.provenance import SourceRef
from domain.resolution import Resolved
from ports.clock import Clock
from ports.errors import Conflict, Locked, NotFound, NotLocatable, OutcomeUnknown, Refused, Unavailable
from ports.execution import Execution, Limits

CALL, RUNNING = timedelta(seconds=10), timedelta(seconds=60)


class Mood(Enum):
    """How the ERP takes the next write."""

    WELL = "well"
    UNREACHED = "unreached"
    LOCKED = "locked"
    REFUSES = "refuses"
    DROPS_REQUEST = "drops the request"
    DROPS_ANSWER = "drops the answer"
    COMMITS_LATE = "commits after we gave up"
    BREAKS = "commits, and the answer breaks our client"
    QUEUES = "takes it and decides later"
    QUEUES_AND_REFUSES = "takes it and refuses later"
    TWICE = "writes it twice"
    ALTERS = "writes something else"
    HIDES = "shows what it wrote only later"


@define
class _Document:
    """What one write left behind."""

    reference: Reference
    command: Command
    record: Identifier
    image: Image
    at: datetime
    seen_from: datetime
    refused: bool = False
    queued: bool = False


@define
class FakeErp(Execution):
    """Keeps fields by record, and documents by reference; *moods* are taken one by one, and then it behaves well."""

    clock: Clock
    moods: list[Mood] = field(factory=list)
    locatable: bool = True
    tripwire: Callable[[str], None] = field(default=lambda _: None)
    on_observe: Callable[[], None] = field(default=lambda: None)
    facts: dict[str, object] = field(factory=dict)
    blind_for: int = 0
    """How many searches find nothing, whatever is there."""
    decides_after: timedelta = timedelta(minutes=5)
    """How long it thinks about what it has queued."""
    unique: bool = False
    """A second record with the same reference is refused."""
    _documents: list[_Document] = field(factory=list)
    _fields: dict[Identifier, dict[str, object]] = field(factory=dict)
    _versions: dict[Identifier, int] = field(factory=dict)
    performed: int = 0

    @property
    def limits(self) -> Limits:
        return Limits(call=CALL, running=RUNNING)

    def offers(self, command: type[Command]) -> bool:
        return True

    def observe(self, command: Command) -> Observation:
        self._settle()
        self.on_observe()
        subject = self._subject(command)
        source = SourceRef("fake", "record", str(subject), self.clock.now())
        facts = tuple(Fact(name, value, source) for name, value in sorted(self.facts.items()))
        if subject is None:
            return Observation(version=None, before=NOTHING, facts=facts)
        fields = self._fields.get(subject, {})
        creates = command.terms.creates is not None
        before = NOTHING if creates else Image.of({path: fields.get(path) for path, _ in command.effect.fields})
        return Observation(version=self._version(subject), before=before, facts=facts)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        assert not any(isinstance(target, Made) for target in command.targets), "an unbound command was sent"
        self.performed += 1
        self._settle()
        self.tripwire("before the ERP")
        mood = self.moods.pop(0) if self.moods else Mood.WELL
        subject = self._subject(command)
        if mood is Mood.UNREACHED:
            raise Unavailable("nobody answers")
        if mood is Mood.DROPS_REQUEST:
            raise OutcomeUnknown("no answer")
        if mood is Mood.LOCKED:
            raise Locked("somebody edits it")
        if mood is Mood.REFUSES:
            raise Refused("FB01: 422", reasons=("the period is closed",))
        if self.unique and self.under(reference):
            raise Refused("there is one already")
        if expected is not None and subject is not None and expected != self._version(subject):
            raise Conflict("somebody has changed it")
        answer = self._write(command, reference, mood)
        self.tripwire("after the ERP")
        if mood in (Mood.DROPS_ANSWER, Mood.COMMITS_LATE):
            raise OutcomeUnknown("no answer in time")
        if mood is Mood.BREAKS:
            raise ValueError("unexpected end of document")
        return answer

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done | Accepted]:
        self._settle()
        self.tripwire("locating")
        if not self.locatable:
            raise NotLocatable("the ERP has no field for a reference; create ZZ_REF")
        if self.blind_for:
            self.blind_for -= 1
            return []
        if command.terms.located_by is LocatedBy.EFFECT and not any(each.queued for each in self.under(reference)):
            subject = self._subject(command)
            assert subject is not None
            fields = self._fields.get(subject, {})
            stands = all(fields.get(path) == value for path, value in command.effect.fields)
            return [Done(record=subject, version=self._version(subject))] if stands else []
        found: list[Done | Accepted] = []
        for document in self.under(reference):
            if document.at > self.clock.now():
                found += [Accepted(handle=str(document.record))] if document.queued else []
            elif document.refused:
                raise Refused("the nightly run refused it")
            else:
                found.append(Done(record=document.record, version=self._version(document.record)))
        return found

    def read_back(self, command: Command, done: Done) -> Image:
        self._settle()
        for document in self._documents:
            if document.record == done.record and document.command.terms == command.terms:
                if self.clock.now() < document.seen_from:
                    raise NotFound("not to be seen yet")
                if command.terms.located_by is LocatedBy.REFERENCE:
                    return document.image
        fields = self._fields.get(done.record, {})
        return Image.of({path: fields.get(path, UNREAD) for path, _ in command.effect.fields})

    def under(self, reference: Reference) -> list[_Document]:
        """Give what was written, or queued, under a reference."""
        return [each for each in self._documents if each.reference == reference]

    @property
    def written(self) -> list[_Document]:
        """Everything that stands in the books now."""
        return [each for each in self._documents if each.at <= self.clock.now() and not each.refused]

    def change(self, record: Identifier, **values: object) -> None:
        """Have somebody else change a record."""
        self._fields.setdefault(record, {}).update(values)
        self._versions[record] = self._versions.get(record, 1) + 1

    def value(self, record: Identifier, path: str) -> object:
        """Give a field as it stands now."""
        self._settle()
        return self._fields.get(record, {}).get(path)

    def _write(self, command: Command, reference: Reference, mood: Mood) -> Done | Accepted:
        now = self.clock.now()
        subject = self._subject(command)
        creates = command.terms.creates
        record = subject if creates is None else creates(f"N{len(self._documents) + 1}")
        assert record is not None
        image = command.effect
        if mood is Mood.ALTERS:
            path, _ = image.fields[0]
            image = Image.of({**dict(image.fields), path: "something else"})
        late = {Mood.COMMITS_LATE: timedelta(seconds=45), Mood.QUEUES: self.decides_after}
        document = _Document(
            reference=reference,
            command=command,
            record=record,
            image=image,
            at=now + late.get(mood, timedelta(minutes=5) if mood is Mood.QUEUES_AND_REFUSES else timedelta()),
            seen_from=now + (timedelta(seconds=50) if mood is Mood.HIDES else timedelta()),
            refused=mood is Mood.QUEUES_AND_REFUSES,
            queued=mood in (Mood.QUEUES, Mood.QUEUES_AND_REFUSES),
        )
        self._documents.append(document)
        self._pending.append(document)
        if mood is Mood.TWICE:
            again = evolve(document, record=record if creates is None else creates(f"N{len(self._documents) + 1}"))
            self._documents.append(again)
            self._pending.append(again)
        self._settle()
        if document.queued:
            return Accepted(handle=str(record))
        return Done(record=record, version=self._version(record))

    _pending: list[_Document] = field(factory=list)

    def _settle(self) -> None:
        """Carry out whatever the ERP decided to do by now."""
        for document in [each for each in self._pending if each.at <= self.clock.now()]:
            self._pending.remove(document)
            if not document.refused:
                self.change(document.record, **dict(document.image.fields))

    def _subject(self, command: Command) -> Identifier | None:
        first = next(iter(command.subjects), None)
        return first.id if isinstance(first, Resolved) else None

    def _version(self, record: Identifier) -> Version:
        return Version(f"v{self._versions.get(record, 1)}")
