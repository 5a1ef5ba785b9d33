"""What answers by name are worth is told from the record, and from the masters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from application.resolving.report import Mix, Report, ReportOnNames
from domain.identifiers import SupplierId
from domain.masters import Quality
from domain.matching import MasterRecord
from domain.questions import Answered, Judgement, Proof, QuestionId
from tests.governed.examples import SCOPE
from tests.unit.application.resolving.asking import PROVEN, Site, question


@pytest.fixture
def site() -> Site:
    return Site()


def report(site: Site) -> Report:
    return ReportOnNames(notebook=site.notebook, matching=site.matching)(SupplierId, SCOPE)


def asked(site: Site, number: int, truth: str | None, *, answered: Answered = Answered.HALTED, score: str) -> None:
    site.write(None, question(number, answered=answered, score=score))
    key = QuestionId(f"q{number}")
    site.write(None, Judgement(question=key, truth=None if truth is None else SupplierId(truth)))


def test_nothing_is_known_before_anything_is_asked(site: Site) -> None:
    told = report(site)

    assert (told.asked, told.resolved, told.judged, told.audited, told.upper) == (0, 0, 0, 0, Decimal(1))
    assert told.proof is None
    assert told.reliability == ()
    assert told.quality == Quality(numbers=(), names=(), branches=(), unchecked=())


def test_answers_that_were_judged_bound_how_many_are_wrong(site: Site) -> None:
    for number in range(1, 41):
        asked(site, number, "4711" if number > 1 else "4712", answered=Answered.RESOLVED, score="0.95")

    told = report(site)

    assert (told.resolved, told.audited, told.wrong) == (40, 40, 1)
    assert told.upper == Decimal("0.1132")  # Clopper and Pearson: 1 of 40, at 95 %


def test_sureness_is_compared_with_what_was_right(site: Site) -> None:
    for number in range(1, 21):
        asked(site, number, "4711" if number > 10 else None, score="0.1" if number <= 10 else "0.9")

    low, high = report(site).reliability[0], report(site).reliability[-1]

    assert (low.judged, low.score, low.right) == (2, Decimal("0.1"), Decimal(0))
    assert (high.judged, high.score, high.right) == (2, Decimal("0.9"), Decimal(1))


def test_what_is_asked_since_the_last_calibration_is_told_beside_what_was_asked_before(site: Site) -> None:
    site.write(None, question(1))
    site.write(None, Proof(scope=SCOPE, kind=SupplierId, model="m1", records=0, certificate=PROVEN))
    site.write(None, question(2, best=None, score="0"))

    told = report(site)

    one, none = Decimal(1), Decimal(0)
    assert told.before == Mix(asked=1, name_alone=one, no_candidate=none, resolved=none)
    assert told.since == Mix(asked=1, name_alone=one, no_candidate=one, resolved=none)


def test_what_was_proved_of_a_master_of_another_size_counts_no_more(site: Site) -> None:
    proof = Proof(scope=SCOPE, kind=SupplierId, model="m1", records=2, certificate=PROVEN)
    site.write(None, proof)
    site.matching.held = [MasterRecord(id=SupplierId(str(number)), names=("Schrauben KG",)) for number in range(3)]

    told = report(site)
    site.matching.held.pop()

    assert (told.records, told.proof, told.lapsed) == (3, None, proof)
    assert (report(site).proof, report(site).lapsed) == (proof, None)


def test_masters_that_cannot_be_told_apart_are_named(site: Site) -> None:
    one, two, three = (SupplierId(str(number)) for number in (1, 2, 3))
    site.matching.held = [
        MasterRecord(id=one, names=("Schrauben KG",), tax_numbers=("DE136695976",), group="a"),
        MasterRecord(id=two, names=("SCHRAUBEN  kg",), tax_numbers=("DE136695976",), group="a"),
        MasterRecord(id=three, names=("Muttern KG",), tax_numbers=("DE136695977",)),
    ]

    assert report(site).quality == Quality(
        numbers=((one, two),), names=((one, two),), branches=((one, two),), unchecked=(three,)
    )
