"""Approvals: who may say yes to what, and when a yes still counts.

An approval is bound to the digest of one proposal: the exact command, the version of the target that the approver saw,
the class and the policy. If any of them is another, the digest is, and the approval counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from attrs import field, frozen, validators

from domain.canonical import Digest
from domain.dates import instant
from domain.errors import DomainError
from domain.identifiers import PersonId
from domain.principals import Principal, Requester
from domain.text import words


@frozen(kw_only=True)
class Delegation:
    """One person lets another decide instead, from *starts* until *ends*, which is not included."""

    giver: PersonId = field(validator=validators.instance_of(PersonId))
    taker: PersonId = field(validator=validators.instance_of(PersonId))
    starts: datetime = field(validator=instant)
    ends: datetime = field(validator=instant)

    def holds(self, now: datetime) -> bool:
        """Say whether the delegation holds at *now*."""
        return self.starts <= now < self.ends


@frozen(kw_only=True)
class Approval:
    """One person's yes to one proposal, which counts until *expires_at*; *delegation* if it stands for another's."""

    by: Principal = field(validator=validators.instance_of(Principal))
    proposal: Digest = field(validator=validators.instance_of(Digest))
    given_at: datetime = field(validator=instant)
    expires_at: datetime = field(validator=instant)
    delegation: Delegation | None = field(
        default=None, validator=validators.optional(validators.instance_of(Delegation))
    )

    @property
    def people(self) -> frozenset[PersonId]:
        """Everybody who stands behind the yes: who said it, and for whom."""
        return frozenset({self.by.person} if self.delegation is None else {self.by.person, self.delegation.giver})


@frozen(kw_only=True)
class Rejection:
    """One person's no; *because* is kept as evidence."""

    by: Principal = field(validator=validators.instance_of(Principal))
    proposal: Digest = field(validator=validators.instance_of(Digest))
    given_at: datetime = field(validator=instant)
    because: str = field(validator=words)


class Objection(Enum):
    """Why an approval does not count; the value is the sentence that its giver reads."""

    ANOTHER_PROPOSAL = "it was given for another proposal; look at the one that stands now"
    OWN_REQUEST = "whoever asked for it, or answers for the agent that asked, cannot approve it"
    SAME_PERSON = "this person has already approved it; another one is needed"
    EXPIRED = "it is too old"
    NOT_DELEGATED = "the delegation that it rests on does not hold, or is another's"


class NotAllowed(DomainError):
    """A person or a rule forbids what was asked; nothing was done, and the attempt is on record."""


def objection(
    approval: Approval, *, proposal: Digest, requester: Requester, others: Iterable[Approval], now: datetime
) -> Objection | None:
    """Say why *approval* does not count for *proposal* at *now*; ``None`` if it does. *others* are those that count."""
    if approval.proposal != proposal:
        return Objection.ANOTHER_PROPOSAL
    if approval.people & requester.people:
        return Objection.OWN_REQUEST
    if any(approval.people & other.people for other in others):
        return Objection.SAME_PERSON
    if not approval.given_at <= now < approval.expires_at:
        return Objection.EXPIRED
    delegation = approval.delegation
    if delegation is not None and (delegation.taker != approval.by.person or not delegation.holds(approval.given_at)):
        return Objection.NOT_DELEGATED
    return None


def counting(
    approvals: Iterable[Approval], *, proposal: Digest, requester: Requester, now: datetime
) -> tuple[Approval, ...]:
    """Give the approvals that count for *proposal* at *now*: of different people, none of whom asked for it."""
    counted: tuple[Approval, ...] = ()
    for approval in approvals:
        if objection(approval, proposal=proposal, requester=requester, others=counted, now=now) is None:
            counted += (approval,)
    return counted
