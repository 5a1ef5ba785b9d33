"""What is kept of a question, what a judgement of it teaches, and how long a proof holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from domain.certificates import Certificate
from domain.errors import InvalidValue
from domain.identifiers import CustomerId, SupplierId
from domain.mentions import Mention
from domain.questions import Answered, Judgement, Label, Proof, Question, QuestionId, label
from tests.governed.examples import SCOPE

SAID = Mention(kind=SupplierId, said="Schrauben")
HALTED = Question(
    id=QuestionId("q1"),
    scope=SCOPE,
    mention=SAID,
    answered=Answered.HALTED,
    because="it is not certain enough",
    candidates=(SupplierId("4711"), SupplierId("4712")),
    score=Decimal("0.5"),
    drawn=Decimal(1),
    is_asked=True,
    index="7",
    model="m1",
)
RESOLVED = evolve(HALTED, answered=Answered.RESOLVED, drawn=Decimal("0.05"), is_asked=False)
JUDGEMENT = Judgement(question=QuestionId("q1"), truth=SupplierId("4712"))
PROOF = Proof(
    scope=SCOPE,
    kind=SupplierId,
    model="m1",
    records=100,
    certificate=Certificate(
        bound=Decimal("0.01"),
        confidence=Decimal("0.95"),
        threshold=Decimal("0.9"),
        asked=400,
        answered=200,
        wrong=0,
        upper=Decimal("0.0075"),
    ),
)


def test_the_likeliest_record_is_the_best_whether_or_not_it_was_good_enough() -> None:
    assert HALTED.best == SupplierId("4711")
    assert evolve(HALTED, candidates=()).best is None


@pytest.mark.parametrize("drawn", ["0", "-0.05", "1.01"])
def test_a_question_is_judged_by_some_chance_and_at_most_for_certain(drawn: str) -> None:
    with pytest.raises(InvalidValue):
        evolve(RESOLVED, drawn=Decimal(drawn))


def test_an_answer_that_nobody_could_ever_judge_is_refused_in_a_sentence() -> None:
    with pytest.raises(InvalidValue) as caught:
        evolve(RESOLVED, drawn=Decimal(0))

    assert str(caught.value) == "a question is judged with a probability above 0 and up to 1, not 0"


def test_how_often_a_question_is_judged_is_an_exact_share() -> None:
    with pytest.raises(InvalidValue, match="drawn must be a decimal from 0 to 1"):
        evolve(RESOLVED, drawn=0.5)  # type: ignore[arg-type]  # that is the point


def test_every_answer_may_be_judged_and_every_halt_must_be() -> None:
    assert evolve(RESOLVED, drawn=Decimal(1)).drawn == 1
    with pytest.raises(InvalidValue) as caught:
        evolve(HALTED, drawn=Decimal("0.05"))

    assert str(caught.value) == "every question that was halted is for a person to judge"


@pytest.mark.parametrize(
    "name", ["id", "scope", "mention", "answered", "because", "score", "drawn", "is_asked", "index", "model"]
)
def test_a_question_holds_values_of_their_own_kind(name: str) -> None:
    with pytest.raises((InvalidValue, TypeError)):
        evolve(HALTED, **{name: object()})  # type: ignore[arg-type]  # fields as they are named


@pytest.mark.parametrize("name", ["scope", "model", "records", "certificate"])
def test_a_proof_holds_values_of_their_own_kind(name: str) -> None:
    with pytest.raises((InvalidValue, TypeError)):
        evolve(PROOF, **{name: object()})  # type: ignore[arg-type]  # fields as they are named


@pytest.mark.parametrize("name", ["because", "index", "model"])
def test_what_is_told_of_a_question_is_not_blank(name: str) -> None:
    with pytest.raises(InvalidValue, match=f"{name} is blank"):
        evolve(HALTED, **{name: " "})  # type: ignore[arg-type]  # fields as they are named


def test_a_judgement_is_about_a_question_and_names_a_record_or_none() -> None:
    assert evolve(JUDGEMENT, truth=None).truth is None
    with pytest.raises(TypeError):
        evolve(JUDGEMENT, question="q1")  # type: ignore[arg-type]  # that is the point
    with pytest.raises(TypeError):
        evolve(JUDGEMENT, truth="4712")  # type: ignore[arg-type]  # that is the point


def test_a_label_is_about_a_mention_and_stands_for_one_question_unless_told_otherwise() -> None:
    one = Label(mention=SAID, truth=None)

    assert one.weight == 1
    with pytest.raises(TypeError):
        evolve(one, mention="Schrauben")  # type: ignore[arg-type]  # that is the point
    with pytest.raises(TypeError):
        evolve(one, truth="4712")  # type: ignore[arg-type]  # that is the point


def test_a_judgement_teaches_what_was_meant_for_all_questions_that_it_stands_for() -> None:
    assert label(HALTED, JUDGEMENT) == Label(mention=SAID, truth=SupplierId("4712"), weight=Decimal(1))
    assert label(RESOLVED, JUDGEMENT) == Label(mention=SAID, truth=SupplierId("4712"), weight=Decimal(20))
    assert label(HALTED, evolve(JUDGEMENT, truth=None)) == Label(mention=SAID, truth=None)


@pytest.mark.parametrize(
    ("judgement", "why"),
    [
        (evolve(JUDGEMENT, question=QuestionId("q2")), "q2 is not q1"),
        (
            evolve(JUDGEMENT, truth=CustomerId("4712")),
            "what was meant is a SupplierId, not CustomerId(text='4712')",
        ),
    ],
)
def test_a_judgement_of_something_else_teaches_nothing(judgement: Judgement, why: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        label(HALTED, judgement)

    assert str(caught.value) == why


@pytest.mark.parametrize(("records", "holds"), [(90, True), (110, True), (89, False), (111, False), (0, False)])
def test_a_proof_holds_while_a_master_has_about_as_many_records_as_then(records: int, holds: bool) -> None:
    assert PROOF.is_for(records) is holds


def test_what_was_proved_of_no_records_holds_for_none_alone() -> None:
    none = evolve(PROOF, records=0)

    assert none.is_for(0)
    assert not none.is_for(1)
    with pytest.raises(ValueError, match="records"):
        evolve(PROOF, records=-1)
    with pytest.raises(TypeError, match="records"):
        evolve(PROOF, records=1.5)  # type: ignore[arg-type]  # that is the point
