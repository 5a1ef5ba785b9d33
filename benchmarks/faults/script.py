"""The plain client: what people write, with a reference, with retries, and without looking."""

from __future__ import annotations

from random import Random
from uuid import UUID

from benchmarks.faults.plot import HELD, Plot
from benchmarks.faults.route import Again, No, Route, Wish
from benchmarks.faults.verdict import Verdict

_TRIES = 4
"""The first, and three retries."""


def plain(route: Route, wish: Wish, plot: Plot, seed: int) -> Verdict:
    """Ask for *wish* through the same faults; whoever runs the script starts it again if it was killed."""
    draw, faults = Random(seed), list(plot.faults)
    reference = UUID(int=draw.getrandbits(128)).hex[:12].upper()
    done = False
    for run in range(plot.crashes + 1):
        killed = run < plot.crashes
        if killed and draw.random() < 0.5:
            continue  # before it had sent anything
        done = _run(route, wish, faults, reference) and not killed
    route.calm()
    told = "the script says done" if done else "the script gave up"
    return Verdict.of(wish, reference, done=done, told=told, struck=plot.faults)


def _run(route: Route, wish: Wish, faults: list[str], reference: str) -> bool:
    releases = []
    try:
        for _ in range(_TRIES):
            fault = faults.pop(0) if faults else None
            if fault == HELD and route.hold is not None:
                releases.append(route.hold())
            elif fault is not None:
                route.faults[fault]()
            try:
                wish.plainly(reference)
            except Again:
                continue
            except No:
                return False
            finally:
                route.calm()
            return True
        return False
    finally:
        for release in releases:
            release()
