"""SAP over OData: the sandbox, its faults, and what its journal says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr

from adapters.systems.sap import SapCompany, SapSettings
from benchmarks.faults.route import Route
from benchmarks.faults.routes.sap_script import SapScript
from benchmarks.faults.routes.sap_wishes import SapWishes
from benchmarks.faults.weather import Weather
from benchmarks.faults.web_script import session
from domain.scope import Scope
from sandbox.sap import sap_server
from sandbox.sap.journal import Commit
from sandbox.web import PASSWORD, USER

_SCOPE = Scope("sap", "1010")
_BUYS = SapCompany(purchasing_organisation="1010", purchasing_group="001", plant="1010", grouping="BP02")


@contextmanager
def opened() -> Iterator[Route]:
    """Start a system."""
    weather, journal = Weather(), list[Commit]()
    with (
        sap_server(misbehaviour=weather, journal=journal) as server,
        session({"sap-client": "100", "Accept": "application/json"}, (USER, PASSWORD)) as plain,
    ):
        yield Route(
            scope=_SCOPE,
            settings=SapSettings(
                url=server.url,
                client="100",
                user=USER,
                password=SecretStr(PASSWORD),
                companies={_SCOPE.company: _BUYS},
            ),
            faults={
                **weather.faults,
                "the CSRF token has expired": weather.expire_csrf,
                "the session is over": weather.expire_session,
                "ETags are overlooked in a batch": weather.overlook_etags,
            },
            hold=weather.held,
            unreadable=weather.unreadable,
            met=lambda: weather.writes_met,
            calm=weather.calm,
            wish=SapWishes(SapScript(server.url, plain), journal, _SCOPE).draw,
        )
