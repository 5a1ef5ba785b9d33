"""What is exported is accepted by tools that nobody here wrote; they live in an environment of their own.

The environment is made once for a checkout, in the cache of pytest, and used again.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from adapters.cli.main import main
from contracts.published.v1.catalogue import V1
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of
from tests.real.vendor import missing

REQUIREMENTS = ("datacontract-cli==1.2.8", "jsonschema[format]>=4.23", "openapi-spec-validator>=0.7")
NAMES = [contract.name for contract in V1.contracts]

Tool = Callable[..., "subprocess.CompletedProcess[str]"]
_LINT = """
import contextlib, io, json, sys
from datacontract.cli import app
judged = []
for file in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as told:
        code = app(["lint", file], standalone_mode=False)
    judged.append((file, code or 0, told.getvalue()))
print(json.dumps(judged))
"""
_JUDGE = """
import json, sys
from jsonschema import Draft202012Validator, FormatChecker
schema, *records = map(json.loads, sys.stdin)
Draft202012Validator.check_schema(schema)
judge = Draft202012Validator(schema, format_checker=FormatChecker())
for record in records:
    print(json.dumps([error.json_path for error in judge.iter_errors(record)]))
"""


def _run(command: Sequence[object], given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own words
        list(map(str, command)), input=given, capture_output=True, encoding="utf-8", timeout=600, check=False
    )


def _make(folder: Path) -> None:
    """Make the environment at *folder*, or leave nothing and leave the test."""
    shutil.rmtree(folder, ignore_errors=True)
    made = _run([sys.executable, "-m", "venv", folder])
    installed = made if made.returncode else _run([folder / "bin" / "pip", "install", "-q", *REQUIREMENTS])
    if installed.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        missing(f"no environment with {', '.join(REQUIREMENTS)} could be made")
    (folder / "made-of").write_text("\n".join(REQUIREMENTS), encoding="utf-8")


@pytest.fixture(scope="session")
def tool(pytestconfig: pytest.Config) -> Tool:
    """Run a command of the environment; workers of one run wait for the one that makes it."""
    if pytestconfig.cache is None:
        pytest.skip("the environment stands in the cache of pytest, which is switched off")
    folder = pytestconfig.cache.mkdir("contract-tools")
    environment = folder / f"python{sys.version_info.major}.{sys.version_info.minor}"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made_of = environment / "made-of"
        if not made_of.is_file() or made_of.read_text(encoding="utf-8") != "\n".join(REQUIREMENTS):
            _make(environment)

    def run(name: str, *arguments: object, given: str | None = None) -> subprocess.CompletedProcess[str]:
        return _run([environment / "bin" / name, *arguments], given)

    return run


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    for form in ("odcs", "jsonschema", "openapi"):
        assert main(["contract", "export", "--format", form, "--into", str(folder)]) == 0
    return folder


def lint(tool: Tool, *files: Path) -> dict[str, tuple[int, str]]:
    """Run ``datacontract lint`` on each file, in one process for speed: its exit code, and what it says."""
    ran = tool("python", "-c", _LINT, *files)
    assert ran.returncode == 0, ran.stderr
    return {file: (code, told) for file, code, told in json.loads(ran.stdout)}


def test_datacontract_lint_accepts_every_export_without_a_warning(tool: Tool, exported: Path) -> None:
    judged = lint(tool, *(exported / f"{name}.v1.odcs.yaml" for name in NAMES))

    assert len(judged) == len(V1.contracts)
    assert [(file, told) for file, (code, told) in judged.items() if code != 0 or "warning" in told] == []


def test_the_command_itself_accepts_an_export(tool: Tool, exported: Path) -> None:
    judged = tool("datacontract", "lint", exported / "purchase_order.v1.odcs.yaml")

    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert "valid against ODCS v3.1.0" in judged.stdout


BROKEN = {
    "no key of its own": ("id: dragoman-v1-purchase-order\n", ""),
    "an unknown type": ("logicalType: date\n", "logicalType: day\n"),
    "an unknown metric": ("metric: duplicateValues\n", "metric: doubles\n"),
    "a level of nothing": ("  property: freshness\n", ""),
}


def test_datacontract_lint_refuses_each_broken_contract(tool: Tool, exported: Path, tmp_path: Path) -> None:
    whole = (exported / "purchase_order.v1.odcs.yaml").read_text(encoding="utf-8")
    files = []
    for name, (sound, broken) in BROKEN.items():
        assert sound in whole
        files.append(tmp_path / f"{name}.odcs.yaml")
        files[-1].write_text(whole.replace(sound, broken, 1), encoding="utf-8")

    judged = lint(tool, *files)

    assert {Path(file).name.removesuffix(".odcs.yaml"): code for file, (code, _) in judged.items()} == dict.fromkeys(
        BROKEN, 1
    )


def test_the_openapi_document_is_valid_and_a_broken_one_is_not(tool: Tool, exported: Path, tmp_path: Path) -> None:
    document = json.loads((exported / "openapi.v1.json").read_text(encoding="utf-8"))
    del document["paths"]["/v1/suppliers/{id}"]["get"]["parameters"][0]["in"]
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document), encoding="utf-8")

    sound, refused = (tool("openapi-spec-validator", each) for each in (exported / "openapi.v1.json", broken))

    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert refused.returncode == 1


@pytest.mark.parametrize("name", ["supplier", "purchase_order"])
def test_another_validator_accepts_every_record_and_names_what_is_broken(tool: Tool, exported: Path, name: str) -> None:
    facts = scenario()
    suppliers, orders = map(supplier_of, facts.suppliers), map(purchase_order_of, facts.orders)
    records = [V1.record(V1.contract(name), value) for value in (suppliers if name == "supplier" else orders)]
    lacking = {field: value for field, value in records[0].items() if field != "source"}
    broken = [{**records[0], "id": None}, {**records[0], "id": ""}, lacking]
    schema = json.loads((exported / f"{name}.v1.schema.json").read_text(encoding="utf-8"))

    judged = tool("python", "-c", _JUDGE, given="\n".join(map(json.dumps, [schema, *records, *broken])))

    assert judged.returncode == 0, judged.stderr
    assert [json.loads(line) for line in judged.stdout.splitlines()] == [
        *([] for _ in records),
        ["$.id"],
        ["$.id"],
        ["$"],
    ]
