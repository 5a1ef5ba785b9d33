"""Asking SAP to do something through its released OData services."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from attrs import frozen

from acl.facts import Facts
from acl.sap.commands.catalogue import Document, SapCommands
from acl.sap.commands.entities import Stored
from adapters.erp import Erp
from adapters.odata.connection import ODataConnection
from adapters.odata.service import ODataService
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
from adapters.systems.sap_documents import SapDocuments, version
from domain.commands.command import Command, LocatedBy
from domain.identifiers import Identifier
from domain.images import NOTHING, Image, Observation, Version, missing
from domain.outcomes import Done, Reference
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
    Refused,
    TranslationError,
)
from ports.execution import Execution, Limits

LONGEST = timedelta(minutes=11)
"""How long SAP may go on with a request that nobody waits for: ten minutes by its own limit, and some to show it."""


@frozen(kw_only=True)
class SapExecution(Execution):
    """What one client of SAP can be asked to do in one company; not for several threads at once.

    A target is read again before it is written, and every entity that is written is sent with the ETag that it had
    then: so a change is noticed even by a service that overlooks ETags in a batch. *timeout* is that of the connection,
    in seconds; *running* is how long SAP may go on after we gave up.
    """

    name: str
    commands: SapCommands
    documents: SapDocuments
    facts: Facts
    timeout: float
    running: timedelta = LONGEST

    @property
    def limits(self) -> Limits:
        # half of it to get ready, half to connect, send, and wait
        return Limits(call=timedelta(seconds=4 * self.timeout), running=self.running)

    def offers(self, command: type[Command]) -> bool:
        return self.commands.offers(command)

    def observe(self, command: Command) -> Observation:
        self._offered(command)
        stands = self._stands(command)
        subject = None if stands is None else cast("Supplier | PurchaseOrder", stands.value)
        if is_complete(command):
            self.commands.writes(command, stands, NOBODYS)
        facts = self.facts.about(command, subject)
        if stands is None:
            return Observation(version=None, before=NOTHING, facts=facts)
        before = NOTHING if command.terms.creates is not None else image_for(command, stands.value)
        return Observation(version=version(stands.raw), before=before, facts=facts)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done:
        self._offered(command)
        until = time.monotonic() + 2 * self.timeout
        with nothing_sent():
            stands = self._stands(command)
            if expected is not None and (stands is None or version(stands.raw) != expected):
                raise Conflict(f"{self.name}: what the command stands on has changed since it was looked at")
            document = self._document(command)
            requests = self.documents.requests(document, self.commands.writes(command, stands, reference))
        if not requests:  # it stands there already
            return Done(record=subject_of(command))
        try:
            written = self.documents.send(document, requests, until=until)
        except (Conflict, Locked, NotFound, Refused) as no:
            raise after_all(self, command, reference, no) from no
        if command.terms.creates is None:
            return Done(record=subject_of(command))
        return Done(record=self._created(document, written[0].record))

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done]:
        self._offered(command)
        with only_looking():
            if command.terms.located_by is LocatedBy.REFERENCE:
                return self._under(command, reference)
            try:
                stands = self._stands(command)
            except NotFound:
                return ()
        if stands is None or missing(command.effect, image_for(command, stands.value)):
            return ()
        return (Done(record=subject_of(command)),)

    def read_back(self, command: Command, done: Done) -> Image:
        self._offered(command)
        return image_for(command, self.documents.read(done.record).value)

    def close(self) -> None:
        """End the connections to the host."""
        self.documents.close()

    def _offered(self, command: Command) -> None:
        if not self.offers(type(command)):
            raise NotOffered(f"{self.name} cannot be asked to {command.terms.action}")

    def _document(self, command: Command) -> Document:
        kind = command.terms.creates
        return self.documents.kinds[type(subject_of(command)) if kind is None else kind]

    def _stands(self, command: Command) -> Stored[object] | None:
        """Read what the command is about; None if it is about nothing, or about what is yet to be made."""
        first = next(iter(command.subjects), None)
        return self.documents.read(first.id) if isinstance(first, Resolved) else None

    def _created(self, document: Document, record: Mapping[str, object] | None) -> Identifier:
        try:
            return cast("Identifier", document.mapping.read_key({} if record is None else record))
        except TranslationError as error:
            told = f"{document.part.entity_set} was created, and SAP did not say under which number"
            raise OutcomeUnknown(f"{self.name}: {told}") from error

    def _under(self, command: Command, reference: Reference) -> tuple[Done, ...]:
        document = self._document(command)
        found = list(self.documents.found(document, self.commands.under(command, reference)))
        ours = [each for each in found if each.raw[document.reference] == reference.text]
        if not ours and any(_is_like(command, document, each) for each in found):
            raise NotLocatable(f"{self.name} has one just like it without our reference; a person must look")
        return tuple(Done(record=cast("Supplier", each.value).id) for each in ours)


def sap_execution(
    erp: Erp, connection: ODataConnection, commands: SapCommands, *, running: timedelta = LONGEST
) -> SapExecution:
    """Open one client of an SAP system for writing; *erp* is the same client, open for reading.

    It contacts nobody yet.
    """
    paths = {document.service for document in commands.documents.values()}
    services = {path: ODataService(connection, f"/sap/opu/odata/sap/{path}") for path in paths}
    return SapExecution(
        name=erp.name,
        commands=commands,
        documents=SapDocuments(name=erp.name, kinds=commands.documents, services=services),
        facts=Facts(
            suppliers=erp.suppliers,
            purchase_orders=erp.purchase_orders,
            here=lambda what: SourceRef(erp.name, what, "", datetime.now(UTC)),
        ),
        timeout=connection.timeout,
        running=running,
    )


def _is_like(command: Command, document: Document, found: Stored[object]) -> bool:
    """Say whether it may be ours, and a user has changed the reference; another write of ours is not."""
    marked = is_reference(found.raw[document.reference])
    return not marked and not missing(command.effect, image_for(command, found.value))
