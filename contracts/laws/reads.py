"""The laws of `ports.reads.Reads`, which hold for every kind of aggregate."""

from __future__ import annotations

from contracts.laws.cursors import CursorLaws
from contracts.laws.failing import FailureLaws
from contracts.laws.finding import FindLaws
from contracts.laws.getting import GetLaws
from contracts.laws.paging import PageLaws
from contracts.laws.quarantine import QuarantineLaws
from contracts.laws.streaming import StreamLaws
from contracts.laws.subject import K, Q, T
from contracts.laws.values import ValueLaws


class ReadsLaws(
    FindLaws[K, Q, T],
    CursorLaws[K, Q, T],
    GetLaws[K, Q, T],
    PageLaws[K, Q, T],
    StreamLaws[K, Q, T],
    QuarantineLaws[K, Q, T],
    ValueLaws[K, Q, T],
    FailureLaws[K, Q, T],
):
    """All laws of reading; a port's own suite adds one law for each field of its query."""
