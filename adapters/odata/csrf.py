"""The token without which SAP writes nothing; it belongs to the session's cookies."""

from __future__ import annotations

from functools import partial

import requests

from adapters.http.retries import repeated
from adapters.odata.faults import Asked, checked, port_error
from adapters.odata.transport import Transport
from ports.errors import Unintelligible

_HEADERS = {"X-CSRF-Token": "Fetch", "Accept": "application/json"}
_NO_TOKENS = ("", "required", "fetch")


class CsrfToken:
    """One session's token for one service, fetched when it is first needed.

    Some systems give it at the service's address with a slash only, some without one only, some not for HEAD; the way
    that worked is remembered (Source: SAP-HTTP-01, SAP-HTTP-03).
    """

    def __init__(self, transport: Transport, path: str) -> None:
        self._transport = transport
        self._ways = [("HEAD", f"{path}/"), ("HEAD", path), ("GET", f"{path}/"), ("GET", path)]
        self._token: str | None = None

    def current(self, asked: Asked) -> str:
        """Give the token, and fetch it if there is none yet.

        Raises:
            AccessDenied, Unavailable, Unintelligible: there is none to be had; nothing was written.
        """
        return self._token if self._token is not None else self.renewed(asked)

    def renewed(self, asked: Asked) -> str:
        """Fetch a new token.

        Raises:
            AccessDenied, Unavailable, Unintelligible: there is none to be had; nothing was written.
        """
        for way in tuple(self._ways):
            answer = repeated(partial(self._ask, *way, asked))
            token = answer.headers.get("X-CSRF-Token", "").strip()
            if answer.ok and token.lower() not in _NO_TOKENS:
                self._ways.remove(way)
                self._ways.insert(0, way)
                self._token = token
                return token
        checked(answer, asked)
        raise Unintelligible(f"{asked.what}: the service gives none, neither with a final slash nor without")

    def _ask(self, method: str, path: str, asked: Asked) -> requests.Response:
        """Ask once; what another way to ask cannot cure is an error at once."""
        answer = self._transport.send(method, path, asked, headers=_HEADERS)
        if answer.status_code in (401, 429) or answer.status_code >= 500:
            raise port_error(answer, asked)
        return answer
