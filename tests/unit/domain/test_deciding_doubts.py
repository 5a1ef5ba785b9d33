"""What speaks against the likeliest record: the first doubt is told, and the fact asked for that would settle it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from domain.deciding import Chosen, Halt, decide, settled, trial
from domain.identifiers import SupplierId
from domain.matching import DIFFERS, EQUAL, LEGAL_FORM, NEARLY, PARTLY, REARRANGED, MasterRecord, Match
from domain.mentions import Mention, Nature, Role
from tests.unit.domain.test_deciding import CNPJ, PROVEN, a_match, a_mention, a_record, ranked

NATAL, RECIFE = a_record("1", city="Natal"), a_record("2", city="Recife")
ANA = a_record("2", "Ana Luz", city="Recife")


def verdict(mention: Mention[SupplierId], *matches: Match[SupplierId]) -> Chosen[SupplierId] | Halt:
    return decide(mention, ranked(*matches), PROVEN)


def is_chosen(mention: Mention[SupplierId], *matches: Match[SupplierId]) -> bool:
    found = verdict(mention, *matches)
    return isinstance(found, Chosen) and found.match is matches[0]


def test_what_is_chosen_says_what_that_rests_on() -> None:
    match = a_match(NATAL)

    assert verdict(a_mention(), match) == Chosen(match=match, because="name and facts agree with record 1")


@pytest.mark.parametrize(
    ("score", "is_enough"), [("0.9", True), ("0.8999", False)], ids=["at the threshold", "below it"]
)
def test_from_the_threshold_on_a_name_is_enough(score: str, is_enough: bool) -> None:
    assert is_chosen(a_mention(), a_match(NATAL, score)) is is_enough


def test_a_proof_without_a_threshold_is_as_good_as_none_and_asks_for_what_would_settle_it() -> None:
    why = "nothing is proved of answers by name here; they are for a person"

    for certificate in (None, evolve(PROVEN, threshold=None)):
        assert decide(a_mention(), ranked(a_match(NATAL)), certificate) == Halt(because=why, ask_for="city")


@pytest.mark.parametrize(("number", "asked"), [(None, "tax number"), (CNPJ, None)])
def test_a_name_that_may_deceive_asks_for_a_number_that_cannot(number: str | None, asked: str | None) -> None:
    mention = a_mention("Carlos\u200b Lima", tax_number=number)

    assert verdict(mention, a_match(NATAL, tax_number=EQUAL)) == Halt(
        because="the name holds characters that cannot be seen", ask_for=asked
    )


@pytest.mark.parametrize(("number", "asked"), [(None, "tax number"), (" ", "key")])
def test_where_nothing_is_found_an_identifier_is_asked_for(number: str | None, asked: str) -> None:
    assert verdict(a_mention(tax_number=number)) == Halt(
        because="no record is known that could be meant", ask_for=asked
    )


@pytest.mark.parametrize(("number", "asked"), [(None, "tax number"), (" ", "key")])
def test_where_everything_is_something_else_the_likeliest_is_told_and_an_identifier_asked_for(
    number: str | None, asked: str
) -> None:
    firm, contact = a_record("1", nature=Nature.ORGANISATION), a_record("2", role=Role.CONTACT)
    mention = a_mention(tax_number=number, nature=Nature.PERSON, role=Role.EMPLOYEE)

    assert verdict(mention, a_match(firm), a_match(contact, "0.3")) == Halt(
        because="record 1 is known as organisation, not as person", ask_for=asked
    )


def test_what_nobody_knows_of_a_record_does_not_speak_against_it() -> None:
    assert is_chosen(a_mention(nature=Nature.PERSON, role=Role.EMPLOYEE), a_match(NATAL))
    assert is_chosen(a_mention(), a_match(a_record(nature=Nature.PERSON, role=Role.CONTACT)))
    assert is_chosen(
        a_mention(nature=Nature.PERSON, role=Role.CONTACT),
        a_match(a_record(nature=Nature.PERSON, role=Role.CONTACT)),
    )


def test_below_a_fifth_no_record_is_likely() -> None:
    assert settled(a_mention(), ranked(a_match(NATAL, "0.1999"))) == Halt(
        because="no record is likely to be the one that was meant", ask_for="city"
    )
    assert isinstance(settled(a_mention(), ranked(a_match(NATAL, "0.2"))), Chosen)


def test_a_likelier_record_that_is_something_else_is_told() -> None:
    firm, person = a_record("1", nature=Nature.ORGANISATION, city="Natal"), RECIFE

    assert verdict(a_mention(nature=Nature.PERSON), a_match(firm, "0.96"), a_match(person)) == Halt(
        because="record 1 is likelier, and is not what was asked for", ask_for="city"
    )


def test_a_record_that_is_something_else_and_only_as_likely_does_not_stand_in_the_way() -> None:
    firm, person = a_match(a_record("1", nature=Nature.ORGANISATION)), a_match(RECIFE)

    found = verdict(a_mention(nature=Nature.PERSON), firm, person)

    assert isinstance(found, Chosen)
    assert found.match is person


def test_the_lead_is_measured_between_those_that_fit() -> None:
    firm = a_match(a_record("3", "Carla Lima", nature=Nature.ORGANISATION), "0.9")

    assert is_chosen(a_mention(nature=Nature.PERSON), a_match(NATAL), firm, a_match(ANA, "0.1"))


@pytest.mark.parametrize(("score", "is_enough"), [("0.75", True), ("0.7501", False)])
def test_a_lead_of_a_fifth_is_clear(score: str, is_enough: bool) -> None:
    assert is_chosen(a_mention(), a_match(NATAL), a_match(ANA, score)) is is_enough


def test_a_thin_lead_tells_between_whom_and_asks_for_what_tells_them_apart() -> None:
    assert verdict(a_mention(), a_match(NATAL), a_match(ANA, "0.94")) == Halt(
        because="record 1 is not clearly ahead of record 2", ask_for="city"
    )


def test_a_thin_lead_between_records_that_share_a_name_says_so() -> None:
    first = evolve(NATAL, names=("Carlos Lima", "Lima Transportes"))
    second = evolve(RECIFE, names=("C. Lima", " LIMA  transportes"))

    assert verdict(a_mention(), a_match(first), a_match(second, "0.94")) == Halt(
        because="record 1 and record 2 have the same name", ask_for="city"
    )


def test_a_blocked_record_is_told_before_anything_else_and_one_behind_it_is_no_obstacle() -> None:
    blocked = evolve(NATAL, usable=False)

    assert verdict(a_mention("Карлос Лима"), a_match(blocked), a_match(RECIFE, "0.94")) == Halt(
        because="record 1 is blocked, merged or marked for deletion", ask_for="city"
    )
    assert is_chosen(a_mention(), a_match(NATAL), a_match(evolve(ANA, usable=False), "0.1"))


def test_letters_that_only_look_alike_are_told_before_any_twin() -> None:
    assert verdict(a_mention("Карлос Лима"), a_match(NATAL), a_match(RECIFE)) == Halt(
        because="the name is not in the letters of record 1, and may only look like it", ask_for="city"
    )


def test_letters_of_any_of_a_records_names_may_be_said() -> None:
    assert is_chosen(a_mention("Carlos Лима"), a_match(evolve(NATAL, names=("Carlos Lima", "Карлос Лима"))))


def test_the_letters_of_a_record_are_those_of_its_names_and_no_others() -> None:
    match = a_match(evolve(NATAL, names=("Карлос Лима", "Лима Транс")))

    assert not is_chosen(a_mention("Carlos Lima"), match)


@pytest.mark.parametrize(
    ("said", "names", "is_enough"),
    [
        ("Carlos Lima Filho", ("Carlos Lima Neto",), False),
        ("Lima Filho", ("Lima Neto",), False),
        ("Carlos Lima Filho", ("Carlos Lima", "Carlos Lima Neto"), False),
        ("Carlos Lima Filho", ("Carlos Lima Neto", "Carlos Lima Jr."), True),
        ("Carlos Lima Filho", ("Carlos Lima Junior",), True),
        ("Carlos Lima Filho", ("Carlos Lima",), True),
        ("Carlos Lima", ("Carlos Lima Neto",), True),
    ],
)
def test_a_father_is_not_chosen_where_the_son_was_said(said: str, names: tuple[str, ...], is_enough: bool) -> None:
    match = a_match(evolve(NATAL, names=names))

    found = verdict(a_mention(said), match)

    assert isinstance(found, Chosen) is is_enough
    if isinstance(found, Halt):
        assert found == Halt(because="record 1 is of another generation than was said", ask_for="city")


def test_twins_are_told_apart_by_a_fact_that_agrees_with_one_and_differs_from_the_other() -> None:
    assert is_chosen(a_mention(), a_match(NATAL, city=EQUAL), a_match(RECIFE, "0.1", city=DIFFERS))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"city": EQUAL}, {"city": EQUAL}),
        ({"city": EQUAL}, {}),
        ({"city": NEARLY}, {"city": DIFFERS}),
        ({"city": DIFFERS}, {"city": EQUAL}),
        ({"name": EQUAL}, {"name": DIFFERS}),
        ({"city": EQUAL}, {"street": DIFFERS}),
    ],
)
def test_twins_that_nothing_tells_apart_halt_however_unlikely_the_second_is(
    first: dict[str, str], second: dict[str, str]
) -> None:
    assert verdict(a_mention(), a_match(NATAL, **first), a_match(ANA, "0.2"), a_match(RECIFE, "0.1", **second)) == Halt(
        because="record 1 and record 2 cannot be told apart by what was said", ask_for="city"
    )


def test_twins_have_all_their_names_in_common_however_they_are_written() -> None:
    twin = evolve(RECIFE, names=(" CARLOS  lima",))
    other = evolve(RECIFE, names=("Carlos Lima", "Lima Transportes"))

    assert not is_chosen(a_mention(), a_match(NATAL), a_match(twin, "0.1"))
    assert is_chosen(a_mention(), a_match(NATAL), a_match(other, "0.1"))


@pytest.mark.parametrize(
    ("branch", "is_enough"),
    [
        (a_record("2", "Posto Lua", group="a"), False),
        (a_record("2", "Posto Lua", group="a", usable=False), True),
        (a_record("2", "Posto Lua", group="b"), True),
        (a_record("2", "Posto Lua"), True),
    ],
    ids=["a branch", "a blocked branch", "another firm", "of no known firm"],
)
def test_another_branch_of_the_firm_halts_while_it_is_in_use(branch: MasterRecord[SupplierId], is_enough: bool) -> None:
    matches = (a_match(a_record("1", group="a")), a_match(a_record("3", "Ana Luz"), "0.2"), a_match(branch, "0.1"))

    assert is_chosen(a_mention(), *matches) is is_enough


def test_a_firm_of_several_branches_halts_though_only_one_is_among_the_likeliest() -> None:
    alone = a_record("1", group="a", city="Natal")

    assert verdict(a_mention(), a_match(alone, branches="2 others")) == Halt(
        because="record 1 is one of several branches of one firm", ask_for="city"
    )


def test_records_of_no_known_firm_have_no_branches() -> None:
    assert is_chosen(a_mention(), a_match(NATAL), a_match(ANA, "0.1"))


@pytest.mark.parametrize("name", [EQUAL, NEARLY, LEGAL_FORM, REARRANGED])
def test_one_word_that_is_a_whole_name_is_enough(name: str) -> None:
    assert is_chosen(a_mention("Lima"), a_match(NATAL, name=name))


@pytest.mark.parametrize("facts", [{}, {"city": NEARLY}, {"nature": EQUAL}, {"role": EQUAL}])
def test_one_word_of_a_name_is_too_little_unless_a_fact_of_its_own_agrees(facts: dict[str, str]) -> None:
    assert verdict(a_mention("Lima"), a_match(NATAL, name=PARTLY, **facts)) == Halt(
        because="one word is too little to know record 1 by", ask_for="city"
    )
    assert is_chosen(a_mention("Lima"), a_match(NATAL, name=PARTLY, **{**facts, "city": EQUAL}))
    assert is_chosen(a_mention("C. Lima"), a_match(NATAL, name=PARTLY, **facts))


def test_only_the_five_likeliest_are_told_apart() -> None:
    told = [("Natal", "m"), ("Natal", "f"), ("Natal", "m"), ("Natal", "f"), ("Natal", "m"), ("Recife", "f")]
    records = [a_record(str(number), city=city, sex=sex) for number, (city, sex) in enumerate(told, 1)]

    halt = verdict(a_mention(), *(a_match(record) for record in records))

    assert isinstance(halt, Halt)
    assert halt.ask_for == "sex"  # the city would tell as much, but only the sixth has another


def test_a_trial_of_a_name_has_its_score_and_stands_for_one_question() -> None:
    told = trial(a_mention(), ranked(a_match(NATAL, "0.4")), NATAL.id)

    assert (str(told.score), told.right, told.weight) == ("0.4", True, Decimal(1))


@pytest.mark.parametrize("truth", [None, NATAL.id])
def test_a_trial_of_what_is_halted_was_right_if_there_was_anything_to_be_found(truth: SupplierId | None) -> None:
    told = trial(a_mention(), ranked(a_match(evolve(NATAL, usable=False))), truth, Decimal(20))

    assert (told.score, told.right, told.weight) == (Decimal(0), truth is not None, Decimal(20))
