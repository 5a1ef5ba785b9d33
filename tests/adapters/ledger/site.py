"""How every test opens a ledger."""

from __future__ import annotations

from pathlib import Path

from adapters.ledger.ledger import SqlLedger
from adapters.ledger.opening import LedgerSettings, open_ledger

KEY = "only for tests, and as long as it must be"


def opened(url: str, folder: Path) -> SqlLedger:
    """Open a ledger whose anchors are kept in *folder*."""
    return open_ledger(LedgerSettings.model_validate({"url": url, "key": KEY, "anchors": folder / "anchors"}))
