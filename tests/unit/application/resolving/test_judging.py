"""A person's word about a question is kept as evidence, and a model is fitted to all of it on a person's word too."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

import pytest
from attrs import evolve

from application.resolving.calibrate import Calibrate, RefreshIndex
from application.resolving.judge import JudgeQuestion
from application.resolving.notebook import RESOLUTION
from contracts.stored import read
from domain.approvals import NotAllowed
from domain.audit import Entry
from domain.identifiers import CustomerId, Identifier, SupplierId
from domain.matching import MasterRecord
from domain.questions import Judgement, Proof, QuestionId
from ports.directory import Right
from ports.errors import NotFound, NotOffered, Unavailable
from tests.governed.examples import SCOPE
from tests.unit.application.resolving.asking import PROVEN, Site, question

FIRST = QuestionId("q1")


@pytest.fixture
def site() -> Site:
    site = Site()
    site.write(FIRST, question(1))
    return site


def judging(site: Site, *, there: bool = True) -> JudgeQuestion:
    return JudgeQuestion(
        journal=site.journal, notebook=site.notebook, directory=site.directory, exists=lambda _, __: there
    )


def calibrating(site: Site) -> Calibrate:
    return Calibrate(
        journal=site.journal,
        notebook=site.notebook,
        directory=site.directory,
        matching=site.matching,
        bound=Decimal("0.01"),
    )


def last(site: Site) -> Entry:
    *_, record = site.ledger.records(RESOLUTION)
    return read(Entry, record.body)


def test_a_judgement_is_kept_with_who_and_why(site: Site) -> None:
    judging(site)(FIRST, SupplierId("4711"), account="bia", because="the one in Bremen")

    told = last(site)
    assert (told.subject, told.by, told.what, told.because) == (FIRST, "bia", "judged", "the one in Bremen")
    assert told.details == Judgement(question=FIRST, truth=SupplierId("4711"))
    assert site.notebook.open() == []


def test_that_it_is_not_in_the_master_is_a_judgement_too(site: Site) -> None:
    judging(site, there=False)(FIRST, None, account="bia", because="a new one")

    (each,) = site.notebook.labels(SupplierId, SCOPE)
    assert each.truth is None


def test_what_is_not_in_the_erp_was_not_meant(site: Site) -> None:
    with pytest.raises(NotFound, match="no record 4712 is there in company"):
        judging(site, there=False)(FIRST, SupplierId("4712"), account="bia", because="so it was")

    assert site.notebook.judged(SupplierId, SCOPE) == []


@pytest.mark.parametrize(
    ("account", "truth", "told"),
    [
        ("nobody", SupplierId("4711"), "nobody is known as nobody"),
        ("eva", SupplierId("4711"), "eva may not settle: resolve names in company"),
        ("bia", CustomerId("4711"), "the question is about a SupplierId"),
    ],
)
def test_who_may_not_judge_is_refused_on_record(site: Site, account: str, truth: Identifier, told: str) -> None:
    with pytest.raises(NotAllowed, match=told):
        judging(site)(FIRST, truth, account=account, because="so it was")

    assert (last(site).by, last(site).what) == (account, "not allowed")
    assert site.notebook.judged(SupplierId, SCOPE) == []


def test_a_question_that_was_never_asked_is_not_judged(site: Site) -> None:
    with pytest.raises(NotFound, match="there is no question q9"):
        judging(site)(QuestionId("q9"), None, account="bia", because="so it was")


def test_what_was_learnt_is_proved_on_record(site: Site) -> None:
    judging(site)(FIRST, SupplierId("4711"), account="bia", because="the one in Bremen")
    site.matching.held = [MasterRecord(id=SupplierId("4711"), names=("Schrauben",))]

    learnt = calibrating(site)(SupplierId, SCOPE, account="caio")

    assert [each.truth for each in site.matching.taught] == [SupplierId("4711")]
    proof = Proof(scope=SCOPE, kind=SupplierId, model=learnt.model, records=1, certificate=PROVEN)
    assert site.notebook.proof(SupplierId, SCOPE) == proof
    assert (last(site).by, last(site).because) == ("caio", "400 judged questions prove answers from 0.9 on")


def test_that_nothing_is_proved_is_on_record_and_ends_what_was(site: Site) -> None:
    calibrating(site)(SupplierId, SCOPE, account="caio")
    site.matching.learns = evolve(PROVEN, threshold=None, asked=12)

    calibrating(site)(SupplierId, SCOPE, account="caio")

    assert last(site).because == "12 judged questions prove nothing yet"
    proof = site.notebook.proof(SupplierId, SCOPE)
    assert proof is not None
    assert proof.certificate.threshold is None


def test_who_may_not_let_go_does_not_calibrate(site: Site) -> None:
    site.directory.forbidden.add(("P2", Right.PROMOTE))

    with pytest.raises(NotAllowed, match="may not promote: resolve names"):
        calibrating(site)(SupplierId, SCOPE, account="bia")

    assert site.matching.taught == []


def test_an_index_is_read_through_the_port_and_progress_is_told(site: Site) -> None:
    records = [MasterRecord(id=SupplierId(str(number)), names=(f"Firm {number}",)) for number in range(1, 2502)]
    told = count()

    refreshed = RefreshIndex(matching=site.matching, masters={SupplierId: lambda _: records})(
        SupplierId, SCOPE, lambda: next(told)
    )

    assert refreshed.records == next(told) == 2501


def test_what_is_found_by_its_key_alone_has_no_index(site: Site) -> None:
    with pytest.raises(NotOffered, match="found by their keys alone"):
        RefreshIndex(matching=site.matching, masters={})(CustomerId, SCOPE)


def test_an_erp_that_goes_away_while_it_is_read_leaves_the_index_as_it_was(site: Site) -> None:
    def cut() -> list[MasterRecord[Identifier]]:
        raise Unavailable("away")

    with pytest.raises(Unavailable):
        RefreshIndex(matching=site.matching, masters={SupplierId: lambda _: cut()})(SupplierId, SCOPE)

    assert site.matching.held == []
