"""Whoever may read the ledger's file and not write it reads what is durable, and finds out that he cannot write."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.ledger.engines import is_only_read
from contracts.laws.ledgers import recorded
from ports.errors import Misconfigured
from tests.adapters.ledger.ledgers import in_sql

ROOT = Path(__file__).parents[3]
POWERLESS: tuple[str, ...] = () if os.geteuid() else ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""What takes from root the power to write whatever it likes; whoever is not root has no such power."""
READS_AND_WRITES = """
import sys
from sqlalchemy import delete, func, select
from adapters.ledger.book import Book
from adapters.ledger.engines import writing_engine
from adapters.ledger.tables import RECORDS
from ports.errors import Misconfigured
book = Book(writing_engine(sys.argv[1], 5.0), "the ledger", 5.0)
with book.reading() as desk:
    print(desk.one(select(func.count()).select_from(RECORDS), {}))
try:
    with book.writing() as desk:
        desk.do(delete(RECORDS), {})
except Misconfigured as no:
    print(no)
"""
pytestmark = pytest.mark.skipif(
    POWERLESS != () and shutil.which(POWERLESS[0]) is None, reason="root may write everything, and setpriv is not here"
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder with a ledger of three records, in which nobody may write once it is locked."""
    folder = tmp_path / "of others"
    folder.mkdir()
    with in_sql(f"sqlite:///{folder / 'ledger.db'}", folder) as subject:
        recorded(subject, 3)
    yield folder
    folder.chmod(0o755)


def lock(folder: Path) -> None:
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)


def said(folder: Path) -> list[str]:
    """Read and write as somebody who may only read."""
    command = (*POWERLESS, sys.executable, "-c", READS_AND_WRITES, f"sqlite:///{folder / 'ledger.db'}")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_what_nobody_has_open_is_read_and_not_written(folder: Path) -> None:
    lock(folder)

    assert said(folder) == ["(3,)", "the ledger is only read here; nothing was written"]
    assert sorted(file.name for file in folder.iterdir()) == ["anchors", "ledger.db"]


def test_what_somebody_has_just_written_is_read_too(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "ledger.db", isolation_level=None)) as worker:
        worker.execute("DELETE FROM records WHERE number = 3")
        lock(folder)

        assert said(folder)[0] == "(2,)"


def test_a_file_that_can_be_written_is_not_only_read(folder: Path, tmp_path: Path) -> None:
    assert not is_only_read(f"sqlite:///{folder / 'ledger.db'}")
    assert not is_only_read(f"sqlite:///{tmp_path / 'not there yet.db'}")
    assert not is_only_read("postgresql://reader@127.0.0.1/ledger")
    with pytest.raises(Misconfigured):
        is_only_read("nonsense")
