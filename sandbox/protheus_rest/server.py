"""The REST server of Protheus on a port of this machine; whoever logs on gets a token that ends."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence

from sandbox.misbehaviour import Misbehaviour
from sandbox.protheus_rest.errors import answered
from sandbox.protheus_rest.framework import Framework
from sandbox.protheus_rest.tables import ORDER_REFERENCE, SUPPLIER_REFERENCE, Commit, Store
from sandbox.web import PASSWORD, USER, App, Request, Response, Server

TOKENS = "/api/oauth2/v1/token"
_LIFE = 3600


class TokenServer(Server):
    """A server that asks for a token; one lives until all sessions are ended (PREST-12)."""

    def __init__(self, app: App, *, misbehaviour: Misbehaviour, user: str, password: str, port: int) -> None:
        super().__init__(app, misbehaviour=misbehaviour, user=user, password=password, realm="TOTVS", port=port)
        self._protected = app
        self._known = (user.encode(), password.encode())
        self._tokens: dict[str, int] = {}
        self.logons = 0
        """How often a token was given out."""

    def _answer(self, request: Request) -> Response | None:
        """Give a token, or answer as ever; a request for one is no request that a fault was meant for, or is kept."""
        return self._token(request) if request.path == TOKENS else super()._answer(request)

    def _token(self, request: Request) -> Response:
        told = tuple((request.header(name) or "").encode("latin-1") for name in ("username", "password"))
        if not all(hmac.compare_digest(*pair) for pair in zip(told, self._known, strict=True)):
            return answered(401, {"code": 401, "message": "Usuario ou senha invalidos", "detailedMessage": ""})
        token = secrets.token_urlsafe(24)
        self._tokens[token] = self.misbehaviour.session_epoch
        self.logons += 1
        life = {"access_token": token, "token_type": "Bearer", "expires_in": _LIFE, "refresh_token": "none"}
        return answered(201, life)

    def _proper(self, request: Request) -> Response | None:
        scheme, _, token = (request.header("authorization") or "").partition(" ")
        if scheme != "Bearer" or self._tokens.get(token) != self.misbehaviour.session_epoch:
            return answered(401, {"code": 401, "message": "Token invalido ou expirado", "detailedMessage": ""})
        return self._protected(request)


def protheus_rest_server(
    *,
    misbehaviour: Misbehaviour | None = None,
    page_size: int = 50,
    references: Sequence[str] = (SUPPLIER_REFERENCE, ORDER_REFERENCE),
    keyless: bool = False,
    refuses_twins: bool = False,
    journal: list[Commit] | None = None,
    user: str = USER,
    password: str = PASSWORD,
    port: int = 0,
) -> TokenServer:
    """Make a server that starts with ``with`` and holds the scenario plus the spoiled records, for company 01.

    Each server has its own copy of the records. *references* are the fields for our reference that the site has
    created. *journal* gets every unit of work that was committed. See `Framework` for the rest.
    """
    bad_days = Misbehaviour() if misbehaviour is None else misbehaviour
    store = Store(references, [] if journal is None else journal)
    app = Framework(store, bad_days, page_size=page_size, keyless=keyless, refuses_twins=refuses_twins)
    return TokenServer(app, misbehaviour=bad_days, user=user, password=password, port=port)
