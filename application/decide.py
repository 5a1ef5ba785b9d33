"""Deciding about proposals: a yes or a no to exactly what was shown, for one or for a reviewed set; and taking it back.

Of a set, every decision counts or none does. Whatever is not allowed is put on record before it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve, field, frozen, validators

from application.journal import Journal
from domain.approvals import Approval, NotAllowed, Objection, Rejection, counting, objection
from domain.canonical import Digest
from domain.errors import LifecycleViolation
from domain.identifiers import PersonId
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import Event, State
from domain.policy import Policy
from domain.principals import Principal
from ports.directory import Directory, Right
from ports.errors import AccessDenied, NotFound, Tampered
from ports.ledger import Transaction

ACCESS = "access"
"""The audit stream of attempts that concern no intent."""


@frozen
class Reviewed:
    """What somebody looked at: an intent, and the digest of the proposal that the card showed."""

    intent: IntentId = field(validator=validators.instance_of(IntentId))
    proposal: Digest = field(validator=validators.instance_of(Digest))


Decision = Callable[[Transaction, Principal, Intent], Intent]


@frozen(kw_only=True)
class Bench:
    """Where decisions are taken: one transaction for the set, and a record of what was not allowed."""

    journal: Journal
    directory: Directory

    def decided(self, account: str, reviewed: Sequence[Reviewed], decision: Decision) -> tuple[Intent, ...]:
        """Take the *decision* about each of *reviewed*, or about none.

        Raises:
            NotAllowed: the account is not known, what it looked at has changed, or *decision* says so.
            Tampered: the row of one is not what was written; nothing counted, and it is put aside.
        """
        stream, subject = ACCESS, None
        try:
            by = self.directory.principal(account)
            with self.journal.ledger.transaction() as transaction:
                kept = []
                for one in reviewed:
                    intent = transaction.intent(one.intent)
                    stream, subject = intent.stream, intent.id
                    if intent.proposal.digest != one.proposal:
                        raise NotAllowed(Objection.ANOTHER_PROPOSAL.value)
                    kept.append(decision(transaction, by, intent))
        except Tampered as error:
            self.journal.set_aside(one.intent, str(error))
            raise
        except (AccessDenied, LifecycleViolation, NotAllowed, NotFound) as no:
            raise self.journal.refuse(str(no), stream=stream, subject=subject, by=account) from no
        for intent in kept:
            self.journal.announce(intent)
        return tuple(kept)

    def require(self, person: PersonId, intent: Intent) -> None:
        """See that *person* may decide about *intent*.

        Raises:
            NotAllowed: he may not.
        """
        action, scope = intent.proposal.command.terms.action, intent.proposal.scope
        if not self.directory.may(person, Right.APPROVE, action, scope):
            raise NotAllowed(f"{person} may not decide about: {action} in {scope}")


@frozen(kw_only=True)
class Approve:
    """Says yes; with the last yes that is needed the intent is ready to be carried out."""

    bench: Bench
    policy: Policy

    def __call__(
        self, account: str, reviewed: Sequence[Reviewed], *, instead_of: PersonId | None = None
    ) -> tuple[Intent, ...]:
        """Approve what was *reviewed*, as the person behind *account*, or *instead_of* one who has delegated it.

        Raises:
            NotAllowed: this person may not, or not that any more; nothing counted, and the attempt is on record.
        """

        def approved(transaction: Transaction, by: Principal, intent: Intent) -> Intent:
            return self._approved(transaction, by, intent, instead_of)

        return self.bench.decided(account, reviewed, approved)

    def _approved(self, transaction: Transaction, by: Principal, intent: Intent, instead_of: PersonId | None) -> Intent:
        self.bench.require(by.person if instead_of is None else instead_of, intent)
        if intent.state is not State.AWAITING:
            raise NotAllowed(f"intent {intent.id} is {intent.state.value}; nobody waits for an approval")
        approval = self._approval(by, intent, instead_of)
        proposal, now = intent.proposal, approval.given_at
        if now >= intent.decide_by:
            raise NotAllowed(f"it was to be decided until {intent.decide_by:%Y-%m-%d %H:%M} UTC; propose it anew")
        standing = counting(intent.approvals, proposal=approval.proposal, requester=proposal.requester, now=now)
        no = objection(approval, proposal=approval.proposal, requester=proposal.requester, others=standing, now=now)
        if no is not None:
            raise NotAllowed(no.value)
        intent = evolve(intent, approvals=(*standing, approval))
        lacking = proposal.action_class.approvers - len(intent.approvals)
        if lacking > 0:
            intent = evolve(intent, note=f"{lacking} more must approve")
        else:
            names = " and ".join(str(each.by) for each in intent.approvals)
            intent = evolve(intent.moved(Event.APPROVED, f"approved by {names}"), due_at=now)
        return self.bench.journal.keep_in(transaction, intent, by=by.account, what="approved", details=approval)

    def _approval(self, by: Principal, intent: Intent, instead_of: PersonId | None) -> Approval:
        now = self.bench.journal.clock.now()
        held = () if instead_of is None else self.bench.directory.delegations(by.person, now)
        delegation = next((each for each in held if each.giver == instead_of), None)
        if instead_of is not None and delegation is None:
            raise NotAllowed(Objection.NOT_DELEGATED.value)
        return Approval(
            by=by,
            proposal=intent.proposal.digest,
            given_at=now,
            expires_at=now + self.policy.patience.approval,
            delegation=delegation,
        )


@frozen(kw_only=True)
class Reject:
    """Says no, and why; the reason is kept as evidence."""

    bench: Bench

    def __call__(self, account: str, reviewed: Sequence[Reviewed], *, because: str) -> tuple[Intent, ...]:
        """Reject what was *reviewed*; one no is enough.

        Raises:
            NotAllowed: this person may not, or it is decided already; the attempt is on record.
        """

        def rejected(transaction: Transaction, by: Principal, intent: Intent) -> Intent:
            self.bench.require(by.person, intent)
            now = self.bench.journal.clock.now()
            no = Rejection(by=by, proposal=intent.proposal.digest, given_at=now, because=because)
            moved = evolve(intent.moved(Event.REJECTED, because), due_at=None)
            return self.bench.journal.keep_in(transaction, moved, by=by.account, what="rejected", details=no)

        return self.bench.decided(account, reviewed, rejected)


@frozen(kw_only=True)
class Revoke:
    """Takes back a yes, as long as the intent has not been sent."""

    bench: Bench

    def __call__(self, account: str, reviewed: Sequence[Reviewed], *, because: str) -> tuple[Intent, ...]:
        """Take back what the person behind *account* has approved.

        Raises:
            NotAllowed: there is no approval of this person, or it is too late; the attempt is on record.
        """

        def revoked(transaction: Transaction, by: Principal, intent: Intent) -> Intent:
            left = tuple(each for each in intent.approvals if by.person not in each.people)
            if left == intent.approvals:
                raise NotAllowed(f"{by} has not approved intent {intent.id}")
            if intent.state is not State.AWAITING:
                intent = evolve(intent.moved(Event.REVOKED, because), due_at=intent.decide_by)
            return self.bench.journal.keep_in(
                transaction, evolve(intent, approvals=left, note=because), by=by.account, what=Event.REVOKED.value
            )

        return self.bench.decided(account, reviewed, revoked)


@frozen(kw_only=True)
class Withdraw:
    """Takes back a request, as long as the intent has not been sent."""

    bench: Bench

    def __call__(self, account: str, reviewed: Sequence[Reviewed], *, because: str) -> tuple[Intent, ...]:
        """Withdraw what the person behind *account* has asked for, or his agent has.

        Raises:
            NotAllowed: somebody else asked for it, or it is too late; the attempt is on record.
        """

        def withdrawn(transaction: Transaction, by: Principal, intent: Intent) -> Intent:
            if by.person not in intent.proposal.requester.people:
                raise NotAllowed(f"{by} did not ask for intent {intent.id}")
            moved = evolve(intent.moved(Event.WITHDRAWN, because), due_at=None)
            return self.bench.journal.keep_in(transaction, moved, by=by.account, what=Event.WITHDRAWN.value)

        return self.bench.decided(account, reviewed, withdrawn)
