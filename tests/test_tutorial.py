"""The tutorial does what it says: every command is run and every file edited, in a folder outside the tree.

Two things are different here. There is no network, so what ``pip`` would install stands on the path instead; and the
database has a name of its own, so that nobody else's is touched.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import define, frozen
from sqlalchemy import make_url

from tests.databases import POSTGRESQL, own_database
from tests.real.vendor import vendor_file

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```(\w+)\n(.*?)\n```", re.DOTALL)
_EDITED = "dragoman_northwind/suppliers.py"


@frozen
class Step:
    """One command of the page, with what it is shown to answer; or a file that is edited."""

    command: str
    shown: str | None = None


def steps() -> list[Step]:
    """Read the page: the lines of a shell block one by one, and a text block as the answer of the line before it."""
    found: list[Step] = []
    for language, block in _BLOCK.findall(PAGE):
        if language == "sh":
            found += [Step(line) for line in block.splitlines()]
        elif language == "text":
            found[-1] = Step(found[-1].command, block)
        else:
            found.append(Step(f"edit {_EDITED}", block))
    return found


@define
class Reader:
    """Somebody who follows the page: where he is, what he has set, what he was told."""

    folder: Path
    environment: dict[str, str]
    database: str
    said: dict[str, str]

    def follow(self, step: Step) -> None:
        """Do one step as the page says it."""
        words = step.command.split()
        if words[:2] in (["python3", "-m"], ["pip", "install"]) and words[-1] != "-e" and "-e" not in words:
            return
        if words[:2] == ["pip", "install"]:
            self.install()
        elif words[0] == "cd":
            self.folder /= words[1]
        elif words[0] == "export":
            name, _, value = words[1].partition("=")
            self.environment[name] = self.ours(value)
        elif words[0] == "edit":
            (self.folder / words[1]).write_text(f"{step.shown}\n", encoding="utf-8")
        else:
            self.run(step)

    def ours(self, text: str) -> str:
        """Put our own database in the place of the page's."""
        there = make_url(POSTGRESQL.url).set(drivername="postgresql", database=self.database)
        told = text.replace("postgresql://localhost/northwind", there.render_as_string(hide_password=False))
        return re.sub(r"^(createdb|psql -q) northwind\b", rf"\1 {self.database}", told)

    def run(self, step: Step) -> None:
        """Run one command, and compare what it says with what is shown."""
        done = subprocess.run(  # noqa: S602  # the page's own words, as a reader types them
            self.ours(step.command), shell=True, cwd=self.folder, env=self.environment, capture_output=True,
            encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        told = (done.stdout + done.stderr).strip()
        self.said[step.command] = told
        if step.shown is not None:
            assert told == step.shown, step.command
        else:
            assert done.returncode == 0, f"{step.command}: {told}"

    def install(self) -> None:
        """Do what ``pip install -e .`` does, without a network: the package and its entry point are on the path."""
        project = tomllib.loads((self.folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        (offered,) = project["entry-points"]["dragoman.adapters"].items()
        place = self.folder / "dragoman_northwind-0.1.0.dist-info"
        place.mkdir()
        (place / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
        (place / "entry_points.txt").write_text("[dragoman.adapters]\n" + " = ".join(offered), encoding="utf-8")
        self.environment["PYTHONPATH"] = str(self.folder)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("tutorial")
    shutil.copy(vendor_file("sql", "northwind-postgres", "northwind.sql"), folder)
    there = make_url(POSTGRESQL.url)
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PGHOST": str(there.host),
        "PGUSER": str(there.username),
        "PYTHONUTF8": "1",
        "COLUMNS": "300",
        "HOME": str(folder),
    }
    with own_database(POSTGRESQL, "tutorial") as database:
        reader = Reader(folder, environment, database, {})
        reader.run(Step(f"dropdb {database}", ""))  # the page makes it, and it is dropped again in any case
        yield reader


def test_the_page_leads_from_the_schema_to_the_laws_and_to_an_answer(reader: Reader) -> None:
    for step in steps():
        reader.follow(step)

    judged = reader.said["python -m pytest -q --conformance report.html"]
    assert re.search(r"^\d{2,} passed", judged, re.MULTILINE), judged
    assert "failed" not in judged
    assert (reader.folder / "report.html").stat().st_size > 1000
    assert "Tokyo Traders" in reader.said["dragoman find suppliers --config erp.toml --country JP"]


def test_every_kind_of_block_of_the_page_is_followed() -> None:
    assert {language for language, _ in _BLOCK.findall(PAGE)} == {"sh", "text", "python"}
    assert PAGE.count("```") == 2 * len(_BLOCK.findall(PAGE))
