"""The README keeps its promises: two lines to start, and examples that run."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest

from adapters.bootstrap import systems

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(\w*)\n(.*?)\n```", README, re.DOTALL)
PYTHON = [text for language, text in BLOCKS if language == "python"]


def test_the_quick_start_is_two_blocks_of_one_line() -> None:
    section = README.split("## Quick start")[1].split("\n## ")[0]

    blocks = re.findall(r"```\w*\n(.*?)\n```", section, re.DOTALL)

    assert len(blocks) == 2
    assert all("\n" not in block for block in blocks)
    assert blocks[0].endswith("dragoman demo")
    assert blocks[1].endswith("python -m tests")


@pytest.mark.parametrize("example", range(len(PYTHON)))
def test_an_example_runs(example: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "example.py"
    script.write_text(PYTHON[example])

    runpy.run_path(str(script))

    printed = capsys.readouterr().out
    assert "print" not in PYTHON[example] or printed


def test_reading_through_a_port_takes_at_most_ten_lines() -> None:
    assert len(PYTHON[0].splitlines()) <= 10


def test_the_configuration_is_of_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = [text for language, text in BLOCKS if language == "toml"]
    file = tmp_path / "erp.toml"
    file.write_text(example)
    monkeypatch.setenv("SAP_PASSWORD", "secret")
    monkeypatch.setenv("PROTHEUS_URL", "postgresql://reader:secret@127.0.0.1/protheus")

    with systems(file) as site:
        assert {name: site.erp(name).kind for name in site.names} == {"production": "sap", "branch": "protheus"}
        assert site.default == tomllib.loads(example)["default"]


@pytest.mark.parametrize("link", re.findall(r"\]\(([\w/.]+)\)", README))
def test_a_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("folder", re.findall(r"^\| `(\w+)/`", README, re.MULTILINE))
def test_the_map_names_folders_that_are_there(folder: str) -> None:
    assert (ROOT / folder).is_dir()
