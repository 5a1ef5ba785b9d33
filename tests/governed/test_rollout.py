"""An action is let go one step at a time, from evidence, and taken back at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from application.rollout.gathering import Gathered, GatherEvidence
from domain.approvals import NotAllowed
from domain.commands.command import Command
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.intents import Intent
from domain.lifecycle import State
from domain.rollout import Standing
from domain.stages import Stage
from tests.governed.erp import Mood
from tests.governed.examples import BLOCK, PLACE, RENAME, SCOPE, resolved
from tests.governed.house import KEY, Crash, asked, reviewed
from tests.governed.rolled import Rolled

ACTION = RENAME.terms.action
HALF = Decimal("0.5")


@pytest.fixture
def house() -> Rolled:
    house = Rolled.new()
    house.staged = True
    return house


def renamed(house: Rolled, number: int, *, waits: int = 60) -> Intent:
    """Have one proposal made, approved, and carried out."""
    name = f"Schrauben {number} AG"
    intent = house.submit(asked(f"REQ-{number}"), evolve(RENAME, name=name))
    house.clock.pass_(timedelta(seconds=waits))
    if intent.state is State.AWAITING:
        house.approve("bia", [reviewed(intent)])
        house.until_rest(hours=1)
    return house.intent(intent.id)


def proposed(house: Rolled, number: int, *, then: str | None) -> Intent:
    """Have one proposal made that is not executed, and people do something else, or nothing."""
    intent = house.submit(asked(f"REQ-{number}"), evolve(RENAME, name=f"Schrauben {number} AG"))
    house.clock.pass_(timedelta(hours=1))
    if then is not None:
        house.erp.change(SupplierId("4711"), name=then)
    house.clock.pass_(timedelta(days=2))
    return intent


def stage_of(house: Rolled, command: Command) -> Stage | None:
    standing = house.standing(command)
    return None if standing is None else standing.stage


def dies_after_the_call(place: str) -> None:
    if place == "after the ERP":
        raise Crash(place)


def promoted(house: Rolled, to: Stage, share: Decimal = Decimal(1)) -> Standing:
    return house.promote("caio", ACTION, SCOPE, to=to, share=share, because="it went well")


def test_what_nobody_has_decided_about_is_proposed_and_kept_and_never_executed(house: Rolled) -> None:
    intent = house.submit(asked(), RENAME)
    house.until_rest()

    assert house.intent(intent.id).state is State.REFUSED
    assert house.erp.performed == 0


def test_an_action_goes_all_the_way_on_its_evidence(house: Rolled) -> None:
    for number in (1, 2):
        proposed(house, number, then=f"Schrauben {number} AG")
        house.compare()
    assert promoted(house, Stage.SUPERVISED).stage is Stage.SUPERVISED
    assert [renamed(house, number).state for number in (3, 4)] == [State.DONE, State.DONE]
    assert promoted(house, Stage.AUTONOMOUS).stage is Stage.AUTONOMOUS
    assert [renamed(house, number).approvals for number in (5, 6, 7)] == [(), (), ()]
    assert promoted(house, Stage.HIGH_VOLUME).stage is Stage.HIGH_VOLUME

    assert [entry.what for entry in house.rollout() if entry.subject is None] == ["promoted"] * 3
    assert house.flaws() == 0


def test_the_evidence_begins_anew_with_each_step(house: Rolled) -> None:
    house.let_go(Stage.SUPERVISED)
    for number in (1, 2):
        renamed(house, number)
    promoted(house, Stage.AUTONOMOUS, HALF)

    with pytest.raises(NotAllowed, match="done: 0, and 2 are required"):
        promoted(house, Stage.AUTONOMOUS)


class Meddling(GatherEvidence):
    """Has somebody take the action back while its evidence is gathered."""

    def __call__(self, standing: Standing, now: datetime) -> Gathered:
        gathered = super().__call__(standing, now)
        with self.ledger.transaction() as transaction:
            transaction.stand(evolve(standing, stage=Stage.READ_ONLY))
        return gathered


def test_what_was_taken_back_meanwhile_is_not_let_go(house: Rolled) -> None:
    house.let_go(Stage.SUPERVISED)
    for number in (1, 2):
        renamed(house, number)
    promote = evolve(house.promote, gather=Meddling(ledger=house.ledger, key=KEY))

    with pytest.raises(NotAllowed, match="somebody has decided about change supplier in company 1000 of sap meanwhile"):
        promote("caio", ACTION, SCOPE, to=Stage.AUTONOMOUS, because="it went well")
    assert stage_of(house, RENAME) is Stage.READ_ONLY


def test_whoever_approves_without_reading_gives_no_evidence(house: Rolled) -> None:
    house.let_go(Stage.SUPERVISED)
    for number in (1, 2):
        renamed(house, number, waits=1)

    with pytest.raises(NotAllowed, match=r"the median decision took 1 s, and at least 10 s are required"):
        promoted(house, Stage.AUTONOMOUS)


def test_what_was_rejected_counts_against_it(house: Rolled) -> None:
    house.let_go(Stage.SUPERVISED)
    for number in (1, 2):
        renamed(house, number)
    no = house.submit(asked("REQ-3"), evolve(RENAME, name="Nuts"))
    house.reject("bia", [reviewed(no)], because="who is that?")

    with pytest.raises(NotAllowed, match="approved as proposed: 2 of 3, and at least 90% are required"):
        promoted(house, Stage.AUTONOMOUS)


def test_a_write_that_came_out_otherwise_takes_the_action_back_at_once(house: Rolled) -> None:
    house.let_go(Stage.HIGH_VOLUME)
    house.erp.moods = [Mood.ALTERS]
    intent = house.submit(asked(), RENAME)
    house.until_rest()

    standing = house.standing()
    assert standing is not None
    assert standing.stage is Stage.SUPERVISED
    assert standing.because == f"what stands there after intent {intent.id} is not what was asked for"
    assert standing.since > house.let_go(Stage.HIGH_VOLUME).since
    assert house.rollout()[-2].what == "taken back"


def test_a_duplicate_takes_the_action_back_at_once(house: Rolled) -> None:
    house.let_go(Stage.HIGH_VOLUME, PLACE)
    house.erp.moods = [Mood.TWICE]
    house.approve("bia", [reviewed(house.submit(asked(), PLACE))])
    house.erp.tripwire = dies_after_the_call
    with pytest.raises(Crash):
        house.until_rest()
    house.until_rest()

    assert stage_of(house, PLACE) is Stage.SUPERVISED


def test_harm_begins_the_evidence_anew_even_where_a_person_approves_each(house: Rolled) -> None:
    house.let_go(Stage.SUPERVISED)
    for number in (1, 2):
        renamed(house, number)
    house.erp.moods = [Mood.ALTERS]
    renamed(house, 3)

    with pytest.raises(NotAllowed, match="done: 0"):
        promoted(house, Stage.AUTONOMOUS)


@pytest.mark.parametrize(("harm", "stage"), [(True, Stage.SUPERVISED), (False, Stage.AUTONOMOUS)])
def test_an_undo_takes_the_action_back_if_there_was_harm(house: Rolled, harm: bool, stage: Stage) -> None:
    house.let_go(Stage.AUTONOMOUS)
    done = renamed(house, 1)

    house.undo(done.id, account="ana", rationale="it was the wrong one", harm=harm)

    assert stage_of(house, RENAME) is stage


def test_nobody_takes_an_action_back_by_an_undo_that_he_may_not_ask_for(house: Rolled) -> None:
    house.let_go(Stage.AUTONOMOUS)
    done = renamed(house, 1)

    with pytest.raises(NotAllowed, match="nobody is known as mallory"):
        house.undo(done.id, account="mallory", rationale="I want it so", harm=True)

    assert stage_of(house, RENAME) is Stage.AUTONOMOUS


@pytest.mark.parametrize(
    ("record", "stage"),
    [(None, Stage.SUPERVISED), (PurchaseOrderId("N7"), Stage.SUPERVISED), (PurchaseOrderId("N1"), Stage.AUTONOMOUS)],
)
def test_an_operator_who_finds_it_otherwise_than_the_erp_said_takes_the_action_back(
    house: Rolled, record: PurchaseOrderId | None, stage: Stage
) -> None:
    house.let_go(Stage.AUTONOMOUS, PLACE)
    intent = house.submit(asked(), PLACE)
    house.approve("bia", [reviewed(intent)])
    house.erp.moods = [Mood.ALTERS]
    house.until_rest(hours=24)
    house.let_go(Stage.AUTONOMOUS, PLACE)  # it has been taken back already, and somebody was quick
    doubtful = house.intent(intent.id)
    assert doubtful.state is State.OPERATOR

    house.settle("caio", reviewed(doubtful), done=record, because="seen in ME23N")

    assert stage_of(house, PLACE) is stage


def test_an_erp_that_does_not_answer_takes_back_what_is_left_to_itself_there(house: Rolled) -> None:
    house.let_go(Stage.HIGH_VOLUME)
    begun = house.let_go(Stage.AUTONOMOUS, BLOCK)
    kept = house.let_go(Stage.SUPERVISED, PLACE)
    house.clock.pass_(timedelta(hours=1))
    house.erp.moods = [Mood.UNREACHED] * 5
    for number in range(5):
        house.submit(asked(f"REQ-{number}"), evolve(RENAME, name=f"Schrauben {number} AG"))

    assert stage_of(house, RENAME) is Stage.SUPERVISED
    blocking = house.standing(BLOCK)
    assert blocking is not None
    assert (blocking.stage, blocking.because, blocking.since) == (
        Stage.SUPERVISED,
        "sap does not answer",
        begun.since,
    )
    assert house.standing(PLACE) == kept


def test_a_share_is_one_of_records_and_not_of_tries(house: Rolled) -> None:
    house.let_go(Stage.AUTONOMOUS, share=HALF)
    suppliers = [resolved(SupplierId(str(number))) for number in range(4000, 4200)]
    renames = [evolve(RENAME, supplier=supplier) for supplier in suppliers]
    stages = [house.gatekeeper.stage(rename, SCOPE) for rename in renames]

    assert 70 < stages.count(Stage.AUTONOMOUS) < 130
    assert [house.gatekeeper.stage(evolve(rename, name="Nuts"), SCOPE) for rename in renames] == stages
    house.let_go(Stage.AUTONOMOUS, share=Decimal("0.75"))
    more = [house.gatekeeper.stage(rename, SCOPE) for rename in renames]
    assert all(now is Stage.AUTONOMOUS for was, now in zip(stages, more, strict=True) if was is Stage.AUTONOMOUS)


def test_what_is_outside_the_share_waits_for_a_person(house: Rolled) -> None:
    house.let_go(Stage.AUTONOMOUS, share=Decimal(0))

    assert house.submit(asked(), RENAME).state is State.AWAITING


def test_anybody_with_the_right_takes_an_action_back_at_any_time(house: Rolled) -> None:
    house.let_go(Stage.HIGH_VOLUME)

    house.demote("ana", ACTION, SCOPE, to=Stage.AUTONOMOUS, share=HALF, because="too fast")
    house.demote("ana", ACTION, SCOPE, to=Stage.READ_ONLY, because="no more")

    assert house.submit(asked(), RENAME).state is State.REFUSED
    assert [entry.what for entry in house.rollout()] == ["promoted", "demoted", "demoted"]
