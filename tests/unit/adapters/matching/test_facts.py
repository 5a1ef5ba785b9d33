"""How well two values agree, and how much that says."""

from __future__ import annotations

from collections import Counter

import pytest

from adapters.matching.facts import Level, best, column, compared, learnt, taught, value


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1980-05-17", "1980-05-17", Level.EQUAL),
        ("1980-05-17", "1980-05-18", Level.NEARLY),
        ("1980-01-01", "1980-05-17", Level.NEARLY),
        ("1980-05-17", "1980-11-02", Level.PARTLY),
        ("1980-05-17", "1933-11-02", Level.DIFFERS),
        ("1980", "1981", Level.NEARLY),
        ("CV32 5XU", "cv32 5xv", Level.NEARLY),
        ("8001", "4051", Level.DIFFERS),
    ],
)
def test_codes_agree_up_to_one_slip(one: str, other: str, level: Level) -> None:
    assert compared(value(one), value(other), coded=True) is level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("São Paulo", "SAO PAULO", Level.EQUAL),
        ("12 Rosend Street", "12 Rosent Street", Level.NEARLY),
        ("Rosend Street", "12 Rosend Street, Upper Flat", Level.PARTLY),
        ("Natal", "Recife", Level.DIFFERS),
    ],
)
def test_texts_agree_by_their_words(one: str, other: str, level: Level) -> None:
    assert compared(value(one), value(other), coded=False) is level


def test_the_best_of_several_values_counts_and_none_of_none() -> None:
    assert best("b", ["a", "b"], coded=False) is Level.EQUAL
    assert best("b", [], coded=False) is None


def test_a_rare_value_that_agrees_says_more_than_a_frequent_one() -> None:
    towns = column(["natal"] * 50 + ["recife"] * 10 + ["belém"] * 40)

    assert towns.weight(Level.EQUAL, 10) > towns.weight(Level.EQUAL, 50) > 0


def test_a_column_learns_from_its_values_whether_they_are_codes() -> None:
    assert column(["1980-05-17", "1933-11-02"]).coded
    assert column(["ox5 2un", "sw73 3ua"]).coded
    assert not column(["12 rosend street", "upper lane"]).coded


def test_a_field_that_is_often_wrong_says_less_against_a_record() -> None:
    columns = {"town": column(["natal", "recife"] * 50)}
    careless = taught(columns, learnt(columns, {"town": Counter({Level.DIFFERS: 60, Level.EQUAL: 40})}))["town"]

    assert careless.weight(Level.DIFFERS, 1) > columns["town"].weight(Level.DIFFERS, 1)
