"""What is promised of suppliers, by the whole way from a stream of records to a decision; all names are made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.matching.site import SiteMatching
from domain.certificates import Certificate
from domain.deciding import Chosen, Halt, decide
from domain.identifiers import Identifier, SupplierId
from domain.mentions import Mention, Nature, Trait
from domain.questions import Label
from domain.scope import Scope
from tests.resolution.suppliers import Master, halves, questions, sparse, spoilt, suppliers

HERE = Scope("toys", "1")
BOUND = Decimal("0.02")
MASTER = suppliers()
RECORDS = {record.id: record for record in MASTER.records}
TAUGHT, UNSEEN = halves(MASTER, questions(MASTER))


@frozen
class Site:
    """A site that has learnt from some of its questions."""

    matching: SiteMatching
    certificate: Certificate

    def decided(self, mention: Mention[Identifier]) -> Chosen[Identifier] | Halt:
        """Ask, and decide by what was proved."""
        return decide(mention, self.matching.rank(mention, HERE), self.certificate)

    def chosen(self, mention: Mention[Identifier]) -> Identifier | None:
        """Give the key of what was chosen."""
        verdict = self.decided(mention)
        return verdict.match.record.id if isinstance(verdict, Chosen) else None


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    matching = SiteMatching(tmp_path_factory.mktemp("suppliers"), sparse)
    matching.refresh(SupplierId, HERE, MASTER.records)
    return Site(matching, matching.learn(SupplierId, HERE, TAUGHT, BOUND).certificate)


@pytest.fixture(scope="module")
def answered(site: Site) -> Sequence[tuple[Label, Identifier]]:
    """Give the unseen questions that were answered, and with what."""
    return [(label, key) for label in UNSEEN if (key := site.chosen(label.mention)) is not None]


def named(record: Master, **more: object) -> Mention[SupplierId]:
    """Give a mention of the very name of *record*."""
    return Mention(kind=SupplierId, said=record.names[0], **more)  # type: ignore[arg-type]  # fields as they are named


def test_the_bound_is_kept_on_questions_that_nothing_was_learnt_from_and_a_good_part_is_answered(
    site: Site, answered: Sequence[tuple[Label, Identifier]]
) -> None:
    wrong = [label for label, key in answered if key != label.truth]

    assert site.certificate.threshold is not None
    assert len(wrong) <= BOUND * len(UNSEEN)
    assert len(answered) >= 0.2 * len(UNSEEN)


def test_a_twin_of_every_record_that_was_chosen_halts_all_of_them(
    site: Site, answered: Sequence[tuple[Label, Identifier]], tmp_path: Path
) -> None:
    for file in site.matching.folder.glob("*.model.npz"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    twins = [evolve(RECORDS[SupplierId(key.text)], id=SupplierId(f"{key}T")) for key in {key for _, key in answered}]
    doubled = Site(SiteMatching(tmp_path, sparse), site.certificate)
    doubled.matching.refresh(SupplierId, HERE, [*MASTER.records, *twins])

    assert [doubled.chosen(label.mention) for label, _ in answered] == [None] * len(answered)


@pytest.mark.parametrize("pair", MASTER.namesakes, ids=lambda pair: str(pair[0].names[0]))
def test_two_firms_of_one_name_halt_and_something_is_asked_for(site: Site, pair: Sequence[Master]) -> None:
    verdict = site.decided(named(pair[0]))

    assert isinstance(verdict, Halt)
    assert verdict.ask_for in {"city", "postal code", "e-mail", "tax number"}


@pytest.mark.parametrize("firm", MASTER.branches, ids=lambda firm: str(firm[0].names[0]))
def test_branches_of_one_firm_halt_unless_the_number_says_which(site: Site, firm: Sequence[Master]) -> None:
    for branch in firm:
        assert site.chosen(named(branch)) is None
        assert site.chosen(named(branch, facts=branch.facts[:1])) is None
        assert site.chosen(named(branch, tax_number=branch.tax_numbers[0])) == branch.id


@pytest.mark.parametrize("pair", MASTER.doubled, ids=lambda pair: str(pair[0].names[0]))
def test_a_tax_number_that_two_masters_have_halts_whichever_name_is_said(site: Site, pair: Sequence[Master]) -> None:
    for record in pair:
        assert site.chosen(named(record, tax_number=record.tax_numbers[0])) is None


def test_nobody_is_found_whom_the_master_does_not_hold(site: Site) -> None:
    found = [record for record in MASTER.outsiders if site.chosen(named(record, facts=record.facts)) is not None]

    assert len(found) <= BOUND * len(MASTER.outsiders)


def test_the_tax_number_of_an_outsider_halts_whatever_name_is_said(site: Site) -> None:
    numbers = [record.tax_numbers[0] for record in MASTER.outsiders]

    chosen = [site.chosen(named(one, tax_number=number)) for one, number in zip(MASTER.plain, numbers, strict=False)]

    assert chosen == [None] * len(numbers)


def test_a_tax_number_settles_it_in_any_writing_and_one_that_fails_its_check_never_does(site: Site) -> None:
    for record in (*MASTER.plain[:40], *MASTER.people[:20]):
        number = record.tax_numbers[0]
        assert site.chosen(named(record, tax_number=f" {number[:-2]}-{number[-2:]}")) == record.id
        assert site.chosen(named(record, tax_number=spoilt(number))) is None


def test_people_are_not_chosen_for_firms_nor_firms_for_people(site: Site) -> None:
    for record, other in [
        *((one, Nature.ORGANISATION) for one in MASTER.people),
        *((one, Nature.PERSON) for one in MASTER.plain[:60]),
    ]:
        assert site.chosen(named(record, nature=other, facts=record.facts)) != record.id
        assert site.chosen(named(record, nature=other, tax_number=record.tax_numbers[0])) is None


def test_what_is_blocked_is_not_chosen_by_name_number_or_key(site: Site) -> None:
    for record in MASTER.blocked:
        assert site.chosen(named(record, facts=record.facts)) is None
        assert site.chosen(named(record, tax_number=record.tax_numbers[0])) is None
        assert site.chosen(named(record, reference=record.id.text)) is None


DISGUISES: dict[str, Callable[[str], str]] = {
    "a Cyrillic letter": lambda name: name.replace("a", "\u0430").replace("o", "\u043e"),
    "turned round": lambda name: f"\u202e{name[::-1]}",
    "an isolate": lambda name: f"\u2067{name}\u2069",
    "a joiner": lambda name: "\u200d".join(name),
    "NUL at the end": lambda name: f"{name}\x00",
    "a terminal's colours": lambda name: f"\x1b[31m{name}\x1b[0m",
    "a byte order mark": lambda name: f"\ufeff{name}",
    "mathematical letters": lambda name: "".join(
        chr(0x1D41A + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter for letter in name
    ),
    "said a thousand times": lambda name: f"{name} " * 1000,
    "10 kB of blanks": lambda name: f"{name}{' ' * 10_000}.",
    "10 kB more": lambda name: name + " filler" * 1500,
}


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_a_name_in_disguise_halts_where_the_name_itself_is_answered(
    site: Site, answered: Sequence[tuple[Label, Identifier]], disguise: Callable[[str], str]
) -> None:
    by_name = [label.mention for label, _ in answered if label.mention.tax_number is None]
    in_small_letters = [mention for mention in by_name if not mention.said.isupper()]

    for mention in in_small_letters[:20]:
        assert site.chosen(evolve(mention, said=disguise(mention.said))) is None


NOTHING = [
    "",
    " ",
    "\t\r\n",
    "\u3000" * 40,
    ".,;:!",
    "\x00",
    "\ud800",
    "x" * 10_000,
    "'; DROP TABLE suppliers; --",
    "' OR '1'='1",
    "name LIKE '%'",
    '{"id": "70001", "score": 1.0}',
    '{"$ne": null}',
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}",
    "../../../etc/passwd",
    "%s%n%x",
    "😀" * 500,
    "👩\u200d👩\u200d👧",
    "مورد",
    "a\u0301" * 2000,
    "Ltda",
    "S.A.",
    "null",
    "9" * 400,
]


@pytest.mark.parametrize("text", NOTHING, ids=lambda text: repr(text[:12]))
def test_what_means_nothing_is_answered_with_nothing_wherever_it_is_said(site: Site, text: str) -> None:
    told = (Trait("city", text), Trait("nobody's", text))

    assert site.chosen(Mention(kind=SupplierId, said=text, facts=told)) is None
    assert site.chosen(Mention(kind=SupplierId, said=text, tax_number=text, reference=text, facts=told)) is None


def test_what_means_nothing_in_place_of_a_number_is_not_passed_over(site: Site) -> None:
    record = MASTER.plain[0]

    for text in NOTHING:
        if text.strip():
            assert site.chosen(named(record, tax_number=text)) is None
            assert site.chosen(named(record, reference=text)) is None


ANYTHING = st.text(max_size=60)


@given(ANYTHING, st.none() | ANYTHING, st.none() | ANYTHING, st.lists(ANYTHING, max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_text_halts_with_a_sentence(
    site: Site, said: str, number: str | None, reference: str | None, told: list[str]
) -> None:
    facts = tuple(Trait("city", value) for value in told)
    mention = Mention(kind=SupplierId, said=said, tax_number=number, reference=reference, facts=facts)

    verdict = site.decided(mention)

    assert isinstance(verdict, Halt)
    assert verdict.because.isprintable()
