"""An auditor's account, which may read the site's files and write none of them, sees all and moves nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from domain.intents import Intent
from tests.adapters.cli.conftest import Desk
from tests.adapters.cli.test_process import ROOT
from tests.adapters.ledger.test_only_read import POWERLESS, lock, pytestmark

__all__ = ["pytestmark"]  # where they are skipped


@pytest.fixture
def auditor(desk: Desk, waiting: Intent) -> Iterator[tuple[str, ...]]:
    """Lock the site, and give the command of somebody who may only read there."""
    lock(desk.config.parent)
    yield (*POWERLESS, sys.executable, "-m", "adapters.cli", "--config", str(desk.config))
    desk.config.parent.chmod(0o755)


def said(auditor: tuple[str, ...], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run((*auditor, *arguments), cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # ours


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("intents",), "block supplier"),
        (("audit", "show"), "submitted"),
        (("audit", "verify"), "2 records, none was touched."),
        (("audit", "export"), '"stream": "sap"'),
        (("rollout", "show"), "supervised"),
    ],
)
def test_what_only_reads_works(auditor: tuple[str, ...], arguments: tuple[str, ...], told: str) -> None:
    done = said(auditor, *arguments)

    assert (done.returncode, done.stderr) == (0, "")
    assert told in done.stdout


@pytest.mark.parametrize("arguments", [("work", "--once"), ("rollout", "compare")])
def test_what_writes_is_refused_before_it_begins(auditor: tuple[str, ...], arguments: tuple[str, ...]) -> None:
    done = said(auditor, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert "may read the ledger and not write it; that is enough for `intents`, `audit` and" in done.stderr
    assert done.stderr.count("\n") == 1
