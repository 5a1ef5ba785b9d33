"""One HTTP session with a SOAP service: logon and time-outs on every request, bodies streamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from types import TracebackType
from typing import Self

import requests
from requests.auth import HTTPBasicAuth

from adapters.http.tapped import session
from adapters.soap.asked import Asked
from adapters.soap.connection import SoapConnection, host_of
from adapters.soap.faults import no_answer

_CHUNK = 65_536


class Transport:
    """Sends single requests and hands back what came, whatever the status; not for several threads at once.

    Nothing is taken from the environment (no proxy, no .netrc), and no redirect is followed, so that the password goes
    to the configured hosts only.
    """

    def __init__(self, connection: SoapConnection) -> None:
        self._connection = connection
        self._logon = HTTPBasicAuth(connection.user.encode(), connection.password.get_secret_value().encode())
        self._session = session()
        self._session.verify = connection.verify

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._session.close()

    def fetched(self, url: str, asked: Asked) -> tuple[requests.Response, bytes]:
        """Read a document whole, with the password only if it lies on the WSDL's own host.

        Raises:
            Unavailable, Misconfigured, Unintelligible: no complete answer came.
        """
        own = host_of(url) == host_of(self._connection.wsdl)
        with closing(self._sent("GET", url, asked, headers={}, body=None, logon=own)) as answer:
            return answer, b"".join(chunks(answer, asked))

    def posted(self, url: str, asked: Asked, *, headers: Mapping[str, str], body: bytes) -> requests.Response:
        """Send one message; the answer's body is still to be read, and the answer to be closed.

        Raises:
            Unavailable, OutcomeUnknown, Misconfigured: no answer came.
        """
        return self._sent("POST", url, asked, headers=headers, body=body, logon=True)

    def _sent(
        self, method: str, url: str, asked: Asked, *, headers: Mapping[str, str], body: bytes | None, logon: bool
    ) -> requests.Response:
        try:
            return self._session.request(
                method,
                url,
                headers=headers,
                data=body,
                auth=self._logon if logon else None,
                timeout=(self._connection.connect_timeout, self._connection.timeout),
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            raise no_answer(error, asked) from error


def chunks(answer: requests.Response, asked: Asked) -> Iterator[bytes]:
    """Stream the body, unpacked if it came packed.

    Raises:
        Unavailable, OutcomeUnknown, Unintelligible: it did not come to its end.
    """
    try:
        yield from answer.iter_content(_CHUNK)
    except requests.RequestException as error:
        raise no_answer(error, asked) from error
