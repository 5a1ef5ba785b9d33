"""The ERPs to try: a sandbox of each kind, started when it is first asked for and gone when it is closed.

Beside `adapters.scenario` this is the one module that knows the sandboxes; it imports each when it starts it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pydantic import SecretStr

from adapters.settings import SystemSettings

if TYPE_CHECKING:
    from sandbox.misbehaviour import Misbehaviour


class Running(ExitStack):
    """What was started for the sandboxes; *bad_days* are those that a server can be told to have, by its name."""

    def __init__(self) -> None:
        super().__init__()
        self.bad_days: dict[str, Misbehaviour] = {}


class Embedded:
    """A site whose systems are sandboxes on this machine; *default* is the first of them."""

    def __init__(self) -> None:
        self._running = Running()
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

    def lose_next_answer(self, name: str) -> None:
        """Have a sandbox that runs carry its next write out, and close the connection without an answer."""
        from sandbox.misbehaviour import Drop

        self._running.bad_days[name].writing(Drop(carried_out=True))

    def close(self) -> None:
        """Stop the servers and remove the files."""
        self._settings.clear()
        self._running.close()


def _sap(running: Running) -> SystemSettings:
    from adapters.systems.sap import SapCompany, SapSettings
    from sandbox.sap import sap_server
    from sandbox.web import PASSWORD, USER

    server = running.enter_context(sap_server())
    running.bad_days["sap"] = server.misbehaviour
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


def _protheus_rest(running: Running) -> SystemSettings:
    from adapters.systems.protheus_rest import ProtheusRestCompany, ProtheusRestSettings
    from sandbox.protheus_rest import ORDER_REFERENCE, ORDERS, SUPPLIER_REFERENCE, protheus_rest_server
    from sandbox.web import PASSWORD, USER

    server = running.enter_context(protheus_rest_server())
    running.bad_days["protheus-rest"] = server.misbehaviour
    company = ProtheusRestCompany(
        orders=ORDERS,
        payment_terms="001",
        delivery_branch="01",
        supplier_reference=SUPPLIER_REFERENCE,
        order_reference=ORDER_REFERENCE,
        longest=1,
    )
    return ProtheusRestSettings(
        sandbox=True,
        url=server.url,
        company="01",
        branch="01",
        user=USER,
        password=SecretStr(PASSWORD),
        companies={"01": company},
    )


def _oracle(running: ExitStack) -> SystemSettings:
    from adapters.systems.oracle import OracleCompany, OracleSettings
    from sandbox.oracle import LEGAL_ENTITY, SEGMENT, Books, oracle_server
    from sandbox.web import PASSWORD, USER

    # nobody sits at the approvers' desks, so they say yes when a document has been asked for a few times
    server = running.enter_context(oracle_server(books=Books(approves_after=3)))
    company = OracleCompany(
        procurement_unit="Purchasing",
        requisitioning_unit="Operations",
        buyer="buyer@example.com",
        ship_to_location="Main Warehouse",
        ship_to_organization="001",
        cancels_demand=False,
        organization_type="CORPORATION",
        supplier_reference=SEGMENT,
        order_reference=SEGMENT,
    )
    return OracleSettings(
        sandbox=True, url=server.url, user=USER, password=SecretStr(PASSWORD), companies={LEGAL_ENTITY: company}
    )


def _inhouse(running: ExitStack) -> SystemSettings:
    from adapters.systems.inhouse import InHouseCompany, InHouseSettings
    from sandbox.inhouse.night import nightly
    from sandbox.inhouse.store import install

    url = _file(running, "inhouse", install)
    folder = Path(running.enter_context(TemporaryDirectory(prefix="dragoman-")))
    running.enter_context(nightly(url.get_secret_value(), folder))  # a night a second: nobody waits for a real one
    return InHouseSettings(sandbox=True, url=url, companies={"01": InHouseCompany(drop_folder=folder)})


def _file(running: ExitStack, name: str, install: Callable[[str], None]) -> SecretStr:
    folder = running.enter_context(TemporaryDirectory(prefix="dragoman-"))
    url = f"sqlite:///{Path(folder) / name}.db"
    install(url)
    return SecretStr(url)


SANDBOXES: dict[str, Callable[[Running], SystemSettings]] = {
    "sap": _sap,
    "protheus": _protheus,
    "protheus-rest": _protheus_rest,
    "oracle": _oracle,
    "inhouse": _inhouse,
}
"""How each sandbox is started, in the order in which they are shown."""
