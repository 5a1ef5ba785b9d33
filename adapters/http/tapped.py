"""What may stand between a driver and its server: a recording, which listens, or a replay, which answers itself.

A driver takes the tap of the context in which it is made, and keeps it; usually there is none.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Protocol

import requests
from attrs import frozen
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from adapters.tapping import Tapping


@frozen
class Sent:
    """One request as it leaves a driver; *url* is encoded."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@frozen
class Came:
    """One answer, whole and unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NoAnswer(Exception):
    """The answer did not come, or not whole; *error* is the name of the client's class that says so."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class Tap(Protocol):
    """Stands in the way of every exchange."""

    @abstractmethod
    def exchanged(self, sent: Sent, ask: Callable[[Sent], Came]) -> Came:
        """Give the answer to *sent*; *ask* is the way to the server.

        Raises:
            NoAnswer: none came.
        """


_TAPPING = Tapping[Tap]("http")
tapped, current_tap = _TAPPING.put, _TAPPING.taken


def session() -> requests.Session:
    """Make a session that takes nothing from the environment: no proxy, no .netrc."""
    made = requests.Session()
    made.trust_env = False
    tap = current_tap()
    if tap is not None:
        for scheme in ("http://", "https://"):
            made.mount(scheme, _Tapped(tap))
    return made


class _Tapped(HTTPAdapter):
    """Sends a session's requests through a tap."""

    def __init__(self, tap: Tap) -> None:
        super().__init__()
        self._tap = tap

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        asked: list[requests.Response] = []

        def ask(sent: Sent) -> Came:
            real = request.copy()
            real.url = sent.url
            if sent.body != _bytes(request.body):
                real.prepare_body(sent.body, None)
            try:
                with super(_Tapped, self).send(real, False, timeout, verify, cert, proxies) as answer:
                    body = answer.content
            except requests.RequestException as error:
                raise NoAnswer(type(error).__name__) from error
            asked.append(answer)
            return Came(answer.status_code, dict(answer.headers), body)

        sent = Sent(request.method or "GET", request.url or "", dict(request.headers), _bytes(request.body))
        try:
            came = self._tap.exchanged(sent, ask)
        except NoAnswer as error:
            if isinstance(error.__cause__, requests.RequestException):
                raise error.__cause__ from None
            raise _failure(error.error)(error.error, request=request) from None
        # the session takes cookies from the answer that really came
        original = getattr(asked[-1].raw, "_original_response", None) if len(asked) > 0 else None
        raw = HTTPResponse(
            body=BytesIO(came.body),
            headers=dict(came.headers),
            status=came.status,
            preload_content=False,
            original_response=original,
        )
        return self.build_response(request, raw)


def _bytes(body: bytes | str | None) -> bytes:
    return body.encode() if isinstance(body, str) else b"" if body is None else body


def _failure(name: str) -> type[requests.RequestException]:
    found = getattr(requests.exceptions, name, None)
    if isinstance(found, type) and issubclass(found, requests.RequestException):
        return found
    return requests.ConnectionError
