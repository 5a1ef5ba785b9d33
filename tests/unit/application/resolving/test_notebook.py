"""The record of questions is read once and then read on, and one wrong answer ends what was proved."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from application.resolving.notebook import RESOLUTION
from domain.errors import InvalidValue
from domain.identifiers import CustomerId, SupplierId
from domain.questions import Answered, Judgement, Label, Proof, QuestionId, label
from domain.scope import Scope
from ports.errors import NotFound, Tampered
from tests.governed.examples import SCOPE
from tests.unit.application.resolving.asking import PROVEN, Site, question

PROOF = Proof(scope=SCOPE, kind=SupplierId, model="m1", records=0, certificate=PROVEN)


@pytest.fixture
def site() -> Site:
    return Site()


def judged(site: Site, number: int, truth: str | None) -> None:
    key = QuestionId(f"q{number}")
    site.write(key, Judgement(question=key, truth=None if truth is None else SupplierId(truth)))


def test_a_question_waits_until_somebody_judges_it(site: Site) -> None:
    notebook = site.notebook
    site.write(None, question(1))
    site.write(None, question(2, is_asked=False, answered=Answered.RESOLVED, drawn="0.05"))
    assert notebook.open() == [question(1)]

    judged(site, 1, None)

    assert notebook.open() == []
    assert notebook.asked(SupplierId, SCOPE) == site.notebook.asked(SupplierId, SCOPE)
    assert len(notebook.asked(SupplierId, SCOPE)) == 2


def test_questions_of_another_place_or_kind_are_not_counted(site: Site) -> None:
    site.write(None, question(1, scope=Scope("elsewhere", "1")))

    assert site.notebook.asked(SupplierId, SCOPE) == []
    assert site.notebook.asked(CustomerId, Scope("elsewhere", "1")) == []


def test_the_last_word_counts(site: Site) -> None:
    site.write(None, question(1))
    judged(site, 1, "4711")
    judged(site, 1, None)

    (each,) = site.notebook.judged(SupplierId, SCOPE)
    assert not each.is_right
    assert each.judgement.truth is None


def test_what_was_drawn_for_an_audit_stands_for_all_that_were_not(site: Site) -> None:
    site.write(None, question(1, answered=Answered.RESOLVED, drawn="0.05"))
    judged(site, 1, "4711")

    assert site.notebook.labels(SupplierId, SCOPE) == [
        Label(mention=question(1).mention, truth=SupplierId("4711"), weight=Decimal(20))
    ]


def test_a_wrong_answer_that_nobody_saw_ends_what_was_proved(site: Site) -> None:
    notebook = site.notebook
    site.write(None, PROOF)
    site.write(None, question(1, answered=Answered.RESOLVED))
    site.write(None, question(2))
    judged(site, 2, None)  # what was halted did no harm
    judged(site, 1, "4711")
    assert notebook.proof(SupplierId, SCOPE) == PROOF
    assert notebook.proof(SupplierId, Scope("elsewhere", "1")) is None

    judged(site, 1, "4712")
    assert notebook.proof(SupplierId, SCOPE) is None

    site.write(None, evolve(PROOF, model="m2"))
    assert notebook.proof(SupplierId, SCOPE) == evolve(PROOF, model="m2")


def test_questions_since_the_last_proof_are_told_apart(site: Site) -> None:
    site.write(None, question(1))
    assert len(site.notebook.since_proved(SupplierId, SCOPE)) == 1

    site.write(None, PROOF)
    site.write(None, question(2))

    assert site.notebook.since_proved(SupplierId, SCOPE) == [question(2)]


def test_a_judgement_of_what_nobody_asked_teaches_nothing(site: Site) -> None:
    judged(site, 9, "4711")

    assert site.notebook.judged(SupplierId, SCOPE) == []
    with pytest.raises(NotFound, match="no question q9"):
        site.notebook.question(QuestionId("q9"))


def test_a_record_that_was_forged_proves_nothing(site: Site) -> None:
    notebook = site.notebook
    site.write(None, PROOF)
    assert notebook.proof(SupplierId, SCOPE) is not None
    site.write(None, question(1))
    first, second = site.ledger.streams_kept[RESOLUTION]
    forged = evolve(second, body=second.body.replace(b"Schrauben", b"Schraubern"))
    site.ledger.streams_kept[RESOLUTION] = (first, forged)

    for reader in (notebook, site.notebook):
        with pytest.raises(Tampered, match="record 2 of resolution is not what was written"):
            reader.proof(SupplierId, SCOPE)


def test_a_judgement_teaches_about_its_own_question_and_kind_alone() -> None:
    with pytest.raises(InvalidValue, match="q2 is not q1"):
        label(question(1), Judgement(question=QuestionId("q2"), truth=None))
    with pytest.raises(InvalidValue, match="what was meant is a SupplierId"):
        label(question(1), Judgement(question=QuestionId("q1"), truth=CustomerId("4711")))
