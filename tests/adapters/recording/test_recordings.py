"""The laws of the four sandboxes, recorded as if they were vendors' and replayed without them."""

from __future__ import annotations

import base64
import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.bootstrap import Systems
from adapters.conformance.opened import opened
from adapters.embedded import Embedded
from adapters.recording.session import recording, replaying
from adapters.settings import SystemSettings
from contracts.laws.conformance import Outcome
from sandbox.scenario import scenario
from tests.adapters.recording.judged import can_be_recognised, everything_in, personal_values, verdicts


@pytest.mark.parametrize("name", ["sap", "protheus", "oracle", "inhouse"])
def test_a_replay_comes_to_the_verdicts_of_the_recording_and_holds_nothing_personal(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = Embedded()
    try:
        settings = vendor.settings(name)
        with opened(Systems(vendor), name) as system:
            personal = personal_values(system.erp)
        with recording(tmp_path / name, settings) as kept, opened(Systems(vendor), name) as system:
            kept.of(system.erp)
            then = verdicts(system)
    finally:
        vendor.close()
    monkeypatch.setattr(socket.socket, "connect", _nobody)

    with replaying(tmp_path / name) as replay, Systems(replay) as site, opened(site) as system:
        now = verdicts(system)

    assert now == then
    assert [told for outcome, told in then.values() if outcome is Outcome.BROKEN] == []
    assert sum(outcome is Outcome.KEPT for outcome, _ in then.values()) > 30
    written = everything_in(tmp_path / name)
    assert len(personal) > 50
    assert [value for value in personal | _facts() if value in written] == []
    assert [secret for secret in _secrets(settings) if secret in written] == []


def _nobody(_: socket.socket, address: object) -> None:
    raise AssertionError(f"a replay wants to reach {address}")


def _facts() -> set[str]:
    """Give what the sandboxes were filled with, before any vendor's spelling, and without asking any rule."""
    found: list[str | None] = []
    for each in scenario().suppliers:
        found += [each.name, each.trade_name, each.street, each.postal_code, each.email]
        found += [] if each.tax is None else [each.tax[1]]
        found += [] if each.bank is None else [each.bank.account, each.bank.iban]
    return {text for text in found if text is not None and can_be_recognised(text)}


def _secrets(settings: SystemSettings) -> list[str]:
    told = settings.model_dump()
    user, password = told.get("user", ""), told.get("password")
    if not isinstance(password, SecretStr):
        return [each.get_secret_value() for each in told.values() if isinstance(each, SecretStr)]
    logon = f"{user}:{password.get_secret_value()}"
    return [logon, base64.b64encode(logon.encode()).decode()]
