"""A no to a call that was repeated may be the answer to the first one, so it is looked once more."""

from __future__ import annotations

import pytest

from domain.intents import Intent
from domain.lifecycle import State
from ports.errors import Conflict, Unavailable
from tests.governed.erp import Mood
from tests.governed.house import House
from tests.governed.recorded import advanced, raises


@pytest.fixture
def house() -> House:
    return House.new()


def lost_once(house: House, mood: Mood) -> Intent:
    """Have one answer lost, and nothing found afterwards, so that it is ready to be sent again."""
    intent = advanced(house, mood)
    house.erp.blind_for = 1
    house.clock.at = intent.due_at or house.clock.at
    again = house.advance(intent.id)
    assert (again.state, again.losses, house.erp.performed) == (State.READY, 1, 1)
    house.clock.at = again.due_at or house.clock.at
    return again


def test_where_nothing_stands_the_no_counts_in_the_words_of_the_erp(house: House) -> None:
    again = lost_once(house, Mood.DROPS_REQUEST)
    house.erp.moods = [Mood.REFUSES]

    refused = house.advance(again.id)

    assert (refused.state, refused.note) == (State.REFUSED, "the ERP said no: the period is closed")


def test_where_it_stands_already_it_is_done(house: House) -> None:
    again = lost_once(house, Mood.DROPS_ANSWER)
    house.erp.unique = True

    done = house.advance(again.id)

    assert (done.state, done.note) == (State.DONE, "read back as asked")
    assert len(house.erp.under(done.reference)) == 1


def test_that_it_has_changed_may_be_what_the_first_call_did(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    again = lost_once(house, Mood.DROPS_ANSWER)
    raises(monkeypatch, "perform", Conflict("somebody has changed it"))

    assert house.advance(again.id).state is State.DONE


def test_where_nobody_can_look_it_is_in_doubt_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    again = lost_once(house, Mood.DROPS_REQUEST)
    house.erp.moods = [Mood.REFUSES]
    raises(monkeypatch, "locate", Unavailable("away"))

    doubtful = house.advance(again.id)

    assert (doubtful.state, doubtful.losses) == (State.IN_DOUBT, 2)
    assert doubtful.note == "not located yet: the ERP was not reached"


def test_a_no_to_the_first_call_is_believed_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    raises(monkeypatch, "locate", Unavailable("away"))

    assert advanced(house, Mood.REFUSES).state is State.REFUSED
