"""How far an action goes, for which records, and what people did about what was only proposed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
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
from domain.images import UNREAD, Image, Observation
from domain.rollout import Shadow, Standing, shadow, undecided
from domain.stages import Stage
from tests.governed.examples import EXAMPLES, MORNING, RENAME, SCOPE, resolved
from tests.governed.house import House, asked

HALF = Decimal("0.5")
CREATE = EXAMPLES[0]
PROMISED = AttachDocument(
    order=Made("place"), document=Document(name="offer.pdf", media_type="application/pdf", content=b"%PDF")
)
TO_A_PROMISED = ReclassifyLedgerEntry(entry=resolved(LedgerEntryId("100000042")), account=Made("open"))


def standing(stage: Stage, share: Decimal = Decimal(1), *, action: str = "change supplier") -> Standing:
    return Standing(action=action, scope=SCOPE, stage=stage, share=share, by="caio", because="so", since=MORNING)


STANDINGS = st.builds(standing, st.sampled_from(Stage)) | st.builds(
    lambda share: standing(Stage.AUTONOMOUS, share), st.decimals(0, 1, places=3)
)


@pytest.mark.parametrize("share", [Decimal("-0.1"), Decimal("1.01"), Decimal("NaN"), 1, 0.5, None])
def test_a_share_is_a_decimal_from_nothing_to_all(share: Decimal) -> None:
    with pytest.raises((InvalidValue, ArithmeticError)) as caught:
        standing(Stage.AUTONOMOUS, share)
    if isinstance(caught.value, InvalidValue):
        assert str(caught.value) == f"share must be a decimal from 0 to 1, not {share!r}"


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.AUTONOMOUS])
def test_only_what_is_autonomous_has_a_share(stage: Stage) -> None:
    with pytest.raises(InvalidValue, match="only what is autonomous has a share"):
        standing(stage, HALF)


def test_a_standing_reads_as_a_sentence() -> None:
    assert str(standing(Stage.AUTONOMOUS)) == f"change supplier in {SCOPE}: autonomous"
    assert str(standing(Stage.AUTONOMOUS, HALF)) == f"change supplier in {SCOPE}: autonomous for 50% of the records"


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
    assert after == before or (after.by, after.because) == ("rollout", "harm")


def test_what_nobody_has_decided_about_is_only_proposed_and_says_so() -> None:
    nobody = undecided("change supplier", SCOPE)

    assert str(nobody) == f"change supplier in {SCOPE}: read-only"
    assert (nobody.by, nobody.because) == ("nobody", "nobody has decided about it")
    assert nobody.since == datetime(1970, 1, 1, tzinfo=UTC)


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
    ("was", "now", "shown"),
    [
        ("Bolts", "Schrauben Groß AG", Shadow.SAME),
        ("Bolts", "Nuts", Shadow.OTHER),
        ("Bolts", "Bolts", Shadow.NOTHING),
        ("Bolts", UNREAD, Shadow.UNSEEN),
        (UNREAD, "Bolts", Shadow.UNSEEN),
        (UNREAD, UNREAD, Shadow.UNSEEN),
        ("Schrauben Groß AG", "Bolts", Shadow.UNSEEN),
    ],
)
def test_what_people_did_is_seen_in_the_fields_that_were_to_be_set(was: object, now: object, shown: Shadow) -> None:
    def seen(name: object) -> Observation:
        return Observation(version=None, before=Image.of({"name": name}), facts=())

    proposal = House.new().submit(asked(), RENAME).proposal

    assert shadow(evolve(proposal, seen=seen(was)), seen(now)) is shown
