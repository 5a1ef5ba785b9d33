"""What lets an action go further: how much is asked, what is lacking, and what counts as evidence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from domain.errors import InvalidValue
from domain.promotion import Ladder, Required
from domain.rollout import TrackRecord
from domain.stages import Stage
from tests.governed.examples import MORNING

WELL = TrackRecord(
    since=MORNING,
    proposals=100,
    approved=98,
    rejected=2,
    sent=100,
    done=95,
    refused=4,
    settled=1,
    undone=0,
    decision=timedelta(minutes=5),
    same=9,
    other=1,
    nothing=0,
)


def test_what_was_decided_and_compared_is_counted_whatever_came_of_it() -> None:
    track = evolve(WELL, same=9, other=4, nothing=2)

    assert (track.decided, track.compared) == (100, 15)


@pytest.mark.parametrize(
    ("required", "told"),
    [
        (Required(lasting=timedelta(days=8)), "it has stood so for 7 days, and 8 days are required"),
        (Required(proposals=101), "proposals: 100, and 101 are required"),
        (Required(done=96), "done: 95, and 96 are required"),
        (Required(compared=11), "compared with what people did: 10, and 11 are required"),
        (Required(same=Decimal("0.91")), "done by people as proposed: 9 of 10, and at least 91% are required"),
        (Required(approved=Decimal("0.981")), "approved as proposed: 98 of 100, and at least 98.1% are required"),
        (Required(refused=Decimal("0.039")), "refused by the ERP: 4 of 100, and at most 3.9% are allowed"),
        (Required(settled=Decimal(0)), "settled by an operator: 1 of 100, and at most 0% are allowed"),
        (
            Required(decision=timedelta(minutes=6)),
            "the median decision took 5 min, and at least 6 min are required",
        ),
    ],
)
def test_what_is_lacking_is_said_in_a_sentence(required: Required, told: str) -> None:
    assert required.lacks(WELL, MORNING + timedelta(days=7), is_comparable=True) == (told,)


@pytest.mark.parametrize(
    "required",
    [
        Required(lasting=timedelta(days=7)),
        Required(proposals=100, done=95, compared=10),
        Required(same=Decimal("0.9"), approved=Decimal("0.98")),
        Required(refused=Decimal("0.04"), settled=Decimal("0.01"), undone=Decimal(0)),
        Required(decision=timedelta(minutes=5)),
        Required(),
    ],
)
def test_just_enough_is_enough(required: Required) -> None:
    assert required.lacks(WELL, MORNING + timedelta(days=7), is_comparable=True) == ()


def test_what_was_never_tried_is_no_evidence() -> None:
    nothing = TrackRecord(
        since=MORNING,
        decision=None,
        **dict.fromkeys(("proposals", "approved", "rejected", "sent", "done", "refused", "settled", "undone"), 0),
        **dict.fromkeys(("same", "other", "nothing"), 0),
    )
    some = Decimal("0.5")
    required = Required(same=some, approved=some, refused=some, settled=some, undone=some, decision=timedelta(1))

    lacking = required.lacks(nothing, MORNING, is_comparable=True)
    assert len(lacking) == 6
    assert lacking[0] == "nobody decided, and at least 1 day are required"
    assert lacking[-1] == "taken back: 0 of 0, and at most 50% are allowed"
    assert len(required.lacks(nothing, MORNING, is_comparable=False)) == 5


def test_every_step_asks_for_something_unless_the_site_says_otherwise() -> None:
    ladder = Ladder()

    assert all(ladder.required(stage) != Required() for stage in Stage if stage is not Stage.READ_ONLY)
    assert ladder.required(Stage.READ_ONLY) == Required()
    assert len({ladder.required(stage) for stage in Stage}) == len(Stage)


def test_a_site_that_says_nothing_about_evidence_asks_for_this() -> None:
    assert Ladder() == Ladder(
        supervised=Required(lasting=timedelta(7), proposals=20, compared=20, same=Decimal("0.9")),
        autonomous=Required(
            lasting=timedelta(14),
            done=50,
            approved=Decimal("0.98"),
            refused=Decimal("0.05"),
            settled=Decimal("0.02"),
            undone=Decimal("0.01"),
            decision=timedelta(seconds=10),
        ),
        high_volume=Required(
            lasting=timedelta(30),
            done=500,
            refused=Decimal("0.02"),
            settled=Decimal("0.005"),
            undone=Decimal("0.005"),
        ),
    )


@pytest.mark.parametrize("share", [Decimal(2), 0.5, Decimal("-0.1")])
def test_a_requirement_that_nobody_can_meet_is_refused(share: Decimal) -> None:
    with pytest.raises(InvalidValue, match="must be a decimal from 0 to 1"):
        Required(approved=share)
    with pytest.raises(InvalidValue, match="must be a whole number"):
        Required(done=-1)


def test_nothing_and_all_may_be_required() -> None:
    assert Required(done=0, approved=Decimal(1), refused=Decimal(0)).lacks(WELL, MORNING, is_comparable=True) == (
        "approved as proposed: 98 of 100, and at least 100% are required",
        "refused by the ERP: 4 of 100, and at most 0% are allowed",
    )
