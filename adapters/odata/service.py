"""One OData V2 service: its declaration, its records page by page, and writing to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from types import TracebackType
from typing import Self

import requests

from acl.conditions import Where
from adapters.http.retries import repeated
from adapters.odata import query
from adapters.odata.connection import ODataConnection
from adapters.odata.csrf import CsrfToken
from adapters.odata.edm import Metadata
from adapters.odata.faults import Asked, checked, json_of, wants_token
from adapters.odata.metadata import load_metadata
from adapters.odata.pages import RecordPage, record_page
from adapters.odata.pyodata_client import Request
from adapters.odata.schema import schema_of
from adapters.odata.transport import Transport
from adapters.odata.writes import Method, Written, written
from contracts.source.schema import Schema


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
        self, method: Method, path: str, body: Mapping[str, object] | None = None, *, etag: str | None = None
    ) -> Written:
        """Change something once; *path* is below the service and encoded, see `address`.

        *etag* is the version that the target must still have, as `etag_of` gave it. Only a token that has expired makes
        the same request go out again: SAP has not looked at the first one (Source: SAP-HTTP-02).

        Raises:
            Refused, Conflict, Locked, NotFound, AccessDenied, Unavailable, Misconfigured, Unintelligible: not written.
            OutcomeUnknown: the request left, and no answer that can be understood came.
            ValueError: *etag* is ``*``, which would overwrite whatever is there (Source: SAP-HTTP-07).
        """
        if etag == "*":
            raise ValueError("give the version that was read; '*' would overwrite anybody's change")
        entity_set, opening, key = path.partition("(")
        asked = self._asked(
            f"{method} of {entity_set}", writing=True, key=key if opening != "" else None, versioned=etag is not None
        )
        headers = _headers(method, etag)
        sent = None if body is None else json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
        verb = "POST" if method == "MERGE" else method
        send = partial(self._transport.send, verb, f"{self._path}/{path}", asked, body=sent)
        fetching = self._asked(f"the CSRF token for {entity_set}")
        answer = send(headers=headers | {"X-CSRF-Token": self._token.current(fetching)})
        if wants_token(answer):
            answer = send(headers=headers | {"X-CSRF-Token": self._token.renewed(fetching)})
        checked(answer, asked)
        return written(answer, asked)

    def _asked(self, what: str, *, writing: bool = False, key: str | None = None, versioned: bool = False) -> Asked:
        return Asked(f"{what} of {self.name}", self._transport.host, writing, key, versioned)


def _headers(method: Method, etag: str | None) -> dict[str, str]:
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    if method == "MERGE":
        headers["X-HTTP-Method"] = "MERGE"
    return headers if etag is None else headers | {"If-Match": etag}
