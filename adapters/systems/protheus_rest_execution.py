"""Asking TOTVS Protheus to do something, through its REST framework and a site's own services."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from attrs import frozen

from acl.facts import Facts
from acl.protheus.commands import answers
from acl.protheus.commands.catalogue import Codes, CompanyTerms, ProtheusCommands, protheus_commands
from acl.protheus.commands.writes import Stored, Write
from acl.protheus.purchase_orders import PURCHASE_ORDER
from acl.protheus.suppliers import SUPPLIER
from adapters.erp import Erp
from adapters.rest.connection import RestConnection
from adapters.rest.filters import totvs_filter
from adapters.rest.service import RestService
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
from adapters.systems.protheus_rest_documents import Document, ProtheusDocuments, version
from adapters.systems.protheus_rest_tables import ProtheusTables, order_table, supplier_table
from domain.commands.command import Command, LocatedBy
from domain.identifiers import Identifier, PurchaseOrderId, SupplierId
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
    PortError,
    Refused,
    TranslationError,
)
from ports.execution import Execution, Limits

LONGEST = timedelta(minutes=11)
"""How long Protheus may go on with a request that nobody waits for: ten minutes are usual, and some to show it."""


@frozen(kw_only=True)
class ProtheusExecution(Execution):
    """What Protheus can be asked to do in one company.

    Its API knows no versions: a document's version is a digest of the rows that we read, compared right before the
    write. What somebody changes between that look and the write is not noticed. *timeout* is that of the connection,
    in seconds; *running* is how long Protheus may go on after we gave up.
    """

    name: str
    commands: ProtheusCommands
    documents: ProtheusDocuments
    service: RestService
    facts: Facts
    timeout: float
    running: timedelta = LONGEST

    @property
    def limits(self) -> Limits:
        # twice to get ready; then to connect, to send, and to wait for both halves of an answer
        return Limits(call=timedelta(seconds=6 * self.timeout), running=self.running)

    def offers(self, command: type[Command]) -> bool:
        return self.commands.offers(command)

    def lacks(self) -> Sequence[str]:
        return tuple(filter(None, map(self.documents.lacking, self.documents.kinds.values())))

    def observe(self, command: Command) -> Observation:
        self._offered(command)
        stands = self._stands(command)
        subject = None if stands is None else cast("Supplier | PurchaseOrder", stands.value)
        if is_complete(command):
            self.commands.write(command, stands, NOBODYS)
        with only_looking():
            facts = self.facts.about(command, subject)
        if stands is None:
            return Observation(version=None, before=NOTHING, facts=facts)
        before = NOTHING if command.terms.creates is not None else image_for(command, stands.value)
        return Observation(version=version(stands.rows), before=before, facts=facts)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done:
        self._offered(command)
        until = time.monotonic() + 2 * self.timeout
        with nothing_sent():  # what came after the write and makes no sense is OutcomeUnknown
            stands = self._stands(command)
            if expected is not None and (stands is None or version(stands.rows) != expected):
                raise Conflict(f"{self.name}: what the command stands on has changed since it was looked at")
            write = self.commands.write(command, stands, reference)
            if write is None:  # it stands there already
                return Done(record=subject_of(command))
            body = self._sent(command, write, reference, until)
        return Done(record=subject_of(command) if write.record else self._created(command, body))

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done]:
        self._offered(command)
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
        self.service.close()

    def _offered(self, command: Command) -> None:
        if not self.offers(type(command)):
            raise NotOffered(f"{self.name} cannot be asked to {command.terms.action}")

    def _stands(self, command: Command) -> Stored[object] | None:
        """Read what the command is about; None if it is about nothing, or about what is yet to be made."""
        first = next(iter(command.subjects), None)
        return self.documents.read(first.id) if isinstance(first, Resolved) else None

    def _sent(self, command: Command, write: Write, reference: Reference, until: float) -> object:
        """Send once; a no that may be the answer to a repetition, or stand inside a success, is looked into first."""
        try:
            body = self.service.write(write.method, write.path, write.body, record=write.record, until=until).body
        except (Conflict, Locked, NotFound, Refused) as no:
            meant = answers.meant(no) if isinstance(no, Refused) else no
            raise after_all(self, command, reference, meant) from no
        lines = answers.refusal_inside(body)
        if lines is None:
            return body
        refused = Refused(f"{self.name}: Protheus refused to {command.terms.action}", reasons=lines)
        if not self._can_be_located(command):
            raise OutcomeUnknown(f"{refused}, and told it as a success; nobody can look whether it stands there")
        raise after_all(self, command, reference, answers.meant(refused))

    def _can_be_located(self, command: Command) -> bool:
        if command.terms.located_by is not LocatedBy.REFERENCE:
            return True
        try:
            return self.documents.lacking(self._made_by(command)) is None
        except PortError:  # nobody knows; and what was sent may stand there
            return False

    def _created(self, command: Command, body: object) -> Identifier:
        document = self._made_by(command)
        try:
            return document.key_in(answers.created(body))
        except TranslationError as error:
            told = f"{document.table.rows.table} was written, and Protheus did not say under which key"
            raise OutcomeUnknown(f"{self.name}: {told}") from error

    def _made_by(self, command: Command) -> Document:
        kind = command.terms.creates
        if kind is None:
            raise LookupError(f"{command.terms.action} makes nothing")
        return self.documents.kinds[kind]

    def _under(self, command: Command, reference: Reference) -> tuple[Done, ...]:
        document = self._made_by(command)
        lacking = self.documents.lacking(document)
        if lacking is not None:
            raise NotLocatable(f"{self.name} keeps no reference of ours: {lacking}")
        ours = self.documents.under(document, reference.text)
        if not ours and self._has_one_alike(command, document):
            raise NotLocatable(f"{self.name} has one just like it without our reference; a person must look")
        return tuple(Done(record=key) for key in ours)

    def _has_one_alike(self, command: Command, document: Document) -> bool:
        """Say whether one may be ours, and somebody has edited the reference; another write of ours is not."""
        for each in self.documents.found(document, self.commands.alike(command), marked=True):
            is_another = any(map(is_reference, document.marks(each.rows)))
            if not is_another and not missing(command.effect, image_for(command, each.value)):
                return True
        return False


def protheus_execution(
    erp: Erp,
    connection: RestConnection,
    terms: CompanyTerms,
    codes: Mapping[str, Codes],
    *,
    running: timedelta = LONGEST,
) -> ProtheusExecution:
    """Open one company and branch for writing; *erp* is the same one, open for reading. It contacts nobody yet."""
    service = RestService(connection, render=totvs_filter)
    suppliers = SUPPLIER.with_codes(codes.get("suppliers", {}))
    orders = PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {}))
    kinds: dict[type[Identifier], Document] = {
        SupplierId: Document(table=supplier_table(suppliers), mapping=suppliers, reference=terms.supplier_reference),
        PurchaseOrderId: Document(table=order_table(orders), mapping=orders, reference=terms.order_reference),
    }
    tables = ProtheusTables(service=service, branch=terms.branch)
    return ProtheusExecution(
        name=erp.name,
        commands=protheus_commands(terms, codes),
        documents=ProtheusDocuments(name=erp.name, kinds=kinds, tables=tables),
        service=service,
        facts=Facts(
            suppliers=erp.suppliers,
            purchase_orders=erp.purchase_orders,
            here=lambda what: SourceRef(erp.name, what, "", datetime.now(UTC)),
        ),
        timeout=connection.timeout,
        running=running,
    )
