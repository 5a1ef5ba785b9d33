"""What each field is worth, in the form that a person can follow."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from adapters.matching import additive, base, facts, features
from adapters.matching.features import DIRECTIONS, FEATURES
from adapters.matching.index import Index
from domain.identifiers import SupplierId
from domain.matching import MasterRecord
from domain.mentions import Mention, Trait

NAMES = ("Ana Moura", "Bela Nunes", "Caio Prado", "Davi Quadros", "Ana Nunes")
INDEX = Index.of(
    [
        MasterRecord(id=SupplierId(str(number)), names=(name,), facts=(Trait("city", city),))
        for number, (name, city) in enumerate(zip(NAMES, ("Natal", "Recife", "Natal", "Olinda", "Belém"), strict=True))
    ]
)
SHIPPED = base.shipped().cold


def odds(said: str, city: str) -> dict[str, float]:
    """Give what the shipped model makes of the likeliest record."""
    asked = INDEX.asked(Mention(kind=SupplierId, said=said, facts=(Trait("city", city),)))
    candidates = features.compare(INDEX, asked)
    columns = facts.taught(INDEX.columns, SHIPPED.truth)
    told = SHIPPED.additive.odds(features.table(columns, candidates)[0])
    (fact,) = SHIPPED.additive.of_facts(columns, candidates[0])
    assert fact is not None
    return {**told, "city": fact}


def test_what_agrees_speaks_for_a_record_and_what_differs_against_it() -> None:
    right, wrong = odds("Caio Prado", "Natal"), odds("Caio Prado", "Recife")

    assert right["name"] > 1
    assert right["city"] > 1 > wrong["city"]
    assert right["name"] == wrong["name"]


def test_all_that_is_told_adds_up_to_what_the_logistic_form_says() -> None:
    asked = INDEX.asked(
        Mention(kind=SupplierId, said="Ana Mourra", facts=(Trait("city", "Natal"), Trait("city", "Recife")))
    )
    candidates = features.compare(INDEX, asked)
    columns = facts.taught(INDEX.columns, SHIPPED.truth)
    rows = features.table(columns, candidates)

    for one, row in zip(candidates[:2], rows[:2], strict=True):
        facts_told = [each for each in SHIPPED.additive.of_facts(columns, one) if each is not None]
        told = (*SHIPPED.additive.odds(row).values(), *facts_told)
        whole = float((SHIPPED.additive.weights * (row - SHIPPED.additive.usual)).sum())
        assert len(facts_told) == 2
        assert sum(map(log, told)) == pytest.approx(whole, abs=1e-3)


def test_no_weight_contradicts_what_its_feature_means() -> None:
    signed = SHIPPED.additive.weights * np.array(DIRECTIONS)

    assert (signed >= 0).all()
    assert (signed > 0).any()
    assert not SHIPPED.additive.weights[[number for number, way in enumerate(DIRECTIONS) if not way]].any()


def test_a_feature_that_only_corrects_another_is_left_out() -> None:
    draw = np.random.default_rng(1)
    agrees = draw.random(4000)
    right = draw.random(4000) < agrees
    rows = np.zeros((4000, len(FEATURES)), np.float32)
    rows[:, FEATURES.index("ratio")] = agrees
    rows[:, FEATURES.index("prefix")] = agrees + 3 * draw.random(4000) * ~right

    learnt = additive.fitted(rows, right, np.ones(4000, np.float32))

    assert learnt.weights[FEATURES.index("ratio")] > 0
    assert learnt.weights[FEATURES.index("prefix")] == 0


def test_what_is_not_on_the_record_says_nothing() -> None:
    silent = MasterRecord(id=SupplierId("9"), names=("Eva Quint",))
    index = Index.of([*INDEX.records, silent])
    asked = index.asked(Mention(kind=SupplierId, said="Eva Quint", facts=(Trait("city", "Natal"),)))
    (first, *_) = features.compare(index, asked)

    assert index.records[first.place] == silent
    assert SHIPPED.additive.of_facts(facts.taught(index.columns, SHIPPED.truth), first) == [None]


def test_no_odds_are_without_end() -> None:
    boundless = additive.Additive(np.full(len(FEATURES), 1e6), np.zeros(len(FEATURES)))

    for row in (np.ones(len(FEATURES), np.float32), -np.ones(len(FEATURES), np.float32)):
        assert set(map(round, boundless.odds(row).values())) <= {0, 1000}
