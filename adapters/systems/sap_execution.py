"""Asking SAP to do something through its released OData services."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import cast

from attrs import define, field

from acl.conditions import Where
from acl.facts import Facts
from acl.images import image_of
from acl.mapping import Origin
from acl.sap.commands.catalogue import Document, SapCommands
from acl.sap.commands.entities import EntityWrite, Stored
from adapters.erp import Erp
from adapters.odata.connection import ODataConnection
from adapters.odata.service import ODataService
from adapters.odata.writes import Method, WriteRequest, Written, etag_of
from domain.commands.command import Command, LocatedBy, Made
from domain.commands.purchase_orders import ChangePurchaseOrderLine
from domain.errors import InvalidValue
from domain.identifiers import Identifier, LineNumber
from domain.images import NOTHING, Image, Observation, Version, missing
from domain.outcomes import Done, Reference
from domain.provenance import SourceRef
from domain.purchasing import PurchaseOrder
from domain.resolution import Resolved
from domain.suppliers import Supplier
from ports.errors import (
    Conflict,
    Drifted,
    NotFound,
    NotLocatable,
    NotOffered,
    OutcomeUnknown,
    PortError,
    Refused,
    TranslationError,
    Unavailable,
    Unintelligible,
)
from ports.execution import Execution, Limits
from ports.queries import Operator

LONGEST = timedelta(minutes=11)
"""How long SAP may go on with a request that nobody waits for: ten minutes by its own limit, and some to show it."""


@define
class SapExecution(Execution):
    """What one client of SAP can be asked to do in one company; not for several threads at once.

    A target is read again before it is written, and every entity that is written is sent with the ETag that it had
    then: so a change is noticed even by a service that overlooks ETags in a batch. *timeout* is that of the connection,
    in seconds; *running* is how long SAP may go on after we gave up.
    """

    name: str
    _commands: SapCommands
    _services: Mapping[str, ODataService]
    _facts: Facts
    _timeout: float
    _running: timedelta = LONGEST
    _now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def close(self) -> None:
        """End the connections to the host."""
        for service in self._services.values():
            service.close()

    @property
    def limits(self) -> Limits:
        # half of it to get ready, half to connect, send, and wait
        return Limits(call=timedelta(seconds=4 * self._timeout), running=self._running)

    def offers(self, command: type[Command]) -> bool:
        return self._commands.offers(command)

    def observe(self, command: Command) -> Observation:
        self._offered(command)
        with _readable():
            stands = self._stands(command)
            subject = None if stands is None else cast("Supplier | PurchaseOrder", stands.value)
            facts = self._facts.about(command, subject)
        if stands is None:
            return Observation(version=None, before=NOTHING, facts=facts)
        before = NOTHING if command.terms.creates is not None else self._image(command, stands.value)
        return Observation(version=_version(stands.raw), before=before, facts=facts)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done:
        self._offered(command)
        until = time.monotonic() + 2 * self._timeout
        with _nothing_sent(), _readable():
            stands = self._stands(command)
            if expected is not None and (stands is None or _version(stands.raw) != expected):
                raise Conflict(f"{self.name}: what the command stands on has changed since it was looked at")
            document = self._document(command)
            service = self._services[document.service]
            writes = self._commands.writes(command, stands, reference)
            requests = [_request(service, each) for each in writes]
        if not requests:
            return Done(record=self._subject(command))
        try:
            written = self._sent(service, requests, until)
        except (Conflict, NotFound, Refused) as no:
            raise self._after_all(command, reference, no) from no
        except Unintelligible as error:  # it says so of what came before the write
            raise Unavailable(str(error)) from error
        if command.terms.creates is None:
            return Done(record=self._subject(command))
        return Done(record=self._created(document, written[0].record))

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done]:
        self._offered(command)
        with _readable():
            if command.terms.located_by is LocatedBy.REFERENCE:
                return self._under(command, reference)
            try:
                stands = self._stands(command)
            except NotFound:
                return ()
            if stands is None or missing(command.effect, self._image(command, stands.value)):
                return ()
            return (Done(record=self._subject(command)),)

    def read_back(self, command: Command, done: Done) -> Image:
        self._offered(command)
        with _readable():
            return self._image(command, self._read(done.record).value)

    def _offered(self, command: Command) -> None:
        if not self.offers(type(command)):
            raise NotOffered(f"{self.name} cannot be asked to {command.terms.action}")

    def _subject(self, command: Command) -> Identifier:
        subject = command.subjects[0]
        if isinstance(subject, Made):
            raise NotFound(f"the record that step {subject.step} makes is not there yet")
        return subject.id

    def _document(self, command: Command) -> Document:
        kind = command.terms.creates
        return self._commands.documents[type(self._subject(command)) if kind is None else kind]

    def _stands(self, command: Command) -> Stored[object] | None:
        """Read what the command is about; None if it is about nothing, or about what is yet to be made."""
        first = next(iter(command.subjects), None)
        return self._read(first.id) if isinstance(first, Resolved) else None

    def _read(self, key: Identifier) -> Stored[object]:
        document = self._commands.documents[type(key)]
        where = document.mapping.key.conditions((), Operator.EQUALS, key) or ()
        found = [each for each in self._found(document, where) if cast("Supplier", each.value).id == key]
        if not found:
            raise NotFound(f"{self.name} has no {document.mapping.target.__name__} {key}")
        if len(found) > 1:
            raise Drifted(f"{self.name} has several {document.part.entity_set} of one number; a person must look")
        return found[0]

    def _found(self, document: Document, where: Sequence[Where]) -> Iterator[Stored[object]]:
        origin = Origin(self.name, self._now())
        for page in self._services[document.service].pages(
            document.part.entity_set, columns=document.columns, where=(*document.live, *where)
        ):
            for raw in page:
                yield Stored(raw=raw, value=document.mapping.read(raw, origin=origin))

    def _image(self, command: Command, record: object) -> Image:
        line: LineNumber | None = command.line if isinstance(command, ChangePurchaseOrderLine) else None
        paths = [*(path for path, _ in command.effect.fields), *command.terms.reads]
        return image_of(record, paths, line=line)

    def _sent(self, service: ODataService, requests: Sequence[WriteRequest], until: float) -> Sequence[Written]:
        """Send everything as one unit of work; a batch only where it must be, as some services overlook ETags in it."""
        if len(requests) > 1:
            return service.write_together(requests, until=until)
        (one,) = requests
        return (service.write(one.method, one.path, one.body, etag=one.etag, until=until),)

    def _created(self, document: Document, record: Mapping[str, object] | None) -> Identifier:
        try:
            return cast("Identifier", document.mapping.read_key({} if record is None else record))
        except TranslationError as error:
            told = f"{document.part.entity_set} was created, and SAP did not say under which number"
            raise OutcomeUnknown(f"{self.name}: {told}") from error

    def _after_all(self, command: Command, reference: Reference, no: PortError) -> PortError:
        """Look whether a no is the answer to a repetition that was not ours, of a write that was carried out."""
        try:
            is_there = len(self.locate(command, reference=reference)) > 0
        except NotLocatable:
            is_there = False
        except PortError:
            is_there = True  # nobody knows
        return OutcomeUnknown(f"{no}; but what was asked for may stand there") if is_there else no

    def _under(self, command: Command, reference: Reference) -> tuple[Done, ...]:
        document = self._document(command)
        found = list(self._found(document, self._commands.under(command, reference)))
        ours = [each for each in found if each.raw[document.reference] == reference.text]
        if not ours and any(self._is_like(command, document, each) for each in found):
            raise NotLocatable(f"{self.name} has one just like it without our reference; a person must look")
        return tuple(Done(record=cast("Supplier", each.value).id) for each in ours)

    def _is_like(self, command: Command, document: Document, found: Stored[object]) -> bool:
        """Say whether it may be ours, and a user has changed the reference; another write of ours is not."""
        marked = _is_reference(found.raw[document.reference])
        return not marked and not missing(command.effect, self._image(command, found.value))


def sap_execution(
    erp: Erp, connection: ODataConnection, commands: SapCommands, *, running: timedelta = LONGEST
) -> SapExecution:
    """Open one client of an SAP system for writing; *erp* is the same client, open for reading.

    It contacts nobody yet.
    """
    paths = {document.service for document in commands.documents.values()}
    return SapExecution(
        name=erp.name,
        commands=commands,
        services={path: ODataService(connection, f"/sap/opu/odata/sap/{path}") for path in paths},
        facts=Facts(
            suppliers=erp.suppliers,
            purchase_orders=erp.purchase_orders,
            here=lambda what: SourceRef(erp.name, what, "", datetime.now(UTC)),
        ),
        timeout=connection.timeout,
        running=running,
    )


def _is_reference(raw: object) -> bool:
    """Say whether a field holds a mark of ours."""
    try:
        Reference(cast("str", raw))
    except InvalidValue:
        return False
    return True


def _request(service: ODataService, write: EntityWrite) -> WriteRequest:
    if write.record is None:
        return WriteRequest(method="POST", path=write.entity_set, body=write.body)
    path = service.address(write.entity_set, {key: write.record[key] for key in write.keys})
    method: Method = "DELETE" if write.body is None else "MERGE"
    return WriteRequest(method=method, path=path, body=write.body, etag=etag_of(write.record))


def _version(raw: Mapping[str, object]) -> Version:
    """Give the state of a document: the ETag of every entity in it, and what was read of it."""
    told = json.dumps(_told(raw), sort_keys=True, default=str)
    return Version(hashlib.sha256(told.encode()).hexdigest())


def _told(raw: object) -> object:
    if isinstance(raw, list):
        return [_told(each) for each in raw]
    if not isinstance(raw, Mapping):
        return raw
    return {name: _told(it) for name, it in raw.items() if name != "__metadata"} | {"__metadata": etag_of(raw)}


@contextmanager
def _readable() -> Iterator[None]:
    """Say of a record that cannot be translated what must be done about it."""
    try:
        yield
    except TranslationError as error:
        raise Drifted(f"{error}; it is neither looked at nor written before somebody has mended it") from error


@contextmanager
def _nothing_sent() -> Iterator[None]:
    """Say of an answer that makes no sense that it is not yet the answer to a write."""
    try:
        yield
    except Unintelligible as error:
        raise Unavailable(str(error)) from error
