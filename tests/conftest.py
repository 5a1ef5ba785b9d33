"""What holds for every test: no way out of this machine, no settings of its user, and the libraries by version."""

from __future__ import annotations

import socket
from importlib.metadata import version

import pytest

_LIBRARIES = ("attrs", "cattrs", "hypothesis", "pyodata", "requests", "sqlalchemy", "zeep", "httpx2", "lxml")
_HERE = ("127.", "localhost", "::1")


def pytest_report_header() -> str:
    """Name the versions that the results were got with."""
    return "libraries: " + ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)


@pytest.fixture(autouse=True)
def _stays_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave the loopback; a local socket file is fine."""
    connect = socket.socket.connect

    def checked(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(_HERE):
            raise AssertionError(f"a test wants to leave this machine for {address[0]}")
        connect(self, address)  # type: ignore[arg-type]  # whatever the caller gave goes on unchanged

    monkeypatch.setattr(socket.socket, "connect", checked)


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the site and the proxies of whoever runs the tests."""
    for name in ("DRAGOMAN_CONFIG", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
