"""A sandbox that is told to lose an answer carries the write out and loses it, whichever ERP it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from adapters.governed.opening import governed
from application.decide import Reviewed
from domain.lifecycle import State
from domain.stages import Stage
from domain.suppliers import SupplierBlock
from sandbox.inhouse.__main__ import main as inhouse
from sandbox.inhouse.books import committed
from tests.adapters.cli.governed_site import PEOPLE, POLICY, SUPPLIER, asked
from tests.adapters.cli.test_process import serving
from tests.unit.sandbox.test_inhouse_night import CREATE, dropped, places

GOVERNANCE = """
[governance]
people = "people.toml"
policy = "policy.toml"

[governance.ledger]
url = "sqlite:///ledger.db"
key = "only for tests, and as long as it must be"
anchors = "anchors"
"""


@pytest.mark.parametrize("named", ["sap", "oracle", "protheus_rest"])
def test_the_first_answer_is_lost_and_the_write_is_there(named: str, tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    config = tmp_path / "erp.toml"
    with serving(named, "--lose-answers", "1") as told:
        config.write_text(told + GOVERNANCE, encoding="utf-8")
        with governed(config) as path:
            (here,) = path.executions
            path.promote("caio", "block supplier", here, to=Stage.SUPERVISED, because="a test")
            intent = asked(path, here)
            path.approve("bia", [Reviewed(intent.id, intent.proposal.digest)])
            path.sweep()

            with path.ledger.view() as view:
                assert view.intent(intent.id).state is State.IN_DOUBT
            suppliers = path.executions.systems.erp(here.system).suppliers
            assert suppliers.get(SUPPLIER).block is SupplierBlock.ALL


@pytest.mark.parametrize(("lost", "there"), [("0", {"LIDOS", "SAIDA"}), ("1", {"LIDOS"})])
def test_a_night_carries_out_what_waits_and_may_lose_its_answer(
    lost: str, there: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'erp.db'}"
    _typed(monkeypatch, url)
    dropped(tmp_path / "dropped", CREATE)

    _typed(monkeypatch, url, "--night", "--lose-answers", lost)

    assert (
        f"Took 1 file(s) from {tmp_path / 'dropped' / 'ENTRADA'}, and lost {lost} answer(s)" in capsys.readouterr().out
    )
    assert places(tmp_path / "dropped") == there
    assert committed(url) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sqlite:///erp.db", "--lose-answers", "1"), "only a night has answers to lose; add --night"),
        (("postgresql://h/d", "--night"), "nobody says where files wait for the night; add --drop-folder"),
    ],
)
def test_a_night_that_cannot_come_is_one_sentence(
    arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        _typed(monkeypatch, *arguments)

    assert ended.value.code == 2
    assert capsys.readouterr().err == f"python -m sandbox.inhouse: {told}\n"


def _typed(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["sandbox.inhouse", *arguments])
    inhouse()
