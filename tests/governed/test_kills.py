"""A worker is killed at a sample of its lines, and the next while it recovers; `faults --kills` takes every line."""

from __future__ import annotations

from benchmarks.faults.killing import KILLED
from benchmarks.faults.run import ROUTES, Breaking
from benchmarks.faults.stage import stage
from tests.governed.test_faults import ORDER

EVERY, FIRST = 220, 31


def test_a_kill_at_a_line_breaks_no_promise() -> None:
    with stage(ROUTES["sap"]) as place:
        breaking = Breaking("sap", place, lambda _: None)
        breaking.kill(ORDER, every=EVERY, first=FIRST)
        breaking.verify()

    assert breaking.broken == []
    for fault in KILLED:
        sums = breaking.kills[fault]
        assert sums["lines"] >= 4, "the path has become so short that nothing is killed on it"
        assert sums["kills"] >= sums["lines"], "somebody survived the first kill"
