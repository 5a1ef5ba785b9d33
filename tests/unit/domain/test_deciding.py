"""Whether what was found is enough to act on, and what is asked for if it is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.certificates import Certificate
from domain.deciding import Chosen, Halt, decide, trial
from domain.identifiers import SupplierId
from domain.matching import DIFFERS, EQUAL, LEGAL_FORM, NAME, NEARLY, TAX_NUMBER, MasterRecord, Match, Ranking
from domain.mentions import Mention, Nature, Role, Trait
from domain.resolution import Evidence

CNPJ, SISTER, OTHER = "11222333000181", "11222333000262", "45543915000181"
PROVEN = Certificate(
    bound=Decimal("0.01"), confidence=Decimal("0.95"), threshold=Decimal("0.9"), asked=400, answered=200, wrong=0,
    upper=Decimal("0.0075"),
)  # fmt: skip


def a_record(
    key: str = "4711", name: str = "Carlos Lima", *, usable: bool = True, group: str | None = None,
    nature: Nature | None = None, role: Role | None = None, numbers: tuple[str, ...] = (), **facts: str,
) -> MasterRecord[SupplierId]:  # fmt: skip
    """Give a record of a person called Carlos Lima, unless told otherwise."""
    return MasterRecord(
        id=SupplierId(key),
        names=(name,),
        tax_numbers=numbers,
        facts=tuple(Trait(about, value) for about, value in facts.items()),
        nature=nature,
        role=role,
        usable=usable,
        group=group,
    )


def a_match(record: MasterRecord[SupplierId], score: str = "0.95", **verdicts: str) -> Match[SupplierId]:
    """Give a match whose name is equal, unless told otherwise."""
    told = {NAME: EQUAL} | {about.replace("_", " "): verdict for about, verdict in verdicts.items()}
    return Match(
        record=record, score=Decimal(score), evidence=tuple(Evidence(about, verdict) for about, verdict in told.items())
    )


def ranked(*matches: Match[SupplierId]) -> Ranking[SupplierId]:
    """Give a ranking, the first being the likeliest."""
    return Ranking(matches=matches, index="7", model="m1")


def a_mention(said: str = "Carlos Lima", **more: object) -> Mention[SupplierId]:
    """Give a mention of Carlos Lima."""
    return Mention(kind=SupplierId, said=said, **more)  # type: ignore[arg-type]  # each test gives what is its business


def halted(verdict: Chosen[SupplierId] | Halt) -> Halt:
    """Give the halt that it must be."""
    assert isinstance(verdict, Halt)
    return verdict


def test_a_certain_name_that_leads_clearly_is_chosen() -> None:
    verdict = decide(a_mention(), ranked(a_match(a_record()), a_match(a_record("2", "Ana Luz"), "0.3")), PROVEN)

    assert isinstance(verdict, Chosen)
    assert verdict.match.record.id == SupplierId("4711")


@pytest.mark.parametrize("score", ["0.8999", "0.2"])
def test_below_the_threshold_nothing_is_chosen(score: str) -> None:
    halt = halted(decide(a_mention(), ranked(a_match(a_record(city="Natal"), score)), PROVEN))

    assert halt.because == "record 4711 is not certain enough"
    assert halt.ask_for == "city"


def test_it_does_not_compare_records_none_of_which_is_likely() -> None:
    halt = halted(
        decide(a_mention(), ranked(a_match(a_record(), "0.19"), a_match(a_record("2", "Ana Luz"), "0.18")), PROVEN)
    )

    assert halt.because == "no record is likely to be the one that was meant"


def test_without_proof_a_name_settles_nothing() -> None:
    halt = halted(decide(a_mention(), ranked(a_match(a_record(), "0.9999")), None))

    assert halt.because == "nothing is proved of answers by name here; they are for a person"


def test_the_same_name_of_two_people_asks_for_what_tells_them_apart() -> None:
    first, second = a_record("1", city="Natal", sex="m"), a_record("2", city="Recife", sex="m")
    halt = halted(decide(a_mention(), ranked(a_match(first, "0.95"), a_match(second, "0.9")), PROVEN))

    assert halt == Halt(because="record 1 and record 2 cannot be told apart by what was said", ask_for="city")


def test_a_fact_that_was_said_is_not_asked_for_again() -> None:
    first, second = a_record("1", city="Natal", year="1970"), a_record("2", city="Natal", year="1980")
    mention = a_mention(facts=(Trait("city", "Natal"),))
    halt = halted(decide(mention, ranked(a_match(first, city=EQUAL), a_match(second, city=EQUAL)), PROVEN))

    assert halt.ask_for == "year"


def test_twins_that_nothing_tells_apart_are_asked_for_by_their_numbers() -> None:
    first, second = a_record("1", numbers=(CNPJ,)), a_record("2", numbers=(OTHER,))

    assert halted(decide(a_mention(), ranked(a_match(first), a_match(second)), PROVEN)).ask_for == TAX_NUMBER


def test_a_thin_lead_over_another_name_halts() -> None:
    ranking = ranked(a_match(a_record("1")), a_match(a_record("2", "Carla Lima"), "0.8"))

    assert halted(decide(a_mention(), ranking, PROVEN)).because == "record 1 is not clearly ahead of record 2"


def test_one_word_of_a_longer_name_halts_unless_something_else_agrees() -> None:
    part = "all that was said agrees, and the record has more words"
    halt = halted(decide(a_mention("Lima"), ranked(a_match(a_record(), "0.99", name=part)), PROVEN))

    assert halt.because == "one word is too little to know record 4711 by"
    assert isinstance(decide(a_mention("Lima"), ranked(a_match(a_record(), name=part, city=EQUAL)), PROVEN), Chosen)


@pytest.mark.parametrize("verdict", [EQUAL, NEARLY, LEGAL_FORM])
def test_one_word_that_is_the_whole_name_may_be_enough(verdict: str) -> None:
    assert isinstance(decide(a_mention("Vivo"), ranked(a_match(a_record(name="Vivo"), name=verdict)), PROVEN), Chosen)


def test_a_branch_is_not_chosen_while_the_firm_has_another() -> None:
    first = a_record("1", "Posto Lua", group="11222333", numbers=(CNPJ,), city="Natal")
    second = a_record("2", "Posto Lua II", group="11222333", numbers=(SISTER,), city="Recife")
    ranking = ranked(a_match(first), a_match(second, "0.1", name=DIFFERS))
    halt = halted(decide(a_mention("Posto Lua"), ranking, PROVEN))

    assert halt.because == "record 1 and record 2 are branches of one firm"


def test_a_blocked_record_is_recognised_and_not_chosen() -> None:
    halt = halted(decide(a_mention(), ranked(a_match(a_record(usable=False))), PROVEN))

    assert halt.because == "record 4711 is blocked, merged or marked for deletion"


def test_an_organisation_is_not_chosen_where_a_person_was_meant() -> None:
    firm = a_record(nature=Nature.ORGANISATION)
    halt = halted(decide(a_mention(nature=Nature.PERSON), ranked(a_match(firm)), PROVEN))

    assert halt.because == "record 4711 is known as organisation, not as person"


def test_a_contact_of_the_same_name_does_not_stand_in_the_way_of_the_employee() -> None:
    contact, employee = a_record("1", role=Role.CONTACT), a_record("2", role=Role.EMPLOYEE)
    ranking = ranked(a_match(employee, "0.95"), a_match(contact, "0.9"))
    verdict = decide(a_mention(role=Role.EMPLOYEE), ranking, PROVEN)

    assert isinstance(verdict, Chosen)
    assert verdict.match.record is employee


def test_a_contact_that_is_likelier_than_the_employee_halts() -> None:
    contact, employee = a_record("1", role=Role.CONTACT), a_record("2", role=Role.EMPLOYEE)
    ranking = ranked(a_match(contact, "0.99"), a_match(employee, "0.95"))

    assert "likelier" in halted(decide(a_mention(role=Role.EMPLOYEE), ranking, PROVEN)).because


def test_a_tax_number_that_one_record_has_settles_it_without_proof() -> None:
    ranking = ranked(a_match(a_record(numbers=(CNPJ,)), "0.9995", tax_number=EQUAL))
    verdict = decide(a_mention(tax_number="11.222.333/0001-81"), ranking, None)

    assert isinstance(verdict, Chosen)
    assert verdict.because == "tax number equal"


def test_two_masters_of_one_tax_number_halt() -> None:
    both = [a_match(a_record(key, numbers=(CNPJ,)), tax_number=EQUAL) for key in ("1", "2")]
    halt = halted(decide(a_mention(tax_number=CNPJ), ranked(*both), PROVEN))

    assert halt.because == "2 records have this tax number; the master holds one twice"


def test_a_tax_number_that_no_record_has_halts_whatever_the_name_says() -> None:
    ranking = ranked(a_match(a_record(numbers=(CNPJ,)), "0.9999", tax_number=DIFFERS))
    halt = halted(decide(a_mention(tax_number="11222333000182"), ranking, PROVEN))

    assert halt.because.startswith("no record has the tax number that was given")


def test_a_tax_number_under_another_name_halts() -> None:
    owner = a_match(a_record("1", "Posto Lua", numbers=(CNPJ,)), "0.1", tax_number=EQUAL, name=DIFFERS)
    named = a_match(a_record("2"), "0.8", tax_number=DIFFERS)
    halt = halted(decide(a_mention(tax_number=CNPJ), ranked(named, owner), PROVEN))

    assert halt.because == "record 1 has this tax number, but the name is that of record 2"


def test_a_number_of_no_known_kind_proves_nothing() -> None:
    ranking = ranked(a_match(a_record(numbers=("123",)), "0.9999", tax_number=EQUAL))
    halt = halted(decide(a_mention(tax_number="123"), ranking, PROVEN))

    assert "check digits" in halt.because


def test_the_key_of_a_blocked_record_halts() -> None:
    ranking = ranked(a_match(a_record(usable=False), key=EQUAL))

    assert "blocked" in halted(decide(a_mention(reference="4711"), ranking, PROVEN)).because


def test_the_key_of_a_record_settles_it() -> None:
    verdict = decide(a_mention("4711"), ranked(a_match(a_record(), key=EQUAL)), None)

    assert isinstance(verdict, Chosen)
    assert verdict.because == "key equal"


def test_a_key_with_the_tax_number_of_another_record_halts() -> None:
    ranking = ranked(a_match(a_record(numbers=(CNPJ,)), key=EQUAL, tax_number=DIFFERS))
    halt = halted(decide(a_mention(reference="4711", tax_number=OTHER), ranking, PROVEN))

    assert halt.because == "record 4711 has this key, but another tax number"


@pytest.mark.parametrize("said", ["Carlos\u200b Lima", "\u202eCarlos Lima", "Carlos\x00 Lima", "Car\u00adlos Lima"])
def test_characters_that_nobody_sees_halt(said: str) -> None:
    assert "cannot be seen" in halted(decide(a_mention(said), ranked(a_match(a_record())), PROVEN)).because


def test_a_word_of_two_alphabets_halts() -> None:
    ranking = ranked(a_match(a_record()))

    assert "several alphabets" in halted(decide(a_mention("C\u0430rlos Lima"), ranking, PROVEN)).because


def test_a_name_in_other_letters_than_the_record_halts() -> None:
    ranking = ranked(a_match(a_record()))

    assert "letters" in halted(decide(a_mention("Карлос Лима"), ranking, PROVEN)).because


def test_a_name_in_the_letters_of_the_record_may_be_chosen_whatever_they_are() -> None:
    ranking = ranked(a_match(a_record(name="Карлос Лима")))

    assert isinstance(decide(a_mention("Карлос Лима"), ranking, PROVEN), Chosen)


def test_nothing_found_is_a_halt_that_asks_for_the_tax_number() -> None:
    halt = halted(decide(a_mention(), ranked(), PROVEN))

    assert halt == Halt(because="no record is known that could be meant", ask_for=TAX_NUMBER)


def test_a_trial_tells_the_score_and_whether_it_was_right() -> None:
    ranking = ranked(a_match(a_record()))

    assert trial(a_mention(), ranking, SupplierId("4711")).right
    assert not trial(a_mention(), ranking, None).right
    assert trial(a_mention(), ranking, SupplierId("4711"), Decimal(20)).weight == 20


@pytest.mark.parametrize("record", [a_record(usable=False), a_record(nature=Nature.ORGANISATION)])
def test_what_is_halted_anyway_never_counts_against_a_threshold(record: MasterRecord[SupplierId]) -> None:
    assert trial(a_mention(nature=Nature.PERSON), ranked(a_match(record)), None).score == 0


def test_what_a_number_settles_is_not_on_trial() -> None:
    ranking = ranked(a_match(a_record(numbers=(CNPJ,)), "0.9995", tax_number=EQUAL))

    assert trial(a_mention(tax_number=CNPJ), ranking, SupplierId("4711")).score == 0
