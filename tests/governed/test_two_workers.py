"""Two workers and one intent: whatever one of them sleeps through, it is done once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.intents import Intent
from domain.lifecycle import State
from domain.stages import Stage
from ports.errors import Refused
from tests.governed.erp import CALL, Mood
from tests.governed.examples import PLACE
from tests.governed.house import Crash, House, asked, reviewed


@pytest.fixture
def house() -> House:
    return House.new()


def ready(house: House) -> Intent:
    waiting = house.submit(asked(), PLACE)
    (approved,) = house.approve("bia", [reviewed(waiting)])
    return approved


def test_a_worker_that_wakes_up_too_late_writes_nothing_down(house: House) -> None:
    intent = ready(house)
    house.erp.moods = [Mood.DROPS_ANSWER]
    slept: list[str] = []

    def sleep_through_the_lease(place: str) -> None:
        if place == "after the ERP" and not slept:
            slept.append(place)
            house.worker = "worker 2"
            house.clock.pass_(timedelta(minutes=10))
            house.until_rest()
            house.worker = "worker 1"

    house.erp.tripwire = sleep_through_the_lease
    house.advance(intent.id)

    ended = house.intent(intent.id)
    assert ended.state is State.DONE
    assert ended.lease is None
    assert len(house.erp.written) == 1
    assert not any('"what":"lost"' in body and "worker 1" in body for body in house.told())


def test_a_worker_that_was_held_up_before_the_call_does_not_call(house: House) -> None:
    intent = ready(house)
    before = house.clock.now()
    house.tripwire.at = 0
    seen: list[str] = []

    class Stalling(type(house.tripwire)):  # type: ignore[misc]  # a tripwire of the moment
        def __call__(self, place: str) -> None:
            if place == "after a commit" and house.intent(intent.id).state is State.SENT and not seen:
                seen.append(place)
                house.clock.pass_(house.policy.patience.lease - CALL + timedelta(seconds=1))

    house.ledger._tripwire = Stalling()
    ended = house.advance(intent.id)

    assert seen
    assert ended.state is State.READY
    assert ended.note == "the worker was held up for too long before the call, and did not call"
    assert house.erp.performed == 0
    assert house.clock.now() > before


def test_a_call_that_a_dying_worker_began_at_the_last_moment_is_waited_for(house: House) -> None:
    intent = ready(house)
    house.erp.moods = [Mood.COMMITS_LATE]

    def die_late(place: str) -> None:
        if place == "before the ERP":
            house.clock.pass_(house.policy.patience.lease - CALL)
        if place == "after the ERP":
            house.erp.tripwire = house.tripwire
            raise Crash

    house.erp.tripwire = die_late
    with pytest.raises(Crash):
        house.advance(intent.id)
    house.until_rest()

    assert house.intent(intent.id).state is State.DONE
    assert house.erp.performed == 1


def test_a_no_to_a_repeated_call_may_be_the_answer_to_the_first(house: House) -> None:
    intent = ready(house)
    house.erp.moods = [Mood.DROPS_ANSWER]
    house.erp.blind_for = 1  # its search lags behind for longer than it promises
    house.erp.unique = True  # and it refuses a second record with the same reference
    house.until_rest()

    ended = house.intent(intent.id)
    assert house.erp.performed == 2
    assert ended.state is State.DONE
    assert len(house.erp.written) == 1


def test_only_one_of_two_workers_claims(house: House) -> None:
    intent = ready(house)

    def compete(place: str) -> None:
        house.erp.tripwire = house.tripwire
        house.worker = "worker 2"
        assert house.advance(intent.id).state is State.SENT

    house.erp.tripwire = compete
    house.advance(intent.id)

    assert house.erp.performed == 1


def test_a_revocation_that_lands_while_a_worker_looks_at_the_target_counts(house: House) -> None:
    intent = ready(house)

    def revoke(place: str) -> None:
        house.erp.on_observe = lambda: None
        house.revoke("bia", [reviewed(intent)], because="wait")

    house.erp.on_observe = lambda: revoke("observing")
    ended = house.advance(intent.id)

    assert ended.state is State.AWAITING
    assert house.erp.performed == 0


def test_an_action_that_is_taken_back_while_a_worker_looks_at_the_target_is_not_carried_out(house: House) -> None:
    intent = ready(house)

    def take_back() -> None:
        house.gate.at = Stage.READ_ONLY

    house.erp.on_observe = take_back
    ended = house.advance(intent.id)

    assert (ended.state, ended.note) == (State.HALTED, "the action is only proposed here, and not executed")
    assert house.erp.performed == 0


def test_a_revocation_is_not_overwritten_by_a_worker_that_puts_it_off(house: House) -> None:
    intent = ready(house)

    def revoke() -> None:
        house.erp.on_observe = lambda: None
        house.revoke("bia", [reviewed(intent)], because="wait")
        raise Refused("the session is gone")

    house.erp.on_observe = revoke
    ended = house.advance(intent.id)

    assert ended.state is State.AWAITING
    assert ended.approvals == ()
