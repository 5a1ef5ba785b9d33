"""What a person found out, where the machine could not: it was done, or it was not."""

from __future__ import annotations

from attrs import evolve, frozen

from application.decide import Bench, Reviewed
from application.rollout.harm import after_harm
from domain.approvals import NotAllowed
from domain.identifiers import Identifier
from domain.intents import Intent
from domain.lifecycle import Event, State
from domain.outcomes import Done
from domain.principals import Principal
from ports.directory import Right
from ports.ledger import Transaction

_LOOKED_FOR = (State.SENT, State.IN_DOUBT, State.ACCEPTED, State.ANSWERED)


@frozen(kw_only=True)
class Settle:
    """Closes an intent that waits for an operator, on the word of a person who has looked into the ERP."""

    bench: Bench

    def __call__(self, account: str, reviewed: Reviewed, *, done: Identifier | None, because: str) -> Intent:
        """Settle it as *done*, by the key of the record that stands in the ERP; ``None`` if nothing stands there.

        Raises:
            NotAllowed: this person may not, stands behind the request, or nothing is to be settled; the attempt is on
                record.
        """

        def settled(transaction: Transaction, by: Principal, intent: Intent) -> Intent:
            self._check(by, intent, done)
            if self._contradicts(intent, done):
                self._harmed(transaction, intent, by)
            event = Event.SETTLED_NOT_DONE if done is None else Event.SETTLED_DONE
            answer = intent.answer if done is None else Done(record=done)
            moved = evolve(intent.moved(event, because), answer=answer, due_at=None)
            return self.bench.journal.keep_in(transaction, moved, by=by.account, what=event.value, details=done)

        return self.bench.decided(account, (reviewed,), settled)[0]

    @staticmethod
    def _contradicts(intent: Intent, done: Identifier | None) -> bool:
        """Say whether the ERP has said that something else was done."""
        return isinstance(intent.answer, Done) and intent.answer.record != done

    def _harmed(self, transaction: Transaction, intent: Intent, by: Principal) -> None:
        action, scope = intent.proposal.command.terms.action, intent.proposal.scope
        because = f"{by} found intent {intent.id} otherwise than the ERP had said"
        journal = self.bench.journal
        after_harm(transaction, action, scope, now=journal.clock.now(), because=because, policy=journal.policy)

    def _check(self, by: Principal, intent: Intent, done: Identifier | None) -> None:
        proposal = intent.proposal
        if not self.bench.directory.may(by.person, Right.SETTLE, proposal.command.terms.action, proposal.scope):
            raise NotAllowed(f"{by} may not settle what is in doubt in {proposal.scope}")
        if by.person in proposal.requester.people:
            raise NotAllowed("whoever asked for it cannot say what became of it")
        if intent.state is not State.OPERATOR:
            needs = "it is still looked for" if intent.state in _LOOKED_FOR else "nobody needs to settle it"
            raise NotAllowed(f"intent {intent.id} is {intent.state.value}; {needs}")
        creates = proposal.command.terms.creates
        if done is not None and creates is not None and not isinstance(done, creates):
            raise NotAllowed(f"{proposal.command.terms.action} makes a {creates.__name__}, and {done} is none")
