"""What a person is told of a candidate beside the others."""

from __future__ import annotations

import pytest

from adapters.matching import base
from adapters.matching.index import Index
from adapters.matching.ranking import Ranker
from domain.identifiers import SupplierId
from domain.matching import MasterRecord
from domain.mentions import Mention


def told(said: str, *records: MasterRecord[SupplierId]) -> dict[str, str]:
    """Give what is told of the likeliest of *records*."""
    ranker = Ranker(Index.of(records), base.shipped().cold)
    first = ranker.rank(Mention(kind=SupplierId, said=said)).matches[0]
    return {each.about: each.verdict for each in first.evidence}


def a_firm(key: str, name: str, *, group: str | None = None, usable: bool = True) -> MasterRecord[SupplierId]:
    return MasterRecord(id=SupplierId(key), names=(name,), group=group, usable=usable)


@pytest.mark.parametrize(("usable", "expected"), [(True, "1 more of one firm"), (False, None)])
def test_branches_that_can_be_meant_are_told_whatever_they_are_called(usable: bool, expected: str | None) -> None:
    branch = a_firm("2", "Depósito Central", group="cnpj 1", usable=usable)

    evidence = told("Molt Alimentos", a_firm("1", "Molt Alimentos", group="cnpj 1"), branch)

    assert evidence.get("branches") == expected


def test_rivals_are_counted_from_the_name_on() -> None:
    one, two, other = a_firm("1", "Molt Alimentos"), a_firm("2", "Molt Alimentos"), a_firm("3", "Sorvane Tecidos")

    assert told("Molt Alimentos", one, other)["rivals"] == "none as like"
    assert told("Molt Alimentos", one, two)["rivals"] == "1 as like"
    assert told("Molt Alimentos", one, two)["namesakes"] == "1 more in the master"


def test_a_record_that_only_its_number_has_found_has_rivals_too() -> None:
    named = a_firm("1", "Molt Alimentos")
    numbered = MasterRecord(id=SupplierId("2"), names=("Xyq Zzurk",), tax_numbers=("DE136695976",))
    ranker = Ranker(Index.of([named, numbered]), base.shipped().cold)

    matches = ranker.rank(Mention(kind=SupplierId, said="Molt Alimentos", tax_number="DE136695976")).matches

    (found,) = [match for match in matches if match.record == numbered]
    assert {each.about: each.verdict for each in found.evidence}["rivals"] == "one is more like"
