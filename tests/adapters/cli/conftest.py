"""A site whose systems are sandboxes that run for the whole session, and the command run inside this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from attrs import frozen
from pydantic import SecretStr

from adapters.cli.main import main
from adapters.embedded import Embedded
from adapters.settings import SystemSettings


@frozen
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, object]]:
        """The JSON lines on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]


def inside(record: object, *path: str | int) -> object:
    """Walk into a record by keys and positions."""
    for step in path:
        if isinstance(step, str):
            assert isinstance(record, Mapping)
            record = record[step]
        else:
            record = items(record)[step]
    return record


def items(record: object, *path: str | int) -> list[object]:
    """Walk to a list."""
    found = inside(record, *path)
    assert isinstance(found, list)
    return found


Command = Callable[..., Ran]


@pytest.fixture(scope="session")
def sandboxes() -> Iterator[Embedded]:
    embedded = Embedded()
    yield embedded
    embedded.close()


@pytest.fixture(scope="session")
def site(sandboxes: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "erp.toml"
    path.write_text("\n".join(section(name, sandboxes.settings(name)) for name in sandboxes.names), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DRAGOMAN_CONFIG", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def dragoman(capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(each) for each in arguments])
        return Ran(code, *capsys.readouterr())

    return run


def section(name: str, settings: SystemSettings, **changes: object) -> str:
    """Write settings as a person would in erp.toml."""
    values = {**settings.model_dump(exclude_none=True, exclude={"codes"}), **changes}
    return "\n".join([f"[systems.{name}]", *(f"{key} = {_toml(value)}" for key, value in values.items()), ""])


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, SecretStr):
        return json.dumps(value.get_secret_value())
    return json.dumps(str(value) if isinstance(value, Path) else value)
