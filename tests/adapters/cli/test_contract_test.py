"""``dragoman contract test``: verdicts law by law, a report, and an exit code that a job can act on."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import cast

import pytest
from attrs import evolve

from adapters.cli.main import main
from adapters.cli.records import line_of, record_of
from adapters.embedded import Embedded
from adapters.scenario import suppliers
from contracts.laws.conformance import Conformance, Outcome, Verdict
from contracts.laws.mappings import MappingLaws
from contracts.laws.subject import Adapter
from contracts.laws.suppliers import SupplierLaws
from tests.adapters.cli.conftest import Command, Ran, section

TEST = ("contract", "test", "--system", "protheus", "--port", "suppliers")
LAWS = [name.removeprefix("test_") for name in (*SupplierLaws.names(), *MappingLaws.names())]
STATED = {
    "find_gives_every_record_once_and_nothing_else",
    "find_gives_records_equal_in_every_field",
    "what_is_absent_is_none",
}
REFUSED_BY_KEY = {
    "get_of_a_refused_record_names_column_and_raw_value",
    "get_of_a_refused_record_leaves_it_in_the_quarantine",
}
REFUSED = {
    *REFUSED_BY_KEY,
    "a_full_find_quarantines_exactly_the_refused_records",
    "a_refused_record_never_stops_the_stream",
}
DESTRUCTIVE = {
    "a_find_fails_only_when_it_is_read",
    "a_get_and_a_page_fail_with_an_error_of_the_port",
    "a_failure_is_one_sentence_without_secrets",
}
ONE_PAGE = {"the_first_record_comes_before_the_whole_source_is_read"}


def laws(ran: Ran, outcome: str) -> dict[str, object]:
    return {str(each["law"]): each["told"] for each in ran.records if each["outcome"] == outcome}


def test_an_embedded_sandbox_keeps_every_law_and_the_report_says_what_it_does_not_do(
    dragoman: Command, tmp_path: Path
) -> None:
    html, data = tmp_path / "report.html", tmp_path / "report.json"

    ran = dragoman(*TEST, "--report", html, "--report", data)

    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert "kept            find gives records equal in every field                            -" in lines
    assert lines[-1] == f"suppliers of protheus: {len(LAWS) - 1} kept, 1 not applicable."
    (report,) = json.loads(data.read_text(encoding="utf-8"))["conformances"]
    assert [each["law"] for each in report["verdicts"]] == LAWS
    limits = {each["about"]: (each["told"], each["because"]) for each in report["limits"]}
    assert limits["address.region"] == ("read, and never written", "its column depends on the country")
    assert limits["name"][0] == "not asked of the vendor: everything is fetched and checked here"
    assert "its column depends on the country" in html.read_text(encoding="utf-8")


def test_of_a_system_whose_contents_nobody_stated_only_the_laws_of_consistency_are_judged(
    dragoman: Command, sandboxes: Embedded, tmp_path: Path
) -> None:
    config = tmp_path / "erp.toml"
    config.write_text(section("protheus", sandboxes.settings("protheus"), sandbox=False), encoding="utf-8")

    ran = dragoman(*TEST, "--config", config, "--json")

    aside = laws(ran, "not applicable")
    assert ran.code == 0
    assert aside.keys() == STATED | REFUSED | DESTRUCTIVE | ONE_PAGE
    assert all("give --expected FILE" in str(aside[law]) for law in STATED)
    assert all("say sandbox = true in the configuration" in str(aside[law]) for law in DESTRUCTIVE)
    assert [each["law"] for each in ran.records] == LAWS
    assert {(each["system"], each["kind"], each["port"]) for each in ran.records} == {
        ("protheus", "protheus", "suppliers")
    }


def test_what_is_expected_and_does_not_come_breaks_a_law(dragoman: Command, site: Path, tmp_path: Path) -> None:
    expected = tmp_path / "expected.jsonl"
    first, *others = suppliers()
    stated = [evolve(first, name="Somebody Else"), *others]
    refused = dragoman("quarantine", "--system", "protheus", "--config", site, "--json").out
    lines = (line_of(record_of(each)) for each in stated)
    expected.write_text("\n".join([*lines, refused]), encoding="utf-8")

    ran = dragoman(*TEST, "--config", site, "--expected", expected, "--json")

    broken = laws(ran, "broken")
    assert ran.code == 1
    assert broken["find_gives_records_equal_in_every_field"] == (
        f"in {first.id}, name is {first.name!r}, expected 'Somebody Else'"
    )
    assert "find_gives_every_record_once_and_nothing_else" in laws(ran, "kept")
    assert "a_full_find_quarantines_exactly_the_refused_records" in laws(ran, "kept")
    assert laws(ran, "not applicable").keys() == REFUSED_BY_KEY | ONE_PAGE


def test_a_system_that_cannot_be_reached_is_told_and_not_judged(
    dragoman: Command, sandboxes: Embedded, tmp_path: Path
) -> None:
    config, report = tmp_path / "erp.toml", tmp_path / "report.html"
    config.write_text(section("sap", sandboxes.settings("sap"), url="http://127.0.0.1:1", timeout=5), encoding="utf-8")

    ran = dragoman("contract", "test", "--config", config, "--report", report)

    assert ran.code == 3
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert not report.exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--report", "report.txt"], "--report: report.txt: a report is .html or .json; name the file so"),
        (["--report", "nowhere/report.html"], "--report: nowhere/report.html: there is no folder nowhere"),
        (["--expected", "nowhere.jsonl"], "nowhere.jsonl: it cannot be read (No such file or directory)"),
        (["--port", "customers"], "customers"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_before_anything_is_judged(
    dragoman: Command, options: list[str], told: str
) -> None:
    ran = dragoman("contract", "test", "--system", "protheus", *options)

    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_without_hypothesis_it_says_what_to_install(dragoman: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.cli.contract.test.find_spec", lambda _: None)

    ran = dragoman(*TEST)

    assert (ran.code, ran.err) == (
        2,
        "dragoman: the laws draw their questions with Hypothesis: pip install 'dragoman[laws]'\n",
    )


PAGE = (Path(__file__).parents[3] / "docs" / "contracts.md").read_text(encoding="utf-8")
SECTION = PAGE.split("## Laws and conformance")[1].split("\n## ")[0]
COMMANDS = re.findall(r"^dragoman (contract test .*)$", SECTION, re.MULTILINE)
KEPT = Conformance(
    adapter=Adapter("protheus", "protheus"),
    port="suppliers",
    judged_at=datetime(2026, 1, 1, tzinfo=UTC),
    verdicts=(Verdict(law="it_is_kept", chapter="", reason="", outcome=Outcome.KEPT, told=None),),
)


@pytest.mark.parametrize("line", COMMANDS)
def test_the_page_shows_commands_that_can_be_typed(
    line: str, dragoman: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "expected.jsonl").write_text(line_of(record_of(suppliers()[0])), encoding="utf-8")
    monkeypatch.setattr("adapters.conformance.judging.judged", lambda *_: KEPT)

    ran = dragoman(*shlex.split(line))

    assert (ran.code, ran.err) == (0, "")


class _Gone(StringIO):
    """An output whose reader has gone after the first line, as `head -1` does."""

    def write(self, text: str) -> int:
        if self.getvalue():
            raise BrokenPipeError
        return super().write(text)


@pytest.mark.parametrize("reported", [True, False])
def test_a_report_is_written_though_the_reader_of_the_verdicts_has_gone(
    reported: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    report, judged = tmp_path / "report.json", list[Verdict]()
    output, broken = _Gone(), evolve(KEPT.verdicts[0], outcome=Outcome.BROKEN)

    def judging(*arguments: object) -> Conformance:
        for each in (broken, broken, broken):
            judged.append(each)
            cast("Callable[[Verdict], None]", arguments[3])(each)
        return evolve(KEPT, verdicts=(broken, broken, broken))

    monkeypatch.setattr("adapters.conformance.judging.judged", judging)
    monkeypatch.setattr("sys.stdout", output)
    code = main([*TEST, "--json", *(["--report", str(report)] if reported else [])])

    assert (code, len(output.getvalue().splitlines())) == (141, 1)
    assert (len(judged), report.exists()) == ((3, True) if reported else (2, False))


def test_nothing_is_left_where_the_command_was_run(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "adapters.cli", "contract", "test", "--port", "suppliers", "--json"]
    done = subprocess.run([*command, "--system", "inhouse"], cwd=tmp_path, capture_output=True, check=False)  # noqa: S603  # our own command

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == len(LAWS)
    assert list(tmp_path.iterdir()) == []
