"""Anchors: lines that are only ever added, read back wherever they were moved."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.ledger.anchors import Anchors
from domain.audit import Anchor
from domain.canonical import Digest
from ports.errors import Misconfigured


def anchor(number: int, digit: str = "a", stream: str = "sap") -> Anchor:
    return Anchor(stream=stream, number=number, seal=Digest(digit * 64))


def test_the_last_anchor_of_each_stream_counts(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "anchors")

    anchors.keep([anchor(1)])
    anchors.keep([anchor(2, "b"), anchor(7, "c", "oracle")])

    assert anchors.read() == {"sap": anchor(2, "b"), "oracle": anchor(7, "c", "oracle")}


def test_nothing_anchored_is_no_anchor(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "anchors")
    anchors.keep([])

    assert anchors.read() == {}
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_moved_away_is_read_as_well(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "anchors")
    anchors.keep([anchor(1), anchor(5, "e", "oracle")])
    (tmp_path / "anchors").rename(tmp_path / "anchors.1")
    anchors.keep([anchor(2, "b")])

    assert anchors.read() == {"sap": anchor(2, "b"), "oracle": anchor(5, "e", "oracle")}


def test_two_workers_may_anchor_out_of_turn(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "anchors")
    anchors.keep([anchor(6, "f")])
    anchors.keep([anchor(5, "e")])

    assert anchors.read() == {"sap": anchor(6, "f")}


def test_of_two_seals_for_one_record_the_first_counts(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "anchors")
    for each in (anchor(1), anchor(2, "b"), anchor(2, "c"), anchor(3, "d")):
        anchors.keep([each])

    assert anchors.read() == {"sap": anchor(2, "b")}


def test_lines_of_many_writers_stay_whole(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "anchors")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: anchors.keep([anchor(number)]), range(1, 201)))

    assert anchors.read() == {"sap": anchor(200)}


@pytest.mark.parametrize(
    "line", [b'{"number":1,"seal"', b"\0\0\0", b'{"type":"Digest","text":"' + b"a" * 64 + b'"}', b""]
)
def test_a_line_that_is_no_anchor_is_told(line: bytes, tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "anchors")
    anchors.keep([anchor(1)])
    with (tmp_path / "anchors").open("ab") as file:
        file.write(line + b"\n")

    with pytest.raises(Misconfigured, match=r"line 2 of .*anchors is no anchor"):
        anchors.read()


def test_an_anchor_that_cannot_be_kept_is_told_to_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        Anchors(tmp_path / "no such folder" / "anchors").keep([anchor(1)])

    assert "anchors cannot be written to" in caplog.text
