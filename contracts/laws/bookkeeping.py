"""Laws of keeping: what was committed stands, what was not does not, and nothing is there twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from attrs import evolve

from contracts.laws.ledgers import EVERYTHING, STREAM, LedgerSubject, added, entry, moved, read
from contracts.laws.verdicts import NotApplicable, raises, require
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from domain.lifecycle import State
from ports.errors import NotFound, Superseded
from ports.ledger import IntentQuery, Known, Ledger, Transaction


class Interrupted(Exception):  # states a fact, as all ours do
    """Something else went wrong within the transaction."""


class BookkeepingLaws:
    """What stands in the ledger after which transactions."""

    def test_what_was_committed_is_there_for_the_next_process(self, subject: LedgerSubject) -> None:
        """An intent is believed to be durable before the ERP is called."""
        if subject.again is None:
            raise NotApplicable("the subject forgets with its process (LedgerSubject.again)")
        added(subject, subject.intents)
        with subject.ledger.transaction() as transaction:
            transaction.append(entry(subject.intents[0]))
        there = subject.again()
        require(tuple(there.intents(EVERYTHING)) == subject.intents, "another process finds other intents")
        require(len(list(there.records(STREAM))) == 1, "another process does not find the record")

    def test_a_block_that_raises_leaves_nothing(self, subject: LedgerSubject) -> None:
        """Half a transaction is worse than none."""
        first, second, *_ = subject.intents
        added(subject, [first])
        with suppress(Interrupted), subject.ledger.transaction() as transaction:
            transaction.add(second)
            transaction.save(moved(first, State.HALTED), fence=first.fence)
            transaction.append(entry(first))
            raise Interrupted
        _stands(subject.ledger, (first,), "after a transaction that raised")
        require(not list(subject.ledger.records(STREAM)), "a record of a transaction that raised stands")

    def test_what_a_transaction_wrote_it_reads(self, subject: LedgerSubject) -> None:
        """A saga is looked at in the transaction in which one of its steps ended."""
        first = subject.intents[0]
        ended = moved(first, State.HALTED)
        with subject.ledger.transaction() as transaction:
            transaction.add(first)
            require(transaction.intent(first.id) == first, "an intent that was just added is read otherwise")
            transaction.save(ended, fence=first.fence)
            known = transaction.known(first.key.intention, first.proposal.content)
            require(known.last == ended, "an intent that was just saved is read otherwise")

    def test_a_taken_id_is_superseded(self, subject: LedgerSubject) -> None:
        """Two processes may draw the same id, and one of them must notice."""
        first, second, *_ = subject.intents
        self._refused(subject, evolve(second, id=first.id))

    def test_a_taken_key_is_superseded(self, subject: LedgerSubject) -> None:
        """Two intents of one key would be one wish fulfilled twice."""
        first, second, *_ = subject.intents
        self._refused(subject, evolve(second, key=first.key))

    @staticmethod
    def _refused(subject: LedgerSubject, intent: Intent) -> None:
        first, _, third, *_ = subject.intents
        added(subject, [first])
        with subject.ledger.transaction() as transaction:
            raises((Superseded,), lambda: transaction.add(intent), "adding what is taken")
            transaction.add(third)
        _stands(subject.ledger, (first, third), "after an addition was refused and another was not")

    def test_a_save_with_another_fence_is_superseded(self, subject: LedgerSubject) -> None:
        """A worker that was away for too long must not undo what others have done since."""
        first = subject.intents[0]
        later = moved(first, State.HALTED)
        added(subject, [first])
        with subject.ledger.transaction() as transaction:
            transaction.save(later, fence=first.fence)
        late = moved(first, State.SENT)
        for fence in (first.fence, first.fence - 1, first.fence + 2):
            with subject.ledger.transaction() as transaction:
                raises((Superseded,), _saving(transaction, late, fence), f"saving with the fence {fence}")
        _stands(subject.ledger, (later,), "after a late save")

    def test_what_is_not_there_is_not_found(self, subject: LedgerSubject) -> None:
        """An empty answer would be taken for an intent."""
        with subject.ledger.transaction() as transaction:
            raises((NotFound,), lambda: transaction.intent(IntentId("nobody")), "an unknown intent")
            raises((NotFound,), _saving(transaction, subject.intents[0], 0), "saving what was not added")
            known = transaction.known(subject.intents[0].key.intention, subject.intents[0].proposal.content)
            require(known.last is None, "a new intention has a last round")
            require(known.twin is None, "a new content is under way")
            require(list(transaction.saga(SagaId("nothing"))) == [], "an unknown saga has members")

    def test_the_latest_round_is_the_last(self, subject: LedgerSubject) -> None:
        """The next round must not take the key of an earlier one."""
        first, second, third, *_ = subject.intents
        later = evolve(second, key=first.key.next().next())
        added(subject, [later, first, evolve(third, key=first.key.next())])
        with subject.ledger.transaction() as transaction:
            known = transaction.known(first.key.intention, first.proposal.content)
            require(known.last == later, "an earlier round is told as the last")

    def test_the_same_content_is_unsettled_until_it_is_at_rest(self, subject: LedgerSubject) -> None:
        """The same write must not be under way twice, whatever the occasion."""
        first, ended = subject.intents[0], State.DONE
        new, content = subject.intents[1].key.intention, first.proposal.content
        added(subject, subject.intents[:1])
        with subject.ledger.transaction() as transaction:
            known = transaction.known(new, content)
            require(known == Known(None, first.id), "an intent that is under way is not told")
            transaction.save(moved(first, ended), fence=first.fence)
        with subject.ledger.transaction() as transaction:
            require(transaction.known(new, content).twin is None, "an intent at rest is told as under way")

    def test_a_saga_comes_in_the_order_in_which_it_was_added(self, subject: LedgerSubject) -> None:
        """It is taken back in the reverse of that order."""
        members = [evolve(intent, saga=SagaId("S1"), step=intent.id.text) for intent in reversed(subject.intents)]
        added(subject, members[:-1])
        added(subject, [evolve(subject.intents[0], id=IntentId("alone"))])
        ended = moved(members[0], State.HALTED)
        with subject.ledger.transaction() as transaction:
            before = list(transaction.saga(SagaId("S1")))
            transaction.save(ended, fence=members[0].fence)
            after = list(transaction.saga(SagaId("S1")))
        require(before == members[:-1], "a saga comes in another order, or with others")
        require(after == [ended, *members[1:-1]], "a saga comes in another order after one of its steps was saved")

    def test_intents_match_their_query_in_the_order_of_submission(self, subject: LedgerSubject) -> None:
        """An operator sees what he asked for, and all of it."""
        first, second, third, *_ = backwards = tuple(reversed(subject.intents))
        halted, in_saga = evolve(first, state=State.HALTED), evolve(second, saga=SagaId("S1"), step="only")
        all_of_them = (halted, in_saga, *backwards[2:])
        added(subject, all_of_them)
        _stands(subject.ledger, all_of_them, "as they were added")
        system = third.proposal.scope.system
        for query, due in (
            (IntentQuery(state=State.HALTED), (halted,)),
            (IntentQuery(state=State.READY), all_of_them[1:]),
            (IntentQuery(saga=SagaId("S1")), (in_saga,)),
            (IntentQuery(system=system, state=State.READY), all_of_them[1:]),
            (IntentQuery(system=f"{system} 2"), ()),
        ):
            require(tuple(subject.ledger.intents(query)) == due, f"{query} gave others")


def _saving(transaction: Transaction, intent: Intent, fence: int) -> Callable[[], None]:
    return lambda: transaction.save(intent, fence=fence)


def _stands(ledger: Ledger, intents: tuple[Intent, ...], when: str) -> None:
    found = tuple(ledger.intents(EVERYTHING))
    require(found == intents, f"{when}, {[each.id.text for each in found]} stand, or in other states")
    for intent in intents:
        require(read(ledger, intent.id) == intent, f"{when}, intent {intent.id} is read otherwise")
