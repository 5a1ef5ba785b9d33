"""The Gateway: client, CSRF, service, and then reading or writing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock
from urllib.parse import unquote

from sandbox.misbehaviour import Misbehaviour
from sandbox.sap import batch, moods
from sandbox.sap.changes import Write, carry_out
from sandbox.sap.errors import GatewayError, error_response
from sandbox.sap.journal import Commit
from sandbox.sap.query import options
from sandbox.sap.reads import read
from sandbox.sap.sessions import Sessions
from sandbox.sap.store import Store
from sandbox.web import Request, Response

_ROOT = "/sap/opu/odata/sap/"
_CLIENT = "100"
_READING = ("GET", "HEAD")


class Gateway:
    """The app of the sandbox server: every service of one SAP system; *journal* gets all that is committed."""

    def __init__(
        self, stores: Mapping[str, Store], *, misbehaviour: Misbehaviour, page_size: int, journal: list[Commit]
    ) -> None:
        self._stores = stores
        self._journal = journal
        self._misbehaviour = misbehaviour
        self._sessions = Sessions(misbehaviour)
        self._page_size = page_size
        self._writing = Lock()

    def __call__(self, request: Request) -> Response | None:
        name, segments = _address(request.path)
        as_json = _wants_json(request)
        try:
            return self._answer(name, segments, request, as_json=as_json)
        except GatewayError as error:
            return error_response(error, as_json=as_json, service=name)

    def _answer(self, name: str, segments: list[str], request: Request, *, as_json: bool) -> Response | None:
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
        return moods.written(
            self._misbehaviour.next_write(),
            self._misbehaviour,
            lambda commits: self._written(store, segments, request, commits=commits),
        )

    def _written(self, store: Store, segments: list[str], request: Request, *, commits: bool) -> Response:
        if segments == ["$batch"]:
            return batch.answered(
                request,
                lambda writes: self._unit_of_work(store, writes, commits=commits),
                ignores_versions=self._misbehaviour.ignores_etag_in_batch,
                service=store.service.name,
            )
        tunnelled = request.header("x-http-method") if request.method == "POST" else None
        method = request.method if tunnelled is None else tunnelled.upper()
        write = Write(method, segments, request.header("if-match"), request.body)
        return self._unit_of_work(store, [write], commits=commits)[0]

    def _unit_of_work(self, store: Store, writes: Sequence[Write], *, commits: bool) -> list[Response]:
        answers: list[Response] = []
        changes = []
        with self._writing:
            try:
                with store.unit_of_work():
                    for write in writes:
                        answer, change = carry_out(self._stores, store, write)
                        answers.append(answer)
                        changes.append(change)
                    if not commits:
                        raise _NotCommitted
                    self._journal.append(tuple(changes))
            except _NotCommitted:
                return answers
        return answers


class _NotCommitted(Exception):
    """Everything was done, and nothing shall stand."""


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
