"""One HTTP session with an SAP system: logon, cookies, client and time-out on every request."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import requests
from requests.auth import HTTPBasicAuth

from adapters.http.tapped import session
from adapters.odata.connection import ODataConnection
from adapters.odata.faults import Asked, no_answer
from adapters.odata.query import query_string


class Transport:
    """Sends single requests and hands back what came, whatever the status; not for several threads at once.

    Nothing is taken from the environment (no proxy, no .netrc), and no redirect is followed, so that the password goes
    to the configured host only.
    """

    def __init__(self, connection: ODataConnection) -> None:
        self._connection = connection
        self._session = session()
        self._session.verify = connection.verify
        self._session.auth = HTTPBasicAuth(connection.user.encode(), connection.password.get_secret_value().encode())

    @property
    def host(self) -> str:
        """The configured address, fit to be shown."""
        return self._connection.url

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._session.close()

    def send(
        self,
        method: str,
        path: str,
        asked: Asked,
        *,
        query: str = "",
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> requests.Response:
        """Send one request; *path* and *query* are encoded, and the client is added.

        Raises:
            Unavailable, OutcomeUnknown, Misconfigured, Unintelligible: no complete answer came.
        """
        client = query_string({"sap-client": self._connection.client})
        address = f"{self._connection.url}{path}?{query}&{client}" if query != "" else f"{self.host}{path}?{client}"
        try:
            return self._session.request(
                method,
                address,
                headers=headers,
                data=body,
                timeout=self._connection.timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise no_answer(error, asked) from error
