"""One OData V2 service: its declaration, its records page by page, and writing to it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from types import TracebackType
from typing import Self

import requests

from acl.conditions import Where
from adapters.http.retries import repeated
from adapters.odata import query
from adapters.odata.batch import changeset, content_type, new_boundary, outcome
from adapters.odata.connection import ODataConnection
from adapters.odata.csrf import CsrfToken
from adapters.odata.edm import Metadata
from adapters.odata.faults import Asked, checked, json_of, wants_token
from adapters.odata.metadata import load_metadata
from adapters.odata.pages import RecordPage, record_page
from adapters.odata.pyodata_client import Request
from adapters.odata.schema import schema_of
from adapters.odata.transport import Transport
from adapters.odata.writes import Method, WriteRequest, Written, written
from contracts.source.schema import Schema
from ports.errors import Unavailable


class ODataService:
    """A service of one SAP system, over one session; not for several threads at once.

    *path* leads from the host to the service, as ``/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV``.
    """

    def __init__(self, connection: ODataConnection, path: str) -> None:
        self._path = "/" + path.strip("/")
        self.name = self._path.rpartition("/")[2]
        self._transport = Transport(connection)
        self._token = CsrfToken(self._transport, self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections to the host."""
        self._transport.close()

    @cached_property
    def metadata(self) -> Metadata:
        """The service's declaration, fetched once.

        Raises:
            AccessDenied, Misconfigured, Refused, Unavailable, Unintelligible: see `adapters.odata.faults`.
        """
        return load_metadata(self._declaration(), service=self.name)

    def schema(self) -> Schema:
        """Read what the service publishes of its records at this moment.

        Raises:
            AccessDenied, Misconfigured, Refused, Unavailable, Unintelligible: see `adapters.odata.faults`.
        """
        return schema_of(self._declaration(), origin=self.name)

    def _declaration(self) -> bytes:
        asked = self._asked("$metadata")
        ask = partial(self._read, "$metadata", asked, query="", headers={"Accept": "application/xml"})
        return repeated(ask).content

    def _read(self, path: str, asked: Asked, *, query: str, headers: Mapping[str, str]) -> requests.Response:
        answer = self._transport.send("GET", f"{self._path}/{path}", asked, query=query, headers=headers)
        checked(answer, asked)
        return answer

    def pages(
        self, entity_set: str, *, columns: Sequence[str], where: Sequence[Where] = (), order_by: Sequence[str] = ()
    ) -> Iterator[list[dict[str, object]]]:
        """Stream the records of a set as they stand in JSON; a page is not asked for before it is needed.

        *columns* and *order_by* are paths such as ``to_PurchaseOrderItem/OrderQuantity``; a column that is a navigation
        brings all of its records' properties. Without *order_by*, and after it, the key decides. The values of *where*
        are in the form of JSON. Inner lists stay wrapped as they came.

        Raises:
            AccessDenied, Drifted, Misconfigured, Refused, Unavailable, Unintelligible: while iterating.
        """
        if query.asks_for_nothing(where):
            return
        asked = self._asked(entity_set)
        request = query.reading(self.metadata, entity_set, columns=columns, where=where, order_by=order_by)
        options = query.query_string(request.options)
        seen: set[str] = set()
        while True:
            page = repeated(partial(self._page, request, options, asked))
            if len(page.records) > 0:
                yield page.records
            if page.following is None:
                return
            options = query.next_query(page.following, asked)
            if options in seen:
                raise asked.unreadable("SAP links to the same next page twice, so it would never end")
            seen.add(options)

    def _page(self, request: Request, options: str, asked: Asked) -> RecordPage:
        answer = self._read(request.path, asked, query=options, headers=request.headers)
        return record_page(json_of(answer, asked), asked)

    def address(self, entity_set: str, key: Mapping[str, object]) -> str:
        """Give the path of one record for `write`; the values of *key* are in the form of JSON.

        Raises:
            Drifted: *key* is not the key that the service declares.
        """
        return query.key_predicate(self.metadata, entity_set, key)

    def write(
        self,
        method: Method,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        etag: str | None = None,
        until: float = math.inf,
    ) -> Written:
        """WriteRequest something once; *path* is below the service and encoded, see `address`.

        *etag* is the version that the target must still have, as `etag_of` gave it. Nothing is sent any more after
        *until*, a moment of `time.monotonic`. Only a token that has expired makes the same request go out again: SAP
        has not looked at the first one (Source: SAP-HTTP-02).

        Raises:
            Refused, Conflict, Locked, NotFound, AccessDenied, Unavailable, Misconfigured, Unintelligible: not written.
            OutcomeUnknown: the request left, and no answer that can be understood came.
            ValueError: *etag* is ``*``, which would overwrite whatever is there (Source: SAP-HTTP-07).
        """
        change = WriteRequest(method=method, path=path, body=body, etag=etag)
        entity_set, opening, key = path.partition("(")
        asked = self._asked(
            f"{method} of {entity_set}", writing=True, key=key if opening != "" else None, versioned=etag is not None
        )
        tunnel = {"X-HTTP-Method": "MERGE"} if method == "MERGE" else {}
        verb = "POST" if method == "MERGE" else method
        content = None if body is None else change.content
        send = partial(self._transport.send, verb, f"{self._path}/{path}", asked, body=content)
        return written(self._sent(send, change.headers | tunnel, asked, until), asked)

    def write_together(self, changes: Sequence[WriteRequest], *, until: float = math.inf) -> tuple[Written, ...]:
        """Make several changes in their order as one unit of work, once: all of them, or none.

        Raises:
            Refused, Conflict, Locked, NotFound, AccessDenied, Unavailable, Misconfigured, Unintelligible: not written.
            OutcomeUnknown: the request left, and no answer that can be understood came.

        Source: SAP-BATCH-01 to SAP-BATCH-04.
        """
        sets = ", ".join(dict.fromkeys(change.path.partition("(")[0] for change in changes))
        versioned = any(change.etag is not None for change in changes)
        keys = "".join(change.path.partition("(")[2] for change in changes)
        asked = self._asked(f"a change of {sets}", writing=True, key=keys, versioned=versioned)
        boundary = new_boundary()
        headers = {"Accept": "multipart/mixed", "Content-Type": content_type(boundary)}
        body = changeset(changes, boundary)
        send = partial(self._transport.send, "POST", f"{self._path}/$batch", asked, body=body)
        return outcome(self._sent(send, headers, asked, until), changes, asked)

    def _sent(
        self, send: Callable[..., requests.Response], headers: Mapping[str, str], asked: Asked, until: float
    ) -> requests.Response:
        fetching = self._asked("the CSRF token")
        token = self._token.current(fetching)
        _in_time(until, asked)
        answer = send(headers={**headers, "X-CSRF-Token": token})
        if wants_token(answer):
            token = self._token.renewed(fetching)
            _in_time(until, asked)
            answer = send(headers={**headers, "X-CSRF-Token": token})
        checked(answer, asked)
        return answer

    def _asked(self, what: str, *, writing: bool = False, key: str | None = None, versioned: bool = False) -> Asked:
        return Asked(f"{what} of {self.name}", self._transport.host, writing, key, versioned)


def _in_time(until: float, asked: Asked) -> None:
    if time.monotonic() > until:
        raise Unavailable(f"{asked.what}: SAP was so slow before it that it was not sent any more")
