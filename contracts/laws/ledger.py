"""The laws of the ledger: what is kept, what is refused, and what no hand can change unnoticed.

Subclass `LedgerLaws` in a test and give it a fixture ``subject``.
"""

from __future__ import annotations

from contracts.laws.bookkeeping import BookkeepingLaws
from contracts.laws.forgery import ForgeryLaws
from contracts.laws.ledgers import Forger, LedgerSubject
from contracts.laws.serial import SerialLaws
from contracts.laws.standings import StandingLaws
from contracts.laws.timing import TimingLaws

__all__ = ["Forger", "LedgerLaws", "LedgerSubject"]


class LedgerLaws(BookkeepingLaws, StandingLaws, TimingLaws, SerialLaws, ForgeryLaws):
    """What every ledger keeps."""
