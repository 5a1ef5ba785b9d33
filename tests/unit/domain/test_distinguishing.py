"""What is asked for, where several records may be meant: the one thing that tells them apart best."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.distinguishing import lacking, telling_apart
from domain.identifiers import SupplierId
from domain.matching import MasterRecord, Match
from domain.mentions import Mention, Trait

LIKELY = Decimal("0.4")
SAID = Mention(kind=SupplierId, said="Carlos Lima")
NUMBERED = Mention(kind=SupplierId, said="Carlos Lima", tax_number="DE136695976")
BOTH = Mention(kind=SupplierId, said="Carlos Lima", tax_number="DE136695976", reference="4711")


def found(
    key: int, *facts: tuple[str, str], numbers: tuple[str, ...] = (), score: Decimal = LIKELY
) -> Match[SupplierId]:
    """Give a record of one Carlos Lima that may have been meant."""
    record = MasterRecord(
        id=SupplierId(str(key)),
        names=("Carlos Lima",),
        tax_numbers=numbers,
        facts=tuple(Trait(about, value) for about, value in facts),
    )
    return Match(record=record, score=score, evidence=())


@pytest.mark.parametrize(("mention", "asked"), [(SAID, "tax number"), (NUMBERED, "key"), (BOTH, None)])
def test_where_nothing_is_known_an_identifier_is_asked_for_that_was_not_said(
    mention: Mention[SupplierId], asked: str | None
) -> None:
    assert lacking(mention) == asked
    assert telling_apart(mention, ()) == asked
    assert telling_apart(mention, [found(1), found(2)]) == asked


def test_the_fact_of_which_most_records_have_their_own_value_tells_them_apart_best() -> None:
    matches = [
        found(1, ("city", "Natal"), ("year", "1970")),
        found(2, ("city", "Natal"), ("year", "1980")),
        found(3, ("city", "Recife"), ("year", "1990")),
    ]

    assert telling_apart(SAID, matches) == "year"


def test_of_two_facts_that_tell_as_much_the_one_that_records_name_first_is_asked_for() -> None:
    matches = [found(1, ("city", "Natal"), ("year", "1970")), found(2, ("year", "1980"), ("city", "Recife"))]

    assert telling_apart(SAID, matches) == "city"


def test_a_fact_that_all_records_share_is_not_asked_for_though_there_is_no_other() -> None:
    assert telling_apart(SAID, [found(1, ("city", "Natal")), found(2, ("city", "Natal"))]) == "tax number"


def test_a_fact_that_the_only_record_has_would_confirm_it() -> None:
    assert telling_apart(SAID, [found(1, ("city", "Natal"))]) == "city"


def test_a_fact_that_all_records_share_tells_nothing() -> None:
    matches = [found(1, ("sex", "m"), ("city", "Natal")), found(2, ("sex", "m"), ("city", "Recife"))]

    assert telling_apart(NUMBERED, matches) == "city"


def test_how_a_value_is_written_makes_no_difference() -> None:
    matches = [found(1, ("city", "Natal"), ("year", "1970")), found(2, ("city", " NATAL "), ("year", "1980"))]

    assert telling_apart(BOTH, matches) == "year"


def test_the_order_of_several_values_makes_no_difference() -> None:
    matches = [
        found(1, ("office", "Natal"), ("office", "Recife"), ("year", "1970")),
        found(2, ("office", "Recife"), ("office", "Natal"), ("year", "1980")),
    ]

    assert telling_apart(BOTH, matches) == "year"


def test_one_value_of_several_is_not_the_same_as_all_of_them() -> None:
    matches = [
        found(1, ("sex", "m"), ("office", "Natal"), ("office", "Recife")),
        found(2, ("sex", "m"), ("office", "Natal")),
    ]

    assert telling_apart(BOTH, matches) == "office"


def test_a_fact_that_one_record_lacks_tells_less_than_one_that_all_have() -> None:
    matches = [
        found(1, ("city", "Natal"), ("year", "1970")),
        found(2, ("city", "Recife"), ("year", "1980")),
        found(3, ("year", "1980")),
    ]

    assert telling_apart(BOTH, matches) == "year"


def test_a_fact_that_only_some_records_have_tells_those_from_the_others() -> None:
    assert telling_apart(BOTH, [found(1), found(2, ("city", "Natal"))]) == "city"


def test_a_fact_that_one_record_lacks_is_believed_less_than_a_number_that_each_has() -> None:
    matches = [found(1, ("city", "Natal"), numbers=("11222333000181",)), found(2, numbers=("45543915000181",))]

    assert telling_apart(SAID, matches) == "tax number"
    assert telling_apart(NUMBERED, matches) == "city"


@pytest.mark.parametrize("about", ["city", "CITY"])
def test_what_was_said_is_not_asked_for_again(about: str) -> None:
    mention = Mention(
        kind=SupplierId, said="Carlos Lima", tax_number="123", reference="4711", facts=(Trait(about, "Natal"),)
    )

    assert telling_apart(mention, [found(1, ("City", "Natal")), found(2, ("City", "Recife"))]) is None


def test_a_fact_that_tells_every_record_apart_is_easier_to_say_than_a_number() -> None:
    matches = [
        found(1, ("city", "Natal"), numbers=("11222333000181",)),
        found(2, ("city", "Recife"), numbers=("45543915000181",)),
    ]

    assert telling_apart(SAID, matches) == "city"


def test_a_number_tells_apart_what_no_fact_tells_apart_wholly() -> None:
    matches = [
        found(1, ("city", "Natal"), numbers=("1",)),
        found(2, ("city", "Natal"), numbers=("2",)),
        found(3, ("city", "Recife"), numbers=("3",)),
    ]

    assert telling_apart(SAID, matches) == "tax number"
    assert telling_apart(NUMBERED, matches) == "city"


@pytest.mark.parametrize("numbers", [("1", "1", "2"), ("1", "2", None)])
def test_numbers_that_two_share_or_one_lacks_tell_nobody_apart(numbers: tuple[str | None, ...]) -> None:
    cities = ("Natal", "Natal", "Recife")
    matches = [
        found(key, ("city", city), numbers=() if number is None else (number,))
        for key, (city, number) in enumerate(zip(cities, numbers, strict=True), 1)
    ]

    assert telling_apart(SAID, matches) == "city"


def test_one_record_alone_is_asked_for_by_its_number() -> None:
    only = found(1, ("city", "Natal"), numbers=("11222333000181",))

    assert telling_apart(SAID, [only]) == "tax number"
    assert telling_apart(NUMBERED, [only]) == "city"


@pytest.mark.parametrize(("score", "asked"), [("0.1", "year"), ("0.0999", "city")])
def test_only_records_that_are_a_quarter_as_likely_as_the_first_are_told_apart(score: str, asked: str) -> None:
    matches = [
        found(1, ("city", "Natal"), ("year", "1970")),
        found(2, ("city", "Recife"), ("year", "1980")),
        found(3, ("city", "Recife"), ("year", "1990"), score=Decimal(score)),
    ]

    assert telling_apart(BOTH, matches) == asked
