"""Every number of a report, counted by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from application.resolving.report import Bin, Mix, Report, ReportOnNames
from domain.identifiers import CustomerId, SupplierId
from domain.masters import Quality
from domain.matching import MasterRecord
from domain.mentions import Trait
from domain.questions import Answered, Judgement, Proof, Question, QuestionId
from domain.scope import Scope
from tests.governed.examples import SCOPE
from tests.unit.application.resolving.asking import PROVEN, Site, question
from tests.unit.application.resolving.placed import PlacedMatching

ELSEWHERE = Scope("elsewhere", "1")
PROOF = Proof(scope=SCOPE, kind=SupplierId, model="m1", records=1, certificate=PROVEN)
NONE, HALF = Decimal(0), Decimal("0.5")


@pytest.fixture
def site() -> Site:
    site = Site(matching=PlacedMatching())
    site.matching.held = [MasterRecord(id=SupplierId("4711"), names=("Schrauben",))]
    return site


def report(site: Site) -> Report:
    return ReportOnNames(notebook=site.notebook, matching=site.matching)(SupplierId, SCOPE)


def asked(site: Site, *questions: Question) -> None:
    for each in questions:
        site.write(each.id, each)


def judged(site: Site, number: int, truth: str | None) -> None:
    key = QuestionId(f"q{number}")
    site.write(key, Judgement(question=key, truth=None if truth is None else SupplierId(truth)))


def test_a_report_counts_each_thing_for_itself(site: Site) -> None:
    of_a_customer = evolve(question(9), mention=evolve(question(9).mention, kind=CustomerId))
    asked(site, question(8, scope=ELSEWHERE), of_a_customer, question(1), question(2, answered=Answered.RESOLVED))
    site.write(None, PROOF)
    asked(site, question(3, answered=Answered.RESOLVED), question(4, answered=Answered.RESOLVED), question(5))
    judged(site, 8, "4712")
    judged(site, 5, "4712")
    judged(site, 2, "4711")
    judged(site, 3, "4711")

    told = report(site)

    assert (told.kind, told.scope, told.records) == (SupplierId, SCOPE, 1)
    assert (told.proof, told.lapsed) == (PROOF, None)
    assert (told.asked, told.resolved, told.judged, told.audited, told.wrong) == (5, 3, 3, 2, 0)
    assert told.upper == Decimal("0.7764")  # of two answers: 1 - 0.05 ** 0.5
    assert (told.before.asked, told.since.asked) == (2, 3)
    assert told.quality == Quality(numbers=(), names=(), branches=(), unchecked=())


def test_nothing_is_in_force_and_nothing_has_lapsed_before_anything_is_proved(site: Site) -> None:
    told = report(site)

    assert (told.proof, told.lapsed) == (None, None)


def test_what_was_halted_and_judged_bounds_no_answers(site: Site) -> None:
    asked(site, question(1))
    judged(site, 1, "4712")

    told = report(site)

    assert (told.judged, told.audited, told.wrong, told.upper) == (1, 0, 0, Decimal(1))


def test_a_mix_tells_what_was_said_what_was_found_and_what_was_answered(site: Site) -> None:
    bare = question(1, answered=Answered.RESOLVED)
    with_number = evolve(question(2), mention=evolve(bare.mention, tax_number="DE136695976"))
    with_fact = evolve(question(3, best=None), mention=evolve(bare.mention, facts=(Trait("city", "Bremen"),)))
    with_both = evolve(question(4), mention=evolve(with_fact.mention, tax_number="DE136695976"))

    asked(site, bare)
    assert report(site).since == Mix(asked=1, name_alone=Decimal(1), no_candidate=NONE, resolved=Decimal(1))

    asked(site, with_number)
    assert report(site).since == Mix(asked=2, name_alone=HALF, no_candidate=NONE, resolved=HALF)

    asked(site, with_fact)
    third = Decimal("0.3333")
    assert report(site).since == Mix(asked=3, name_alone=third, no_candidate=third, resolved=third)

    asked(site, with_both)
    quarter = Decimal("0.25")
    assert report(site).since == Mix(asked=4, name_alone=quarter, no_candidate=quarter, resolved=quarter)
    assert report(site).before == Mix(asked=0, name_alone=NONE, no_candidate=NONE, resolved=NONE)


def test_a_single_judged_question_is_a_bin_of_its_own(site: Site) -> None:
    asked(site, question(1, score="0.66666"))
    judged(site, 1, "4711")

    assert report(site).reliability == (Bin(judged=1, score=Decimal("0.6667"), right=Decimal(1)),)


def test_judged_questions_are_put_into_ten_bins_by_their_scores_and_what_is_left_over_into_the_last(site: Site) -> None:
    for number in range(21, 0, -1):
        asked(site, question(number, score=f"0.{number:02}"))
        judged(site, number, "4711" if number in (2, 3, 4) else None)

    first, second, *_, last = report(site).reliability

    assert len(report(site).reliability) == 7
    assert first == Bin(judged=3, score=Decimal("0.02"), right=Decimal("0.6667"))
    assert second == Bin(judged=3, score=Decimal("0.05"), right=Decimal("0.3333"))
    assert last == Bin(judged=3, score=Decimal("0.2"), right=NONE)


@pytest.mark.parametrize(("count", "sizes"), [(10, [1] * 10), (11, [2] * 5 + [1]), (20, [2] * 10)])
def test_bins_are_of_one_size_but_for_the_last(site: Site, count: int, sizes: list[int]) -> None:
    for number in range(1, count + 1):
        asked(site, question(number, score="0.5"))
        judged(site, number, "4711")

    assert [each.judged for each in report(site).reliability] == sizes
