"""What a worker does as long as its process lives: it advances what is due, and sleeps until something is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from attrs import define, field

from domain.keys import IntentId
from ports.clock import Clock
from ports.errors import OutcomeUnknown, Unavailable
from ports.ledger import Ledger
from ports.wakeups import Rest

_AT_ONCE = 100


@define(kw_only=True)
class Work:
    """Sweeps in rounds; *sweep* advances what is due and gives what nobody can trust.

    Between two rounds it rests until something is due, but not for less than *shortest*, nor for more than *longest*:
    other processes write into the ledger too. Whatever a round fails from, the next one tries again, after a rest that
    doubles each time. What a person must see is told once.
    """

    sweep: Callable[[], Sequence[IntentId]]
    ledger: Ledger
    clock: Clock
    rest: Rest
    tell: Callable[[str], None]
    shortest: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(seconds=30)
    _stuck: frozenset[IntentId] = field(default=frozenset(), init=False)

    def __call__(self) -> None:
        """Work until there is to be no further round."""
        pause = self.shortest
        while True:
            try:
                until = self._round()
                pause = self.shortest
            except Exception as error:  # noqa: BLE001  # the outermost edge: a worker that dies of one intent does no other
                until = self.clock.now() + pause
                pause = min(2 * pause, self.longest)
                what = error if isinstance(error, Unavailable | OutcomeUnknown) else f"{type(error).__name__}: {error}"
                self.tell(f"{what}; the next round is at {until:%H:%M:%S} UTC")
            if not self.rest.until(until):
                return

    def _round(self) -> datetime:
        """Advance what is due, and say when to look again."""
        waiting = self._due()
        for key in self.sweep():
            self.tell(f"intent {key} is not what was written, and was set aside; verify the audit and look why")
        stuck = waiting & self._due()
        for key in sorted(stuck - self._stuck):
            self.tell(f"intent {key} is due, and stays so for now; its note says why")
        self._stuck = stuck
        now, due = self.clock.now(), self.ledger.next_due()
        latest = now + self.longest
        return latest if due is None else min(max(due, now + self.shortest), latest)

    def _due(self) -> frozenset[IntentId]:
        return frozenset(self.ledger.due(self.clock.now(), _AT_ONCE))
