"""The plugin of pytest: a repository of one's own, one fixture, and a report; and nothing for anybody else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sandbox.protheus.store import install

pytest_plugins = ("pytester",)
ROOT = Path(__file__).parents[2]
OURS = """
import pytest
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.memory.suppliers import InMemorySuppliers
from adapters.scenario import suppliers
from contracts.laws.suppliers import SupplierLaws, SupplierSubject

class TestOurs(SupplierLaws):
    @pytest.fixture
    def subject(self):
        quarantine = InMemoryQuarantine()
        port = InMemorySuppliers(suppliers()[:12], quarantine=quarantine)
        {spoil}
        return SupplierSubject(port=port, quarantined=lambda: quarantine.refusals)
"""
REVERSED = "port.find = lambda query, find=port.find: iter(list(find(query))[:: -1 if query.country else 1])"


@pytest.fixture
def repository(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Give a folder outside the tree, from which the house can be imported as if it were installed."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p dragoman_laws -W error -p no:cacheprovider")
    assert ROOT not in pytester.path.parents
    return pytester


def reported(repository: pytest.Pytester, spoil: str, *options: str) -> tuple[pytest.RunResult, dict[str, object]]:
    repository.makepyfile(test_ours=OURS.format(spoil=spoil or "pass"))
    result = repository.runpytest_subprocess("-q", "--conformance", "report.json", *options)
    (report,) = json.loads((repository.path / "report.json").read_text(encoding="utf-8"))["conformances"]
    return result, report


def told(report: dict[str, object], outcome: str) -> dict[str, str]:
    verdicts = report["verdicts"]
    assert isinstance(verdicts, list)
    return {each["law"]: each["told"] for each in verdicts if each["outcome"] == outcome}


def test_one_fixture_gives_the_suite_and_a_report_in_both_forms(repository: pytest.Pytester) -> None:
    result, report = reported(repository, "", "--conformance", "report.html")

    assert result.ret == pytest.ExitCode.OK
    assert (report["system"], report["port"], report["kept"]) == ("TestOurs", "suppliers", True)
    assert told(report, "broken") == {}
    assert "nobody said what stands" in told(report, "not applicable")["find_gives_records_equal_in_every_field"]
    assert "sandbox = true" in told(report, "not applicable")["a_find_fails_only_when_it_is_read"]
    assert "get_gives_the_same_record_as_find" in told(report, "kept")
    assert "<h2>Suppliers of TestOurs</h2>" in (repository.path / "report.html").read_text(encoding="utf-8")
    result.stdout.fnmatch_lines(["suppliers of TestOurs: * kept, * not applicable", "the report is in *report.html"])


def test_a_broken_law_stands_in_the_report_with_what_showed_it(repository: pytest.Pytester) -> None:
    result, report = reported(repository, REVERSED)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert report["kept"] is False
    assert "rearranges the records" in told(report, "broken")["a_narrowed_find_keeps_the_order_of_the_whole"]


def test_workers_give_the_same_report(repository: pytest.Pytester) -> None:
    _, alone = reported(repository, REVERSED)
    _, together = reported(repository, REVERSED, "-n", "2", "-p", "xdist")

    assert together["verdicts"] == alone["verdicts"]


def test_a_law_that_was_left_out_is_in_the_report_as_not_run(repository: pytest.Pytester) -> None:
    _, report = reported(repository, "", "-k", "twice")

    assert list(told(report, "kept")) == ["find_gives_no_key_twice"]
    assert "it was not run" in told(report, "not applicable")["get_gives_the_same_record_as_find"]


def test_a_subject_that_cannot_be_made_breaks_its_laws(repository: pytest.Pytester) -> None:
    result, report = reported(repository, "raise OSError('no cable')")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert set(told(report, "broken").values()) == {"the subject could not be made: OSError: no cable"}


def test_a_run_of_others_is_left_alone_even_if_its_packages_are_called_as_ours(repository: pytest.Pytester) -> None:
    repository.mkpydir("contracts")
    repository.makepyfile(
        test_theirs="""
        import sys
        import contracts

        def test_theirs():
            assert contracts.__file__.startswith(__file__[:-len("test_theirs.py")])
            assert not {"domain", "ports", "attrs", "contracts.laws", "hypothesis"} & set(sys.modules)
        """
    )

    result = repository.runpytest_subprocess("-q", "-p", "no:hypothesispytest")

    assert result.ret == pytest.ExitCode.OK
    result.stdout.no_fnmatch_line("*conformance*")


def test_a_repository_whose_packages_hide_ours_is_told_so(repository: pytest.Pytester) -> None:
    repository.mkpydir("contracts")
    repository.makepyfile("def test_nothing(): assert False")

    result = repository.runpytest_subprocess("--conformance", "report.html")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --conformance: *No module named 'contracts.laws'*as one of Dragoman's[?]"])


@pytest.mark.parametrize(
    ("file", "why"), [("report.txt", "a report is .html or .json"), ("no/report.html", "there is no folder")]
)
def test_a_file_that_can_hold_no_report_is_refused_at_once(repository: pytest.Pytester, file: str, why: str) -> None:
    repository.makepyfile("def test_nothing(): assert False")

    result = repository.runpytest_subprocess("--conformance", file)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: --conformance: *{why}*"])


def test_without_a_suite_no_report_is_written(repository: pytest.Pytester) -> None:
    repository.makepyfile("def test_something(): pass")

    result = repository.runpytest_subprocess("--conformance", "report.html")

    assert result.ret == pytest.ExitCode.OK
    assert not (repository.path / "report.html").exists()
    result.stdout.fnmatch_lines(["no law suite ran, so no report was written"])


def test_the_page_shows_a_fixture_that_puts_a_system_under_the_laws(repository: pytest.Pytester) -> None:
    page = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")
    section = page.split("## Laws and conformance")[1].split("\n## ")[0]
    (example,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    repository.makepyfile(test_ours=example)
    install(url := f"sqlite:///{repository.path}/erp.db")
    site = f'[systems.branch]\nkind = "protheus"\nurl = "{url}"\ncompany = "01"\nbranch = "01"\n'
    (repository.path / "erp.toml").write_text(site, encoding="utf-8")

    result = repository.runpytest_subprocess("-q", "-k", "get or find", "--conformance", "report.json")

    (report,) = json.loads((repository.path / "report.json").read_text(encoding="utf-8"))["conformances"]
    assert result.ret == pytest.ExitCode.OK
    assert (report["system"], report["kind"], report["kept"]) == ("branch", "protheus", True)
    assert "address.region" in [each["about"] for each in report["limits"]]
