"""Sessions and CSRF tokens: nothing is written without a token and the cookies it came with."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from threading import Lock

from sandbox.misbehaviour import Misbehaviour
from sandbox.web import Request

_SESSION = "SAP_SESSIONID_DEV_100"
_XSRF = "sap-XSRF_DEV_100"
_MOST = 1000


@dataclass(frozen=True)
class _Session:
    """One session; the epochs are those of `Misbehaviour` in which it and its token were made."""

    token: str
    xsrf: str
    session_epoch: int
    csrf_epoch: int


class Sessions:
    """The sessions of one system, the oldest forgotten when there are too many."""

    def __init__(self, misbehaviour: Misbehaviour) -> None:
        self._misbehaviour = misbehaviour
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._lock = Lock()

    def fetch(self, request: Request) -> tuple[tuple[str, str], ...]:
        """Give the headers that carry a token, and the cookies if the request is not in a session that has one."""
        known = self._valid(request)
        if known is not None:
            return (("x-csrf-token", known.token),)
        made = _Session(
            secrets.token_urlsafe(18),
            secrets.token_urlsafe(12),
            self._misbehaviour.session_epoch,
            self._misbehaviour.csrf_epoch,
        )
        number = secrets.token_urlsafe(24)
        with self._lock:
            self._sessions[number] = made
            while len(self._sessions) > _MOST:
                self._sessions.popitem(last=False)
        return (
            ("x-csrf-token", made.token),
            ("Set-Cookie", f"{_SESSION}={number}; path=/; HttpOnly"),
            ("Set-Cookie", f"{_XSRF}={made.xsrf}; path=/sap/opu/odata/; HttpOnly"),
        )

    def may_write(self, request: Request) -> bool:
        """Say whether the request brings a living token together with the cookies of its session."""
        known, token = self._valid(request), request.header("x-csrf-token")
        return known is not None and token is not None and secrets.compare_digest(known.token, token)

    def _valid(self, request: Request) -> _Session | None:
        cookies = _cookies(request)
        with self._lock:
            known = self._sessions.get(cookies.get(_SESSION, ""))
        if known is None or known.xsrf != cookies.get(_XSRF):
            return None
        living = (self._misbehaviour.session_epoch, self._misbehaviour.csrf_epoch)
        return known if (known.session_epoch, known.csrf_epoch) == living else None


def _cookies(request: Request) -> dict[str, str]:
    jar = SimpleCookie()
    try:
        jar.load(request.header("cookie") or "")
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}
