"""The plugin of pytest that writes a conformance report about the law suites of a run.

It stands outside the house's packages, for a repository under test may have packages of the same names; and a run
without our suites, or without ``--conformance``, imports nothing of the house.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

if TYPE_CHECKING:
    from contracts.laws.conformance import Outcome
    from contracts.laws.notes import Note
    from contracts.laws.suite import Laws

_PROPERTY = "dragoman.verdict"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--conformance``."""
    parser.getgroup("dragoman", "laws of Dragoman's ports").addoption(
        "--conformance",
        action="append",
        default=[],
        metavar="FILE",
        help="write a report of the law suites that ran, as FILE.html or FILE.json; may be given again",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin to collect verdicts, in the one process that sees all reports.

    Raises:
        pytest.UsageError: no report can be written in such a file.
    """
    files = [Path(name).absolute() for name in config.getoption("conformance")]
    if not files or hasattr(config, "workerinput"):
        return
    try:
        from contracts.laws.reports import check_form
    except ImportError as error:
        told = f"{error}; is a package of this repository called as one of Dragoman's?"
        raise pytest.UsageError(f"--conformance: the laws cannot be imported: {told}") from None
    try:
        for file in files:
            check_form(file)
    except ValueError as error:
        raise pytest.UsageError(f"--conformance: {error}") from None
    config.pluginmanager.register(Collected(files), "dragoman-conformance")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Judge a law once for each case that it names."""
    name, cases = getattr(metafunc.function, "dragoman_each", ("", ()))
    if cases:
        metafunc.parametrize(name, cases)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note the verdict in the report of a law, so that it travels from wherever the law was judged."""
    report = yield
    if item.config.getoption("conformance") and (report.when == "call" or report.outcome != "passed"):
        suite = _suite_of(item)
        if suite is not None:
            report.user_properties.append((_PROPERTY, _note(item, suite, call, report).line()))
    return report


class Collected:
    """The verdicts of one run, and the files that the report about them goes to."""

    def __init__(self, files: list[Path]) -> None:
        self._files = files
        self._lines: list[str] = []
        self._told: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the verdict that a report carries."""
        self._lines += [cast("str", value) for name, value in report.user_properties if name == _PROPERTY]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the report, unless no suite ran."""
        from contracts.laws.notes import conformances, noted
        from contracts.laws.reports import write

        found = conformances(map(noted, self._lines), datetime.now(UTC))
        self._told = [each.summary() for each in found] or ["no law suite ran, so no report was written"]
        for file in self._files if found else ():
            try:
                write(file, found)
                self._told.append(f"the report is in {file}")
            except OSError as error:
                self._told.append(f"the report cannot be written to {file}: {error.strerror or error}")
                session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what came of it, and where it stands."""
        terminalreporter.section("conformance")
        for line in self._told:
            terminalreporter.line(line)


def _suite_of(item: pytest.Item) -> type[Laws] | None:
    """Give the suite that a test is a law of; where nobody has imported ours, it is of none."""
    laws = getattr(sys.modules.get("contracts.laws.suite"), "Laws", None)
    kind, name = getattr(item, "cls", None), getattr(item, "originalname", None)
    if laws is None or kind is None or not issubclass(kind, laws):
        return None
    suite = cast("type[Laws]", kind)
    return suite if name in suite.names() else None


def _note(item: pytest.Item, suite: type[Laws], call: pytest.CallInfo[None], report: pytest.TestReport) -> Note:
    from contracts.laws.conformance import verdict
    from contracts.laws.notes import Note
    from contracts.laws.subject import Adapter

    variant = getattr(getattr(item, "callspec", None), "id", None)
    name = suite.__name__ if variant is None else f"{suite.__name__}[{variant}]"
    known = getattr(getattr(item, "funcargs", {}).get("subject"), "adapter", None)
    return Note(
        subject=f"{item.nodeid.rpartition('::')[0]}::{name}",
        adapter=Adapter(name, "") if known is None else known,
        port=suite.port,
        suite=tuple(suite.names()),
        verdict=verdict(suite, str(getattr(item, "originalname", "")), *_outcome(call, report)),
    )


def _outcome(call: pytest.CallInfo[None], report: pytest.TestReport) -> tuple[Outcome, str | None]:
    from contracts.laws.conformance import Outcome
    from contracts.laws.verdicts import LawBroken

    if call.excinfo is None:
        return Outcome.KEPT, None
    error = call.excinfo.value
    told = str(error) if isinstance(error, LawBroken | pytest.skip.Exception) else call.excinfo.exconly()
    if report.when != "call" and report.outcome == "failed":
        told = f"the subject could not be {'made' if report.when == 'setup' else 'put away'}: {told}"
    is_skipped = report.outcome == "skipped" and not hasattr(report, "wasxfail")
    return (Outcome.NOT_APPLICABLE if is_skipped else Outcome.BROKEN), told
