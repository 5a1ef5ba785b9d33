"""``dragoman new adapter`` on the command line: a package and a sentence, or a sentence and nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from adapters.cli.exits import Exit
from adapters.cli.main import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with closing(sqlite3.connect("shop.db")) as made, made:
        made.execute("create table vendor (id integer primary key, name varchar(40), country varchar(2))")
        made.execute("create table colour (id integer primary key, hue varchar(40))")
        made.execute("insert into vendor values (1, 'One', 'DE')")
    return tmp_path


DB = ("--from-db", "sqlite:///shop.db")
SUPPLIERS = ("--port", "suppliers")


def test_a_package_appears_beside_us(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "adapter", "acme", *DB, *SUPPLIERS]) == Exit.DONE

    assert capsys.readouterr().out == (
        "dragoman-acme: 3 of 15 attributes found, 12 left to you; go on with its README.md\n"
    )
    assert (here / "dragoman-acme" / "dragoman_acme" / "suppliers.py").is_file()


def test_a_package_appears_where_it_is_wanted(here: Path) -> None:
    assert main(["new", "adapter", "acme", *DB, *SUPPLIERS, "--into", "mine"]) == Exit.DONE

    assert (here / "mine" / "pyproject.toml").is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((*DB,), "say what the adapter shall offer: --port suppliers"),
        ((*SUPPLIERS,), "give exactly one of --from-db, --from-edmx, --from-wsdl and --from-openapi"),
        ((*DB, *SUPPLIERS, "--from-wsdl", "x.wsdl"), "give exactly one of"),
        ((*DB, "--port", "customers"), "--port"),
        ((*DB, *SUPPLIERS, "--record", "vendr"), "has no record vendr; close to it are vendor"),
        ((*DB, *SUPPLIERS, "--record", "purchase-orders=vendor"), "say for which port"),
        ((*DB, "--port", "purchase-orders"), "looks enough like purchase orders; name it with --record"),
        (("--from-db", "sqlite:///none.db", *SUPPLIERS), "check `url`"),
        (("--from-edmx", "shop.db", *SUPPLIERS), "shop.db"),
        (("--from-edmx", "none.xml", *SUPPLIERS), "the file none.xml cannot be read"),
        ((*DB, *SUPPLIERS, "--into", "shop.db"), "is there already, and nothing is overwritten"),
        ((*DB, *SUPPLIERS, "--into", "no/such"), "no is no folder; make it first"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_leaves_nothing(
    arguments: Sequence[str], told: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["new", "adapter", "acme", *arguments])

    said = capsys.readouterr()
    assert code in (Exit.BAD_USAGE, Exit.UNREACHABLE)
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert told in said.err
    assert [path.name for path in here.iterdir()] == ["shop.db"]


def test_a_record_is_taken_by_name(here: Path) -> None:
    assert main(["new", "adapter", "acme", *DB, *SUPPLIERS, "--record", "colour"]) == Exit.DONE

    assert 'root="colour"' in (here / "dragoman-acme" / "dragoman_acme" / "suppliers.py").read_text(encoding="utf-8")


def test_the_password_of_a_database_is_neither_told_nor_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql://reader:hidden-7431@127.0.0.1:1/shop"

    assert main(["new", "adapter", "acme", "--from-db", url, *SUPPLIERS]) == Exit.UNREACHABLE

    assert "hidden-7431" not in capsys.readouterr().err
    assert [path.name for path in here.iterdir()] == ["shop.db"]
