"""What a peer makes of names and scores before and after it compares them."""

from __future__ import annotations

from benchmarks.resolution.peers.answers import NOTHING, Answer, answer
from benchmarks.resolution.peers.names import Name, core, names_of, normalised
from tests.benchmarks.resolution.invented import record


def test_accents_case_and_dots_make_no_difference() -> None:
    assert normalised("  ÁGUA-Doce d'Oeste ") == "agua doce doeste"
    assert normalised("Иван  Петров.") == "иван петров"


def test_a_legal_form_is_left_out_of_the_core_unless_there_is_nothing_else() -> None:
    assert core("Orvane S/A") == core("ORVANE Ltda. ME") == "orvane"
    assert core("S.A.") == "sa"


def test_an_alias_is_a_name_of_its_record() -> None:
    names = names_of([record("a", "Orvane", "Zuvia", "Minash"), record("b", "Kelbor")])

    assert names == [Name("a", "Orvane"), Name("a", "Zuvia"), Name("a", "Minash"), Name("b", "Kelbor")]


def test_a_record_counts_with_the_best_of_its_names() -> None:
    assert answer([("a", 3.0), ("b", 5.0), ("a", 9.0), ("b", 1.0)]) == Answer("a", 9.0, 5.0)


def test_who_comes_first_wins_a_tie() -> None:
    assert answer([("b", 5.0), ("a", 5.0)]) == Answer("b", 5.0, 5.0)


def test_a_score_below_nothing_is_still_a_score() -> None:
    assert answer([("a", NOTHING - 10)]) == Answer("a", NOTHING - 10, NOTHING)
    assert answer([]) == Answer(None, NOTHING, NOTHING)
