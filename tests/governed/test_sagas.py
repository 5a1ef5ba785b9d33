"""Several commands that stand or fall together."""

from __future__ import annotations

import pytest
from attrs import evolve

from application.saga import Step
from domain.approvals import NotAllowed
from domain.commands.command import Made
from domain.commands.documents import AttachDocument, Document
from domain.commands.purchase_orders import StartApprovalRouting
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.intents import Intent
from domain.lifecycle import State
from domain.purchasing import OrderStatus
from domain.sagas import SagaState, state
from domain.suppliers import SupplierBlock
from ports.ledger import IntentQuery
from tests.governed.erp import Mood
from tests.governed.examples import BLOCK, PLACE, RENAME
from tests.governed.house import Crash, House, asked, reviewed

OFFER = Document(name="offer.pdf", media_type="application/pdf", content=b"%PDF-1.7 offer")
STEPS = (
    Step(name="place", command=PLACE),
    Step(name="attach", command=AttachDocument(order=Made("place"), document=OFFER)),
    Step(name="route", command=StartApprovalRouting(order=Made("place")), needs=("attach",)),
)
REVERSIBLE = (
    Step(name="block", command=BLOCK),
    Step(name="rename", command=RENAME, needs=("block",)),
    Step(name="place", command=PLACE, needs=("rename",)),
)


@pytest.fixture
def house() -> House:
    return House.new()


def members(house: House) -> list[Intent]:
    return [intent for intent in house.ledger.intents(IntentQuery()) if intent.saga is not None]


def approved(house: House, steps: tuple[Step, ...]) -> tuple[Intent, ...]:
    submitted = house.saga(asked(), steps)
    house.approve("bia", [reviewed(each) for each in submitted if each.state is State.AWAITING])
    return submitted


def test_each_step_works_on_what_the_earlier_one_made(house: House) -> None:
    approved(house, STEPS)
    house.until_rest()

    assert state(members(house)) is SagaState.DONE
    assert [each.record for each in house.erp.written] == [PurchaseOrderId("N1")] * 3
    assert house.erp.value(PurchaseOrderId("N1"), "status") is OrderStatus.PENDING_APPROVAL


def test_nothing_runs_before_everybody_has_decided_about_every_step(house: House) -> None:
    first, *_ = house.saga(asked(), STEPS)
    house.approve("bia", [reviewed(first)])
    house.until_rest(hours=2)

    assert house.erp.performed == 0
    assert state(members(house)) is SagaState.RUNNING


def test_one_no_stops_all_of_it(house: House) -> None:
    *_, last = house.saga(asked(), STEPS)
    house.reject("bia", [reviewed(last)], because="not this year")
    house.until_rest()

    assert state(members(house)) is SagaState.NOT_DONE
    assert [each.state for each in members(house)] == [State.HALTED, State.HALTED, State.REFUSED]


def test_what_was_done_is_taken_back_in_reverse(house: House) -> None:
    house.erp.moods = [Mood.WELL, Mood.WELL, Mood.REFUSES]
    approved(house, REVERSIBLE)
    house.until_rest()

    assert state(members(house)) is SagaState.UNDONE
    assert house.erp.value(SupplierId("4711"), "name") == "Schrauben Groß KG"
    assert house.erp.value(SupplierId("4711"), "block") is SupplierBlock.NONE
    undone = [each.command.terms.action for each in house.erp.written]
    assert undone == ["block supplier", "change supplier", "change supplier", "block supplier"]


def test_what_cannot_be_taken_back_is_half_done_and_says_so(house: House) -> None:
    house.erp.moods = [Mood.WELL, Mood.WELL, Mood.REFUSES]
    approved(house, STEPS)
    house.until_rest()

    assert state(members(house)) is SagaState.HALF_DONE  # the document stays attached
    assert house.erp.value(PurchaseOrderId("N1"), "status") is OrderStatus.CANCELLED


def test_an_undo_that_fails_waits_for_an_operator(house: House) -> None:
    house.erp.moods = [Mood.WELL, Mood.REFUSES, Mood.REFUSES]
    approved(house, REVERSIBLE)
    house.until_rest()

    assert state(members(house)) is SagaState.HALF_DONE
    (undo,) = [each for each in members(house) if each.undoes is not None]
    assert undo.state is State.OPERATOR
    assert undo.note == "its saga is half done: the ERP said no: the period is closed"


def test_an_undo_does_not_spoil_what_somebody_changed_since(house: House) -> None:
    house.erp.moods = [Mood.WELL, Mood.REFUSES]
    approved(house, REVERSIBLE)
    while house.erp.performed < 2:
        house.clock.at = house.ledger.next_due() or house.clock.at
        house.sweep()
    house.erp.change(SupplierId("4711"), block=SupplierBlock.PAYMENT)
    house.until_rest()

    assert house.erp.value(SupplierId("4711"), "block") is SupplierBlock.PAYMENT
    assert state(members(house)) is SagaState.HALF_DONE


def test_asking_again_gives_the_same_saga(house: House) -> None:
    assert [each.id for each in house.saga(asked(), STEPS)] == [each.id for each in house.saga(asked(), STEPS)]


def test_a_step_may_only_need_earlier_ones(house: House) -> None:
    with pytest.raises(NotAllowed, match="needs one that is not before it"):
        house.saga(asked(), (STEPS[1],))
    with pytest.raises(NotAllowed, match="there twice"):
        house.saga(asked(), (STEPS[0], evolve(STEPS[2], name="place", needs=())))


@pytest.mark.parametrize("mood", [Mood.WELL, Mood.REFUSES, Mood.DROPS_ANSWER])
def test_a_kill_at_any_place_leaves_a_saga_whole_or_undone(mood: Mood) -> None:
    for place in range(1, 140):
        house = House.new()
        house.erp.moods = [Mood.WELL, mood, mood]
        house.tripwire.at = place
        for attempt in range(2):
            try:
                approving = house.saga(asked(), REVERSIBLE)
                house.approve("bia", [reviewed(each) for each in approving if each.state is State.AWAITING])
                house.until_rest()
                break
            except Crash:
                assert attempt == 0
        ended = state(members(house))
        references = [each.reference for each in house.erp.written]
        assert len(set(references)) == len(references), place
        assert ended in (SagaState.DONE, SagaState.UNDONE, SagaState.HALF_DONE), (place, ended)
        assert ended is not SagaState.HALF_DONE or any(each.state is State.OPERATOR for each in members(house)), place
        assert house.flaws() == 0
        if house.tripwire.at != 0:
            return
    pytest.fail("the path is longer than the test allows for")
