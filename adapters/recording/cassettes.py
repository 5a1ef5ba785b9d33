"""The one place that touches VCR.py: the library has no types, so what leaves here has ours.

Cassettes are written as JSON: YAML could hold objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Protocol, TypedDict, cast
from urllib.parse import unquote_plus

from adapters.http.tapped import Came, Sent
from ports.errors import Misconfigured

try:
    from vcr.cassette import Cassette
    from vcr.errors import UnhandledHTTPRequestError
    from vcr.persisters.filesystem import FilesystemPersister
    from vcr.record_mode import RecordMode
    from vcr.request import Request
    from vcr.serializers import jsonserializer
except ModuleNotFoundError:
    raise Misconfigured("recording needs VCR.py: pip install 'dragoman[record]'") from None

LOGON = "X-Recorded-Logon"
"""Which of the credentials in use a request was sent with: a number, and nothing else of them."""


class _Response(TypedDict):
    status: dict[str, object]
    headers: dict[str, list[str]]
    body: dict[str, bytes]


class _Request(Protocol):
    """What VCR.py keeps of a request."""

    method: str
    scheme: str
    host: str
    port: int | None
    path: str
    query: list[tuple[str, str]]
    body: bytes | None
    headers: dict[str, str]


def _same(one: _Request, other: _Request) -> bool:
    return (
        one.method == other.method
        and one.path == other.path
        and (one.body or b"") == (other.body or b"")
        and one.query == other.query
        and (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)
        and one.headers.get(LOGON) == other.headers.get(LOGON)
    )


class Exchanges:
    """Requests and what was answered to each, in their order."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette
        self._played: dict[int, int] = {}

    @classmethod
    def empty(cls) -> Exchanges:
        """Begin a cassette."""
        return cls(Cassette("", serializer=jsonserializer, record_mode=RecordMode.ALL, match_on=(_same,)))

    @classmethod
    def at(cls, path: Path) -> Exchanges:
        """Load a cassette.

        Raises:
            ValueError: it is none.
        """
        return cls(Cassette.load(path=path, serializer=jsonserializer, record_mode=RecordMode.NONE, match_on=(_same,)))

    def __len__(self) -> int:
        return len(self._cassette)

    def add(self, sent: Sent, came: Came) -> None:
        """Keep an exchange; the same answer to the same request once more is not kept."""
        response = {
            "status": {"code": came.status, "message": ""},
            "headers": {name: [value] for name, value in came.headers.items()},
            "body": {"string": came.body},
        }
        if self._responses(sent)[-1:] != [response]:
            self._cassette.append(_request(sent), response)

    def texts(self) -> Iterator[str]:
        """Give every text that would be written, as people would read it."""
        for request, response in zip(self._cassette.requests, self._cassette.responses, strict=True):
            yield unquote_plus(request.uri)
            yield from map(str, request.headers.values())
            yield (request.body or b"").decode("utf-8", "replace")
            yield str(response["headers"])
            yield unescape(response["body"]["string"].decode("utf-8", "replace"))

    def answer(self, sent: Sent) -> Came | None:
        """Give what was answered: the first time the first answer, at last always the last; None if nothing was."""
        found = self._responses(sent)
        if len(found) == 0:
            return None
        first = id(found[0])
        turn = min(self._played.get(first, 0), len(found) - 1)
        self._played[first] = turn + 1
        response = found[turn]
        headers = {name: values[0] for name, values in response["headers"].items()}
        return Came(cast("int", response["status"]["code"]), headers, response["body"]["string"])

    def _responses(self, sent: Sent) -> list[_Response]:
        try:
            return cast("list[_Response]", self._cassette.responses_of(_request(sent)))
        except UnhandledHTTPRequestError:
            return []

    def save(self, path: Path) -> None:
        """Write the cassette."""
        every = {"requests": self._cassette.requests, "responses": self._cassette.responses}
        FilesystemPersister.save_cassette(path, every, jsonserializer)


def _request(sent: Sent) -> _Request:
    return cast("_Request", Request(sent.method, sent.url, sent.body, dict(sent.headers)))
