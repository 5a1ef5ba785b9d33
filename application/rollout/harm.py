"""Taking back how far an action was let go, in the transaction in which harm, or an outage, comes to light."""

from __future__ import annotations

from datetime import datetime

from domain.audit import Entry
from domain.rollout import Standing
from domain.scope import Scope
from ports.errors import Tampered
from ports.ledger import Transaction

ROLLOUT = "rollout"
"""The audit stream of the rollout, and who acts when something is taken back without a person."""


def after_harm(
    transaction: Transaction, action: str, scope: Scope, *, now: datetime, because: str, policy: str
) -> None:
    """Have a person approve each *action* in *scope* from *now* on, and let evidence about it begin anew."""
    before = _standing(transaction, action, scope)
    if before is not None:
        _stand(transaction, before, before.taken_back(by=ROLLOUT, because=because, since=now), now, policy)


def after_outage(
    transaction: Transaction, action: str, scope: Scope, *, now: datetime, because: str, policy: str
) -> None:
    """Have a person approve each *action* in *scope* from *now* on; that its ERP was away is no evidence against it."""
    before = _standing(transaction, action, scope)
    if before is not None:
        after = before.taken_back(by=ROLLOUT, because=because, since=before.since)
        if before.is_further_than(after):
            _stand(transaction, before, after, now, policy)


def _standing(transaction: Transaction, action: str, scope: Scope) -> Standing | None:
    try:
        return transaction.standing(action, scope)
    except Tampered:  # nothing of it runs anyway, until a person has looked
        return None


def _stand(transaction: Transaction, before: Standing, after: Standing, now: datetime, policy: str) -> None:
    if after == before:
        return
    transaction.stand(after)
    transaction.append(
        Entry(
            stream=ROLLOUT,
            subject=None,
            at=now,
            by=after.by,
            what="taken back",
            because=after.because,
            details=(after, before),
            policy=policy,
        )
    )
