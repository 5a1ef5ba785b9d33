"""Looking for whatever is due: the safety net under every engine, run by every process."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from application.advance import Advance
from domain.intents import Intent
from domain.keys import IntentId
from ports.errors import NotFound, Tampered


@frozen(kw_only=True)
class Sweep:
    """Advances each intent that is due, and lets *heard* know; one that cannot be trusted stops nobody else."""

    advance: Advance
    at_once: int = 100
    heard: Callable[[Intent], object] = lambda _: None

    def __call__(self) -> tuple[IntentId, ...]:
        """Advance what is due now, and give the intents whose rows are not what was written: a person must look.

        Raises:
            Unavailable: the ledger was not reached.
        """
        journal = self.advance.journal
        tampered = []
        for key in journal.ledger.due(journal.clock.now(), self.at_once):
            try:
                self.heard(self.advance(key))
            except (NotFound, Tampered) as error:
                tampered.append(key)
                journal.set_aside(key, str(error))
        return tuple(tampered)
