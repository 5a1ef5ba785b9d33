"""Taking back one intent that was done: a new intent, which goes the whole way."""

from __future__ import annotations

from attrs import frozen

from application.asking import plain
from application.propose import Request
from application.rollout.harm import after_harm
from application.submit import Submit
from application.undoing import left_by, undo_of
from domain.approvals import NotAllowed
from domain.commands.command import Command
from domain.errors import LifecycleViolation
from domain.images import Observation
from domain.intents import Intent
from domain.keys import IntentId
from domain.scope import Scope
from ports.errors import NotWritable


@frozen(kw_only=True)
class Undo:
    """Submits the undo that was declared before the intent ran; it is classified and approved like any other."""

    submit: Submit

    def __call__(
        self, done: IntentId, *, account: str, agent: str | None = None, rationale: str, harm: bool = False
    ) -> Intent:
        """Take back the intent *done*; *harm* says that it did some, and from then on a person approves each like it.

        Raises:
            NotAllowed: it cannot be undone, or the record is no longer as it left it; the attempt is on record.
            NotFound: there is no such intent; and what `Submit` raises.
        """
        journal = self.submit.journal
        with journal.ledger.view() as view:
            intent = view.intent(done)
        scope = intent.proposal.scope
        try:
            command = undo_of(intent)
            now = self._seen(command, scope)
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
        if harm:
            self.submit.propose.requester(request, command)  # whoever may not ask for it cannot say that it did
            self._harmed(intent, request)
        return self.submit(request, command, undoes=done)

    def _seen(self, command: Command, scope: Scope) -> Observation:
        try:
            return self.submit.propose.executions[scope].observe(command)
        except NotWritable as cannot:
            raise NotAllowed(f"as the record stands it cannot be taken back: {plain(cannot)}") from cannot

    def _harmed(self, intent: Intent, request: Request) -> None:
        journal, proposal = self.submit.journal, intent.proposal
        with journal.ledger.transaction() as transaction:
            because = f"{request.by} takes intent {intent.id} back because of harm"
            action, now = proposal.command.terms.action, journal.clock.now()
            after_harm(transaction, action, proposal.scope, now=now, because=because, policy=journal.policy)
