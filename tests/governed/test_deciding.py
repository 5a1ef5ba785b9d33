"""What a decision leaves behind: in the intent, and on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from application.decide import ACCESS
from application.journal import LEDGER
from domain.approvals import Approval, Delegation, NotAllowed, Rejection
from domain.commands.suppliers import ChangeBankDetails
from domain.identifiers import PersonId
from domain.intents import Intent
from domain.lifecycle import State
from domain.policy import Patience, Policy
from domain.principals import Principal
from ports.errors import Tampered
from tests.governed.examples import ACCOUNT, MORNING, PLACE, SCOPE, SUPPLIER
from tests.governed.house import House, asked, reviewed
from tests.governed.recorded import Bell, last, told

BIA, CAIO = Principal("bia", PersonId("P2")), Principal("caio", PersonId("P3"))
NEEDS_TWO = ChangeBankDetails(supplier=SUPPLIER, accounts=(ACCOUNT,))
PATIENCE = Patience(approval=timedelta(hours=5))
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def house() -> House:
    return House.new(policy=Policy(version="policy 1", patience=PATIENCE))


def waiting(house: House, command: object = PLACE) -> Intent:
    intent = house.submit(asked(), command)  # type: ignore[arg-type]  # a command
    house.clock.at = LATER
    return intent


def yes(by: Principal, intent: Intent, **changes: object) -> Approval:
    given = Approval(by=by, proposal=intent.proposal.digest, given_at=LATER, expires_at=LATER + PATIENCE.approval)
    return evolve(given, **changes)  # type: ignore[arg-type]  # whatever the test is about


def test_the_last_yes_makes_it_ready_and_due_at_once(house: House) -> None:
    intent = waiting(house)

    (ready,) = house.approve("bia", [reviewed(intent)])

    assert (ready.state, ready.note, ready.due_at) == (State.READY, "approved by bia", LATER)
    assert ready.approvals == (yes(BIA, intent),)
    assert house.intent(intent.id) == ready
    assert told(last(house)) == (intent.id, LATER, "bia", "approved", ready.note, (State.READY, yes(BIA, intent)))


def test_the_first_of_two_leaves_it_waiting(house: House) -> None:
    intent = waiting(house, NEEDS_TWO)

    (first,) = house.approve("bia", [reviewed(intent)])
    assert (first.state, first.note, first.due_at) == (State.AWAITING, "1 more must approve", intent.due_at)

    (second,) = house.approve("caio", [reviewed(intent)])
    assert (second.state, second.note) == (State.READY, "approved by bia and caio")
    assert second.approvals == (yes(BIA, intent), yes(CAIO, intent))


def test_a_yes_that_has_expired_meanwhile_makes_room_for_another(house: House) -> None:
    house.policy = Policy(version="policy 1", patience=evolve(PATIENCE, approval=timedelta(hours=1)))
    approve = house.approve
    house.policy = Policy(version="policy 1", patience=PATIENCE)
    intent = waiting(house, NEEDS_TWO)
    approve("bia", [reviewed(intent)])
    house.clock.pass_(timedelta(hours=1))

    (again,) = house.approve("caio", [reviewed(intent)])

    assert (again.state, [each.by for each in again.approvals]) == (State.AWAITING, [CAIO])


def test_a_yes_instead_of_another_rests_on_the_delegation_of_that_one(house: House) -> None:
    lent = [
        Delegation(giver=PersonId(giver), taker=BIA.person, starts=MORNING, ends=LATER + timedelta(days=1))
        for giver in ("P9", "P3", "P4")
    ]
    house.directory.given = lent
    intent = waiting(house)

    (ready,) = house.approve("bia", [reviewed(intent)], instead_of=PersonId("P3"))

    assert ready.approvals == (yes(BIA, intent, delegation=lent[1]),)
    with pytest.raises(NotAllowed, match="the delegation that it rests on does not hold"):
        house.approve("bia", [reviewed(waiting(house, NEEDS_TWO))], instead_of=PersonId("P7"))


@pytest.mark.parametrize(("late", "counts"), [(timedelta(0), False), (timedelta(microseconds=-1), True)])
def test_it_is_too_late_from_the_end_of_the_time_on(house: House, late: timedelta, counts: bool) -> None:
    intent = waiting(house)
    house.clock.at = intent.decide_by + late

    if counts:
        assert house.approve("bia", [reviewed(intent)])[0].state is State.READY
    else:
        with pytest.raises(NotAllowed, match=r"^it was to be decided until 2026-03-02 13:00 UTC; propose it anew$"):
            house.approve("bia", [reviewed(intent)])


def test_a_no_ends_it_and_its_reason_is_evidence(house: House) -> None:
    intent = waiting(house)

    (refused,) = house.reject("bia", [reviewed(intent)], because="too dear")

    no = Rejection(by=BIA, proposal=intent.proposal.digest, given_at=LATER, because="too dear")
    assert (refused.state, refused.note, refused.due_at) == (State.REFUSED, "too dear", None)
    assert told(last(house)) == (intent.id, LATER, "bia", "rejected", "too dear", (State.REFUSED, no))


def test_a_yes_that_is_taken_back_is_missing_again_until_the_time_is_over(house: House) -> None:
    intent = waiting(house)
    house.approve("bia", [reviewed(intent)])

    (open_,) = house.revoke("bia", [reviewed(intent)], because="second thoughts")

    assert (open_.state, open_.approvals, open_.due_at) == (State.AWAITING, (), intent.decide_by)
    assert told(last(house)) == (intent.id, LATER, "bia", "revoked", "second thoughts", (State.AWAITING, None))


def test_only_ones_own_yes_is_taken_back(house: House) -> None:
    intent = waiting(house, NEEDS_TWO)
    house.approve("bia", [reviewed(intent)])

    with pytest.raises(NotAllowed, match=f"^caio has not approved intent {intent.id}$"):
        house.revoke("caio", [reviewed(intent)], because="so")
    house.approve("caio", [reviewed(intent)])
    (left,) = house.revoke("bia", [reviewed(intent)], because="so")

    assert (left.state, left.approvals) == (State.AWAITING, (yes(CAIO, intent),))


def test_one_of_two_who_takes_his_yes_back_leaves_it_waiting_with_his_reason(house: House) -> None:
    intent = waiting(house, NEEDS_TWO)
    house.approve("bia", [reviewed(intent)])

    (none,) = house.revoke("bia", [reviewed(intent)], because="second thoughts")

    assert (none.state, none.note, none.approvals) == (State.AWAITING, "second thoughts", ())
    assert none.due_at == intent.due_at


def test_who_asked_may_take_it_back_and_nobody_else(house: House) -> None:
    intent = waiting(house)
    with pytest.raises(NotAllowed, match=f"^bia did not ask for intent {intent.id}$"):
        house.withdraw("bia", [reviewed(intent)], because="so")

    (halted,) = house.withdraw("ana", [reviewed(intent)], because="not needed")

    assert (halted.state, halted.note, halted.due_at) == (State.HALTED, "not needed", None)
    assert told(last(house)) == (intent.id, LATER, "ana", "withdrawn", "not needed", (State.HALTED, None))


def test_what_was_not_allowed_is_on_record_where_it_happened(house: House) -> None:
    intent = waiting(house)

    with pytest.raises(NotAllowed) as caught:
        house.approve("eva", [reviewed(intent)])
    assert str(caught.value) == f"P5 may not decide about: place purchase order in {SCOPE}"
    assert told(last(house)) == (intent.id, LATER, "eva", "not allowed", str(caught.value), None)
    with pytest.raises(NotAllowed):
        house.approve("mallory", [reviewed(intent)])
    assert told(last(house, ACCESS)) == (None, LATER, "mallory", "not allowed", "nobody is known as mallory", None)


def test_a_row_that_cannot_be_trusted_is_put_aside_under_its_own_name(house: House) -> None:
    intent = waiting(house)
    house.ledger.rows[intent.id] = evolve(house.ledger.rows[intent.id], seal=b"forged")

    with pytest.raises(Tampered) as caught:
        house.approve("bia", [reviewed(intent)])

    assert told(last(house, LEDGER))[::2] == (intent.id, LEDGER, str(caught.value))


def test_a_decided_set_is_looked_at_when_it_is_due(house: House) -> None:
    first, second = waiting(house), house.submit(asked("REQ-2"), evolve(PLACE, lines=PLACE.lines[:1]))
    bell = Bell()
    bench = evolve(house.bench, journal=evolve(house.journal, wakeups=bell))

    evolve(house.approve, bench=bench)("bia", [reviewed(first), reviewed(second)])

    assert bell.rung == [(first.id, LATER), (second.id, LATER)]
