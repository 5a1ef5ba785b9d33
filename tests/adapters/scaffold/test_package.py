"""Drafted packages: clean Python, in which nothing is wrong but what is undecided; written whole, or not at all."""

from __future__ import annotations

import ast
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from mypy import api

from adapters.scaffold.places import Family
from adapters.scaffold.sources import checked_kind, from_database, from_file
from adapters.scaffold.writing import write_new
from adapters.settings import Aggregates
from ports.errors import Misconfigured
from tests.real.vendor import FOLDER, vendor_file

ROOT = Path(__file__).parents[3]
WSDLS = ROOT / "sandbox" / "oracle" / "schemas"
BOTH: tuple[Aggregates, ...] = ("suppliers", "purchase_orders")


def shop(folder: Path) -> str:
    """Make a database with suppliers of whom everything is plain."""
    path = folder / "shop.db"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute(
            "create table vendor (id integer primary key, name varchar(40), city varchar(30), country varchar(2),"
            " vat varchar(20), e_mail varchar(60), state varchar(1))"
        )
        made.executemany(
            "insert into vendor values (?, ?, ?, ?, ?, ?, ?)",
            [
                (number, f"Firm {number}", "Köln", "DE", "DE136695976", f"firm{number}@example.com", "AN"[number % 2])
                for number in range(1, 9)
            ],
        )
    return f"sqlite:///{path}"


def drafted(source: str, folder: Path) -> dict[str, str]:
    ttalk = FOLDER / "totvs" / "ttalk"
    match source:
        case "database":
            return dict(from_database("acme", shop(folder), ("suppliers",), {}).files)
        case "edmx":
            path = vendor_file("sap-s4-odata", "edmx", "API_BUSINESS_PARTNER.edmx")
            records: dict[Aggregates, str] = {"suppliers": "A_BusinessPartner"}
            return dict(from_file("acme", path, Family.ODATA, ("suppliers",), records).files)
        case "openapi":
            vendor_file("totvs", "ttalk", "apis", "CustomerVendor_v1_000.json")
            shutil.copytree(ttalk / "schemas", folder / "schemas")
            path = Path(shutil.copy(ttalk / "apis" / "CustomerVendor_v1_000.json", folder))
            return dict(from_file("acme", path, Family.REST, ("suppliers",), {}).files)
        case _:
            return dict(from_file("acme", WSDLS / "PurchaseOrderService.wsdl", Family.SOAP, BOTH[1:], {}).files)


@pytest.fixture(params=["database", "edmx", "openapi", "wsdl"])
def package(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "dragoman-acme"
    write_new(folder, drafted(request.param, tmp_path))
    return folder


def _ruff(folder: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603  # our own interpreter and words
        [sys.executable, "-m", "ruff", *arguments, "--no-cache", "."], cwd=folder, capture_output=True,
        encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr if done.returncode != 0 else ""


def test_a_draft_is_as_clean_as_if_a_person_had_written_it(package: Path) -> None:
    assert _ruff(package, "check") == ""
    assert _ruff(package, "format", "--check") == ""


def test_a_type_checker_complains_of_what_is_undecided_and_of_nothing_else(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(package)
    monkeypatch.setenv("MYPYPATH", str(ROOT))

    told, broken, _ = api.run(["--cache-dir", str(package / ".mypy_cache"), "--explicit-package-bases"])

    assert broken == ""
    errors = [line for line in told.splitlines() if "error:" in line]
    assert errors != []
    assert [line for line in errors if '"Unsure' not in line] == []


def test_a_draft_is_not_imported_before_it_is_decided(package: Path) -> None:
    done = subprocess.run(  # our own interpreter and words
        [sys.executable, "-c", "import dragoman_acme.adapter"], cwd=package, capture_output=True,
        env={"PYTHONPATH": f"{ROOT}:{package}"}, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip

    assert "a field is undecided" in done.stderr.splitlines()[-1]


def test_a_plain_table_is_read_but_for_what_its_codes_mean(tmp_path: Path) -> None:
    mapping = drafted("database", tmp_path)["dragoman_acme/suppliers.py"]

    for line in (
        '    id=serial("id", into=SupplierId),',
        '    name=text("name", width=40),',
        '    tax_ids=gathered(optional(column(tax_id(TaxIdKind.EU_VAT), "vat"))),',
        '        country=iso_country("country"),',
        '    email=optional(text("e_mail", width=60)),',
        '    block=unsure("state (0.70)"),',
    ):
        assert line in mapping.splitlines()


def test_a_column_that_no_codec_reads_as_it_was_seen_is_left(tmp_path: Path) -> None:
    """Every street here is of two lines, which is no street of the domain; one broken row in twenty is no reason."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("create table vendor (id integer primary key, name varchar(40), street varchar(40))")
        rows = [(f"Firm {number}" if number > 1 else "Firm\n1", f"Kaje {number}\nHalle B") for number in range(1, 21)]
        made.executemany("insert into vendor (name, street) values (?, ?)", rows)

    mapping = from_database("acme", f"sqlite:///{path}", ("suppliers",), {}).files["dragoman_acme/suppliers.py"]

    assert 'street=unsure("street (1.00)"),' in mapping
    assert 'name=text("name", width=40),' in mapping


HOSTILE = 'vendor"""\nimport os\nos.abort()\n"""\\'


def test_a_name_in_a_schema_never_becomes_code(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as made, made:
        quoted = HOSTILE.replace('"', '""')
        made.execute(f'create table "{quoted}" (id integer primary key, "name{quoted}" varchar(9), city varchar(9))')
    records: dict[Aggregates, str] = {"suppliers": HOSTILE}

    files = from_database("acme", f"sqlite:///{path}", ("suppliers",), records).files

    for name, content in files.items():
        if name.endswith(".py"):
            tree = ast.parse(content)
            assert not [each for each in ast.walk(tree) if isinstance(each, ast.Name) and each.id == "os"], name
    record = [each.value for each in ast.walk(ast.parse(files["dragoman_acme/suppliers.py"]))
              if isinstance(each, ast.keyword) and each.arg == "record"]  # fmt: skip
    assert [ast.literal_eval(each) for each in record] == [HOSTILE]
    assert "import os" not in files["README.md"].splitlines()


def test_no_value_of_a_row_is_written_down(tmp_path: Path) -> None:
    everything = "".join(drafted("database", tmp_path).values())

    assert not [word for word in ("Firm", "Köln", "136695976", "example.com") if word in everything]


def test_the_same_schema_gives_the_same_package(tmp_path: Path) -> None:
    url = shop(tmp_path)

    assert from_database("acme", url, ("suppliers",), {}).files == from_database("acme", url, ("suppliers",), {}).files


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()

    with pytest.raises(Misconfigured, match="is there already, and nothing is overwritten"):
        write_new(tmp_path / "there", {"a": ""})
    with pytest.raises(Misconfigured, match="is no folder; make it first"):
        write_new(tmp_path / "no" / "such", {"a": ""})
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_nothing_is_half_written(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be written"):
        write_new(tmp_path / "new", {"a.py": "", "a.py/b.py": ""})

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["", "Acme", "2acme", "ac-me", "class", "ac me", "../acme"])
def test_a_kind_has_a_name_that_a_package_can_have(kind: str) -> None:
    with pytest.raises(Misconfigured, match="cannot be the name of a kind"):
        checked_kind(kind)


def test_the_name_of_an_installed_kind_is_taken() -> None:
    with pytest.raises(Misconfigured, match=r"^the kind sap is offered by adapters.systems.sap:KIND already"):
        checked_kind("sap")


@pytest.mark.parametrize(("source", "told"), [("wsdl", "everything"), ("openapi", "drift check")])
def test_what_an_adapter_leaves_out_is_told_to_its_owner(source: str, told: str, tmp_path: Path) -> None:
    files = drafted(source, tmp_path)

    assert told in files["README.md"].partition("## What the adapter leaves out")[2]
    assert "published=(Published(" in files["dragoman_acme/adapter.py"]
