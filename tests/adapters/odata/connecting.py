"""How a driver of these tests is connected to a sandbox, or to canned answers."""

from __future__ import annotations

from pydantic import SecretStr

from adapters.odata.connection import ODataConnection
from sandbox.web import PASSWORD, USER, Server


def connection(server: Server) -> ODataConnection:
    return ODataConnection(url=server.url, user=USER, password=SecretStr(PASSWORD), client="100", timeout=20)
