"""Taking back everything in a system that does not answer, at once and without asking anybody."""

from __future__ import annotations

from attrs import frozen

from application.journal import Journal
from application.reading import readable
from application.rollout.harm import after_outage


@frozen(kw_only=True)
class TakeBackSystem:
    """Has a person approve everything in a system that does not answer."""

    journal: Journal

    def __call__(self, system: str) -> None:
        """Take back whatever is left to itself in *system*.

        Raises:
            Unavailable: the ledger was not reached; nothing was taken back.
        """
        now = self.journal.clock.now()
        standings = readable(self.journal.ledger.standings(), lambda _: None)  # of the others nothing runs anyway
        there = [each for each in standings if each.scope.system == system]
        with self.journal.ledger.transaction() as transaction:
            for each in there:
                after_outage(
                    transaction,
                    each.action,
                    each.scope,
                    now=now,
                    because=f"{system} does not answer",
                    policy=self.journal.policy,
                )
