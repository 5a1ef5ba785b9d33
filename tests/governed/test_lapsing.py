"""What may not start any more, or not yet, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from domain.lifecycle import State
from domain.policy import Patience, Policy
from domain.stages import Stage
from tests.governed.erp import Mood
from tests.governed.examples import PLACE, RENAME
from tests.governed.house import House, asked
from tests.governed.recorded import approved, last, told

PATIENCE = Patience()
SECOND = timedelta(seconds=1)


@pytest.fixture
def house() -> House:
    return House.new()


def test_nobody_moves_what_is_not_due_or_not_ours(house: House) -> None:
    waiting = house.submit(asked(), PLACE)
    house.clock.at = waiting.decide_by - SECOND
    assert house.advance(waiting.id) == waiting

    house.clock.at = waiting.decide_by
    elsewhere = evolve(house.advance, executions={})
    assert elsewhere(waiting.id) == waiting
    lapsed = house.advance(waiting.id)
    assert (lapsed.state, lapsed.due_at) == (State.LAPSED, None)
    assert lapsed.note == "nobody decided until 2026-03-05 08:00 UTC"


@pytest.mark.parametrize(
    ("policy", "stage", "state", "note"),
    [
        ("policy 2", None, State.LAPSED, "the policy has changed since it was proposed; propose it anew"),
        ("policy 1", Stage.READ_ONLY, State.HALTED, "the action is only proposed here, and not executed"),
        ("policy 1", Stage.SUPERVISED, State.LAPSED, "it is not approved, or not any more; propose it anew"),
    ],
)
def test_what_may_not_start_any_more_says_why(
    house: House, policy: str, stage: Stage | None, state: State, note: str
) -> None:
    house.erp.moods = [Mood.UNREACHED]
    intent = house.submit(asked(), RENAME)
    house.policy = Policy(version=policy)
    house.gate.at = stage or house.gate.at
    house.clock.pass_(timedelta(hours=1))

    ended = house.advance(intent.id)

    assert (ended.state, ended.note) == (state, note)


@pytest.mark.parametrize(("early", "state"), [(SECOND, State.DONE), (timedelta(), State.LAPSED)])
def test_what_needs_nobody_may_start_until_its_time_is_over(house: House, early: timedelta, state: State) -> None:
    house.erp.moods = [Mood.UNREACHED]
    intent = house.submit(asked(), RENAME)
    house.clock.at = intent.decide_by - early

    assert house.advance(intent.id).state is state


def test_where_another_worker_was_quicker_it_is_given_as_it_stands_now(house: House) -> None:
    intent = approved(house)

    def quicker() -> None:
        house.erp.on_observe = lambda: None
        house.journal.release(evolve(house.intent(intent.id), note="mine now"))

    house.erp.on_observe = quicker
    after = house.advance(intent.id)

    assert (after.note, house.erp.performed) == ("mine now", 0)
    assert after == house.intent(intent.id)


def test_what_was_forbidden_while_the_target_was_looked_at_does_not_start(house: House) -> None:
    intent = approved(house)

    def forbid() -> None:
        house.gate.at = Stage.READ_ONLY

    house.erp.on_observe = forbid
    ended = house.advance(intent.id)

    assert (ended.state, ended.due_at, house.erp.performed) == (State.HALTED, None, 0)
    assert ended.note == "the action is only proposed here, and not executed"
    assert ended == house.intent(intent.id)
    assert told(last(house))[2:] == ("worker 1", "stopped", ended.note, (State.HALTED, None))


def test_what_ran_out_of_time_while_the_target_was_looked_at_does_not_start(house: House) -> None:
    house.erp.moods = [Mood.UNREACHED]
    intent = house.submit(asked(), RENAME)
    house.clock.at = intent.due_at or house.clock.at
    house.erp.on_observe = lambda: house.clock.pass_(intent.decide_by - house.clock.at)

    ended = house.advance(intent.id)

    assert (ended.state, house.erp.performed) == (State.LAPSED, 1)
    assert ended.note == "it could not be carried out in time; propose it anew"
