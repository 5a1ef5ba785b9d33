"""The resolver's promises, on a site that has learnt from its own decisions: the real libraries, invented names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.matching.base import Base, Source, shipped
from adapters.matching.site import SiteMatching
from domain.certificates import Certificate, upper
from domain.deciding import Chosen, Halt, decide
from domain.identifiers import CustomerId, Identifier, SupplierId
from domain.matching import MasterRecord
from domain.mentions import Mention, Nature, Trait
from domain.questions import Label
from domain.scope import Scope
from ports.errors import NotOffered
from tests.resolution.invented import halves, twin, world

HERE = Scope("toys", "1")
BOUND = Decimal("0.02")
CNPJ, SISTER, OTHER = "11222333000181", "11222333000262", "45543915000181"
WORLD = world()
TAUGHT, JUDGED = halves(WORLD.labels)


def little() -> Base:
    """Give a twelfth of what the package ships, which is learnt from sooner."""
    whole = shipped()
    sources = tuple(Source(one.rows[::12], one.right[::12], one.sample) for one in whole.sources)
    return Base(sources, whole.cold)


@frozen
class Site:
    """A site that has calibrated."""

    matching: SiteMatching
    certificate: Certificate

    def decided(self, mention: Mention[Identifier]) -> Chosen[Identifier] | Halt:
        """Ask by name, and decide."""
        return decide(mention, self.matching.rank(mention, HERE), self.certificate)

    def beside(self, folder: Path, *more: MasterRecord[SupplierId]) -> Site:
        """Give the same site with *more* records, or with other records of the same keys."""
        records = {record.id: record for record in (*self.matching.records(SupplierId, HERE), *more)}
        for file in self.matching.folder.glob("*.model.npz"):
            (folder / file.name).write_bytes(file.read_bytes())
        matching = SiteMatching(folder, little)
        matching.refresh(SupplierId, HERE, records.values())
        return Site(matching, self.certificate)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    matching = SiteMatching(tmp_path_factory.mktemp("names"), little)
    matching.refresh(SupplierId, HERE, WORLD.records)
    learnt = matching.learn(SupplierId, HERE, TAUGHT, BOUND)
    return Site(matching, learnt.certificate)


@pytest.fixture(scope="module")
def right(site: Site) -> Sequence[Label]:
    """What was judged, answered, and right."""
    return [label for label in JUDGED if _is_right(site.decided(label.mention), label)]


def a_mention(said: str, *facts: Trait, **more: object) -> Mention[SupplierId]:
    """Give a mention of a supplier."""
    return Mention(kind=SupplierId, said=said, facts=facts, **more)  # type: ignore[arg-type]  # each test knows its own


def a_record(key: str, name: str, **more: object) -> MasterRecord[SupplierId]:
    """Give a record."""
    return MasterRecord(id=SupplierId(key), names=(name,), **more)  # type: ignore[arg-type]  # as above


def _is_right(verdict: Chosen[Identifier] | Halt, label: Label) -> bool:
    return isinstance(verdict, Chosen) and verdict.match.record.id == label.truth


def _halted(verdict: Chosen[Identifier] | Halt) -> Halt:
    assert isinstance(verdict, Halt)
    return verdict


def test_most_is_answered_and_the_bound_is_kept_on_questions_that_nothing_was_learnt_from(
    site: Site, right: Sequence[Label]
) -> None:
    answered = sum(isinstance(site.decided(label.mention), Chosen) for label in JUDGED)
    wrong = answered - len(right)

    assert answered > 0.3 * len(JUDGED)
    assert wrong <= BOUND * len(JUDGED)
    assert upper(site.certificate.wrong, site.certificate.asked, 0.05) <= BOUND


def test_whoever_is_not_in_the_master_is_not_found_in_somebody_else(site: Site) -> None:
    absent = [label for label in JUDGED if label.truth is None]

    assert sum(isinstance(site.decided(label.mention), Halt) for label in absent) >= 0.95 * len(absent)


def test_a_twin_that_nothing_tells_apart_halts_what_was_answered(
    site: Site, right: Sequence[Label], tmp_path: Path
) -> None:
    records = {record.id: record for record in WORLD.records}
    twins = {label.truth: twin(records[label.truth]) for label in right if isinstance(label.truth, SupplierId)}
    doubled = site.beside(tmp_path, *twins.values())

    assert [label for label in right if isinstance(doubled.decided(label.mention), Chosen)] == []


def test_two_people_of_one_name_halt_and_are_told_apart_by_their_city(site: Site, tmp_path: Path) -> None:
    first = a_record("A", "Zoltan Kravenberg", facts=(Trait("city", "Talinburgo"),), nature=Nature.PERSON)
    second = a_record("B", "Zoltan Kravenberg", facts=(Trait("city", "Ravonburgo"),), nature=Nature.PERSON)
    beside = site.beside(tmp_path, first, second)

    assert _halted(beside.decided(a_mention("Zoltan Kravenberg"))).ask_for == "city"


def test_the_branches_of_one_firm_halt(site: Site, tmp_path: Path) -> None:
    firms = [
        a_record(number, "Quermolino Transportes", group="11222333", tax_numbers=(number,)) for number in (CNPJ, SISTER)
    ]
    beside = site.beside(tmp_path, *firms)

    assert isinstance(beside.decided(a_mention("Quermolino Transportes Ltda")), Halt)
    assert isinstance(beside.decided(a_mention("Quermolino Transportes", tax_number=SISTER)), Chosen)


def test_a_tax_number_settles_it_unless_two_masters_have_it_it_fails_its_check_or_the_name_is_anothers(
    site: Site, tmp_path: Path
) -> None:
    alone = site.beside(tmp_path, a_record("A", "Quermolino Transportes", tax_numbers=(CNPJ,)))

    assert isinstance(alone.decided(a_mention("Quermolino", tax_number="11.222.333/0001-81")), Chosen)
    assert isinstance(alone.decided(a_mention("Quermolino", tax_number="11.222.333/0001-82")), Halt)
    assert isinstance(alone.decided(a_mention("Quermolino", tax_number=OTHER)), Halt)
    assert isinstance(alone.decided(a_mention(WORLD.records[0].names[0], tax_number=CNPJ)), Halt)
    both = alone.beside(tmp_path, a_record("B", "Quermolino Logística", tax_numbers=(CNPJ,)))
    halt = _halted(both.decided(a_mention("Quermolino", tax_number=CNPJ)))
    assert halt.because == "2 records have this tax number; the master holds one twice"


def test_a_person_is_not_taken_for_the_firm_of_the_same_name(site: Site, tmp_path: Path) -> None:
    firm = a_record("A", "Zoltan Kravenberg", nature=Nature.ORGANISATION)
    beside = site.beside(tmp_path, firm)

    assert isinstance(beside.decided(a_mention("Zoltan Kravenberg", nature=Nature.PERSON)), Halt)


def test_a_blocked_record_is_never_chosen(site: Site, right: Sequence[Label], tmp_path: Path) -> None:
    records = {record.id: record for record in WORLD.records}
    blocked = [evolve(records[label.truth], usable=False) for label in right if isinstance(label.truth, SupplierId)]
    beside = site.beside(tmp_path, *blocked)

    assert not any(_is_right(beside.decided(label.mention), label) for label in right)


def test_a_key_settles_it_and_a_wrong_one_halts(site: Site) -> None:
    record = WORLD.records[0]

    assert isinstance(site.decided(a_mention(record.id.text)), Chosen)
    assert isinstance(site.decided(a_mention(record.names[0], reference=record.id.text)), Chosen)
    assert isinstance(site.decided(a_mention(record.names[0], reference="nobody")), Halt)


HOSTILE = [
    "",
    " ",
    "\x00",
    "x" * 10_000,
    "a " * 5_000,
    "\u202e" + WORLD.records[0].names[0],
    WORLD.records[0].names[0].replace("a", "\u0430"),
    WORLD.records[0].names[0] + "\u200b",
    "'; DROP TABLE suppliers; --",
    "' OR 1=1 --",
    "%%%%",
    "\ud800",
    "ﷺ" * 300,
    "🙂" * 300,
    "Z̷a̷l̷g̷o̷" * 30,
    "1" * 300,
]


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_halt(site: Site, said: str) -> None:
    assert isinstance(site.decided(a_mention(said, Trait("city", said), Trait("nonsense", said))), Halt)
    assert isinstance(site.decided(a_mention(said, tax_number=said)), Halt)


def test_what_is_too_long_for_a_name_is_not_even_compared(site: Site) -> None:
    name = WORLD.records[0].names[0]

    assert site.matching.rank(a_mention(name), HERE).matches
    assert not site.matching.rank(a_mention(name + " x" * 150), HERE).matches


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.text(max_size=50))
def test_any_other_text_halts(site: Site, said: str, told: str) -> None:
    names = {record.names[0].casefold() for record in WORLD.records}
    verdict = site.decided(a_mention(said, Trait("city", told)))

    assert isinstance(verdict, Halt) or said.casefold().strip() in names


def test_evidence_names_fields_and_never_values(site: Site) -> None:
    record = WORLD.records[0]
    match = site.matching.rank(a_mention(record.names[0], *record.facts), HERE).matches[0]

    assert {(each.about, each.verdict) for each in match.evidence} >= {
        ("name", "equal"),
        ("city", "equal"),
        ("year", "equal"),
    }
    assert all(fact.value not in each.verdict for each in match.evidence for fact in record.facts)


def test_evidence_says_how_much_likelier_each_field_makes_a_record(site: Site) -> None:
    record = WORLD.records[0]
    asked = a_mention(record.names[0], *(evolve(fact, value="1900") for fact in record.facts if fact.about == "year"))
    odds = {each.about: each.odds for each in site.matching.rank(asked, HERE).matches[0].evidence}

    assert odds["name"] is not None
    assert odds["year"] is not None
    assert odds["name"] > 1 > odds["year"]


def test_another_process_ranks_alike_by_the_same_files(site: Site) -> None:
    again = SiteMatching(site.matching.folder)

    for label in JUDGED[:50]:
        assert again.rank(label.mention, HERE) == site.matching.rank(label.mention, HERE)


def test_what_another_process_has_refreshed_is_found(site: Site, tmp_path: Path) -> None:
    beside = site.beside(tmp_path)
    before = beside.matching.rank(a_mention("Zoltan Kravenberg"), HERE)
    SiteMatching(tmp_path).refresh(SupplierId, HERE, [*WORLD.records, a_record("A", "Zoltan Kravenberg")])
    after = beside.matching.rank(a_mention("Zoltan Kravenberg"), HERE)

    assert SupplierId("A") not in [match.record.id for match in before.matches]
    assert after.matches[0].record.id == SupplierId("A")
    assert after.index != before.index
    assert after.model == before.model


def test_without_labels_nothing_is_proved_and_what_is_asked_still_has_candidates(tmp_path: Path) -> None:
    matching = SiteMatching(tmp_path)
    matching.refresh(SupplierId, HERE, WORLD.records)
    learnt = matching.learn(SupplierId, HERE, [], BOUND)

    assert learnt.certificate.threshold is None
    assert matching.rank(a_mention(WORLD.records[0].names[0]), HERE).matches[0].record.id == WORLD.records[0].id


def test_learning_again_tells_what_the_same_labels_prove_of_the_old_model(site: Site, tmp_path: Path) -> None:
    again = site.beside(tmp_path).matching.learn(SupplierId, HERE, TAUGHT, BOUND)

    assert again.before == site.certificate


def test_what_has_no_index_is_not_offered(site: Site) -> None:
    with pytest.raises(NotOffered, match="no index of the CustomerIds"):
        site.matching.rank(Mention(kind=CustomerId, said="Firma"), HERE)
