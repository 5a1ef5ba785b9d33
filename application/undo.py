"""Taking back one intent that was done: a new intent, which goes the whole way."""

from __future__ import annotations

from attrs import frozen

from application.propose import Request
from application.submit import Submit
from application.undoing import left_by, undo_of
from domain.approvals import NotAllowed
from domain.errors import LifecycleViolation
from domain.intents import Intent
from domain.keys import IntentId


@frozen(kw_only=True)
class Undo:
    """Submits the undo that was declared before the intent ran; it is classified and approved like any other."""

    submit: Submit

    def __call__(self, done: IntentId, *, account: str, agent: str | None = None, rationale: str) -> Intent:
        """Take back the intent *done*.

        Raises:
            NotAllowed: it cannot be undone, or the record is no longer as it left it; the attempt is on record.
            NotFound: there is no such intent; and what `Submit` raises.
        """
        journal = self.submit.journal
        with journal.ledger.transaction() as transaction:
            intent = transaction.intent(done)
        scope = intent.proposal.scope
        try:
            command = undo_of(intent)
            now = self.submit.propose.executions[scope].observe(command)
            if not left_by(intent, command).stands(now):
                raise NotAllowed(f"the record has changed since intent {done} was done; an undo would spoil that")
        except (LifecycleViolation, NotAllowed) as no:
            raise journal.refuse(str(no), stream=scope.system, subject=done, by=account) from no
        request = Request(
            account=account,
            agent=agent,
            scope=scope,
            occasion=f"undo of intent {done}",
            rationale=rationale,
        )
        return self.submit(request, command, undoes=done)
