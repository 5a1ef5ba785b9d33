"""The way of httpx2 through a tap."""

from __future__ import annotations

from collections.abc import Callable

import httpx2

from adapters.http.tapped import Came, NoAnswer, Sent, Tap, current_tap

_UNPACKED = ("content-encoding", "content-length", "transfer-encoding")


def way(
    transport: httpx2.BaseTransport | None, usual: Callable[[], httpx2.BaseTransport]
) -> httpx2.BaseTransport | None:
    """Give the transport for a client made here: *transport*, or the *usual* one, behind the tap if there is one."""
    tap = current_tap()
    return transport if tap is None else TappedTransport(tap, usual() if transport is None else transport)


class TappedTransport(httpx2.BaseTransport):
    """Sends a client's requests through *tap*; *way* leads to the server."""

    def __init__(self, tap: Tap, way: httpx2.BaseTransport) -> None:
        self._tap = tap
        self._way = way

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        def ask(sent: Sent) -> Came:
            headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"content-length"]
            real = httpx2.Request(
                sent.method, sent.url, headers=headers, content=sent.body, extensions=request.extensions
            )
            try:
                answer = self._way.handle_request(real)
                try:
                    body = answer.read()
                finally:
                    answer.close()
            except httpx2.RequestError as error:
                raise NoAnswer(type(error).__name__) from error
            return Came(answer.status_code, dict(answer.headers), body)

        sent = Sent(request.method, str(request.url), dict(request.headers), request.read())
        try:
            came = self._tap.exchanged(sent, ask)
        except NoAnswer as error:
            if isinstance(error.__cause__, httpx2.RequestError):
                raise error.__cause__ from None
            raise _failure(error.error)(error.error, request=request) from None
        headers = {name: value for name, value in came.headers.items() if name.lower() not in _UNPACKED}
        return httpx2.Response(came.status, headers=headers, content=came.body, request=request)

    def close(self) -> None:
        self._way.close()


def _failure(name: str) -> type[httpx2.RequestError]:
    found = getattr(httpx2, name, None)
    return found if isinstance(found, type) and issubclass(found, httpx2.RequestError) else httpx2.ConnectError
