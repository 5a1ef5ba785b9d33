"""A drop folder shows files whole or not at all, finds them whatever they are called, and says what a failure means."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from adapters.files.drop_folder import DropFolder
from adapters.files.faults import port_error
from ports.errors import AccessDenied, OutcomeUnknown, PortError, Unavailable


@pytest.fixture
def folder(tmp_path: Path) -> DropFolder:
    for place in ("in", "out"):
        (tmp_path / place).mkdir()
    return DropFolder(path=tmp_path, places=("in", "out"), known=re.compile(r"[A-Z]+\.TXT"))


def test_a_file_appears_under_its_name_when_it_is_whole(folder: DropFolder) -> None:
    with folder.staged("in", "A.TXT", b"whole") as file:
        assert folder.holding("A") == ()
        (hidden,) = (folder.path / "in").iterdir()
        assert (hidden.name, hidden.read_bytes()) == (".A.TXT.tmp", b"whole")
        file.publish()
        (found,) = folder.holding("A")

    assert (found.place, found.name, folder.read(found)) == ("in", "A.TXT", b"whole")
    assert os.listdir(folder.path / "in") == ["A.TXT"]


def test_what_is_not_published_leaves_nothing(folder: DropFolder) -> None:
    with folder.staged("in", "A.TXT", b"whole"):
        pass
    with pytest.raises(KeyError), folder.staged("in", "A.TXT", b"whole"):
        raise KeyError("somebody else's")

    assert os.listdir(folder.path / "in") == []


def test_a_name_that_cannot_be_given_leaves_the_outcome_open(folder: DropFolder) -> None:
    (folder.path / "in" / "A.TXT").mkdir()
    with folder.staged("in", "A.TXT", b"whole") as file, pytest.raises(OutcomeUnknown, match=r"whether it took A\.TXT"):
        file.publish()


def test_a_share_that_goes_away_between_the_two_steps_has_got_nothing(folder: DropFolder) -> None:
    with folder.staged("in", "A.TXT", b"whole") as file:
        (folder.path / "in").rename(folder.path / "gone")
        with pytest.raises(Unavailable, match="nothing was put into it"):
            file.publish()


def test_a_mark_is_found_in_a_name_and_in_the_beginning_of_what_is_called_otherwise(folder: DropFolder) -> None:
    files = {"in/ABC.TXT": b"", "in/ABC.TXT.BAK": b"", "out/note.txt": b"00;ABC;", "out/XYZ.TXT": b"00;ABC;"}
    for name, content in {**files, "out/late.txt": b" " * 5000 + b"ABC", "in/.ABC.tmp": b""}.items():
        (folder.path / name).write_bytes(content)
    (folder.path / "out" / "a folder").mkdir()

    found = {f"{each.place}/{each.name}" for each in folder.holding("ABC")}
    assert found == {"in/ABC.TXT", "in/ABC.TXT.BAK", "out/note.txt"}


def test_a_folder_that_is_not_there_is_unavailable(folder: DropFolder) -> None:
    gone = DropFolder(path=folder.path / "nowhere", places=("in",), known=folder.known)
    for attempt in (
        lambda: gone.holding("A"),
        lambda: gone.is_there("A"),
        lambda: gone.staged("in", "A.TXT", b"").__enter__(),
    ):
        with pytest.raises(Unavailable, match="is the share mounted"):
            attempt()


def test_a_file_that_has_gone_on_is_asked_for_again(folder: DropFolder) -> None:
    (folder.path / "in" / "A.TXT").touch()
    (found,) = folder.holding("A")
    (folder.path / "in" / "A.TXT").unlink()
    with pytest.raises(Unavailable):
        folder.read(found)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EACCES, AccessDenied),
        (errno.EPERM, AccessDenied),
        (errno.EROFS, AccessDenied),
        (errno.ENOENT, Unavailable),
        (errno.ESTALE, Unavailable),
        (errno.ENOSPC, Unavailable),
        (errno.EIO, Unavailable),
    ],
)
def test_every_failure_has_its_meaning(number: int, kind: type[PortError]) -> None:
    error = port_error(OSError(number, os.strerror(number)), "the folder drop")

    assert type(error) is kind
    assert str(error).startswith("the folder drop ")


def test_a_share_that_goes_away_after_a_file_got_its_name_leaves_the_outcome_open(
    folder: DropFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: Path) -> None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    monkeypatch.setattr("adapters.files.drop_folder._forced", gone)
    with folder.staged("in", "A.TXT", b"whole") as file, pytest.raises(OutcomeUnknown, match="whether it took"):
        file.publish()

    assert os.listdir(folder.path / "in") == ["A.TXT"]
