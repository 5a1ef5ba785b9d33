"""SAP's documents as commands need them: read whole, with the version of every part, and written entity by entity."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import cast

from attrs import field, frozen

from acl.conditions import Where
from acl.mapping import Origin
from acl.sap.commands.catalogue import Document
from acl.sap.commands.entities import EntityWrite, Stored
from adapters.odata.service import ODataService
from adapters.odata.writes import Method, WriteRequest, Written, etag_of
from adapters.systems.executing import nothing_sent
from domain.identifiers import Identifier
from domain.images import Version
from domain.suppliers import Supplier
from ports.errors import Drifted, NotFound, TranslationError
from ports.queries import Operator


@frozen(kw_only=True)
class SapDocuments:
    """The documents of one client of SAP; *name* is the site's own name for the system."""

    name: str
    kinds: Mapping[type[Identifier], Document]
    services: Mapping[str, ODataService]
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def read(self, key: Identifier) -> Stored[object]:
        """Read one document.

        Raises:
            NotFound: it is not there, or not there for us.
            Drifted: it cannot be translated, or there are several.
            AccessDenied, Misconfigured, Refused, Unavailable, Unintelligible: see `adapters.odata.faults`.
        """
        document = self.kinds[type(key)]
        where = (*document.live, *(document.mapping.key.conditions((), Operator.EQUALS, key) or ()))
        found = [each for each in self.found(document, where) if cast("Supplier", each.value).id == key]
        if not found:
            raise NotFound(f"{self.name} has no {document.mapping.target.__name__} {key}")
        if len(found) > 1:
            raise Drifted(f"{self.name} has several {document.part.entity_set} of one number; a person must look")
        return found[0]

    def found(self, document: Document, where: Sequence[Where]) -> Iterator[Stored[object]]:
        """Read all documents that meet *where*, be they live or not; it raises what `read` does, but for NotFound."""
        origin = Origin(self.name, self.now())
        service = self.services[document.service]
        pages = service.pages(document.part.entity_set, columns=document.columns, where=where)
        for page in pages:
            for raw in page:
                try:
                    yield Stored(raw=raw, value=document.mapping.read(raw, origin=origin))
                except TranslationError as error:
                    told = f"{error}; it is neither looked at nor written before somebody has mended it"
                    raise Drifted(told) from error

    def requests(self, document: Document, writes: Sequence[EntityWrite]) -> tuple[WriteRequest, ...]:
        """Address what is to be written.

        Raises:
            Drifted: a key is not the one that the service declares.
        """
        return tuple(_request(self.services[document.service], each) for each in writes)

    def send(self, document: Document, requests: Sequence[WriteRequest], *, until: float) -> Sequence[Written]:
        """Write once, as one unit of work; in a batch only where it must be, as some services overlook ETags in it.

        Raises:
            Refused, Conflict, Locked, NotFound, AccessDenied, Unavailable, Misconfigured: not written.
            OutcomeUnknown: the requests left, and no answer that can be understood came.
        """
        service = self.services[document.service]
        with nothing_sent():  # what came after the write and makes no sense is OutcomeUnknown
            if len(requests) > 1:
                return service.write_together(requests, until=until)
            (one,) = requests
            return (service.write(one.method, one.path, one.body, etag=one.etag, until=until),)

    def close(self) -> None:
        """End the connections to the host."""
        for service in self.services.values():
            service.close()


def _request(service: ODataService, write: EntityWrite) -> WriteRequest:
    if write.record is None:
        return WriteRequest(method="POST", path=write.entity_set, body=write.body)
    path = service.address(write.entity_set, {key: write.record[key] for key in write.keys})
    method: Method = "DELETE" if write.body is None else "MERGE"
    return WriteRequest(method=method, path=path, body=write.body, etag=etag_of(write.record))


def version(raw: Mapping[str, object]) -> Version:
    """Give the state of a document: the ETag of every entity in it, and what was read of it."""
    told = json.dumps(_told(raw), sort_keys=True, default=str)
    return Version(hashlib.sha256(told.encode()).hexdigest())


def _told(raw: object) -> object:
    if isinstance(raw, list):
        return [_told(each) for each in raw]
    if not isinstance(raw, Mapping):
        return raw
    return {name: _told(it) for name, it in raw.items() if name != "__metadata"} | {"__metadata": etag_of(raw)}
