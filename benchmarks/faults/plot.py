"""What is drawn for one wish: the faults of its writes, one after the other, and the troubles between our own steps."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from attrs import frozen

from benchmarks.faults.fate import Trouble
from benchmarks.faults.route import Route

HELD = "no answer comes, and it is written later"
REPEATED = "somebody on the way repeats it"
_HOW_MANY = (0, 1, 1, 1, 1, 2, 2, 3, 4)
"""Faults of writes in a row, and troubles; as often as they stand here."""
_STEPS = 45
"""As many steps as a story with one lost answer takes, about."""


@frozen
class Plot:
    """The faults of the writes in their order, and the troubles by the number of the step."""

    faults: tuple[str, ...]
    troubles: Mapping[int, Trouble]

    @property
    def crashes(self) -> int:
        """How often our process is killed."""
        return sum(trouble is Trouble.CRASH for trouble in self.troubles.values())


def drawn(draw: Random, route: Route) -> Plot:
    """Draw what happens; something always does."""
    known = [*route.faults]
    if route.hold is not None:
        known.append(HELD)
    faults, troubles = draw.choice(_HOW_MANY), draw.choice(_HOW_MANY)
    return Plot(
        tuple(draw.choices(known, k=max(faults, 1) if troubles == 0 else faults)),
        {draw.randint(1, _STEPS): draw.choice(list(Trouble)) for _ in range(troubles)},
    )
