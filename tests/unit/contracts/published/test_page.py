"""The page about published contracts keeps its promises: its commands do what it says, its example runs."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest

import contracts.published.__main__ as rewriting
import contracts.published.snapshots as snapshots
from adapters.cli.main import main
from contracts.published.v1.catalogue import V1

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8").split("## Published contracts")[1].split("\n## ")[0]
BLOCKS = re.findall(r"```(\w*)\n(.*?)\n```", PAGE, re.DOTALL)
LINES = [line for language, text in BLOCKS if language == "sh" for line in text.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("dragoman ")]
REWRITING = [line for line in LINES if line.startswith("python -m contracts.published")]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_does_what_it_says(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    code = main(shlex.split(command)[1:])

    told = capsys.readouterr()
    assert code == (1 if " check " in command else 0)
    assert ("measured" in told.out) is (" check " in command)
    assert bool(list(tmp_path.glob("contracts/*"))) is ("--into contracts" in command)


def test_every_line_of_a_shell_is_tried() -> None:
    assert len(COMMANDS) + len(REWRITING) == len(LINES)
    assert len(COMMANDS) > 3


@pytest.mark.parametrize("command", REWRITING)
def test_the_snapshots_are_written_where_the_page_says(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "FOLDER", tmp_path)

    assert rewriting.main(shlex.split(command)[3:]) == 0
    written = sorted(each.parent.name for each in tmp_path.glob("v1/*/supplier.json"))
    assert written == (["released", "schemas"] if "--release" in command else ["schemas"])


def test_the_example_prints_the_fields_of_the_other_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = [text for language, text in BLOCKS if language == "python"]
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")

    runpy.run_path(str(script))

    fields = set(V1.model(V1.contract("supplier")).model_fields)
    assert capsys.readouterr().out == f"{sorted((fields - {'block'}) | {'stopped'})}\n"


@pytest.mark.parametrize("place", sorted(set(re.findall(r"`(contracts/[\w/.]+)`", PAGE))))
def test_the_page_names_places_that_are_there(place: str) -> None:
    assert (ROOT / place).exists()
