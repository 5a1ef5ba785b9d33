"""Saying that a person has finished by hand what a saga left half done."""

from __future__ import annotations

from attrs import frozen

from application.decide import Bench
from application.operators import BY_HAND, FINISHED, finished_by_hand
from domain.approvals import NotAllowed
from domain.keys import SagaId
from domain.sagas import SagaState, state
from ports.directory import Right
from ports.errors import AccessDenied


@frozen(kw_only=True)
class FinishByHand:
    """Takes a half-done saga out of the queue, on the word of a person who has finished it in the ERP."""

    bench: Bench

    def __call__(self, account: str, saga: SagaId, *, because: str) -> None:
        """Say that *saga* was finished by hand, and how.

        Raises:
            NotAllowed: this person may not, or there is no such saga that is half done; the attempt is on record.
        """
        journal = self.bench.journal
        try:
            self._check(account, saga)
        except (AccessDenied, NotAllowed) as no:
            raise journal.refuse(str(no), stream=BY_HAND, subject=saga, by=account) from no
        with journal.ledger.transaction() as transaction:
            transaction.append(journal.entry(BY_HAND, saga, account, FINISHED, because))

    def _check(self, account: str, saga: SagaId) -> None:
        person, journal = self.bench.directory.principal(account).person, self.bench.journal
        with journal.ledger.view() as view:
            members = view.saga(saga)
        if saga in finished_by_hand(journal.ledger) or not members or state(members) is not SagaState.HALF_DONE:
            raise NotAllowed(f"saga {saga} is not half done; nobody needs to finish it")
        for member in members:
            proposal = member.proposal
            if person in proposal.requester.people:
                raise NotAllowed("whoever asked for it cannot say what became of it")
            if not self.bench.directory.may(person, Right.SETTLE, proposal.command.terms.action, proposal.scope):
                raise NotAllowed(f"{account} may not settle what is half done in {proposal.scope}")
