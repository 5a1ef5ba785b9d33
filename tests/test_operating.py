"""The page about operating does what it says: its files open, its program asks, and its commands lead to a proof."""

from __future__ import annotations

import json
import pwd
import re
import runpy
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import frozen

from adapters.cli.main import main
from sandbox.misbehaviour import Drop, Misbehaviour
from sandbox.sap import sap_server
from sandbox.web import PASSWORD

PAGE = (Path(__file__).parents[1] / "docs" / "operating.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)\n```", PAGE, re.DOTALL)
COMMANDS = [line for language, block in BLOCKS if language == "sh" for line in block.splitlines()]
INTENT = "k3x7mq2ahwze"
MAINTENANCE = "sunday"
"""When the page's system is looked after, and nothing is written."""


@frozen
class Site:
    """A folder with the page's files, over a sandbox that loses its first answers, and whoever is logged in there."""

    folder: Path
    erp: Misbehaviour
    login: Callable[[str], None]
    capsys: pytest.CaptureFixture[str]

    def says(self, starts: str, who: str, **instead: str) -> str:
        """Type the one command of the page that *starts* so, as *who*, and give what it answers."""
        (line,) = [each for each in COMMANDS if each.startswith(starts)]
        for old, new in instead.items():
            line = line.replace({"intent": INTENT}.get(old, old), new)
        self.login(who)
        self.capsys.readouterr()
        code = main(shlex.split(line)[1:])
        told = self.capsys.readouterr()
        assert code == 0, told.err
        return told.out

    def waiting(self) -> dict[str, object]:
        """Give the one intent that is not at rest."""
        self.capsys.readouterr()
        assert main(["intents", "--json", "--config", "erp.toml"]) == 0
        (line,) = self.capsys.readouterr().out.splitlines()
        found: dict[str, object] = json.loads(line)
        return found

    def asks(self) -> str:
        """Run the page's program."""
        self.capsys.readouterr()
        runpy.run_path("ask.py")
        return self.capsys.readouterr().out


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Site]:
    def login(account: str) -> None:
        monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name=account))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAP_PASSWORD", PASSWORD)
    bad_days = Misbehaviour()
    with sap_server(misbehaviour=bad_days) as server:
        for language, block in BLOCKS:
            if language == "toml":
                name = block.splitlines()[0].removeprefix("# ")
                text = block.replace("http://127.0.0.1:8100", server.url).replace(MAINTENANCE, _far_day())
                Path(name).write_text(text, encoding="utf-8")
            elif language == "python":
                Path("ask.py").write_text(block, encoding="utf-8")
        Path("ledger.key").write_text("0123456789abcdef" * 4 + "\n", encoding="utf-8")
        yield Site(tmp_path, bad_days, login, capsys)


def _far_day() -> str:
    """Give a day of the week that it is nowhere now, so that the tests pass during the page's maintenance as well."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return days[(datetime.now(UTC).weekday() + 3) % 7]


def test_the_page_has_a_system_looked_after_once_a_week() -> None:
    assert sum(block.count(f'days = ["{MAINTENANCE}"]') for _, block in BLOCKS) == 1


def test_from_a_name_to_a_proof_although_the_answer_is_lost(site: Site) -> None:
    assert site.asks().splitlines()[-1] == "refused"  # nobody has let it go yet
    assert "place purchase order" in site.says("dragoman rollout show", "caio")
    assert "supervised" in site.says("dragoman rollout promote", "caio")
    assert site.asks().splitlines()[-1] == "awaiting approval"
    intent = site.waiting()
    key, proposal = str(intent["id"]), str(intent["proposal"])
    assert key in site.says("dragoman intents --waiting", "bia")
    site.says("dragoman approve", "bia", intent=f"{key} --proposal {proposal}")
    site.erp.writing(Drop(carried_out=True))

    site.says("dragoman work", "bia", work="work --once")
    assert site.waiting()["state"] == "in doubt"
    assert key in site.says("dragoman intents --in-doubt", "bia")
    while "read back as asked" not in site.says("dragoman audit show", "bia"):
        site.says("dragoman work", "bia", work="work --once")

    assert "none was touched" in site.says("dragoman audit verify", "bia")
    site.says("dragoman audit export", "bia")
    assert len(Path("audit.jsonl").read_text(encoding="ascii").splitlines()) >= 5
