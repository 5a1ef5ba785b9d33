"""What holds a step of a saga up, what does not, and when an undo that cannot be carried out goes to a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from application.saga import Step
from domain.intents import Intent
from domain.lifecycle import State
from domain.policy import Patience
from ports.ledger import IntentQuery
from tests.governed.erp import Mood
from tests.governed.examples import PLACE
from tests.governed.house import House, asked, reviewed
from tests.governed.test_sagas import STEPS

SETTLING = Patience().settling
SECOND = timedelta(seconds=1)


@pytest.fixture
def house() -> House:
    return House.new()


def submitted(house: House, steps: tuple[Step, ...]) -> tuple[Intent, ...]:
    intents = house.saga(asked(), steps)
    house.approve("bia", [reviewed(each) for each in intents if each.state is State.AWAITING])
    return intents


def undo(house: House) -> Intent:
    (found,) = (intent for intent in house.ledger.intents(IntentQuery()) if intent.undoes is not None)
    return found


def test_what_waits_outside_a_saga_holds_none_of_its_steps_up(house: House) -> None:
    house.submit(asked("REQ-2"), evolve(PLACE, lines=PLACE.lines[:1]))
    steps = submitted(house, STEPS)

    house.until_rest()

    assert [house.intent(each.id).state for each in steps] == [State.DONE] * 3


@pytest.mark.parametrize(("over", "state"), [(timedelta(), State.READY), (SECOND, State.OPERATOR)])
def test_an_undo_that_cannot_be_carried_out_in_time_goes_to_a_person(
    house: House, over: timedelta, state: State
) -> None:
    house.erp.moods = [Mood.WELL, Mood.REFUSES, *[Mood.UNREACHED] * 3]
    first, second = submitted(house, STEPS[:2])
    house.advance(first.id)
    house.advance(second.id)
    begun = undo(house)
    assert begun.state is State.READY

    house.clock.at = begun.submitted_at + SETTLING + over
    after = house.advance(begun.id)

    assert after.state is state
    assert after.note == ("it could not be carried out in time" if over else "the ERP was not reached")
