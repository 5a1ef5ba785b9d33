"""A key or a tax number settles it, unless anything at all speaks against it; then it is said what does."""

from __future__ import annotations

import pytest

from domain.deciding import Chosen, Halt, decide
from domain.errors import InvalidValue
from domain.identifiers import SupplierId
from domain.matching import ABSENT, DIFFERS, EQUAL, NEARLY, PARTLY, MasterRecord, Match
from domain.mentions import Mention, Nature, Role
from tests.unit.domain.test_deciding import CNPJ, OTHER, PROVEN, a_match, a_mention, a_record, ranked

UNCHECKED = "X99-77"
NUMBERED = a_record("1", numbers=(CNPJ,))


def verdict(mention: Mention[SupplierId], *matches: Match[SupplierId]) -> Chosen[SupplierId] | Halt:
    """Decide where names are as sure as can be, so that whatever halts does so because of the number."""
    return decide(mention, ranked(*matches), PROVEN)


def chosen(mention: Mention[SupplierId], *matches: Match[SupplierId]) -> SupplierId:
    """Give the key of what was chosen, where no name settles anything."""
    found = decide(mention, ranked(*matches), None)
    assert isinstance(found, Chosen), found
    return found.match.record.id


@pytest.mark.parametrize("score", ["0.0001", "1"])
def test_a_number_settles_it_however_likely_the_name_is(score: str) -> None:
    mention = a_mention(tax_number=CNPJ)

    assert chosen(mention, a_match(NUMBERED, score, tax_number=EQUAL)) == NUMBERED.id


@pytest.mark.parametrize("name", [NEARLY, PARTLY])
def test_a_number_settles_it_where_the_name_agrees_but_for_a_part(name: str) -> None:
    mention = a_mention(tax_number=CNPJ)

    assert chosen(mention, a_match(NUMBERED, tax_number=EQUAL, name=name)) == NUMBERED.id


def test_a_number_settles_it_between_records_of_one_name() -> None:
    owner, other = a_match(NUMBERED, "0.1", tax_number=EQUAL), a_match(a_record("2"), "0.9", tax_number=DIFFERS)

    assert chosen(a_mention(tax_number=CNPJ), other, owner) == NUMBERED.id


def test_a_key_and_a_number_of_one_record_settle_it() -> None:
    match = a_match(NUMBERED, key=EQUAL, tax_number=EQUAL)

    assert chosen(a_mention(reference="1", tax_number=CNPJ), match) == NUMBERED.id


def test_a_key_settles_it_for_a_record_that_has_no_number() -> None:
    match = a_match(a_record("1"), key=EQUAL, tax_number=ABSENT)

    assert chosen(a_mention(reference="1", tax_number=CNPJ), match) == SupplierId("1")


def test_a_name_that_is_no_key_is_weighed_as_a_name() -> None:
    found = verdict(a_mention(), a_match(a_record("1"), key=DIFFERS))

    assert isinstance(found, Chosen)
    assert found.because == "name and facts agree with record 1"


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_number_or_a_key_that_is_blank_was_not_said(blank: str) -> None:
    assert isinstance(verdict(a_mention(reference=blank, tax_number=blank), a_match(a_record("1"))), Chosen)


@pytest.mark.parametrize(
    ("mention", "because"),
    [
        (a_mention(reference="9"), "no record has the key that was given"),
        (a_mention(tax_number=CNPJ), "no record has the tax number that was given"),
        (
            a_mention(tax_number=UNCHECKED),
            "no record has the tax number that was given, and it fails its check digits or is of no kind known here",
        ),
        (a_mention(reference=UNCHECKED), "no record has the key that was given"),
    ],
)
def test_an_identifier_that_is_nobodys_halts_and_asks_for_what_tells_them_apart(
    mention: Mention[SupplierId], because: str
) -> None:
    first, second = a_record("1", city="Natal"), a_record("2", city="Recife")

    assert verdict(mention, a_match(first), a_match(second)) == Halt(because=because, ask_for="city")


def test_a_number_that_is_nobodys_is_told_where_nothing_is_found_at_all() -> None:
    assert verdict(a_mention(tax_number=CNPJ)) == Halt(
        because="no record has the tax number that was given", ask_for="key"
    )


def test_a_number_that_two_have_asks_for_what_tells_them_apart() -> None:
    both = [a_match(a_record(key, numbers=(CNPJ,), city=f"city {key}"), tax_number=EQUAL) for key in ("1", "2")]

    assert verdict(a_mention(tax_number=CNPJ), *both) == Halt(
        because="2 records have this tax number; the master holds one twice", ask_for="city"
    )


def test_a_key_of_one_record_and_a_number_of_another_halt_with_both() -> None:
    one, two = a_match(a_record("1", city="Natal"), key=EQUAL), a_match(a_record("2", city="Recife"), tax_number=EQUAL)

    assert verdict(a_mention(reference="1", tax_number=CNPJ), one, two) == Halt(
        because="record 1 has this key, but record 2 this tax number", ask_for="city"
    )


def test_a_number_of_one_record_and_a_name_that_is_the_key_of_another_halt_with_both() -> None:
    one, two = a_match(a_record("1", city="Natal"), tax_number=EQUAL), a_match(a_record("2", city="Recife"), key=EQUAL)

    assert verdict(a_mention("2", tax_number=CNPJ), one, two) == Halt(
        because="record 1 has this tax number, but record 2 this key", ask_for="city"
    )


@pytest.mark.parametrize("score", ["0.5", "0.9"])
def test_a_number_under_a_part_of_its_name_halts_where_the_whole_name_is_a_likely_others(score: str) -> None:
    owner = a_match(a_record("1", "Carlos Lima Neto", city="Natal"), "0.1", tax_number=EQUAL, name=PARTLY)
    named = a_match(a_record("2", city="Recife"), score, name=EQUAL)

    assert verdict(a_mention(tax_number=CNPJ), named, owner) == Halt(
        because="record 1 has this tax number, but the name is that of record 2", ask_for="city"
    )


@pytest.mark.parametrize(
    ("score", "its_own", "others"), [("0.4999", PARTLY, EQUAL), ("0.9", PARTLY, NEARLY), ("0.9", NEARLY, EQUAL)]
)
def test_a_number_settles_it_unless_the_whole_name_is_a_likely_others(score: str, its_own: str, others: str) -> None:
    owner = a_match(NUMBERED, "0.1", tax_number=EQUAL, name=its_own)
    named = a_match(a_record("2"), score, name=others)

    assert chosen(a_mention(tax_number=CNPJ), named, owner) == NUMBERED.id


@pytest.mark.parametrize(("score", "told"), [("0.5", "the name is that of record 2"), ("0.4999", "not this name")])
def test_a_number_under_a_name_that_its_record_does_not_bear_halts(score: str, told: str) -> None:
    owner = a_match(a_record("1", "Posto Lua", city="Natal"), "0.2", tax_number=EQUAL, name=DIFFERS)
    named = a_match(a_record("2", city="Recife"), score, name=NEARLY)

    assert verdict(a_mention(tax_number=CNPJ), owner, named) == Halt(
        because=f"record 1 has this tax number, but {told}", ask_for="city"
    )


def test_a_key_whose_record_has_another_number_halts() -> None:
    match = a_match(a_record("1", numbers=(CNPJ,), city="Natal"), key=EQUAL, tax_number=DIFFERS)

    assert verdict(a_mention(reference="1", tax_number=OTHER), match) == Halt(
        because="record 1 has this key, but another tax number", ask_for="city"
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (a_record("1", usable=False, city="Natal"), "is blocked, merged or marked for deletion"),
        (a_record("1", nature=Nature.ORGANISATION, city="Natal"), "is known as organisation, not as person"),
        (a_record("1", role=Role.CONTACT, city="Natal"), "is known as contact, not as employee"),
    ],
)
def test_a_record_that_may_not_be_used_or_is_something_else_is_not_chosen_by_its_key(
    record: MasterRecord[SupplierId], told: str
) -> None:
    mention = a_mention(reference="1", nature=Nature.PERSON, role=Role.EMPLOYEE)

    assert verdict(mention, a_match(record, key=EQUAL)) == Halt(because=f"record 1 {told}", ask_for="city")


def test_a_number_whose_check_digits_nobody_knows_asks_for_something_else() -> None:
    match = a_match(a_record("1", numbers=(UNCHECKED,), city="Natal"), tax_number=EQUAL)

    assert verdict(a_mention(tax_number=UNCHECKED), match) == Halt(
        because="the tax number is of no kind whose check digits are known, and proves nothing", ask_for="city"
    )


def test_a_number_whose_check_digits_nobody_knows_settles_it_with_the_key() -> None:
    match = a_match(a_record("1", numbers=(UNCHECKED,)), key=EQUAL, tax_number=EQUAL)

    assert chosen(a_mention(reference="1", tax_number=UNCHECKED), match) == SupplierId("1")


def test_a_number_that_agrees_though_nobody_said_one_proves_nothing() -> None:
    match = a_match(NUMBERED, tax_number=EQUAL)

    assert isinstance(decide(a_mention(), ranked(match), None), Halt)
    assert isinstance(decide(a_mention(), ranked(match), PROVEN), Chosen)


def test_a_verdict_says_why_in_words() -> None:
    with pytest.raises(InvalidValue, match="because is blank"):
        Chosen(match=a_match(NUMBERED), because=" ")
    with pytest.raises(InvalidValue, match="because is blank"):
        Halt(because=" ", ask_for=None)
    with pytest.raises(InvalidValue, match="ask_for is blank"):
        Halt(because="it is blocked", ask_for=" ")
