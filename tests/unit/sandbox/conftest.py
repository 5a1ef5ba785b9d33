"""The SAP sandbox, read by everybody in a module; modules about other sandboxes have servers of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.sap import sap_server
from sandbox.web import Server
from tests.unit.sandbox.sap_client import Client


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sap_server(page_size=7) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    with Client(server) as opened:
        yield opened
