"""The process is killed at every place of the path, in every mood of the ERP, and comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.commands.command import Command
from domain.intents import Intent
from domain.lifecycle import State
from domain.policy import Patience, Policy
from ports.ledger import IntentQuery
from tests.governed.erp import Mood
from tests.governed.examples import PLACE, RENAME
from tests.governed.house import Crash, House, asked, reviewed

MOODS = [mood for mood in Mood if mood is not Mood.TWICE]
PATIENT = Policy(version="policy 1", patience=Patience(pause=timedelta(minutes=2)))
EVERYTHING = IntentQuery()
ENDS = {
    Mood.REFUSES: State.REFUSED,
    Mood.QUEUES_AND_REFUSES: State.REFUSED,
    Mood.ALTERS: State.OPERATOR,
}
"""How it may end, beside being done."""
MOST = 100
"""More places than the longest path has."""


def carried_out(house: House, command: Command) -> Intent:
    """Do what a patient caller, an approver and the sweep do, from wherever things stand."""
    intent = house.submit(asked(), command)
    if intent.state is State.AWAITING:
        house.approve("bia", [reviewed(intent)])
    house.until_rest()
    return house.intent(intent.id)


def killed_at(place: int, mood: Mood, command: Command) -> tuple[House, bool]:
    """Kill the process at its *place*-th step, start another, and let it finish; say whether it came so far."""
    house = House.new(policy=PATIENT)
    house.erp.moods = [mood]
    house.tripwire.at = place
    try:
        carried_out(house, command)
    except Crash:
        pass
    else:
        return house, False
    house.worker = "worker 2"
    carried_out(house, command)
    return house, True


@pytest.mark.parametrize("command", [PLACE, RENAME], ids=["by reference", "by effect"])
@pytest.mark.parametrize("mood", MOODS)
def test_a_kill_at_any_place_leaves_no_duplicate_no_loss_and_no_false_done(mood: Mood, command: Command) -> None:
    for place in range(1, MOST):
        house, tripped = killed_at(place, mood, command)
        (intent,) = list(house.ledger.intents(EVERYTHING))[-1:]
        standing = [each for each in house.erp.written if each.reference == intent.reference]
        told = f"killed at {place}, {house.tripwire.passed[place - 1 : place]}: {intent.state} {intent.note}"

        assert intent.state in (State.DONE, ENDS.get(mood)), told
        assert len(standing) <= 1, told
        assert (intent.state is State.DONE) <= (len(standing) == 1 and standing[0].image == command.effect), told
        assert (intent.state is State.REFUSED) <= (not standing), told
        assert house.flaws() == 0, told
        if not tripped:
            return
    pytest.fail("the path is longer than the test allows for")
