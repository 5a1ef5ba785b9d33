"""Keeping what takes long to build."""

from __future__ import annotations

import fcntl
import sys
from pathlib import Path

import pytest

from tests.real.servers.cache import BuildFailed, built, run
from tests.real.servers.processes import serving


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRAGOMAN_TEST_CACHE", str(tmp_path))
    return tmp_path


def test_it_is_built_once_and_others_are_held_back_meanwhile(folder: Path) -> None:
    builds: list[Path] = []

    def build(made: Path) -> None:
        builds.append(made)
        with (folder / f"{made.name}.lock").open() as same, pytest.raises(BlockingIOError):
            fcntl.flock(same, fcntl.LOCK_EX | fcntl.LOCK_NB)

    made = built("thing", [b"1"], build)

    assert built("thing", [b"1"], build) == made
    assert builds == [made]


def test_it_is_built_again_when_an_ingredient_changes() -> None:
    assert built("thing", [b"1", b"2"], Path.exists) != built("thing", [b"12"], Path.exists)


def test_what_was_left_half_done_is_thrown_away() -> None:
    def fails(folder: Path) -> None:
        (folder / "half").touch()
        raise BuildFailed("no room")

    with pytest.raises(BuildFailed):
        built("thing", [b"1"], fails)
    made = built("thing", [b"1"], lambda folder: (folder / "whole").touch())

    assert (made / "whole").exists()
    assert not (made / "half").exists()


def test_a_command_that_fails_says_its_last_words() -> None:
    with pytest.raises(BuildFailed, match="failed:\nno such luck"):
        run(sys.executable, "-c", "raise SystemExit('no such luck')")


def test_a_command_that_is_not_there_is_named() -> None:
    with pytest.raises(BuildFailed, match="no-such-program is not installed"):
        run("no-such-program")


def test_a_server_that_ends_before_it_serves_says_why() -> None:
    with (
        pytest.raises(BuildFailed, match="port taken"),
        serving(sys.executable, "-c", "print('port taken')", ready="up"),
    ):
        pass
