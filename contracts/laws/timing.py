"""Laws of time: what is due comes, the longest due first, and nobody gets what another holds."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve

from contracts.laws.ledgers import LedgerSubject, added
from contracts.laws.verdicts import require
from domain.intents import Intent, Lease

_MOMENT = timedelta(microseconds=1)


class TimingLaws:
    """What is due when."""

    def test_the_longest_due_comes_first(self, subject: LedgerSubject) -> None:
        """Under load nothing may wait for ever."""
        added(subject, subject.intents)
        order = sorted(subject.intents, key=lambda intent: intent.due_at or intent.submitted_at)
        due = [intent.id for intent in order]
        require(list(subject.ledger.due(subject.all_due, 100)) == due, "what is due comes in another order")
        require(list(subject.ledger.due(subject.all_due, 2)) == due[:2], "of the two longest due others came, or more")

    def test_nothing_is_due_before_its_time(self, subject: LedgerSubject) -> None:
        """What must be waited for is waited for."""
        last = next(intent for intent in subject.intents if intent.due_at == subject.all_due)
        added(subject, [last])
        require(not subject.ledger.due(subject.all_due - _MOMENT, 100), "an intent is due before its time")
        require(list(subject.ledger.due(subject.all_due, 100)) == [last.id], "an intent is not due at its time")

    def test_what_is_never_due_does_not_come(self, subject: LedgerSubject) -> None:
        """Only a person can move it."""
        added(subject, [evolve(subject.intents[0], due_at=None)])
        require(not subject.ledger.due(subject.all_due + timedelta(days=9999), 100), "what waits for a person is due")

    def test_what_is_held_is_not_due_until_its_lease_is_over(self, subject: LedgerSubject) -> None:
        """Two workers on one intent are two calls."""
        until = subject.all_due + timedelta(minutes=5)
        held = evolve(subject.intents[0], lease=Lease(owner="worker 1", until=until))
        added(subject, [held])
        require(not subject.ledger.due(until - _MOMENT, 100), "what somebody holds is due")
        require(list(subject.ledger.due(until, 100)) == [held.id], "what nobody holds any more is not due")

    def test_what_is_due_next_is_known_beforehand(self, subject: LedgerSubject) -> None:
        """A worker sleeps until then, and neither longer nor in vain."""
        require(subject.ledger.next_due() is None, "something is due next in an empty ledger")
        until = subject.all_due + timedelta(minutes=5)
        held = evolve(subject.intents[0], lease=Lease(owner="worker 1", until=until), due_at=until - _MOMENT)
        added(subject, [held, evolve(subject.intents[1], due_at=None)])
        require(subject.ledger.next_due() == until, "what is held is due next before its lease is over, or never")
        added(subject, [evolve(subject.intents[2], due_at=subject.all_due)])
        require(subject.ledger.next_due() == subject.all_due, "what is due first is not due next")

    def test_a_save_says_anew_when_it_is_due(self, subject: LedgerSubject) -> None:
        """Whoever saves it knows when somebody should look again."""
        first: Intent = subject.intents[0]
        added(subject, [first])
        later = evolve(first, due_at=subject.all_due + timedelta(hours=1), fence=first.fence + 1)
        with subject.ledger.transaction() as transaction:
            transaction.save(later, fence=first.fence)
        require(not subject.ledger.due(subject.all_due, 100), "it is due when it was due before")
        require(
            len(subject.ledger.due(subject.all_due + timedelta(hours=1), 100)) == 1, "it is not due when it was said"
        )

    def test_what_is_set_aside_is_not_due(self, subject: LedgerSubject) -> None:
        """What nobody can read would come back for ever, and keep others from their turn."""
        added(subject, subject.intents[:2])
        first, second = subject.intents[:2]
        with subject.ledger.transaction() as transaction:
            transaction.set_aside(first.id)
        require(
            list(subject.ledger.due(subject.all_due, 100)) == [second.id], "what was set aside is due, or others not"
        )
