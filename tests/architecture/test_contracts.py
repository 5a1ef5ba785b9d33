"""The import contracts hold, and each of them bites when its rule is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ("acl", "adapters", "application", "contracts", "domain", "ports", "sandbox")

VIOLATIONS = {
    "house: a port reaches out to the translation": ("house", "ports/suppliers.py", "import acl.mapping"),
    "house: translation meets use cases": ("house", "acl/mapping.py", "import application"),
    "house: use cases meet translation": ("house", "application/__init__.py", "import acl.mapping"),
    "house: the domain knows a port": ("house", "domain/money.py", "import ports.errors"),
    "house: a hidden import under TYPE_CHECKING": (
        "house",
        "ports/suppliers.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import acl.mapping",
    ),
    "domain-is-plain": ("domain-is-plain", "domain/money.py", "import cattrs"),
    "ports-are-plain": ("ports-are-plain", "ports/reads.py", "import structlog"),
    "inside-is-plain": ("inside-is-plain", "acl/mapping.py", "import stamina"),
    "contracts-libraries": ("contracts-libraries", "contracts/__init__.py", "import rich"),
    "contracts-libraries: pytest in a law": (
        "contracts-libraries",
        "contracts/laws/suite.py",
        "import pytest",
    ),
    "protocols-outside: SQL in a mapping": ("protocols-outside", "acl/protheus/suppliers.py", "import sqlalchemy"),
    "protocols-outside: zeep in a mapping": ("protocols-outside", "acl/collection.py", "import zeep"),
    "pydantic-at-the-border": ("pydantic-at-the-border", "domain/suppliers.py", "import pydantic"),
    "one-mint: a use case mints": ("one-mint", "application/submit.py", "import domain.minting"),
    "one-mint: a door mints": ("one-mint", "adapters/cli/main.py", "from domain.minting import mint"),
    "sandbox-apart": ("sandbox-apart", "sandbox/scenario.py", "import domain.money"),
    "sandbox-embedded-once": ("sandbox-embedded-once", "adapters/bootstrap.py", "import sandbox.scenario"),
    "translation-inside: vendors meet": ("translation-inside", "acl/sap/codes.py", "import acl.protheus.codes"),
    "translation-inside: the engine knows a vendor": (
        "translation-inside",
        "acl/engine/plan.py",
        "import acl.sap.codes",
    ),
    "drivers-apart": ("drivers-apart", "adapters/sql/database.py", "import adapters.odata.service"),
    "systems-apart": ("systems-apart", "adapters/systems/sap.py", "import adapters.systems.protheus"),
    "adapters-inside": ("adapters-inside", "adapters/erp.py", "import adapters.bootstrap"),
    "comparing-apart": ("comparing-apart", "adapters/governed/naming.py", "import rapidfuzz"),
}


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(  # noqa: S603  # our own interpreter, our own arguments
        [sys.executable, "-c", command, "--no-cache", *options],
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_every_contract_is_kept() -> None:
    kept = lint(ROOT)

    assert kept.returncode == 0, kept.stdout + kept.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for package in HOUSE:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests" / "architecture").mkdir(parents=True)
    (folder / "tests" / "__init__.py").touch()
    shutil.copy(ROOT / "tests" / "architecture" / "only.py", folder / "tests" / "architecture")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize("name", VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(name: str, copy: Path) -> None:
    contract, file, line = VIOLATIONS[name]
    victim = copy / file
    sound = victim.read_text()
    try:
        victim.write_text(f"{sound}\n{line}\n")
        broken = lint(copy, "--contract", contract)
    finally:
        victim.write_text(sound)

    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert "BROKEN" in broken.stdout


def test_every_contract_has_a_violation_that_it_catches() -> None:
    import tomllib

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    assert {contract["id"] for contract in declared} == {contract for contract, _, _ in VIOLATIONS.values()}
