"""Every law of mappings notices a mapping that breaks it, and an honest one keeps them all."""

from __future__ import annotations

import re
from contextlib import nullcontext
from functools import partial

import pytest

from contracts.laws.conformance import Outcome, Verdict, judge
from contracts.laws.mappings import MappingLaws, RecordMapping
from domain.suppliers import Supplier
from tests.laws.mapping_saboteurs import SABOTEURS, Honest, MappingSaboteur


def verdicts(mapping: RecordMapping[Supplier]) -> dict[str, Verdict]:
    return {f"test_{each.law}": each for each in judge(MappingLaws, lambda: nullcontext(mapping))}


def test_an_honest_mapping_keeps_every_law() -> None:
    assert {each.outcome for each in verdicts(Honest()).values()} == {Outcome.KEPT}


@pytest.mark.parametrize("saboteur", SABOTEURS, ids=str)
def test_a_law_of_mappings_notices_its_saboteur_and_the_others_only_what_is_theirs(saboteur: MappingSaboteur) -> None:
    found = verdicts(saboteur.spoiled())

    broken = {law: each.told for law, each in found.items() if each.outcome is Outcome.BROKEN}
    assert broken.keys() == {saboteur.law} | saboteur.also
    assert re.search(saboteur.told, broken[saboteur.law] or ""), broken[saboteur.law]


def test_every_law_of_mappings_has_a_saboteur() -> None:
    assert {saboteur.law for saboteur in SABOTEURS} == set(MappingLaws.names())


def test_every_law_of_mappings_states_its_reason_in_one_sentence() -> None:
    for each in verdicts(Honest()).values():
        assert each.reason.endswith("."), each.law


class Remembering(Honest):
    """A mapping that keeps what it is asked to read."""

    def __init__(self) -> None:
        self.seen: list[object] = []

    def read(self, record: object) -> Supplier:
        self.seen.append(record)
        return super().read(record)


def test_a_mapping_is_judged_on_the_same_records_at_every_run_unless_its_suite_has_another_seed() -> None:
    class OtherRecords(MappingLaws):
        seed = 1

    first, again, other = Remembering(), Remembering(), Remembering()
    for suite, mapping in ((MappingLaws, first), (MappingLaws, again), (OtherRecords, other)):
        for verdict in judge(suite, partial(nullcontext, mapping)):
            assert verdict.outcome is Outcome.KEPT

    assert repr(first.seen) == repr(again.seen)  # NaN is not equal to itself
    assert repr(first.seen) != repr(other.seen)
