"""Asking the in-house system to do something, by its own programs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast

from attrs import frozen

from acl.facts import Facts
from acl.inhouse.commands.answers import Answer
from acl.inhouse.commands.catalogue import TABLES, InHouseCommands, record_of
from acl.inhouse.commands.programs import Call, Stored
from adapters.erp import Erp
from adapters.sql.call_faults import CallFailed
from adapters.sql.database import SqlDatabase
from adapters.systems.executing import after_all, image_for, is_complete, nothing_sent, only_looking, subject_of
from adapters.systems.inhouse_records import LACKING, InHouseRecords
from adapters.systems.inhouse_routes import Route
from domain.commands.command import Command, LocatedBy
from domain.images import NOTHING, Image, Observation, Version, missing
from domain.outcomes import Accepted, Done, Reference
from domain.provenance import SourceRef
from domain.purchasing import PurchaseOrder
from domain.resolution import Resolved
from domain.suppliers import Supplier
from ports.errors import Conflict, NotFound, NotLocatable, NotOffered, OutcomeUnknown, PortError, Refused
from ports.execution import Execution, Limits


@frozen(kw_only=True)
class InHouseExecution(Execution):
    """What the in-house system can be asked to do; not for several threads at once.

    A target is read again before it is written, and the version that was seen goes out with the call: its program looks
    at it in the transaction in which it writes, be that hours later.
    """

    name: str
    commands: InHouseCommands
    records: InHouseRecords
    facts: Facts
    route: Route
    timeout: float

    @property
    def limits(self) -> Limits:
        return self.route.limits

    def offers(self, command: type[Command]) -> bool:
        return self.commands.offers(command)

    def observe(self, command: Command) -> Observation:
        self._offered(command)
        stands = self._stands(command)
        subject = None if stands is None else cast("Supplier | PurchaseOrder", stands.value)
        if is_complete(command) and (call := self.commands.call(command, stands)) is not None:
            self.route.check(call)
        facts = self.facts.about(command, subject)
        if stands is None:
            return Observation(version=None, before=NOTHING, facts=facts)
        before = NOTHING if command.terms.creates is not None else image_for(command, stands.value)
        return Observation(version=Version(stands.version), before=before, facts=facts)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        self._offered(command)
        until = time.monotonic() + 2 * self.timeout
        with nothing_sent():
            stands = self._stands(command)
            if expected is not None and (stands is None or Version(stands.version) != expected):
                raise Conflict(f"{self.name}: what the command stands on has changed since it was looked at")
            call = self.commands.call(command, stands)
        if call is None:  # it stands there already
            return Done(record=subject_of(command))
        try:
            answer = self.route.send(call, reference, until=until)
        except CallFailed as failed:
            raise self._undone(command, reference, failed) from failed
        return answer if isinstance(answer, Accepted) else self._done(command, reference, call, answer)

    def _done(self, command: Command, reference: Reference, call: Call, answer: Answer) -> Done:
        record = record_of(call.program.table, answer.key) if answer.is_done and answer.key is not None else None
        if record is not None and (command.terms.creates is not None or record == subject_of(command)):
            return Done(record=record)
        if answer.is_no:
            raise after_all(self, command, reference, answer.no(self.name))
        raise OutcomeUnknown(f"{self.name} gave an answer that says neither done nor not done: {answer.told}")

    def _undone(self, command: Command, reference: Reference, failed: CallFailed) -> PortError:
        """Look whether a procedure had committed before it failed; where nobody can look, nobody knows (X-OUT-02)."""
        try:
            is_there = len(self.locate(command, reference=reference)) > 0
        except PortError:
            is_there = True
        return OutcomeUnknown(f"{failed}; but it may have written before") if is_there else failed.meaning

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done | Accepted]:
        self._offered(command)
        by_reference = command.terms.located_by is LocatedBy.REFERENCE
        with only_looking():
            found = self.records.under(reference)
            stands_as_asked = found is None and not by_reference and self._stands_as_asked(command)
        if found:
            return tuple(Done(record=record) for record in found)
        if stands_as_asked:
            return (Done(record=subject_of(command)),)
        told = self.route.told(reference)
        if isinstance(told, Accepted):
            return (told,)
        if told is not None:
            return self._told(command, reference, told)
        if found is None and by_reference:
            raise NotLocatable(f"{self.name} keeps no references; {LACKING}")
        return ()

    def _told(self, command: Command, reference: Reference, told: Answer) -> tuple[Done, ...]:
        """Judge what the night has answered; it answers after it has committed, so what it wrote stands there now."""
        if told.is_no:
            raise Refused(f"{self.name} did not carry {reference} out: {told.told}", reasons=(told.text,))
        found = self.records.under(reference)
        kind = command.terms.creates
        named = subject_of(command) if kind is None else record_of(TABLES[kind], told.key or "")
        if found is None and named is not None:
            return (Done(record=named),)
        if not found:
            raise NotLocatable(f"{self.name} says that {reference} was carried out, and acl_ref does not know of it")
        return tuple(Done(record=record) for record in found)

    def read_back(self, command: Command, done: Done) -> Image:
        self._offered(command)
        return image_for(command, self.records.read(done.record).value)

    def lacks(self) -> Sequence[str]:
        kept = self.records.under(Reference("A" * 12)) is not None
        return (*(() if kept else (f"{self.name}: {LACKING}",)), *self.route.lacks())

    def close(self) -> None:
        """End what the way to the programs holds open."""
        self.route.close()

    def _offered(self, command: Command) -> None:
        if not self.offers(type(command)):
            raise NotOffered(f"{self.name} cannot be asked to {command.terms.action}")

    def _stands(self, command: Command) -> Stored[object] | None:
        """Read what the command is about; None if it is about nothing, or about what is yet to be made."""
        first = next(iter(command.subjects), None)
        return self.records.read(first.id) if isinstance(first, Resolved) else None

    def _stands_as_asked(self, command: Command) -> bool:
        try:
            stands = self._stands(command)
        except NotFound:
            return False
        return stands is not None and not missing(command.effect, image_for(command, stands.value))


def inhouse_execution(
    erp: Erp, database: SqlDatabase, commands: InHouseCommands, route: Route, *, timeout: float
) -> InHouseExecution:
    """Open the in-house system for writing on one way; *erp* and *database* are the same system, open for reading.

    It contacts nobody yet. *timeout* is in seconds.
    """
    return InHouseExecution(
        name=erp.name,
        commands=commands,
        records=InHouseRecords(name=erp.name, database=database, mappings=commands.mappings),
        facts=Facts(
            suppliers=erp.suppliers,
            purchase_orders=erp.purchase_orders,
            here=lambda what: SourceRef(erp.name, what, "", datetime.now(UTC)),
        ),
        route=route,
        timeout=timeout,
    )
