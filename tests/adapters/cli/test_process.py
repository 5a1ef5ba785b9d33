"""The command as a process of its own: what it imports, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.config.site import site_at
from adapters.embedded import Embedded

HEAVY = ("sqlalchemy", "zeep", "pyodata", "pydantic", "lxml", "requests", "httpx2", "sandbox", "hypothesis")
COMMAND = (sys.executable, "-W", "error", "-m", "adapters.cli")
ROOT = Path(__file__).parents[3]
LAST = {"sap": "longest", "oracle": "order_reference", "protheus_rest": "longest"}
"""The last line that each sandbox writes."""


def run_closed(closed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run with the streams that the shell is told to close."""
    return subprocess.run(  # noqa: S603  # our own command
        ["/bin/sh", "-c", f'"$@" {closed}', "sh", *COMMAND, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("DRAGOMAN_CONFIG", "NO_COLOR")}
    return subprocess.run(  # noqa: S603  # our own command
        [*COMMAND, *arguments], cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["find", "purchase-orders", "--help"]])
def test_help_needs_no_driver(arguments: list[str]) -> None:
    script = (
        "import sys; from adapters.cli.main import main\n"
        f"code = main({arguments!r})\n"
        f"print([each for each in {HEAVY!r} if each in sys.modules], file=sys.stderr); sys.exit(code)"
    )

    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "[]\n")
    assert done.stdout != ""


@pytest.mark.parametrize("command", [[], ["find"], ["find", "suppliers"], ["demo"], ["explain", "suppliers"]])
def test_help_teaches_with_an_example_and_lists_the_exit_codes(command: list[str]) -> None:
    done = run(*command, "--help", COLUMNS="200")

    assert done.returncode == 0
    assert "Exit codes: 0 done" in done.stdout
    assert command == ["find"] or f"dragoman {' '.join(command)}".strip() in done.stdout.replace("Usage: dragoman", "")


@pytest.mark.parametrize(
    "arguments", [["find", "suppliers", "--json"], ["get", "suppliers", "10000102", "--json"], ["--version"]]
)
def test_a_reader_that_stops_reading_is_no_fault(arguments: list[str]) -> None:
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(  # noqa: S603  # our own command
            [*COMMAND, *arguments], cwd=ROOT, env=buffered, stdout=gone, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 141
    assert done.stderr == ""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_an_interruption_takes_the_sandboxes_away(tmp_path: Path, number: signal.Signals, code: int) -> None:
    script = (
        "import os, sys, signal\n"
        "from adapters.cli import find, main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        f"find.record_of = lambda _: os.kill(os.getpid(), {int(number)})\n"
        "sys.exit(main.main(['find', 'suppliers', '--json']))"
    )

    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", script],
        cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == code
    assert done.stderr == ("dragoman: interrupted\n" if number is signal.SIGINT else "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", ["adapters.cli.app", "cyclopts", "adapters.cli.writes.rollout"])
def test_an_interruption_while_it_is_loaded_is_no_traceback(module: str) -> None:
    script = (
        "import os, signal, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name == {module!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        "from adapters.cli.main import main\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "sys.exit(main(['systems']))"
    )

    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "dragoman: interrupted\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["get", "suppliers", ""], 2)])
def test_a_closed_stream_changes_neither_the_code_nor_the_other_stream(
    closed: str, arguments: list[str], code: int
) -> None:
    whole, done = run(*arguments), run_closed(closed, *arguments)

    assert done.returncode == whole.returncode == code
    assert done.stdout == ("" if closed.startswith(">") else whole.stdout)
    assert done.stderr == ("" if "2" in closed else whole.stderr)


@pytest.mark.parametrize("named", ["sap", "oracle", "protheus_rest"])
@pytest.mark.parametrize("port", ["99999", "taken"])
def test_a_sandbox_on_an_impossible_port_is_one_sentence(named: str, port: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1]) if port == "taken" else port
        done = subprocess.run(  # noqa: S603  # our own command
            [sys.executable, "-m", f"sandbox.{named}", "--port", number],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"python -m sandbox.{named}: ")
    assert number in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("named", ["protheus", "inhouse"])
@pytest.mark.parametrize("url", ["nonsense", "sqlite:////nowhere/at/all/x.db", "oddity://u:hunter2@h/d"])
def test_a_sandbox_that_cannot_be_installed_is_one_sentence(named: str, url: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", f"sandbox.{named}", url], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"python -m sandbox.{named}: ")
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr


@contextmanager
def serving(named: str, *arguments: str) -> Iterator[str]:
    """Run a sandbox that serves, and give what it says of itself: all until it is quiet."""
    with subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", f"sandbox.{named}", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            lines = list[str]()
            while not lines or not lines[-1].startswith(LAST[named]):
                lines.append(process.stdout.readline())
                assert lines[-1] != ""
            yield "".join(lines)
        finally:
            process.terminate()


@pytest.mark.parametrize("named", ["sap", "oracle", "protheus_rest"])
def test_a_sandbox_says_what_belongs_into_the_configuration(named: str, tmp_path: Path) -> None:
    config = tmp_path / "erp.toml"
    with serving(named) as told:
        config.write_text(told, encoding="utf-8")
        done = run("systems", "--config", str(config))

    assert (done.returncode, done.stderr) == (0, "")
    assert embedded_companies(named) == companies(config)


@pytest.mark.parametrize("named", ["inhouse", "protheus"])
def test_an_installed_sandbox_says_what_belongs_into_the_configuration(named: str, tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", f"sandbox.{named}", f"sqlite:///{tmp_path / 'erp.db'}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    config = tmp_path / "erp.toml"
    config.write_text(done.stdout, encoding="utf-8")

    listed = run("systems", "--config", str(config))

    assert (listed.returncode, listed.stderr) == (0, "")
    assert companies(config) == ({"01": {"drop_folder": str(tmp_path / "dropped")}} if named == "inhouse" else {})


def embedded_companies(named: str) -> dict[str, object]:
    """Give the companies that the embedded sandbox of the same kind is opened with."""
    embedded = Embedded()
    try:
        dumped = embedded.settings(named.replace("_", "-")).model_dump(exclude_none=True)
    finally:
        embedded.close()
    found: dict[str, object] = dumped["companies"]
    return found


def companies(config: Path) -> dict[str, object]:
    """Give the companies of the one system in *config*."""
    site = site_at(config)
    (name,) = site.names
    dumped = site.settings(name).model_dump(exclude_none=True, mode="json")
    found: dict[str, object] = dumped.get("companies", {})
    return found


def test_a_fault_is_one_line_and_a_code_outside_too() -> None:
    done = run("get", "suppliers", "\udcff\udcfe\x01")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("dragoman: KEY: ")


def test_output_that_cannot_hold_a_letter_escapes_it() -> None:
    done = run("find", "suppliers", "--name", "joão", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert done.returncode == 0
    assert "Jo\\u00e3o" in done.stdout
