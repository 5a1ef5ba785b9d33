"""What a person says who has looked into the ERP, and what follows."""

from __future__ import annotations

import pytest
from attrs import evolve

from domain.approvals import NotAllowed
from domain.identifiers import Identifier, PersonId, PurchaseOrderId
from domain.lifecycle import State
from domain.outcomes import Done
from domain.stages import Stage
from ports.directory import Right
from tests.governed.erp import Mood
from tests.governed.examples import PLACE, SCOPE, SUPPLIER
from tests.governed.house import House, asked, reviewed
from tests.governed.recorded import Curious, advanced, approved, last, told
from tests.governed.rolled import Rolled


@pytest.fixture
def house() -> House:
    return House.new()


@pytest.mark.parametrize(
    ("done", "state", "what"),
    [(PurchaseOrderId("N1"), State.DONE, "settled: done"), (None, State.HALTED, "settled: not done")],
)
def test_what_an_operator_says_ends_it(house: House, done: PurchaseOrderId | None, state: State, what: str) -> None:
    intent = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(intent)])
    house.erp.locatable, house.erp.moods = False, [Mood.DROPS_ANSWER]
    house.until_rest()

    settled = house.settle("caio", reviewed(intent), done=done, because="I looked")

    assert (settled.state, settled.note, settled.due_at) == (state, "I looked", None)
    assert settled.answer == (None if done is None else Done(record=done))
    assert told(last(house))[2:] == ("caio", what, "I looked", (state, done))
    assert last(house).subject == intent.id


def test_what_the_erp_had_said_stays_where_an_operator_says_that_nothing_was_done(house: House) -> None:
    intent = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(intent)])
    house.erp.moods = [Mood.ALTERS]
    house.until_rest()
    answer = house.intent(intent.id).answer
    assert isinstance(answer, Done)

    assert house.settle("caio", reviewed(intent), done=None, because="reversed").answer == answer


@pytest.mark.parametrize(("done", "stays"), [(None, False), (PurchaseOrderId("N1"), True)])
def test_an_action_is_taken_back_in_the_name_of_the_operator_who_found_it_otherwise(
    done: PurchaseOrderId | None, stays: bool
) -> None:
    house = Rolled.new()
    house.let_go(Stage.AUTONOMOUS, PLACE)
    intent = advanced(house, Mood.ALTERS)
    house.until_rest()
    standing = house.let_go(Stage.AUTONOMOUS, PLACE)  # it has been taken back already, and somebody was quick

    house.settle("caio", reviewed(intent), done=done, because="I looked")

    after = house.standing(PLACE)
    assert after is not None
    assert (after == standing) is stays
    if not stays:
        assert after.because == f"caio found intent {intent.id} otherwise than the ERP had said"
        assert house.rollout()[-1].policy == house.policy.version


@pytest.mark.parametrize(
    ("account", "done", "why"),
    [
        ("ana", None, "whoever asked for it cannot say what became of it"),
        ("eva", None, f"eva may not settle what is in doubt in {SCOPE}"),
        ("caio", SUPPLIER.id, "place purchase order makes a PurchaseOrderId, and 4711 is none"),
    ],
)
def test_not_everybody_may_say_anything_about_what_is_in_doubt(
    house: House, account: str, done: Identifier | None, why: str
) -> None:
    intent = advanced(house, Mood.ALTERS)
    house.until_rest()

    with pytest.raises(NotAllowed) as caught:
        house.settle(account, reviewed(intent), done=done, because="I looked")

    assert str(caught.value) == why


def test_rights_are_asked_for_by_person_action_and_place(house: House) -> None:
    house.directory = Curious()
    intent = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(intent)])
    house.erp.locatable, house.erp.moods = False, [Mood.DROPS_ANSWER]
    house.until_rest()
    house.settle("caio", reviewed(intent), done=None, because="I looked")

    where = ("place purchase order", SCOPE)
    assert house.directory.asked == [
        (PersonId("P1"), Right.SUBMIT, *where),
        (PersonId("P2"), Right.APPROVE, *where),
        (PersonId("P3"), Right.SETTLE, *where),
    ]


@pytest.mark.parametrize("state", [state for state in State if state is not State.OPERATOR])
def test_nobody_settles_what_the_path_still_looks_for_or_what_came_to_rest(house: House, state: State) -> None:
    intent = house.journal.release(evolve(approved(house), state=state))

    with pytest.raises(NotAllowed) as caught:
        house.settle("caio", reviewed(intent), done=None, because="I looked")

    is_looked_for = state in (State.SENT, State.IN_DOUBT, State.ACCEPTED, State.ANSWERED)
    why = "it is still looked for" if is_looked_for else "nobody needs to settle it"
    assert str(caught.value) == f"intent {intent.id} is {state.value}; {why}"
