"""The peers of the resolution benchmark, on invented people."""

from __future__ import annotations

import sys

import pytest
from attrs import evolve

from benchmarks.resolution import peers as package
from benchmarks.resolution.peers import PEERS, peers, rapidfuzz_token_sort, rapidfuzz_wratio, tfidf
from benchmarks.resolution.peers.answers import NOTHING, Answer
from benchmarks.resolution.peers.linkage import splink_em, splink_labels
from benchmarks.resolution.peers.linkage.tables import Tables, tables_of
from benchmarks.resolution.peers.names import Name, names_of
from benchmarks.resolution.rows import MasterRow, QuestionRow
from tests.benchmarks.resolution.invented import TOWNS, Invented, asked, invented, record

BOUND = 0.05
"""What can be certified on few questions: fifty-nine right answers are enough."""


@pytest.fixture(scope="module")
def people() -> Invented:
    return invented()


def named(**texts: str) -> list[Name]:
    return [Name(key, text) for key, text in texts.items()]


def tables(master: list[MasterRow], questions: list[QuestionRow]) -> Tables:
    nearest = tfidf.nearest(names_of(master), questions)
    return tables_of(master, questions, [each.records for each in nearest])


def test_every_peer_keeps_the_bound_answers_some_and_tells_of_it(people: Invented) -> None:
    told: list[str] = []

    judged = peers(people.master, people.questions, BOUND, told.append)

    assert tuple(judged) == PEERS
    for name, one in judged.items():
        assert one.asked == 100
        assert one.threshold is not None, f"{name} could not be certified"
        assert one.answered > 0.1, f"{name} answers nothing"
        assert one.wrong_rate <= BOUND, f"{name} is wrong too often"
        assert one.top1 > 0.9, f"{name} does not find what is there"
    assert [line.partition(":")[0] for line in told] == [name for name in PEERS for _ in range(2)]


def test_a_peer_never_certifies_on_the_questions_it_is_judged_on(people: Invented) -> None:
    unlabelled = [evolve(each, cal=False) for each in people.questions]

    judged = peers(people.master, unlabelled, BOUND)

    assert {one.threshold for one in judged.values()} == {None}
    assert {one.answered for one in judged.values()} == {0.0}


def test_a_missing_library_is_one_sentence_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "benchmarks.resolution.peers.tfidf")
    monkeypatch.delattr(package, "tfidf")
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction.text", None)

    with pytest.raises(SystemExit) as caught:
        peers([record("a", "Orvane")], [asked("Orvane")], BOUND)

    assert caught.value.code == "the peers need sklearn: pip install 'dragoman[bench]', or give --no-peers"


def test_the_weighted_ratio_forgives_what_is_left_out_and_the_sorted_words_do_not() -> None:
    names = named(a="Orvane Drosta Crestuval Gollanthe", b="Kelbor Hexen")
    (weighted,) = rapidfuzz_wratio.answers(names, [asked("orvane")])
    (by_words,) = rapidfuzz_token_sort.answers(names, [asked("orvane")])

    assert weighted.best == "a"
    assert weighted.score == 90
    assert by_words.score < 50


def test_the_order_of_words_and_case_do_not_count_for_the_sorted_words() -> None:
    (found,) = rapidfuzz_token_sort.answers(named(a="Orvane Crestuval", b="Kelbor Hexen"), [asked("CRESTUVAL, orvane")])

    assert found.best == "a"
    assert found.score == 100


def test_the_cosine_of_equal_names_is_one() -> None:
    (found,) = tfidf.nearest(named(a="Orvane Crestuval Ltda", b="Kelbor Hexen"), [asked("ORVANE CRESTUVAL")])

    assert found.answer.best == "a"
    assert found.answer.score == pytest.approx(1)


def test_who_shares_nothing_with_a_question_is_no_candidate() -> None:
    (found,) = tfidf.nearest(named(a="Orvane", b="Kixutti", c="Orvana"), [asked("orvane")])

    assert found.records == ("a", "c")


def test_an_alias_leads_to_its_record() -> None:
    master = [record("a", "Orvane Crestuval", "Zuvia the Younger"), record("b", "Kelbor Hexen")]
    questions = [asked("zuvia the younger", "a")]

    assert tables(master, questions).candidates["q"][0] == "a"
    (linked,) = splink_em.answers(tables(master, questions))
    assert linked.best == "a"


def test_a_field_is_compared_only_if_both_sides_hold_it_somewhere() -> None:
    master = [record("a", "Orvane", city="Dunwick", uf="XX", phone="", colour="red", requesters="R1 R2")]
    questions = [asked("Orvane", city="dunwick", uf="", phone="12", colour="red", requester="R2")]

    both = tables(master, questions)

    assert both.fields == ("city", "requester")
    assert both.master[0]["requester"] == ["r1", "r2"]


@pytest.mark.parametrize(("honest", "best"), [(True, "P001"), (False, "P999")])
def test_splink_learns_from_labels_whether_a_town_tells_namesakes_apart(
    people: Invented, honest: bool, best: str
) -> None:
    towns = {each.id: each.columns["city"] for each in people.master}
    other = {town: TOWNS[place - 1] for place, town in enumerate(TOWNS)}
    (namesake,) = [each for each in people.master if each.id == "P001"]
    master = [*people.master, record("P999", namesake.name, city=other[towns["P001"]])]
    labels = [
        evolve(each, columns={"city": towns[each.truth] if honest or number % 20 == 1 else other[towns[each.truth]]})
        for number, each in enumerate(people.questions)
        if each.truth is not None
    ]
    questions = [*labels, asked(namesake.name, qid="whose", city=towns["P001"])]

    *_, answer = splink_labels.answers(tables(master, questions), questions)

    assert answer.best == best
    assert answer.score - answer.second > 1


def test_splink_answers_the_same_again(people: Invented) -> None:
    both = tables(people.master, people.questions)
    first, second = splink_labels.answers(both, people.questions), splink_labels.answers(both, people.questions)

    assert [each.best for each in first] == [each.best for each in second]
    assert [each.score for each in first] == pytest.approx([each.score for each in second])


def test_splink_needs_a_label_to_learn_from_labels(people: Invented) -> None:
    questions = [asked("Orvane Hexen Praxido", cal=True), asked("Kelbor", "P001", cal=False, qid="other")]

    answers = splink_labels.answers(tables(people.master, questions), questions)

    assert answers == [Answer(None, NOTHING, NOTHING)] * 2


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["Orvan Drost"], id="no name is equal and no word shared"),
        pytest.param(["12345"], id="nothing is near"),
        pytest.param([""], id="no name is given"),
        pytest.param(["Orvane Drosta"], id="all are equal"),
    ],
)
def test_splink_is_not_stopped_by_a_set_that_teaches_nothing(names: list[str]) -> None:
    master = [record("a", "Orvane Drosta")]
    questions = [asked(name, "a", qid=str(number)) for number, name in enumerate(names)]
    both = tables(master, questions)

    for answers in (splink_em.answers(both), splink_labels.answers(both, questions)):
        assert len(answers) == len(questions)
        assert {each.best for each in answers} <= {"a", None}
