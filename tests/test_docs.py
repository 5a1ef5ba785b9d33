"""The guide to writing an adapter keeps its promises: its adapter runs, keeps the laws, and leaves no codec out."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

import acl.codecs
import acl.mapping
from adapters.bootstrap import connect
from adapters.kinds import GROUP, kinds
from adapters.memory.quarantine import InMemoryQuarantine
from contracts.laws.suppliers import SupplierLaws
from ports.suppliers import SupplierQuery

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "adapters.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)\n```", GUIDE, re.DOTALL)
PYTHON = [block for language, block in BLOCKS if language == "python"]
LAWS = [name for name in dir(SupplierLaws) if name.startswith("test_")]


def _codecs() -> Iterator[str]:
    for found in pkgutil.iter_modules(acl.codecs.__path__, "acl.codecs."):
        for name, value in vars(importlib.import_module(found.name)).items():
            if inspect.isfunction(value) and value.__module__ == found.name and not name.startswith("_"):
                yield f"{found.name.removeprefix('acl.codecs.')}.{name}"


def _declaring() -> Iterator[str]:
    return (name for name in acl.mapping.__all__ if inspect.isfunction(getattr(acl.mapping, name)))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file that a reader puts together, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "test_shop.py"
    file.write_text("\n\n".join(PYTHON), encoding="utf-8")
    return file


def _pytest(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", file.name]
    settings = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(  # noqa: S603  # our own interpreter and words
        command, cwd=file.parent, env=settings, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def test_the_adapter_prints_what_the_page_shows(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = [block for language, block in BLOCKS if language == "text"]

    runpy.run_path(str(shop))

    assert capsys.readouterr().out.splitlines() == shown.splitlines()


def test_the_broken_supplier_is_refused_with_its_column(shop: Path) -> None:
    quarantine = runpy.run_path(str(shop))["quarantine"]

    assert isinstance(quarantine, InMemoryQuarantine)
    (refusal,) = quarantine.refusals
    (problem,) = refusal.problems
    assert (refusal.source.key, problem.column, problem.raw, problem.quirk) == ("105", "LAND", "'UK'", "SHOP-CODE-01")


def test_the_adapter_keeps_every_law_and_skips_none(shop: Path) -> None:
    judged = _pytest(shop)

    assert re.search(rf"^{len(LAWS)} passed in ", judged.stdout, re.MULTILINE), judged.stdout + judged.stderr


def test_the_laws_notice_an_adapter_that_loses_suppliers(shop: Path) -> None:
    honest = shop.read_text(encoding="utf-8")
    lossy = honest.replace("wanted.where(", 'wanted.where(cells["NO"] < 104, ')
    shop.write_text(lossy, encoding="utf-8")

    judged = _pytest(shop)

    assert lossy != honest
    assert judged.returncode == pytest.ExitCode.TESTS_FAILED
    assert "these did not come: ['104']" in judged.stdout


@pytest.mark.parametrize("name", sorted(_codecs()))
def test_the_page_names_every_public_function_of_the_codecs(name: str) -> None:
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize("name", list(_declaring()))
def test_the_page_names_every_function_that_a_mapping_is_made_with(name: str) -> None:
    assert re.search(rf"\b{name}\(", GUIDE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:acl|adapters|contracts|tests)/[\w/.]*)`", GUIDE))))
def test_the_page_names_places_that_are_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_a_configuration_opens_the_kind_that_the_page_offers(
    shop: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    module = ModuleType("dragoman_shop")
    vars(module).update(runpy.run_path(str(shop)))
    monkeypatch.setitem(sys.modules, "dragoman_shop", module)
    offered = tomllib.loads(next(block for language, block in BLOCKS if language == "toml"))
    ((name, value),) = offered["project"]["entry-points"][GROUP].items()
    assert value == "dragoman_shop.adapter:KIND"
    monkeypatch.setattr("adapters.kinds.entry_points", lambda group: [EntryPoint(name, "dragoman_shop:KIND", group)])
    kinds.cache_clear()
    request.addfinalizer(kinds.cache_clear)
    monkeypatch.setenv("SHOP_URL", f"sqlite:///{shop.parent}/shop.db")
    config = shop.with_name("erp.toml")
    config.write_text('[systems.shop]\nkind = "shop"\nurl = { env = "SHOP_URL" }\n')

    with connect(config) as erp:
        erp.check()
        assert erp.ports == ("suppliers",)
        assert [supplier.id.text for supplier in erp.suppliers.find(SupplierQuery())] == ["101", "102", "103", "104"]
