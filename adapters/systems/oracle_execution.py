"""Asking Oracle Fusion to do something through its SOAP services, and the REST actions beside them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from attrs import frozen

from acl.facts import Facts
from acl.oracle.commands.calls import Action, Raw, Stored, Write, reference_in
from acl.oracle.commands.catalogue import OracleCommands
from acl.oracle.commands.progress import progress
from adapters.erp import Erp
from adapters.systems.executing import (
    NOBODYS,
    after_all,
    image_for,
    is_complete,
    is_reference,
    nothing_sent,
    only_looking,
    subject_of,
)
from adapters.systems.oracle_actions import OracleActions
from adapters.systems.oracle_finding import Finding
from adapters.systems.oracle_records import OracleRecords, version
from domain.commands.command import Command, LocatedBy
from domain.identifiers import Identifier
from domain.images import NOTHING, Image, Observation, Version, missing
from domain.outcomes import Accepted, Done, Reference
from domain.provenance import SourceRef
from domain.purchasing import PurchaseOrder
from domain.resolution import Resolved
from domain.suppliers import Supplier
from ports.errors import (
    Conflict,
    Locked,
    NotFound,
    NotLocatable,
    NotOffered,
    OutcomeUnknown,
    PortError,
    Refused,
    TranslationError,
)
from ports.execution import Execution, Limits

LONGEST = timedelta(minutes=11)
"""How long Fusion may go on with a request that nobody waits for: ten minutes by its own limit, and some to show it."""


@frozen(kw_only=True)
class OracleExecution(Execution):
    """What one legal entity in Fusion can be asked to do; not for several threads at once.

    Its services know no versions, so a target is read again right before it is written. What they answer is not taken
    at its word: whether something is done, or waits for Fusion's own approvers, is seen by reading once more.
    *timeout* is that of the connections, in seconds; *running* is how long Fusion may go on after we gave up.
    """

    name: str
    commands: OracleCommands
    records: OracleRecords
    facts: Facts
    timeout: float
    running: timedelta = LONGEST

    @property
    def limits(self) -> Limits:
        # two to get ready, two to connect, send, and wait, and the rest to look what came of it
        return Limits(call=timedelta(seconds=12 * self.timeout), running=self.running)

    def offers(self, command: type[Command]) -> bool:
        return self.commands.offers(command)

    def observe(self, command: Command) -> Observation:
        self._offered(command)
        stands = self._stands(command)
        subject = None if stands is None else cast("Supplier | PurchaseOrder", stands.value)
        if is_complete(command):
            self._write(command, stands, NOBODYS)
        facts = self.facts.about(command, subject)
        if stands is None:
            return Observation(version=None, before=NOTHING, facts=facts)
        before = NOTHING if command.terms.creates is not None else image_for(command, stands.value)
        return Observation(version=version(stands.raw), before=before, facts=facts)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        self._offered(command)
        until, kind = time.monotonic() + 2 * self.timeout, self._kind(command)
        with nothing_sent():
            stands = self._stands(command)
            if expected is not None and (stands is None or version(stands.raw) != expected):
                raise Conflict(f"{self.name}: what the command stands on has changed since it was looked at")
            write = self._write(command, stands, reference)
            path = self.records.path(write, subject_of(command)) if isinstance(write, Action) else ""
        answer: Raw = {}
        if write is not None:
            try:
                with nothing_sent():  # what came after the write and makes no sense is OutcomeUnknown
                    answer = self.records.send(kind, write, path, until=until)
            except (Conflict, Locked, NotFound, Refused) as no:
                raise after_all(self, command, reference, no) from no
        return self._became(command, reference, answer)

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done | Accepted]:
        self._offered(command)
        if command.terms.located_by is LocatedBy.REFERENCE:
            return self._under(command, reference)
        try:
            with only_looking():
                stands = self._stands(command)
        except NotFound:
            return ()
        if stands is None:
            return ()
        if not missing(command.effect, image_for(command, stands.value)):
            return (Done(record=subject_of(command)),)
        accepted, hidden = progress(command, stands, reference), self.records.hides(self._kind(command))
        if accepted is None and hidden is not None:
            raise NotLocatable(f"{hidden}; without it nobody knows what is decided later")
        return () if accepted is None else (accepted,)

    def read_back(self, command: Command, done: Done) -> Image:
        self._offered(command)
        return image_for(command, self.records.read(done.record).value)

    def lacks(self) -> Sequence[str]:
        every = ((self._lack(kind), self.records.hides(kind)) for kind in self.commands.kinds)
        return tuple(each for both in every for each in both if each is not None)

    def close(self) -> None:
        """End the connections."""
        self.records.close()

    def _offered(self, command: Command) -> None:
        if not self.offers(type(command)):
            raise NotOffered(f"{self.name} cannot be asked to {command.terms.action}")

    def _kind(self, command: Command) -> type[Identifier]:
        created = command.terms.creates
        return type(subject_of(command)) if created is None else created

    def _stands(self, command: Command) -> Stored[object] | None:
        """Read what the command is about; None if it is about nothing, or about what is yet to be made."""
        first = next(iter(command.subjects), None)
        return self.records.read(first.id) if isinstance(first, Resolved) else None

    def _write(self, command: Command, stands: Stored[object] | None, reference: Reference) -> Write | None:
        if command.terms.creates is not None:
            has_place = self.records.lacks(command.terms.creates) is None
            return self.commands.created(command, reference if has_place else None)
        if stands is None:
            raise NotFound(f"{command.terms.action} alters a record, and none was read")
        return self.commands.altered(command, stands, reference)

    def _became(self, command: Command, reference: Reference, answer: Raw) -> Done | Accepted:
        """Look what has become of a command that Fusion took."""
        try:
            found = self.locate(command, reference=reference)
        except NotLocatable as error:
            return self._named(command, answer, error)
        except PortError as error:  # an approver's quick no is among them: the next look tells it
            raise OutcomeUnknown(f"{error}; {command.terms.action} was taken, and not seen yet") from error
        if len(found) != 1:
            told = f"{self.name} took it, and it is there {len(found)} times"
            raise OutcomeUnknown(f"{command.terms.action}: {told}")
        return found[0]

    def _named(self, command: Command, answer: Raw, unseen: NotLocatable) -> Done:
        """Give the record that Fusion itself has named in its answer; a supplier's number it never tells."""
        if command.terms.creates is None:
            raise OutcomeUnknown(str(unseen)) from unseen
        try:
            key = self.commands.kinds[command.terms.creates].mapping.read_key(answer)
        except TranslationError:
            raise OutcomeUnknown(f"{unseen}; and the answer does not say which record it is") from unseen
        return Done(record=cast("Identifier", key))

    def _lack(self, kind: type[Identifier]) -> str | None:
        lack = self.records.lacks(kind)
        if lack is not None or self.records.can_be_asked(kind):
            return lack
        its = self.commands.kinds[kind]
        return f"{self.name}: let {its.reference} be searched; the service refuses criteria on it (X-REF-10)"

    def _under(self, command: Command, reference: Reference) -> tuple[Done, ...]:
        kind = self._kind(command)
        lack, segment = self.records.lacks(kind), self.commands.kinds[kind].segment
        if lack is not None:
            raise NotLocatable(lack)
        named, alike = self.commands.under(command, reference)
        try:
            found = list(self.records.found(kind, named, dead=True))  # what was deleted since was there
        except Refused as no:
            raise NotLocatable(f"{self.name} cannot be asked for our reference: {'; '.join(no.reasons)}") from no
        ours = [each for each in found if reference_in(each.raw, segment) == reference.text]
        with only_looking():
            others = () if ours else tuple(self.records.found(kind, alike))
        if any(self._is_like(command, segment, each) for each in others):
            raise NotLocatable(f"{self.name} has one just like it without our reference; a person must look")
        return tuple(Done(record=cast("Supplier", each.value).id) for each in ours)

    def _is_like(self, command: Command, segment: str, found: Stored[object]) -> bool:
        """Say whether it may be ours, and a user has changed the reference; another write of ours is not."""
        marked = is_reference(reference_in(found.raw, segment))
        return not marked and not missing(command.effect, image_for(command, found.value))


def oracle_execution(
    erp: Erp,
    commands: OracleCommands,
    findings: Mapping[type[Identifier], Finding],
    actions: OracleActions,
    *,
    timeout: float,
    running: timedelta = LONGEST,
) -> OracleExecution:
    """Open one legal entity of a Fusion environment for writing; *erp* is the same environment, open for reading.

    The connections of *findings* and *actions* are its own, and closed with it. It contacts nobody yet.
    """
    return OracleExecution(
        name=erp.name,
        commands=commands,
        records=OracleRecords(name=erp.name, kinds=commands.kinds, findings=findings, actions=actions),
        facts=Facts(
            suppliers=erp.suppliers,
            purchase_orders=erp.purchase_orders,
            here=lambda what: SourceRef(erp.name, what, "", datetime.now(UTC)),
        ),
        timeout=timeout,
        running=running,
    )
