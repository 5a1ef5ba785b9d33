"""Tokens that expire: fetched when they are first needed, renewed before they end."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from threading import Lock

import httpx2
from attrs import frozen

from adapters.http.retries import repeated
from adapters.rest.connection import Password
from adapters.rest.faults import Asked, json_of, no_answer
from ports.errors import AccessDenied

_MARGIN = 60.0
"""Seconds before its end at which a token is not used any more; half of its life if that is shorter."""
_NOT_KNOWN = (400, 401, 403)
_TOKEN = re.compile("[!-~]+")


@frozen
class Token:
    """One token; *until* is a moment of the clock by which it was fetched."""

    text: str
    until: float

    @property
    def headers(self) -> Mapping[str, str]:
        """What goes with every call."""
        return {"Authorization": f"Bearer {self.text}"}


class Tokens:
    """The tokens of one user, one at a time; several threads may ask for them.

    User and password go in headers: in the address, which the vendor takes too, they would end in logs.

    Source: PREST-12.
    """

    def __init__(
        self, logon: Password, url: str, client: httpx2.Client, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._logon = logon
        self._asked = Asked("the logon", url)
        self._address = f"{url}/{logon.path.lstrip('/')}"
        self._client = client
        self._now = now
        self._token: Token | None = None
        self._lock = Lock()

    def current(self) -> Token:
        """Give the token, and fetch it if there is none, or it ends soon.

        Raises:
            AccessDenied: user and password are not accepted.
            Unavailable, Unintelligible, Misconfigured: there is none to be had.
        """
        with self._lock:
            if self._token is None or self._now() >= self._token.until:
                self._token = repeated(self._fetched)
            return self._token

    def renewed(self, dead: Token) -> Token:
        """Give a token in place of one that was turned away; it raises what `current` does."""
        with self._lock:
            if self._token is dead:
                self._token = None
        return self.current()

    def _fetched(self) -> Token:
        known = (("username", self._logon.user), ("password", self._logon.password.get_secret_value()))
        headers = {name.encode(): value.encode() for name, value in known}
        try:
            answer = self._client.post(self._address, params={"grant_type": "password"}, headers=headers)
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise no_answer(error, self._asked) from error
        if answer.status_code in _NOT_KNOWN:
            raise AccessDenied(f"{self._asked.what}: the API does not accept user and password; correct the connection")
        body = json_of(answer, self._asked)
        told = body if isinstance(body, Mapping) else {}
        text, life = told.get("access_token"), told.get("expires_in")
        if not isinstance(text, str) or not _TOKEN.fullmatch(text) or not isinstance(life, int) or life is True:
            raise self._asked.unreadable("the answer holds no token with its time of life")
        return Token(text, self._now() + max(life - _MARGIN, life / 2))
