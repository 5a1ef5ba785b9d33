"""The file of the anchors: nobody else reads it, its order is that of its age, and what is wrong with it is told."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

import pytest

from adapters.ledger.anchors import Anchors
from domain.audit import Anchor
from domain.canonical import Digest
from ports.errors import Misconfigured


def anchor(number: int, digit: str) -> Anchor:
    return Anchor(stream="sap", number=number, seal=Digest(digit * 64))


def test_nobody_else_may_read_or_run_it(tmp_path: Path) -> None:
    path = tmp_path / "anchors"
    before = os.umask(0)
    try:
        Anchors(path).keep([anchor(1, "a")])
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(("moved", "current"), [(1, 2), (2, 1)])
def test_the_older_file_comes_first_whatever_it_is_called(tmp_path: Path, moved: int, current: int) -> None:
    path, aside = tmp_path / "anchors", tmp_path / "anchors.1"
    Anchors(aside).keep([anchor(7, "a")])
    Anchors(path).keep([anchor(7, "b")])
    os.utime(aside, (moved, moved))
    os.utime(path, (current, current))

    assert Anchors(path).read() == {"sap": anchor(7, "a" if moved < current else "b")}


def test_where_it_cannot_be_written_it_is_said_why(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "no such folder" / "anchors"
    told = f"anchors cannot be written to {path} (No such file or directory)"

    with pytest.raises(Misconfigured) as caught:
        Anchors(path).check()
    with caplog.at_level(logging.ERROR):
        Anchors(path).keep([anchor(1, "a")])

    assert str(caught.value) == told
    assert caplog.messages == [told]


def test_where_it_cannot_be_read_it_is_said_why(tmp_path: Path) -> None:
    path = tmp_path / "anchors"
    path.mkdir()

    with pytest.raises(Misconfigured) as caught:
        Anchors(path).read()

    assert str(caught.value) == f"the anchors in {path} cannot be read (Is a directory)"
