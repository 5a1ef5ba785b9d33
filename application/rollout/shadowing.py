"""Looking, some time after a proposal that was not executed, at what people did instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from attrs import frozen

from application.journal import Journal
from application.rollout.gathering import GatherEvidence
from application.rollout.harm import ROLLOUT
from domain.commands.command import LocatedBy
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import State
from domain.policy import FORBIDDEN, Policy, classify
from domain.rollout import Shadow, shadow
from domain.scope import Scope
from ports.errors import NotFound, NotWritable
from ports.execution import Execution
from ports.ledger import IntentQuery


@frozen(kw_only=True)
class CompareShadows:
    """Compares what was only proposed with what stands in the ERP *after* some time; each proposal once."""

    journal: Journal
    executions: Mapping[Scope, Execution]
    gather: GatherEvidence
    policy: Policy
    after: timedelta = timedelta(days=2)

    def __call__(self) -> Mapping[IntentId, Shadow]:
        """Compare what is due; what cannot be read now is compared another time.

        Raises:
            Tampered: the ledger is not what was written; a person must look.
            Unavailable: the ledger was not reached.
        """
        found = {intent.id: seen for intent in self._due() if (seen := self._seen(intent)) is not None}
        for key, seen in found.items():
            self._keep(key, seen)
        return found

    def _due(self) -> Iterator[Intent]:
        known, now = self.gather.shadows(), self.journal.clock.now()
        for intent in self.journal.ledger.intents(IntentQuery(state=State.REFUSED)):
            if intent.id not in known and intent.submitted_at + self.after <= now and self._is_shadow(intent):
                yield intent

    def _is_shadow(self, intent: Intent) -> bool:
        """Say whether the rollout alone kept it from running, and its target shows what it would have done."""
        proposal = intent.proposal
        if intent.fence > 0 or proposal.scope not in self.executions:  # an approver, or the ERP, has turned it down
            return False
        if proposal.command.terms.located_by is not LocatedBy.EFFECT:
            return False
        return classify(self.policy, proposal.command, proposal.scope, proposal.seen).verdict is not FORBIDDEN

    def _seen(self, intent: Intent) -> Shadow | None:
        proposal = intent.proposal
        try:
            return shadow(proposal, self.executions[proposal.scope].observe(proposal.command))
        except (NotFound, NotWritable):  # the record has gone another way
            return Shadow.OTHER
        except Exception:  # noqa: BLE001  # nothing was learned, whatever the reason; the next look tries again
            return None

    def _keep(self, key: IntentId, seen: Shadow) -> None:
        with self.journal.ledger.transaction() as transaction:
            transaction.append(self.journal.entry(ROLLOUT, key, ROLLOUT, seen.value, "it was only proposed"))
