"""The Gateway: client, CSRF, service, and then reading or writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from threading import Lock
from urllib.parse import unquote

from sandbox.misbehaviour import Misbehaviour
from sandbox.sap.changes import change
from sandbox.sap.errors import GatewayError, error_response
from sandbox.sap.query import options
from sandbox.sap.reads import read
from sandbox.sap.sessions import Sessions
from sandbox.sap.store import Store
from sandbox.web import Request, Response

_ROOT = "/sap/opu/odata/sap/"
_CLIENT = "100"
_READING = ("GET", "HEAD")


class Gateway:
    """The app of the sandbox server: every service of one SAP system."""

    def __init__(self, stores: Mapping[str, Store], *, misbehaviour: Misbehaviour, page_size: int) -> None:
        self._stores = stores
        self._sessions = Sessions(misbehaviour)
        self._page_size = page_size
        self._writing = Lock()

    def __call__(self, request: Request) -> Response:
        name, segments = _address(request.path)
        as_json = _wants_json(request)
        try:
            return self._answer(name, segments, request, as_json=as_json)
        except GatewayError as error:
            return error_response(error, as_json=as_json, service=name)

    def _answer(self, name: str, segments: list[str], request: Request, *, as_json: bool) -> Response:
        _check_client(request)
        store = self._stores.get(name)
        if store is None:
            raise GatewayError(
                404, "/IWFND/MED/170", f"No service found for namespace '', name '{name}', version '0001'"
            )
        if request.method in _READING:
            answer = read(store, segments, request, as_json=as_json, page_size=self._page_size)
            if (request.header("x-csrf-token") or "").lower() == "fetch":
                return replace(answer, headers=(*answer.headers, *self._sessions.fetch(request)))
            return answer
        if not self._sessions.may_write(request):
            plain = ("Content-Type", "text/plain;charset=utf-8")
            return Response(403, (plain, ("x-csrf-token", "Required")), b"CSRF token validation failed")
        tunnelled = request.header("x-http-method") if request.method == "POST" else None
        with self._writing:
            return change(store, request.method if tunnelled is None else tunnelled.upper(), segments, request)


def _address(path: str) -> tuple[str, list[str]]:
    """Cut the path at its slashes before decoding, so that an encoded slash stays inside a key."""
    if not path.startswith(_ROOT):
        return "", []
    name, *segments = path.removeprefix(_ROOT).split("/")
    return unquote(name), [unquote(segment) for segment in segments if segment]


def _wants_json(request: Request) -> bool:
    return "$format=json" in unquote(request.query) or "application/json" in (request.header("accept") or "")


def _check_client(request: Request) -> None:
    client = options(request.query).get("sap-client", request.header("sap-client"))
    if client is None:
        raise GatewayError(400, "00/041", "Client not set: send sap-client with every request")
    if client != _CLIENT:
        raise GatewayError(400, "00/042", f"Client {client} is not available in this system")
