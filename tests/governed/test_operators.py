"""What no machine can close waits in a queue, with all that a person needs to finish it by hand."""

from __future__ import annotations

import pytest
from attrs import evolve

from domain.approvals import NotAllowed
from domain.classification import ActionClass
from domain.commands.command import NoUndo
from domain.commands.purchase_orders import CancelPurchaseOrder
from domain.identifiers import PurchaseOrderId
from domain.images import UNREAD
from domain.intents import Intent
from domain.keys import SagaId
from domain.lifecycle import State
from domain.policy import Policy, Rule
from domain.resolution import Resolved
from tests.governed.erp import Mood
from tests.governed.examples import PLACE
from tests.governed.house import asked, reviewed
from tests.governed.rolled import Rolled
from tests.governed.test_sagas import STEPS


@pytest.fixture
def house() -> Rolled:
    return Rolled.new()


def placed(house: Rolled, *moods: Mood) -> Intent:
    house.erp.moods = list(moods)
    intent = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(intent)])
    return house.advance(intent.id)


def half_done(house: Rolled) -> SagaId:
    """Have a saga fail whose document stays attached."""
    house.erp.moods = [Mood.WELL, Mood.WELL, Mood.REFUSES]
    submitted = house.saga(asked(), STEPS)
    house.approve("bia", [reviewed(each) for each in submitted if each.state is State.AWAITING])
    house.until_rest()
    assert submitted[0].saga is not None
    return submitted[0].saga


def test_nothing_waits_where_all_is_well(house: Rolled) -> None:
    placed(house)
    house.until_rest()

    queue = house.queue()
    assert (queue.in_doubt, queue.asked, queue.half_done, queue.unreadable) == ((), (), (), ())


def test_what_is_in_doubt_is_shown_with_what_it_was_to_set(house: Rolled) -> None:
    intent = placed(house, Mood.DROPS_ANSWER)

    (case,) = house.queue().in_doubt
    assert case.intent == intent
    assert {change.path for change in case.changes} == {path for path, _ in PLACE.effect.fields}
    assert {change.before for change in case.changes} == {UNREAD}
    assert isinstance(case.undo, CancelPurchaseOrder)


def test_what_an_operator_is_asked_for_is_shown_with_what_the_erp_said(house: Rolled) -> None:
    placed(house, Mood.ALTERS)
    house.until_rest()

    (case,) = house.queue().asked
    assert case.intent.answer is not None
    assert case.intent.note.startswith("what stands there is not what was asked for")


def test_a_saga_that_is_half_done_waits_until_somebody_has_finished_it_by_hand(house: Rolled) -> None:
    saga = half_done(house)

    (half,) = house.queue().half_done
    assert half.saga == saga
    assert [str(key) for key in half.to_nothing] == [f"{saga}-3"]
    attached = next(case for case in half.stands if case.intent.step == "attach")
    assert isinstance(attached.undo, NoUndo)

    house.finish("caio", saga, because="the document may stay")

    assert house.queue().half_done == ()
    with pytest.raises(NotAllowed, match="not half done"):
        house.finish("caio", saga, because="again")
    assert house.flaws() == 0


def test_an_undo_that_failed_waits_with_the_command_that_a_person_must_do(house: Rolled) -> None:
    house.erp.moods = [Mood.WELL, Mood.REFUSES, Mood.REFUSES]
    submitted = house.saga(asked(), STEPS[:2])
    house.approve("bia", [reviewed(each) for each in submitted if each.state is State.AWAITING])
    house.until_rest()

    queue = house.queue()
    (undo,) = queue.asked
    (half,) = queue.half_done
    assert undo.intent.undoes == submitted[0].id
    (stands,) = half.stands
    assert isinstance(stands.undo, CancelPurchaseOrder)
    order = stands.undo.order
    assert isinstance(order, Resolved)
    assert order.id == PurchaseOrderId("N1")


@pytest.mark.parametrize(
    ("account", "told"), [("ana", "whoever asked"), ("eva", "may not settle"), ("mallory", "nobody is known")]
)
def test_not_everybody_may_say_that_it_is_finished(house: Rolled, account: str, told: str) -> None:
    saga = half_done(house)

    with pytest.raises(NotAllowed, match=told):
        house.finish(account, saga, because="so")
    assert [half.saga for half in house.queue().half_done] == [saga]
    assert any(told in body for body in house.told())


def test_what_is_not_half_done_cannot_be_finished(house: Rolled) -> None:
    with pytest.raises(NotAllowed, match="saga S1 is not half done"):
        house.finish("caio", SagaId("S1"), because="so")


def test_a_row_that_nobody_can_read_hides_no_other(house: Rolled) -> None:
    house.policy = Policy(version="p", rules=(Rule(action="place purchase order", verdict=ActionClass.HIGH),))
    placed(house, Mood.DROPS_ANSWER)
    other = house.submit(asked("REQ-2"), evolve(PLACE, lines=PLACE.lines[:1]))
    house.approve("bia", [reviewed(other)])
    house.erp.moods = [Mood.DROPS_ANSWER]
    house.advance(other.id)
    first = house.queue().in_doubt[0].intent.id
    house.ledger.rows[first] = evolve(house.ledger.rows[first], seal=b"forged")

    queue = house.queue()
    assert [case.intent.id for case in queue.in_doubt] == [other.id]
    assert len(queue.unreadable) == 1
