"""What became of proposals is counted from the ledger, and from nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from domain.identifiers import PersonId, SupplierId
from domain.intents import Intent
from domain.lifecycle import State
from domain.rollout import Standing, TrackRecord, undecided
from domain.stages import Stage
from ports.errors import Tampered
from tests.governed.erp import Mood
from tests.governed.examples import BLOCK, EXAMPLES, RENAME, SCOPE
from tests.governed.house import asked, reviewed
from tests.governed.rolled import Rolled

BANK = EXAMPLES[3]
ON = timedelta(minutes=2)


@pytest.fixture
def house() -> Rolled:
    house = Rolled.new()
    house.let_go(Stage.SUPERVISED)
    house.clock.pass_(timedelta(hours=1))
    return house


def proposed(house: Rolled, number: int) -> Intent:
    intent = house.submit(asked(f"REQ-{number}"), evolve(RENAME, name=f"Schrauben {number} AG"))
    house.clock.pass_(ON)
    return intent


def carried_out(house: Rolled, number: int, *moods: Mood) -> Intent:
    intent = proposed(house, number)
    house.approve("bia", [reviewed(intent)])
    house.erp.moods = list(moods)
    house.until_rest(hours=1)
    return house.intent(intent.id)


def gathered(house: Rolled) -> TrackRecord:
    standing = house.standing()
    assert isinstance(standing, Standing)
    return house.gather(standing, house.clock.now()).track


def test_each_end_is_counted_where_it_belongs(house: Rolled) -> None:
    begun = proposed(house, 1)
    house.approve("bia", [reviewed(begun)])
    house.until_rest(hours=1)
    carried_out(house, 2, Mood.REFUSES)
    house.reject("bia", [reviewed(proposed(house, 3))], because="no")
    house.withdraw("ana", [reviewed(proposed(house, 4))], because="no more")
    undo = house.undo(carried_out(house, 5).id, account="ana", rationale="the wrong one")
    house.clock.pass_(ON)
    house.approve("bia", [reviewed(undo)])
    house.until_rest(hours=1)
    proposed(house, 6)

    assert gathered(house) == TrackRecord(
        since=begun.submitted_at,
        proposals=6,
        approved=3,
        rejected=1,
        sent=3,
        done=2,
        refused=1,
        settled=0,
        undone=1,
        decision=ON,
        same=0,
        other=0,
        nothing=0,
    )


def test_what_an_operator_settled_counts_whatever_he_said(house: Rolled) -> None:
    house.erp.locatable = False
    for number, done in ((1, SupplierId("4711")), (2, None)):
        doubtful = carried_out(house, number, Mood.DROPS_ANSWER)
        assert doubtful.state is State.OPERATOR
        house.settle("caio", reviewed(doubtful), done=done, because="I looked")

    track = gathered(house)
    assert (track.settled, track.done, track.sent) == (2, 1, 2)


def test_an_approval_that_was_revoked_decides_nothing(house: Rolled) -> None:
    intent = proposed(house, 1)
    house.approve("bia", [reviewed(intent)])
    house.revoke("bia", [reviewed(intent)], because="not yet")

    track = gathered(house)
    assert (track.approved, track.decided, track.decision) == (0, 0, None)


def test_one_approval_of_two_decides_nothing(house: Rolled) -> None:
    standing = house.let_go(Stage.SUPERVISED, BANK)
    house.approve("bia", [reviewed(house.submit(asked(), BANK))])

    assert house.gather(standing, house.clock.now()).track.decided == 0


def test_evidence_about_what_nobody_has_decided_begins_with_its_first_proposal(house: Rolled) -> None:
    nobody = undecided(BLOCK.terms.action, SCOPE)
    assert house.gather(nobody, house.clock.now()).track.since == house.clock.now()
    begun = house.submit(asked(), BLOCK).submitted_at
    house.clock.pass_(ON)

    assert house.gather(nobody, house.clock.now()).track.since == begun


def test_other_actions_companies_and_times_are_no_evidence(house: Rolled) -> None:
    carried_out(house, 1)
    house.submit(asked("REQ-2"), BLOCK)

    assert gathered(house).proposals == 1
    later = evolve(house.let_go(Stage.SUPERVISED), since=house.clock.now() + ON)
    assert house.gather(later, house.clock.now()).track.proposals == 0


def test_everybody_behind_a_request_is_named(house: Rolled) -> None:
    house.submit(asked("REQ-1", account="caio", agent="buyer-bot"), RENAME)
    standing = house.standing()
    assert standing is not None

    assert house.gather(standing, house.clock.now()).requesters == {PersonId("P3"), PersonId("P4")}


def test_evidence_from_a_trail_that_was_edited_is_none(house: Rolled) -> None:
    carried_out(house, 1)
    kept = house.ledger.streams_kept
    kept["sap"] = kept["sap"][:-2] + kept["sap"][-1:]

    with pytest.raises(Tampered, match="the audit stream sap is not what was written"):
        gathered(house)
