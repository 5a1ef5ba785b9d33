"""A small threaded HTTP/1.1 server on loopback, under every sandbox that speaks HTTP."""

from __future__ import annotations

import base64
import binascii
import hmac
import sys
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from sandbox.misbehaviour import Drop, Fail, Garble, LogonPage, Misbehaviour, Slow

USER = "dragoman"
PASSWORD = "sandbox"
_REMEMBERED = 1000


@dataclass(frozen=True)
class Request:
    """One request; *path* and *query* as they stood on the wire, still percent-encoded, header names lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def header(self, name: str) -> str | None:
        """Give the header of any spelling of *name*; None when it was not sent."""
        return self.headers.get(name.lower())


@dataclass(frozen=True)
class Response:
    """One answer; the length header is added by the server, a name may occur more than once."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


App = Callable[[Request], Response | None]
"""Answers a request; None closes the connection instead."""


def html_page(status: int, title: str, content: str = "", *headers: tuple[str, str]) -> Response:
    """Make the kind of page that a web server in front of an ERP sends instead of data."""
    page = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1>{content}</body></html>"
    return Response(status, (("Content-Type", "text/html; charset=utf-8"), *headers), page.encode())


def logon_page() -> Response:
    """Make the page that asks for a user where data were expected."""
    form = '<form method="post"><input name="sap-user"><input name="sap-password" type="password"></form>'
    return html_page(200, "Logon", form)


def failed(status: int, retry_after: int | None) -> Response:
    """Make the page of a server that cannot; *retry_after* is in seconds."""
    wait = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return html_page(status, HTTPStatus(status).phrase, "", *wait)


def garbled(answer: Response) -> Response:
    """Cut an answer in the middle of its body."""
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def _without_secrets(request: Request) -> Request:
    shown = {name: value for name, value in request.headers.items() if name != "authorization"}
    return replace(request, headers=shown)


class Server:
    """An app on a free port of 127.0.0.1, from ``with`` until its end."""

    def __init__(
        self, app: App, *, misbehaviour: Misbehaviour, user: str, password: str, realm: str, port: int
    ) -> None:
        self.misbehaviour = misbehaviour
        self._app = app
        self._credentials = f"{user}:{password}".encode()
        self._realm = realm
        self._port = port
        self._seen: deque[Request] = deque(maxlen=_REMEMBERED)
        self._stopping = Event()
        self._http: _Http | None = None
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """The address without a final slash, as ``http://127.0.0.1:54321``."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        if self._http is None:
            raise RuntimeError("the sandbox server is not running; use it in a with statement")
        return self._http.server_port

    @property
    def seen(self) -> tuple[Request, ...]:
        """The latest requests that arrived, oldest first, faults included, without their logon data."""
        return tuple(self._seen)

    def __enter__(self) -> Self:
        self._stopping.clear()
        self._http = _Http(self._port, self._answer)
        # a daemon: a caller that forgets to close must still be able to end
        self._thread = Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, name="sandbox", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is None or self._thread is None:
            return
        self._stopping.set()
        self._http.shutdown()
        self._http.close_connections()
        self._http.server_close()
        self._thread.join()
        self._http = self._thread = None

    def _answer(self, request: Request) -> Response | None:
        """Answer one request; None closes the connection instead."""
        self._seen.append(_without_secrets(request))
        match self.misbehaviour.next():
            case Slow(seconds):
                self._stopping.wait(seconds)
                return self._proper(request)
            case Fail(status, retry_after):
                return failed(status, retry_after)
            case Drop(carried_out):
                if carried_out:
                    self._proper(request)
                return None
            case LogonPage():
                return logon_page()
            case Garble():
                answer = self._proper(request)
                return None if answer is None else garbled(answer)
            case None:
                return self._proper(request)

    def _proper(self, request: Request) -> Response | None:
        if not self._knows(request.header("authorization")):
            challenge = ("WWW-Authenticate", f'Basic realm="{self._realm}"')
            return html_page(401, "Logon failed", "<p>No valid logon data was supplied.</p>", challenge)
        return self._app(_without_secrets(request))

    def _knows(self, authorization: str | None) -> bool:
        if authorization is None:
            return False
        scheme, _, encoded = authorization.partition(" ")
        try:
            sent = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            return False
        return scheme.lower() == "basic" and hmac.compare_digest(sent, self._credentials)


def serve(
    app: App,
    *,
    misbehaviour: Misbehaviour | None = None,
    user: str = USER,
    password: str = PASSWORD,
    realm: str = "sandbox",
    port: int = 0,
) -> Server:
    """Make a server for *app* that starts with ``with``; *port* 0 takes a free one."""
    bad_days = Misbehaviour() if misbehaviour is None else misbehaviour
    return Server(app, misbehaviour=bad_days, user=user, password=password, realm=realm, port=port)


class _Http(ThreadingHTTPServer):
    """The standard server, with connections that end when it ends."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, answer: Callable[[Request], Response | None]) -> None:
        self.answer = answer
        self._connections: set[socket] = set()
        self._lock = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Note the connection here, in the accepting thread, so that none starts unnoticed after a shutdown."""
        if isinstance(request, socket):
            with self._lock:
                self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket | tuple[bytes, socket]) -> None:
        if isinstance(request, socket):
            with self._lock:
                self._connections.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """Wake the threads that wait on kept connections, which a shutdown alone would leave waiting."""
        with self._lock:
            for connection in self._connections:
                try:
                    connection.shutdown(SHUT_RDWR)
                except OSError:  # the client was quicker
                    continue

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing about clients that hung up; report our own mistakes as ever."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # narrower in typeshed, unused


class _Handler(BaseHTTPRequestHandler):
    """Turns the wire into `Request` and `Response` and back."""

    server: _Http
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # buffered: head and body leave in one packet, or each answer costs a delayed acknowledgement
    disable_nagle_algorithm = True

    def finish(self) -> None:
        try:
            super().finish()
        except ConnectionError:  # nobody is left to flush to
            return

    def version_string(self) -> str:
        return "sandbox"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it
        """Keep quiet; what arrived stands in `Server.seen`."""

    def _respond(self) -> None:
        if self.headers.get("Transfer-Encoding") is not None:
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
            self.close_connection = True
            return
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        response = self._answer(Request(self.command, path, query, headers, body))
        if response is None:
            self.close_connection = True
            return
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if response.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD" and response.status != HTTPStatus.NO_CONTENT:
            self.wfile.write(response.body)

    def _answer(self, request: Request) -> Response | None:
        try:
            return self.server.answer(request)
        except Exception:  # noqa: BLE001  # a mistake in an app must not look like a dropped connection
            traceback.print_exc()
            return html_page(500, "Internal Server Error")

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_MERGE = _respond  # noqa: N815  # called by name
