"""The record of questions tells kinds and places apart, and is read on where it was left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

from adapters.memory.ledger import InMemoryLedger
from application.resolving.notebook import RESOLUTION, Judged, Notebook
from domain.audit import Record
from domain.identifiers import CustomerId, Identifier, SupplierId
from domain.questions import Answered, Judgement, Proof, QuestionId
from domain.scope import Scope
from ports.errors import NotFound, Tampered
from tests.governed.examples import SCOPE
from tests.unit.application.resolving.asking import KEY, PROVEN, Site, question

ELSEWHERE = Scope("elsewhere", "1")
PROOF = Proof(scope=SCOPE, kind=SupplierId, model="m1", records=0, certificate=PROVEN)
PROOFS = (PROOF, evolve(PROOF, scope=ELSEWHERE), evolve(PROOF, kind=CustomerId))
HERE, THERE = question(1, answered=Answered.RESOLVED), question(2, answered=Answered.RESOLVED, scope=ELSEWHERE)
CUSTOMER = evolve(
    question(3, answered=Answered.RESOLVED),
    mention=evolve(question(3).mention, kind=CustomerId),
    candidates=(CustomerId("4711"),),
)
QUESTIONS = (HERE, THERE, CUSTOMER)


class CountedLedger(InMemoryLedger):
    """A ledger that remembers after which record it was read on."""

    after: tuple[int, ...] = ()

    def records(self, stream: str, after: int = 0) -> Iterator[Record]:
        self.after = (*self.after, after)
        return super().records(stream, after)


@pytest.fixture
def site() -> Site:
    site = Site(ledger=CountedLedger(key=KEY))
    for each in (*PROOFS, *QUESTIONS):
        site.write(None, each)
    return site


def judge(site: Site, key: QuestionId, truth: Identifier | None) -> Judgement:
    judgement = Judgement(question=key, truth=truth)
    site.write(key, judgement)
    return judgement


def proofs(notebook: Notebook) -> tuple[Proof | None, ...]:
    return tuple(notebook.proof(each.kind, each.scope) for each in PROOFS)


def test_each_kind_in_each_place_has_its_own_proof_and_questions(site: Site) -> None:
    notebook = site.notebook

    assert proofs(notebook) == PROOFS
    assert notebook.asked(SupplierId, SCOPE) == [HERE]
    assert notebook.asked(SupplierId, ELSEWHERE) == [THERE]
    assert notebook.asked(CustomerId, SCOPE) == [CUSTOMER]
    assert [notebook.question(each.id) for each in QUESTIONS] == list(QUESTIONS)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_wrong_answer_ends_what_was_proved_of_its_kind_in_its_place_alone(site: Site, which: int) -> None:
    judge(site, QUESTIONS[which].id, None)

    left = [proof if number != which else None for number, proof in enumerate(PROOFS)]
    assert list(proofs(site.notebook)) == left


def test_a_halt_that_was_judged_wrong_ends_nothing(site: Site) -> None:
    site.write(None, question(4))
    judge(site, QuestionId("q4"), SupplierId("4712"))

    assert proofs(site.notebook) == PROOFS


def test_a_wrong_answer_where_nothing_is_proved_ends_nothing(site: Site) -> None:
    judge(site, HERE.id, None)
    judge(site, HERE.id, SupplierId("4712"))

    assert proofs(site.notebook) == (None, *PROOFS[1:])


def test_judgements_teach_about_their_own_kind_and_place(site: Site) -> None:
    told = judge(site, THERE.id, SupplierId("4711"))
    judge(site, CUSTOMER.id, CustomerId("4711"))

    notebook = site.notebook
    assert notebook.judged(SupplierId, SCOPE) == []
    assert notebook.judged(SupplierId, ELSEWHERE) == [Judged(THERE, told)]
    assert [each.truth for each in notebook.labels(CustomerId, SCOPE)] == [CustomerId("4711")]
    assert [each.truth for each in notebook.labels(SupplierId, ELSEWHERE)] == [SupplierId("4711")]


@pytest.mark.parametrize(("truth", "is_right"), [("4711", True), ("4712", False), (None, False)])
def test_the_likeliest_record_was_right_or_was_not(truth: str | None, is_right: bool) -> None:
    judgement = Judgement(question=HERE.id, truth=None if truth is None else SupplierId(truth))

    assert Judged(HERE, judgement).is_right is is_right
    assert not Judged(evolve(HERE, candidates=()), judgement).is_right


def test_what_was_asked_since_counts_from_the_last_proof_of_that_kind_and_place(site: Site) -> None:
    site.write(None, evolve(PROOF, scope=ELSEWHERE))
    for number in (4, 5):
        site.write(None, question(number))
    site.write(None, question(6, scope=ELSEWHERE))

    notebook = site.notebook
    assert [each.id.text for each in notebook.since_proved(SupplierId, SCOPE)] == ["q1", "q4", "q5"]
    assert [each.id.text for each in notebook.since_proved(SupplierId, ELSEWHERE)] == ["q6"]
    assert notebook.since_proved(CustomerId, SCOPE) == [CUSTOMER]
    assert notebook.since_proved(CustomerId, ELSEWHERE) == []


def test_all_that_was_asked_counts_where_nothing_was_ever_proved() -> None:
    site = Site()
    site.write(None, question(1))
    site.write(None, evolve(PROOF, scope=ELSEWHERE))

    assert site.notebook.since_proved(SupplierId, SCOPE) == [question(1)]


def test_only_what_was_put_to_a_person_and_not_judged_yet_waits_the_oldest_first(site: Site) -> None:
    site.write(None, question(9))
    site.write(None, evolve(question(8, answered=Answered.RESOLVED), is_asked=False))
    site.write(None, question(7))
    for each in QUESTIONS:
        judge(site, each.id, None)

    assert [each.id.text for each in site.notebook.open()] == ["q9", "q7"]


def test_what_was_read_is_not_read_again(site: Site) -> None:
    notebook = site.notebook
    notebook.open()
    notebook.open()
    site.write(None, question(4))
    notebook.open()
    notebook.open()

    assert isinstance(site.ledger, CountedLedger)
    assert site.ledger.after == (0, 6, 6, 7)


def test_who_has_another_key_can_prove_nothing_by_it(site: Site) -> None:
    with pytest.raises(Tampered) as caught:
        Notebook(site.ledger, b"another key").proof(SupplierId, SCOPE)

    assert str(caught.value) == "record 1 of resolution is not what was written; verify the audit"


def test_a_record_that_was_taken_out_is_noticed(site: Site) -> None:
    first, _, *others = site.ledger.streams_kept[RESOLUTION]
    site.ledger.streams_kept[RESOLUTION] = (first, *others)

    with pytest.raises(Tampered, match="record 3 of resolution"):
        site.notebook.open()


def test_a_question_that_was_never_asked_is_named(site: Site) -> None:
    with pytest.raises(NotFound) as caught:
        site.notebook.question(QuestionId("q9"))

    assert str(caught.value) == "there is no question q9"
