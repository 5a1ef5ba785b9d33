"""One REST API: its collections page by page, and writing to it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import Literal, Self

import httpx2
from attrs import frozen

from acl.conditions import AnyOf, Where
from adapters.http.retries import repeated
from adapters.rest.bodies import sent_body
from adapters.rest.clients import client_for
from adapters.rest.connection import Password, RestConnection
from adapters.rest.faults import Asked, json_of, no_answer
from adapters.rest.page_styles import PageStyle, Record, Step
from adapters.rest.tokens import Tokens
from ports.errors import Refused, Unavailable

Render = Callable[[Sequence[Where]], Mapping[str, str]]
"""How one API filters: conditions as query parameters. The parameters are encoded here, their inner syntax is not."""

Method = Literal["POST", "PUT", "PATCH", "DELETE"]


@frozen
class Written:
    """A write that the API accepted; *body* is what it sent, None if nothing.

    A body without a key (``{"message": "success"}``) does not say which record it was (Source: PREST-10).
    """

    status: int
    body: object


class RestService:
    """One API behind one connection; several threads may use it.

    *render* puts conditions into this API's own query parameters. *transport* is for tests.
    """

    def __init__(
        self, connection: RestConnection, *, render: Render, transport: httpx2.BaseTransport | None = None
    ) -> None:
        self._base = httpx2.URL(connection.url)
        self._host = connection.url
        self._render = render
        client = partial(client_for, connection, transport)
        self._reading = client(httpx2.Limits())
        # a write on a connection that the server has just closed would be lost without a trace
        self._writing = client(httpx2.Limits(max_keepalive_connections=0))
        logon = connection.logon
        self._tokens = Tokens(logon, connection.url, self._reading) if isinstance(logon, Password) else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._reading.close()
        self._writing.close()

    def pages(
        self,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        where: Sequence[Where] = (),
        page_style: PageStyle,
        means_nothing: Collection[str] = (),
    ) -> Iterator[list[Record]]:
        """Stream the records of a collection as they stand in JSON; a page is not asked for before it is needed.

        *means_nothing* are the sentences with which this endpoint refuses when there is nothing to send, each as it
        stands in `Refused.reasons` (Source: PREST-07).

        Raises:
            AccessDenied, Misconfigured, Refused, Unavailable, Unintelligible: while iterating.
        """
        if any(isinstance(each, AnyOf) and len(each.conditions) == 0 for each in where):
            return
        asked = Asked(path, self._host)
        asked_for = _together({} if params is None else params, self._render(where))
        step: Step | None = page_style.first()
        links: set[str] = set()
        keys: set[tuple[object, ...]] = set()
        while step is not None:
            ask = partial(self._ask, self._address(path, asked_for, step, links, asked), asked)
            try:
                body = repeated(ask)
            except Refused as error:
                if not set(error.reasons) & set(means_nothing):
                    raise
                return
            found, step = page_style.read(body, step, asked)
            fresh = _fresh(found, page_style.key, keys, asked)
            if len(fresh) > 0:
                yield fresh

    def _address(self, path: str, params: Mapping[str, str], step: Step, links: set[str], asked: Asked) -> httpx2.URL:
        here = httpx2.URL(f"{self._host}/{path.lstrip('/')}")
        if step.link is None:
            return here.copy_merge_params(_together(params, step.params))
        try:
            there = here.join(step.link)
        except httpx2.InvalidURL:
            raise asked.unreadable("the link to the next page is no address") from None
        if _origin(there) != _origin(self._base) or there.userinfo != b"":
            raise asked.unreadable("the link to the next page leads to another host; it was not followed")
        if str(there) in links:
            raise asked.unreadable("the same next page is linked twice, so it would never end")
        links.add(str(there))
        return there

    def _ask(self, address: httpx2.URL, asked: Asked) -> object:
        return json_of(self._sent(partial(self._reading.get, address), asked), asked)

    def write(
        self,
        method: Method,
        path: str,
        body: object = None,
        *,
        record: bool = False,
        until: float = math.inf,
        media_type: str = "application/json",
    ) -> Written:
        """Change something once; it is never repeated here. *record* says that *path* addresses one record.

        *media_type* is what the body is sent as; by it alone some APIs tell an action from a new row (FUS-ACT-01).

        Nothing is sent any more after *until*, a moment of `time.monotonic`. Only a token that has expired makes the
        same request go out again: no service has looked at the first one (Source: PREST-12).

        Raises:
            Refused, Conflict, Locked, NotFound, AccessDenied, Unavailable, Misconfigured: nothing was written.
            NotWritable: a number has more digits than the API can read; nothing was sent.
            OutcomeUnknown: the request left, and no answer that can be understood came.
        """
        asked = Asked(f"{method} of {path.partition('?')[0]}", self._host, writing=True, record=record)
        sent = None if body is None else sent_body(body)
        kind = {} if sent is None else {"Content-Type": media_type}

        def send(headers: Mapping[str, str]) -> httpx2.Response:
            if time.monotonic() > until:
                raise Unavailable(f"{asked.what}: the API was so slow before it that it was not sent any more")
            address = f"{self._host}/{path.lstrip('/')}"
            return self._writing.request(method, address, content=sent, headers={**kind, **headers})

        answer = self._sent(send, asked)
        return Written(answer.status_code, json_of(answer, asked))

    def _sent(self, send: Callable[..., httpx2.Response], asked: Asked) -> httpx2.Response:
        """Send a request with a living token, once more with a new one if it has died meanwhile."""
        try:
            if self._tokens is None:
                return send(headers={})
            token = self._tokens.current()
            answer = send(headers=token.headers)
            if answer.status_code != httpx2.codes.UNAUTHORIZED:
                return answer
            return send(headers=self._tokens.renewed(token).headers)
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise no_answer(error, asked) from error


def _together(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Join parameters; none may silently take another's place, as that would widen or narrow the answer."""
    if twice := sorted(one.keys() & other.keys()):
        raise ValueError(f"the parameter {', '.join(twice)} is given twice")
    return {**one, **other}


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    usual = {"http": 80, "https": 443}
    return url.scheme, url.host, url.port if url.port is not None else usual.get(url.scheme)


def _fresh(records: list[Record], key: Sequence[str], seen: set[tuple[object, ...]], asked: Asked) -> list[Record]:
    """Leave out records whose key has come before; without a key nothing is."""
    if len(key) == 0:
        return records
    fresh = []
    for record in records:
        try:
            values = tuple(record[name] for name in key)
            known = values in seen
        except (KeyError, TypeError):
            raise asked.unreadable(f"a record lacks its key ({', '.join(key)})") from None
        if not known:
            seen.add(values)
            fresh.append(record)
    return fresh
