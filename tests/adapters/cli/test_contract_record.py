"""``dragoman contract test`` on a system of one's own: asked, recorded, and replayed."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from adapters.cli.main import main
from adapters.recording.folder import STAMP
from tests.adapters.cli.conftest import Command

SUPPLIERS = ("contract", "test", "--port", "suppliers", "--system", "protheus")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--live",), "--live asks a system of your own: name it with --config erp.toml, or set DRAGOMAN_CONFIG"),
        (("--record", "there"), "--record keeps what a vendor's system answers: add --live and --config erp.toml"),
        (("--replay", "there", "--live"), "--replay asks no system; leave --live and --record out"),
        (("--replay", "there", "--record", "here"), "--replay asks no system; leave --live and --record out"),
        (("--replay", "there"), "there holds no recording; make one with --record"),
    ],
)
def test_options_that_do_not_go_together_are_one_sentence(
    options: tuple[str, ...], told: str, dragoman: Command
) -> None:
    ran = dragoman("contract", "test", *options)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"dragoman: {told}\n"


@pytest.fixture(scope="module")
def recorded(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("recordings") / "protheus"
    assert main([*SUPPLIERS, "--json", "--live", "--config", str(site), "--record", str(place)]) == 0
    return place


def test_a_recorded_system_is_judged_without_it(recorded: Path, dragoman: Command) -> None:
    ran = dragoman("contract", "test", "--port", "suppliers", "--json", "--replay", recorded)

    assert (ran.code, ran.err) == (0, "")
    assert {each["system"] for each in ran.records} == {"protheus"}
    assert sum(each["outcome"] == "kept" for each in ran.records) > 30


def test_what_a_recording_lacks_breaks_no_law(recorded: Path, dragoman: Command) -> None:
    ran = dragoman("contract", "test", "--port", "purchase-orders", "--replay", recorded)

    assert ran.code == 2
    assert ran.err == (
        f"dragoman: {recorded} does not hold an answer to this question to the SQLite file /recorded/recorded.db; "
        "record it again\n"
    )


def test_an_old_recording_is_judged_with_a_warning(recorded: Path, tmp_path: Path, dragoman: Command) -> None:
    place = shutil.copytree(recorded, tmp_path / "old")
    stamp = json.loads((place / STAMP).read_text(encoding="utf-8"))
    (place / STAMP).write_text(json.dumps({**stamp, "recorded_at": "2001-01-01T00:00:00Z"}), encoding="utf-8")

    ran = dragoman("contract", "test", "--port", "purchase-orders", "--replay", place)

    warning, *_ = ran.err.splitlines()
    assert warning.startswith("the recording of protheus is ")
    assert warning.endswith(" and its limit is 90; the vendor may answer otherwise by now")


def test_without_its_library_recording_says_what_to_install(dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vcr.cassette", None)
    for name in [name for name in sys.modules if name.startswith("adapters.recording.")]:
        monkeypatch.delitem(sys.modules, name)

    ran = dragoman("contract", "test", "--replay", "there")

    assert (ran.code, ran.err) == (2, "dragoman: recording needs VCR.py: pip install 'dragoman[record]'\n")
