"""An API that answers what a test says, and remembers what it was asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import httpx2
from pydantic import SecretStr

from acl.conditions import Where
from adapters.rest.connection import Basic, RestConnection
from adapters.rest.page_styles import PageStyle
from adapters.rest.service import RestService

CONNECTION = RestConnection(
    url="https://erp.example.com/rest/",
    logon=Basic("buyer", SecretStr("s3cret")),
    headers={"tenantId": "T1,D MG 01"},
)


def render(where: Sequence[Where]) -> Mapping[str, str]:
    return {"q": ";".join(map(str, where))} if where else {}


class Api:
    """Answers with the given bodies in turn, and remembers what it was asked."""

    def __init__(self, *bodies: object) -> None:
        self.waiting = iter(bodies)
        self.seen: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        body = next(self.waiting)
        if isinstance(body, Exception):
            raise body
        return body if isinstance(body, httpx2.Response) else httpx2.Response(200, content=json.dumps(body).encode())

    def service(self, connection: RestConnection = CONNECTION) -> RestService:
        return RestService(connection, render=render, transport=httpx2.MockTransport(self))

    def read(self, style: PageStyle) -> list[list[dict[str, object]]]:
        with self.service() as service:
            return list(service.pages("orders", page_style=style))

    def asked(self, *names: str) -> list[tuple[str | None, ...]]:
        return [tuple(request.url.params.get(name) for name in names) for request in self.seen]


def totvs(*ids: int, more: object) -> dict[str, object]:
    """Give a page of records with these ids, and whether it promises *more*."""
    return {"items": [{"id": number} for number in ids], "hasNext": more}
