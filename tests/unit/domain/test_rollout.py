"""How far an action goes, what lets it go further, and what counts as evidence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from domain.commands.command import Command, Made
from domain.commands.documents import AttachDocument, Document
from domain.commands.ledger import ReclassifyLedgerEntry
from domain.errors import InvalidValue
from domain.identifiers import LedgerEntryId
from domain.promotion import Ladder, Required
from domain.rollout import Standing, TrackRecord, undecided
from domain.stages import Stage
from tests.governed.examples import EXAMPLES, MORNING, RENAME, SCOPE, resolved

HALF = Decimal("0.5")
CREATE = EXAMPLES[0]
PROMISED = AttachDocument(
    order=Made("place"), document=Document(name="offer.pdf", media_type="application/pdf", content=b"%PDF")
)
TO_A_PROMISED = ReclassifyLedgerEntry(entry=resolved(LedgerEntryId("100000042")), account=Made("open"))
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


def standing(stage: Stage, share: Decimal = Decimal(1), *, action: str = "change supplier") -> Standing:
    return Standing(action=action, scope=SCOPE, stage=stage, share=share, by="caio", because="so", since=MORNING)


STANDINGS = st.builds(standing, st.sampled_from(Stage)) | st.builds(
    lambda share: standing(Stage.AUTONOMOUS, share), st.decimals(0, 1, places=3)
)


@pytest.mark.parametrize("share", [Decimal("-0.1"), Decimal("1.01"), Decimal("NaN"), 1, 0.5, None])
def test_a_share_is_a_decimal_from_nothing_to_all(share: Decimal) -> None:
    with pytest.raises((InvalidValue, ArithmeticError)):
        standing(Stage.AUTONOMOUS, share)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.AUTONOMOUS])
def test_only_what_is_autonomous_has_a_share(stage: Stage) -> None:
    with pytest.raises(InvalidValue, match="only what is autonomous has a share"):
        standing(stage, HALF)


def test_nobody_lets_go_without_a_reason() -> None:
    with pytest.raises(InvalidValue, match="because is blank"):
        evolve(standing(Stage.SUPERVISED), because="")


@given(STANDINGS, STANDINGS)
def test_a_step_leads_further_and_never_past_a_stage(before: Standing, after: Standing) -> None:
    if after.follows(before):
        assert after.is_further_than(before)
        assert after.stage.rank - before.stage.rank in (0, 1)
        assert not before.follows(after)


def test_a_part_becomes_the_whole_before_it_goes_further() -> None:
    assert not standing(Stage.HIGH_VOLUME).follows(standing(Stage.AUTONOMOUS, HALF))
    assert standing(Stage.AUTONOMOUS).follows(standing(Stage.AUTONOMOUS, HALF))
    assert standing(Stage.HIGH_VOLUME).follows(standing(Stage.AUTONOMOUS))
    assert standing(Stage.SUPERVISED).follows(undecided("change supplier", SCOPE))


@given(STANDINGS)
def test_what_is_taken_back_never_goes_further(before: Standing) -> None:
    after = before.taken_back(by="rollout", because="harm", since=MORNING + timedelta(days=1))

    assert not after.is_further_than(before)
    assert after.stage in (Stage.READ_ONLY, Stage.SUPERVISED)
    assert (after == before) is (before.stage is Stage.READ_ONLY)


@pytest.mark.parametrize("command", [CREATE, PROMISED, TO_A_PROMISED], ids=["yet to be made", "promised", "in part"])
def test_a_record_that_is_not_there_yet_is_within_the_whole_alone(command: Command) -> None:
    action = command.terms.action

    assert standing(Stage.AUTONOMOUS, Decimal("0.999"), action=action).stage_of(command) is Stage.SUPERVISED
    assert standing(Stage.AUTONOMOUS, action=action).stage_of(command) is Stage.AUTONOMOUS


@given(st.decimals(0, 1, places=6))
def test_a_share_hangs_on_the_record_alone(share: Decimal) -> None:
    part = standing(Stage.AUTONOMOUS, share)

    assert part.stage_of(RENAME) is part.stage_of(evolve(RENAME, name="Nuts"))


@pytest.mark.parametrize(
    ("required", "told"),
    [
        (Required(lasting=timedelta(days=8)), "it has stood so for 7 days, 0:00:00, and 8 days, 0:00:00 are required"),
        (Required(proposals=101), "proposals: 100, and 101 are required"),
        (Required(done=96), "done: 95, and 96 are required"),
        (Required(compared=11), "compared with what people did: 10, and 11 are required"),
        (Required(same=Decimal("0.91")), "done by people as proposed: 9 of 10, and at least 91% are required"),
        (Required(approved=Decimal("0.981")), "approved as proposed: 98 of 100, and at least 98.1% are required"),
        (Required(refused=Decimal("0.039")), "refused by the ERP: 4 of 100, and at most 3.9% are allowed"),
        (Required(settled=Decimal(0)), "settled by an operator: 1 of 100, and at most 0% are allowed"),
        (
            Required(decision=timedelta(minutes=6)),
            "the median decision took 0:05:00, and at least 0:06:00 are required",
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

    assert len(required.lacks(nothing, MORNING, is_comparable=True)) == 6
    assert len(required.lacks(nothing, MORNING, is_comparable=False)) == 5


def test_every_step_asks_for_something_unless_the_site_says_otherwise() -> None:
    ladder = Ladder()

    assert all(ladder.required(stage) != Required() for stage in Stage if stage is not Stage.READ_ONLY)


@pytest.mark.parametrize("share", [Decimal(2), 0.5, Decimal("-0.1")])
def test_a_requirement_that_nobody_can_meet_is_refused(share: Decimal) -> None:
    with pytest.raises(InvalidValue, match="must be a decimal from 0 to 1"):
        Required(approved=share)
    with pytest.raises(InvalidValue, match="must be a whole number"):
        Required(done=-1)
