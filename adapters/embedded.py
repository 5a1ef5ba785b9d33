"""The ERPs to try: a sandbox of each kind, started when it is first asked for and gone when it is closed.

Beside `adapters.scenario` this is the one module that knows the sandboxes; it imports each when it starts it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from adapters.settings import SystemSettings


class Embedded:
    """A site whose systems are sandboxes on this machine; *default* is the first of them."""

    def __init__(self) -> None:
        self._running = ExitStack()
        self._settings: dict[str, SystemSettings] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The sandboxes, each called after its kind."""
        return tuple(SANDBOXES)

    @property
    def default(self) -> str:
        """The sandbox that is meant when none is named."""
        return self.names[0]

    def place(self, name: str) -> str:
        """Say what the settings were made for."""
        return f"the embedded sandbox {name}"

    def settings(self, name: str) -> SystemSettings:
        """Say how to reach the sandbox, which is started if it is not running."""
        if name not in self._settings:
            self._settings[name] = SANDBOXES[name](self._running)
        return self._settings[name]

    def close(self) -> None:
        """Stop the servers and remove the files."""
        self._settings.clear()
        self._running.close()


def _sap(running: ExitStack) -> SystemSettings:
    from adapters.systems.sap import SapCompany, SapSettings
    from sandbox.sap import sap_server
    from sandbox.web import PASSWORD, USER

    server = running.enter_context(sap_server())
    company = SapCompany(
        purchasing_organisation="1010", purchasing_group="001", plant="1010", grouping="BP02", longest=1
    )
    return SapSettings(
        sandbox=True,
        url=server.url,
        client="100",
        user=USER,
        password=SecretStr(PASSWORD),
        companies={"1010": company},
    )


def _protheus(running: ExitStack) -> SystemSettings:
    from adapters.systems.protheus import ProtheusSettings
    from sandbox.protheus.store import install

    return ProtheusSettings(sandbox=True, url=_file(running, "protheus", install), company="01", branch="01")


def _oracle(running: ExitStack) -> SystemSettings:
    from adapters.systems.oracle import OracleSettings
    from sandbox.oracle import oracle_server
    from sandbox.web import PASSWORD, USER

    server = running.enter_context(oracle_server())
    return OracleSettings(sandbox=True, url=server.url, user=USER, password=SecretStr(PASSWORD))


def _inhouse(running: ExitStack) -> SystemSettings:
    from adapters.systems.inhouse import InHouseSettings
    from sandbox.inhouse.store import install

    return InHouseSettings(sandbox=True, url=_file(running, "inhouse", install))


def _file(running: ExitStack, name: str, install: Callable[[str], None]) -> SecretStr:
    folder = running.enter_context(TemporaryDirectory(prefix="dragoman-"))
    url = f"sqlite:///{Path(folder) / name}.db"
    install(url)
    return SecretStr(url)


SANDBOXES: dict[str, Callable[[ExitStack], SystemSettings]] = {
    "sap": _sap,
    "protheus": _protheus,
    "oracle": _oracle,
    "inhouse": _inhouse,
}
"""How each sandbox is started, in the order in which they are shown."""
