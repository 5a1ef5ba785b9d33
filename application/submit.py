"""Submitting a command: from here an intent goes its way, or is refused with a reason."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from application.journal import Journal
from application.propose import Propose, Proposed, Request
from application.send import Send
from domain.approvals import NotAllowed
from domain.canonical import Digest
from domain.commands.command import Command
from domain.intents import Intent, Proposal
from domain.keys import IntentId, Key, content, intention
from domain.lifecycle import State
from domain.policy import Policy
from ports.errors import Superseded
from ports.gate import Gate
from ports.ledger import View


@frozen(kw_only=True)
class Submit:
    """Takes a request in: authorise, look, classify, and either wait for approvers or carry it out at once.

    Asked again, it gives the intent that stands, whatever has become of it: nothing is done twice.
    """

    journal: Journal
    propose: Propose
    gate: Gate
    policy: Policy
    send: Send
    new_id: Callable[[], IntentId]

    def __call__(self, request: Request, command: Command, *, undoes: IntentId | None = None) -> Intent:
        """Submit one *command*, and give its intent as it then is.

        Raises:
            NotAllowed: nobody may ask for this, or not so, or not now; the attempt is on record.
            NotFound, Unavailable, AccessDenied, Unintelligible, Drifted, Misconfigured, NotOffered: the target could
                not be looked at; nothing was kept, ask again.
        """
        requester = self.propose.requester(request, command)
        self.propose.check(request, command)
        wish = intention(command, request.scope, requester, request.occasion)
        says = content(command, request.scope)
        while True:
            try:
                with self.journal.ledger.view() as view:
                    key, standing = next_key(view, wish, says)
            except NotAllowed as other:
                raise self.propose.refused(request, str(other)) from None
            if standing is not None:
                return standing
            if undoes is None:  # an undo stands on what our own write has left, which was compared already
                self.propose.compare(request, command)
            proposed = self.propose(request, command, requester)
            intent = evolve(self._begun(key, proposed), undoes=undoes)
            try:
                self.journal.take_in(intent, by=request.by, what="submitted")
            except Superseded:  # somebody was quicker: what stands now?
                continue
            if intent.state is State.SENT:
                return self.send(intent, command, proposed.proposal.seen.version)
            return intent

    def waiting(self, key: Key, proposal: Proposal) -> Intent:
        """Make the intent of *proposal*: due when its approvers have had their time, or at once if it needs none."""
        now, patience = self.journal.clock.now(), self.policy.patience
        waits = proposal.action_class.approvers > 0
        return Intent(
            id=self.new_id(),
            key=key,
            proposal=proposal,
            state=State.AWAITING if waits else State.READY,
            note="; ".join(proposal.because),
            submitted_at=now,
            decide_by=now + patience.approval,
            due_at=now + patience.approval if waits else now,
        )

    def _begun(self, key: Key, proposed: Proposed) -> Intent:
        proposal = proposed.proposal
        intent = self.waiting(key, proposal)
        if proposed.refusal is not None:
            return evolve(intent, state=State.REFUSED, note=proposed.refusal, due_at=None)
        now = intent.submitted_at
        if intent.state is State.AWAITING or self.gate.hold(proposal, now) is not None:
            return intent
        return self.send.claimed(intent, now)  # nobody needs to be asked, so one commit takes it in and claims it


def next_key(view: View, wish: Digest, says: Digest) -> tuple[Key, Intent | None]:
    """Give the key of a new intent of this intention, or the intent that stands already.

    Raises:
        NotAllowed: the occasion stands for another command, or the same is under way on another occasion.
    """
    known = view.known(wish, says)
    last = known.last
    if last is not None and not last.state.wrote_nothing:
        if last.proposal.content == says:
            return last.key, last
        raise NotAllowed(f"on this occasion another command was given, intent {last.id}; take another occasion")
    if known.twin is not None:
        raise NotAllowed(f"the same command is under way as intent {known.twin}; wait until it has come to rest")
    return (Key(wish, 1) if last is None else last.key.next()), None
