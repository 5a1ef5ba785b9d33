"""Recordings of systems that nobody here wrote: the laws come to the same verdicts without them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from pydantic import SecretStr

from adapters.bootstrap import open_system
from adapters.conformance.opened import Opened
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.recording.session import recording, replaying
from adapters.settings import SystemSettings
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.systems.oracle import OracleSettings
from contracts.laws.conformance import Outcome
from ports.quarantine import Quarantine
from sandbox.web import PASSWORD, USER
from tests.adapters.recording.judged import everything_in, personal_values, verdicts
from tests.databases import POSTGRESQL, url_of
from tests.real import northwind as site
from tests.real.servers.php import php_server
from tests.real.tables import Counter
from tests.real.tryton.package.dragoman_tryton.adapter import KIND, Settings

Open = Callable[[SystemSettings, Quarantine], Erp]


class NorthwindSettings(SystemSettings):
    """A database of Northwind."""

    kind: str = "northwind"
    url: SecretStr


def open_northwind(settings: SystemSettings, quarantine: Quarantine) -> Erp:
    assert isinstance(settings, NorthwindSettings)
    database = SqlDatabase(SqlConnection(settings.url.get_secret_value(), timeout=10))
    return Erp(
        name="northwind",
        kind="northwind",
        place=database.name,
        suppliers=site.suppliers(database, quarantine, Counter()),
        purchase_orders=site.purchase_orders(database, quarantine, Counter()),
        quarantine=quarantine,
        check=lambda: site.SUPPLIERS.check(database, site.SUPPLIER.columns),
        close=database.close,
    )


def open_tryton(settings: SystemSettings, quarantine: Quarantine) -> Erp:
    assert isinstance(settings, Settings)
    return KIND.open("tryton", settings, quarantine, {})


def open_oracle(settings: SystemSettings, quarantine: Quarantine) -> Erp:
    return open_system("php", settings, quarantine)


@contextmanager
def opened(open_it: Open, settings: SystemSettings) -> Iterator[Opened]:
    quarantine = InMemoryQuarantine()
    with open_it(settings, quarantine) as erp:
        yield Opened(erp=erp, quarantine=quarantine, is_sandbox=False)


def check_recording(
    place: Path, open_it: Open, settings: SystemSettings, gone: Callable[[], None], patch: pytest.MonkeyPatch
) -> None:
    """Record a system, take it away, and require that its replay is judged alike."""
    with opened(open_it, settings) as system:
        personal = personal_values(system.erp)
    with recording(place, settings) as kept, opened(open_it, settings) as system:
        kept.of(system.erp)
        then = verdicts(system)
    gone()
    patch.setattr(socket.socket, "connect", _nobody)

    with replaying(place) as replay:
        found = type(settings).model_validate(replay.stamp.settings)
        with opened(open_it, found) as system:
            now = verdicts(system)

    assert now == then
    assert [told for outcome, told in then.values() if outcome is Outcome.BROKEN] == []
    assert sum(outcome is Outcome.KEPT for outcome, _ in then.values()) > 25
    written = everything_in(place)
    assert len(personal) > 10
    assert [value for value in personal if value in written] == []


def _nobody(_: socket.socket, address: object) -> None:
    raise AssertionError(f"a replay wants to reach {address}")


def nothing() -> None:
    """Leave the system where it is; the replay has no address of it."""


def test_northwind_on_postgresql_is_judged_alike_from_its_recording(
    northwind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = NorthwindSettings(url=SecretStr(url_of(POSTGRESQL, northwind).replace("+psycopg", "")))

    check_recording(tmp_path / "northwind", open_northwind, settings, nothing, monkeypatch)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_tryton_is_judged_alike_from_its_recording(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = cast("str", request.getfixturevalue(f"tryton_{kind}")).replace("+psycopg", "")

    check_recording(tmp_path / "tryton", open_tryton, Settings(url=SecretStr(url)), nothing, monkeypatch)


def test_a_soap_service_of_php_is_judged_alike_from_its_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "server").mkdir()
    with php_server(tmp_path / "server", page_limit=30) as server:
        settings = OracleSettings(url=server.url, user=USER, password=SecretStr(PASSWORD))
        check_recording(tmp_path / "php", open_oracle, settings, server.stop, monkeypatch)
