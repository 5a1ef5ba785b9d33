"""A name settles which record is meant only if nothing speaks against it; a halt says what, and what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from domain.certificates import Certificate, Trial
from domain.deciding import LEAD, Chosen, decide, trial
from domain.identifiers import SupplierId
from domain.matching import ABSENT, BRANCHES, DIFFERS, EQUAL, KEY, PARTLY, TAX_NUMBER, Ranking
from domain.mentions import Mention, Nature, Role
from domain.resolution import Evidence
from tests.resolution.told import (
    BY_KEY,
    BY_NUMBER,
    CNPJ,
    PROVED,
    SURE,
    UNPROVED,
    VAT,
    Found,
    decided,
    found,
    halted,
    ranked,
    record,
    said,
    traits,
)


def test_a_blocked_record_is_not_chosen_by_its_name_or_its_key() -> None:
    named, keyed = found("A", "1", usable=False), found("A", "1", BY_KEY, usable=False)

    for halt in (halted(said(), named), halted(said(reference="A"), keyed), halted(said("A"), keyed)):
        assert halt.because == "record A is blocked, merged or marked for deletion"


def test_the_usable_second_is_not_taken_for_a_blocked_first() -> None:
    blocked, other = found("A", "0.95", usable=False), found("B", "0.94", name="Molt Filial")

    assert "record A is blocked" in halted(said(), blocked, other).because


@pytest.mark.parametrize(
    ("mention", "match", "because"),
    [
        (said(nature=Nature.PERSON), found("A", nature=Nature.ORGANISATION), "known as organisation, not as person"),
        (said(nature=Nature.ORGANISATION), found("A", nature=Nature.PERSON), "known as person, not as organisation"),
        (said(role=Role.EMPLOYEE), found("A", role=Role.CONTACT), "known as contact, not as employee"),
    ],
    ids=["person", "organisation", "employee"],
)
def test_a_record_of_another_nature_or_role_is_not_chosen_by_its_name_or_its_key(
    mention: Mention[SupplierId], match: Found, because: str
) -> None:
    keyed = evolve(match, evidence=(Evidence(KEY, EQUAL),))

    assert because in halted(mention, match).because
    assert because in halted(evolve(mention, reference="A"), keyed).because


def test_a_nature_that_one_side_does_not_know_is_no_reason_to_halt() -> None:
    assert decided(said(nature=Nature.PERSON), found("A"))
    assert decided(said(), found("A", nature=Nature.PERSON))


def test_twins_halt_however_far_the_first_is_ahead() -> None:
    because = halted(said(), found("A", "1"), found("B", "0.01", name="MOLT  ltda")).because

    assert because == "record A and record B cannot be told apart by what was said"


@pytest.mark.parametrize(
    ("first", "second", "is_chosen"),
    [(EQUAL, DIFFERS, True), (EQUAL, ABSENT, False), (EQUAL, EQUAL, False), (PARTLY, DIFFERS, False)],
)
def test_two_of_one_name_are_told_apart_only_by_a_fact_that_agrees_with_the_one_and_not_with_the_other(
    first: str, second: str, is_chosen: bool
) -> None:
    one, other = found("A", SURE, ("city", first)), found("B", "0.3", ("city", second))

    verdict = decide(said(facts=traits(city="Oslo")), ranked(one, other), PROVED)

    assert isinstance(verdict, Chosen) is is_chosen


def test_two_of_one_name_that_are_close_halt_though_a_fact_separates_them() -> None:
    one, other = found("A", SURE, ("city", EQUAL)), found("B", "0.9", ("city", DIFFERS))

    assert "have the same name" in halted(said(), one, other).because


def test_branches_of_one_firm_halt_whatever_facts_say() -> None:
    one = found("A", SURE, ("city", EQUAL), group="cnpj 11222333")
    other = found("B", "0.01", ("city", DIFFERS), name="Molt Filial", group="cnpj 11222333")

    assert halted(said(), one, other).because == "record A and record B are branches of one firm"


def test_a_branch_of_one_firm_halts_though_the_others_are_not_among_the_likely() -> None:
    one = found("A", SURE, ("city", EQUAL), (BRANCHES, "2 more of one firm"), group="cnpj 11222333")

    assert halted(said(), one).because == "record A is one of several branches of one firm"


@pytest.mark.parametrize(
    "other",
    [
        found("B", "0.01", name="Molt Filial"),
        found("B", "0.01", name="Molt Filial", group="another"),
        found("B", "0.01", name="Molt Filial", group="one", usable=False),
    ],
    ids=["no group", "another firm", "blocked"],
)
def test_a_firm_without_another_usable_branch_among_the_likely_is_chosen(other: Found) -> None:
    assert decided(said(), found("A", group="one"), other)


@pytest.mark.parametrize(
    ("meant", "name"),
    [("Davi Molt Senior", "Davi Molt Jr."), ("Davi Molt Neto", "Davi Molt Filho"), ("Davi Molt III", "Davi Molt II")],
)
def test_a_father_is_not_taken_for_his_son(meant: str, name: str) -> None:
    halt = halted(said(meant), found("A", name=name))

    assert halt.because == "record A is of another generation than was said"


@pytest.mark.parametrize(
    ("meant", "name"),
    [("Davi Molt Júnior", "Davi Molt Filho"), ("Davi Molt", "Davi Molt Filho"), ("Davi Molt Filho", "Davi Molt")],
)
def test_a_generation_that_one_side_does_not_tell_is_no_reason_to_halt(meant: str, name: str) -> None:
    assert decided(said(meant), found("A", name=name))


@pytest.mark.parametrize(("behind", "is_chosen"), [(LEAD, True), (LEAD - Decimal("0.0001"), False)])
def test_the_first_must_be_clearly_ahead_of_the_second(behind: Decimal, is_chosen: bool) -> None:
    second = found("B", str(Decimal(SURE) - behind), name="Sorvane SA")

    verdict = decide(said(), ranked(found("A"), second), PROVED)

    assert isinstance(verdict, Chosen) is is_chosen
    assert isinstance(verdict, Chosen) or verdict.because == "record A is not clearly ahead of record B"


@pytest.mark.parametrize(
    "text",
    ["Mоlt", "Μolt", "Molt Ltdа", "𝐌olt", "Моlt"],
    ids=["Cyrillic o", "Greek M", "Cyrillic a at the end", "mathematical M", "Cyrillic Mo"],
)
def test_a_word_of_several_alphabets_halts(text: str) -> None:
    assert halted(said(text), found("A", "1")).because == "a word of the name mixes letters of several alphabets"


@pytest.mark.parametrize("text", ["МОТ", "МОТ Ltda", "ΜΟΤ"], ids=["Cyrillic", "one Cyrillic word", "Greek"])
def test_a_name_in_other_letters_than_the_records_halts(text: str) -> None:
    because = halted(said(text), found("A", "1", name="MOT Ltda")).because

    assert because == "the name is not in the letters of record A, and may only look like it"


def test_letters_that_the_record_has_too_are_no_reason_to_halt() -> None:
    assert decided(said("Ромашка"), found("A", name="Ромашка ООО"))
    assert decided(said("Ｍｏｌｔ Größe"), found("A"))


@pytest.mark.parametrize("text", ["ラーメン屋さん", "佐々木工業"], ids=["kana and kanji", "the mark of repetition"])
def test_japanese_writes_one_word_in_several_scripts(text: str) -> None:
    assert decided(said(text), found("A", name=text))


@pytest.mark.parametrize(
    "unseen",
    ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\x00", "\x1b", "\ud800", "\ue000", "\u2028", "\x7f"],
    ids=lambda letter: f"U+{ord(letter):04X}",
)
def test_characters_that_nobody_sees_halt_whatever_agrees(unseen: str) -> None:
    match = found("A", "1", BY_KEY, BY_NUMBER, tax_numbers=(CNPJ,))
    text = f"Mo{unseen}lt"

    for mention in (said(text), said(text, tax_number=CNPJ), said(text, reference="A")):
        assert halted(mention, match).because == "the name holds characters that cannot be seen"


@pytest.mark.parametrize("blank", ["\t", "\r\n", "\u00a0", "\u3000", "\u2003"])
def test_blanks_of_all_sorts_are_seen(blank: str) -> None:
    assert decided(said(f"Molt{blank}Ltda"), found("A"))


@pytest.mark.parametrize(
    ("proof", "because"),
    [
        (None, "nothing is proved of answers by name here; they are for a person"),
        (UNPROVED, "nothing is proved of answers by name here; they are for a person"),
        (evolve(PROVED, threshold=Decimal("0.9701")), "record A is not certain enough"),
    ],
    ids=["no certificate", "one that proves nothing", "below the threshold"],
)
def test_a_name_that_is_not_proved_to_be_sure_enough_halts(proof: Certificate | None, because: str) -> None:
    assert halted(said(), found("A"), proof=proof).because == because


def test_a_name_is_chosen_from_the_threshold_on() -> None:
    chosen = decided(said(), found("A", "0.9"))

    assert chosen.match.record.id == SupplierId("A")
    assert chosen.because == "name and facts agree with record A"


@pytest.mark.parametrize(
    ("mention", "ask_for"),
    [(said(), TAX_NUMBER), (said(tax_number=" "), KEY), (said("", reference="", tax_number=""), None)],
)
def test_where_nothing_is_known_an_identifier_is_asked_for(mention: Mention[SupplierId], ask_for: str | None) -> None:
    halt = halted(mention)

    assert (halt.because, halt.ask_for) == ("no record is known that could be meant", ask_for)


def test_what_separates_most_of_the_likely_records_is_asked_for() -> None:
    likely = (
        found("A", "0.5", facts=traits(country="NO", City="Oslo", street="Kai 1")),
        found("B", "0.4", facts=traits(country="NO", City="Bergen", street="Kai 1")),
        found("C", "0.3", facts=traits(country="SE", City="Malmo", street="Kai 1")),
    )

    assert halted(said(), *likely).ask_for == "City"
    assert halted(said(facts=traits(city="Oslo")), *likely).ask_for == "country"


def test_what_only_far_records_differ_in_is_not_asked_for() -> None:
    likely = (
        found("A", "0.8", facts=traits(city="Oslo", street="Kai 1")),
        found("B", "0.7", facts=traits(city="Oslo", street="Kai 2")),
        found("C", "0.1", facts=traits(city="Bergen", street="Kai 1")),
        found("D", "0.1", facts=traits(city="Malmo", street="Kai 2")),
    )

    assert halted(said(), *likely).ask_for == "street"


def test_a_tax_number_is_asked_for_where_no_fact_separates_them_all() -> None:
    one, other = (
        found(key, "0.5", tax_numbers=(number,), facts=traits(city="Oslo")) for key, number in (("A", CNPJ), ("B", VAT))
    )

    assert halted(said(), one, other).ask_for == TAX_NUMBER
    assert halted(said(), one, evolve(other, record=record("B", facts=traits(city="Bergen")))).ask_for == "city"


def test_what_was_said_is_not_asked_for_again() -> None:
    mention = said(tax_number="11.222.333/0001-82", facts=traits(city="Oslo"))
    match = found("A", SURE, (TAX_NUMBER, DIFFERS), tax_numbers=(CNPJ,), facts=traits(city="Oslo"))

    assert halted(mention, match).ask_for == KEY


@pytest.mark.parametrize(
    ("mention", "ranking"),
    [
        (said(), ranked()),
        (said(), ranked(found("A", usable=False))),
        (said(), ranked(found("A"), found("B", "0.9"))),
        (said("Mo\u200blt"), ranked(found("A"))),
        (said(nature=Nature.PERSON), ranked(found("A", nature=Nature.ORGANISATION))),
        (said(tax_number=CNPJ), ranked(found("A", SURE, (TAX_NUMBER, DIFFERS)))),
        (said(tax_number=CNPJ), ranked(found("A", SURE, BY_NUMBER, tax_numbers=(CNPJ,)))),
    ],
    ids=["nothing", "blocked", "twins", "unseen", "nature", "another number", "settled by its number"],
)
def test_what_no_threshold_decides_is_on_trial_with_a_score_of_0(
    mention: Mention[SupplierId], ranking: Ranking[SupplierId]
) -> None:
    assert trial(mention, ranking, SupplierId("A"), Decimal(3)) == Trial(Decimal(0), True, Decimal(3))
    assert not trial(mention, ranking, None).right
