"""Somebody who talks to the Protheus REST sandbox without any of our drivers."""

from __future__ import annotations

import json
from typing import Self

import httpx2

from sandbox.protheus_rest import TokenServer
from sandbox.web import PASSWORD, USER

QUERY = "/api/framework/v1/genericQuery"


class Caller:
    """Somebody who has logged on."""

    def __init__(self, server: TokenServer) -> None:
        self.server = server
        self.http = httpx2.Client(base_url=server.url, trust_env=False)
        self.token = "none"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def logon(self, user: str = USER, password: str = PASSWORD) -> httpx2.Response:
        """Ask for a token, and keep it."""
        headers = {"username": user, "password": password}
        answer = self.http.post("/api/oauth2/v1/token", params={"grant_type": "password"}, headers=headers)
        self.token = answer.json().get("access_token", "none")
        return answer

    def get(self, *, tenant: str | None = "01,01", path: str = QUERY, **params: str) -> httpx2.Response:
        """Ask the generic query."""
        headers = {"Authorization": f"Bearer {self.token}"} | ({} if tenant is None else {"tenantId": tenant})
        return self.http.get(path, params={"tables": "SC7", **params}, headers=headers)

    def items(self, **params: str) -> list[dict[str, object]]:
        """Give all records of one page."""
        items = json.loads(self.get(**params).content.decode("cp1252"))["items"]
        assert isinstance(items, list)
        return items
