"""Where stories happen: one system, one ledger and one clock, which outlive every process."""

from __future__ import annotations

import logging
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import stamina
from attrs import frozen
from pydantic import SecretStr

from adapters.ledger.anchors import Anchors
from adapters.ledger.ledger import SqlLedger
from adapters.ledger.opening import LedgerSettings, open_ledger
from application.audit import VerifyAudit
from benchmarks.faults.clock import VirtualClock
from benchmarks.faults.house import MORNING
from benchmarks.faults.route import Opens, Route, writing
from ports.execution import Execution, Limits

_KEY = "a key for the benchmark, and no secret"
_ATTEMPTS = 3


@frozen(kw_only=True)
class Stage:
    """A *route* that is open for writing, and a ledger; *name* tells the run from any other on the same ledger.

    *limits* are those that the ERP and our calls really keep.
    """

    route: Route
    execution: Execution
    limits: Limits
    ledger: SqlLedger
    settings: LedgerSettings
    clock: VirtualClock
    name: str

    def flaws(self) -> int:
        """Count the flaws in the audit trail."""
        verify = VerifyAudit(ledger=self.ledger, key=_KEY.encode())
        return len(verify(Anchors(self.settings.anchors).read()))


@contextmanager
def stage(opens: Opens, ledger: str = "") -> Iterator[Stage]:
    """Start a system, and open it and a ledger: the one at that URL, or a new one in a file that goes away again."""
    with tempfile.TemporaryDirectory() as place, _unhurried():
        settings = LedgerSettings(
            url=SecretStr(ledger or f"sqlite:///{Path(place) / 'ledger.db'}"),
            key=SecretStr(_KEY),
            anchors=Path(place) / "anchors",
        )
        with (
            opens() as route,
            writing(route.scope, route.settings) as execution,
            open_ledger(settings) as book,
        ):
            yield Stage(
                route=route,
                execution=execution,
                limits=execution.limits,
                ledger=book,
                settings=settings,
                clock=VirtualClock(MORNING, route.passing),
                name=secrets.token_hex(4),
            )


@contextmanager
def _unhurried() -> Iterator[None]:
    """Repeat questions without waiting, and without a line in the log for each."""
    log = logging.getLogger("stamina")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with stamina.set_testing(True, attempts=_ATTEMPTS, cap=True):
            yield
    finally:
        log.setLevel(level)
