"""Whatever was said and whatever was found, nothing is chosen that may not be."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from types import FrameType

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.certificates import Certificate
from domain.deciding import Chosen, Halt, decide, trial
from domain.identifiers import SupplierId
from domain.matching import ABSENT, DIFFERS, EQUAL, KEY, NAME, PARTLY, TAX_NUMBER, MasterRecord, Match, Ranking
from domain.mentions import Mention, Nature, Role, Trait
from domain.resolution import Evidence
from tests.resolution.told import CNPJ, OTHER_CNPJ, PROVED, UNCHECKED, VAT, found, ranked, said

PERCENT = st.integers(0, 100).map(lambda count: Decimal(count) / 100)
FACTS = st.sampled_from(["city", "street"])
VERDICTS = st.sampled_from([EQUAL, PARTLY, DIFFERS, ABSENT])
NATURES, ROLES = st.sampled_from([None, *Nature]), st.sampled_from([None, *Role])
NAMES = st.sampled_from(["Molt Ltda", "Molt", "Sorvane SA"])
NUMBERS = st.sampled_from([CNPJ, OTHER_CNPJ, VAT, UNCHECKED, ""])
TRAITS = st.lists(st.builds(Trait, FACTS, st.text(max_size=5)), max_size=3).map(tuple)
RECORDS = st.builds(
    MasterRecord,
    id=st.sampled_from("ABCDE").map(SupplierId),
    names=st.lists(st.one_of(NAMES, st.text(max_size=30)), min_size=1, max_size=2).map(tuple),
    tax_numbers=st.lists(NUMBERS, max_size=2).map(tuple),
    facts=TRAITS,
    nature=NATURES,
    role=ROLES,
    usable=st.booleans(),
    group=st.sampled_from([None, "one", "two"]),
)


def matches(abouts: st.SearchStrategy[str], scores: st.SearchStrategy[Decimal]) -> st.SearchStrategy[Match[SupplierId]]:
    told = st.dictionaries(abouts, VERDICTS).map(lambda told: tuple(Evidence(*each) for each in told.items()))
    return st.builds(Match, record=RECORDS, score=scores, evidence=told)


CLEAR = st.tuples(
    matches(FACTS, st.sampled_from([Decimal("0.8"), Decimal("0.97")])),
    st.lists(matches(FACTS, st.sampled_from([Decimal("0.1"), Decimal("0.6")])), max_size=3),
).map(lambda drawn: ranked(drawn[0], *drawn[1]))
WILD = st.lists(matches(st.one_of(FACTS, st.sampled_from([KEY, TAX_NUMBER, NAME])), PERCENT), max_size=12).map(
    lambda drawn: ranked(*drawn)
)
RANKINGS = st.one_of(CLEAR, WILD)
PLAIN = st.builds(Mention, kind=st.just(SupplierId), said=NAMES, nature=NATURES, role=ROLES, facts=TRAITS)
STRANGE = st.builds(
    Mention,
    kind=st.just(SupplierId),
    said=st.one_of(NAMES, st.text(), st.sampled_from("ABCDE")),
    tax_number=st.one_of(st.none(), NUMBERS, st.text()),
    reference=st.one_of(st.none(), st.sampled_from("ABCDE"), st.text()),
    nature=NATURES,
    role=ROLES,
    facts=TRAITS,
)
MENTIONS = st.one_of(PLAIN, STRANGE)
PROOFS = st.one_of(st.none(), PERCENT.map(lambda threshold: evolve(PROVED, threshold=threshold)))


@given(MENTIONS, RANKINGS, PROOFS)
@settings(max_examples=1000, deadline=None)
def test_nothing_that_may_not_be_chosen_ever_is(
    mention: Mention[SupplierId], ranking: Ranking[SupplierId], proof: Certificate | None
) -> None:
    verdict = decide(mention, ranking, proof)

    assert verdict.because.isprintable()
    assert len(verdict.because) < 120
    if isinstance(verdict, Halt):
        return
    chosen = verdict.match
    assert chosen in ranking.matches
    assert chosen.record.usable
    assert mention.nature in (None, chosen.record.nature) or chosen.record.nature is None
    assert mention.role in (None, chosen.record.role) or chosen.record.role is None
    if not {(KEY, EQUAL), (TAX_NUMBER, EQUAL)} & {(each.about, each.verdict) for each in chosen.evidence}:
        assert proof is not None
        assert proof.threshold is not None
        assert chosen.score >= proof.threshold
        assert not any(given and given.strip() for given in (mention.tax_number, mention.reference))


@given(PLAIN, CLEAR, st.sampled_from(["A", None]))
@settings(max_examples=300, deadline=None)
def test_a_question_on_trial_is_answered_exactly_from_its_score_on(
    mention: Mention[SupplierId], ranking: Ranking[SupplierId], truth: str | None
) -> None:
    meant = None if truth is None else SupplierId(truth)
    tried = trial(mention, ranking, meant)

    at, above = (
        decide(mention, ranking, evolve(PROVED, threshold=tried.score + more)) for more in (0, Decimal("0.01"))
    )

    assert isinstance(above, Halt)
    if tried.score == 0:
        assert isinstance(at, Halt)
        assert tried.right == (truth is not None)
    else:
        assert isinstance(at, Chosen)
        assert tried.right == (at.match.record.id == meant)


LONG = "M\u043elt 7"


@pytest.mark.parametrize(
    "saying",
    [said, lambda text: said(tax_number=text), lambda text: said(reference=text)],
    ids=["name", "tax number", "key"],
)
def test_twice_as_long_a_mention_takes_at_most_twice_the_work(saying: Callable[[str], Mention[SupplierId]]) -> None:
    short, long = (steps(saying(LONG * times)) for times in (1500, 3000))

    assert long < 2.1 * short + 1000


def steps(mention: Mention[SupplierId]) -> int:
    """Count the calls that deciding makes."""
    count = 0

    def counted(_: FrameType, __: str, ___: object) -> None:
        nonlocal count
        count += 1

    ranking = ranked(*(found(f"A{number}", "0.5", (TAX_NUMBER, DIFFERS)) for number in range(12)))
    sys.setprofile(counted)
    try:
        decide(mention, ranking, PROVED)
    finally:
        sys.setprofile(None)
    return count
