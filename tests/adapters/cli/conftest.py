"""Sites whose systems are sandboxes, the command run inside this process, and whoever sits before it."""

from __future__ import annotations

import io
import json
import pwd
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import frozen
from pydantic import SecretStr

from adapters.cli.main import main
from adapters.embedded import Embedded
from adapters.governed.opening import governed
from adapters.settings import SystemSettings
from domain.intents import Intent
from domain.scope import Scope
from sandbox.sap import sap_server
from sandbox.web import PASSWORD, USER, Server
from tests.adapters.cli.governed_site import ERP, PEOPLE, POLICY, asked


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


@frozen
class Desk:
    """A site with a ledger, and whoever sits before it."""

    config: Path
    dragoman: Command
    monkeypatch: pytest.MonkeyPatch

    def run(self, who: str, *arguments: object) -> Ran:
        """Type a command as *who*."""
        self.monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name=who))
        return self.dragoman(*arguments, "--config", self.config)

    def answers(self, text: str) -> None:
        """Sit at a terminal, and be about to type *text*."""
        terminal = io.StringIO(text)
        self.monkeypatch.setattr(terminal, "isatty", lambda: True)
        self.monkeypatch.setattr("sys.stdin", terminal)


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


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sap_server() as running:
        yield running


@pytest.fixture
def desk(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dragoman: Command) -> Desk:
    config = tmp_path / "erp.toml"
    config.write_text(ERP.format(url=server.url, user=USER, password=PASSWORD, key="k" * 32), encoding="utf-8")
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    return Desk(config, dragoman, monkeypatch)


@pytest.fixture
def waiting(desk: Desk) -> Intent:
    """Give an intent that waits for an approver."""
    where = ("--system", "sap", "--company", "1010", "--to", "supervised", "--because", "a test")
    assert desk.run("caio", "rollout", "promote", "block supplier", *where).code == 0
    with governed(desk.config) as path:
        return asked(path, Scope("sap", "1010"))


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
