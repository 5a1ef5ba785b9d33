"""What is learnt and proved is about one kind of record in one place, and so is what is read into an index."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from attrs import evolve

from application.resolving.calibrate import Calibrate, RefreshIndex
from application.resolving.notebook import RESOLUTION
from contracts.stored import read
from domain.audit import Entry
from domain.identifiers import CustomerId, Identifier, PersonId, SupplierId
from domain.matching import MasterRecord
from domain.questions import Judgement, Proof, QuestionId
from domain.scope import Scope
from ports.directory import Right
from ports.errors import NotOffered
from ports.matching import Learnt, Refreshed
from tests.governed.examples import SCOPE
from tests.governed.recorded import Curious
from tests.unit.application.resolving.asking import PROVEN, Site, question
from tests.unit.application.resolving.placed import PlacedMatching

ELSEWHERE = Scope("elsewhere", "1")
BOUND = Decimal("0.02")
FIRMS = [MasterRecord(id=SupplierId(str(number)), names=(f"Firm {number}",)) for number in (1, 2, 3)]


@pytest.fixture
def matching() -> PlacedMatching:
    return PlacedMatching(held=list(FIRMS))


@pytest.fixture
def site(matching: PlacedMatching) -> Site:
    site = Site(matching=matching, directory=Curious())
    elsewhere = question(2, scope=ELSEWHERE)
    of_a_customer = evolve(question(3), mention=evolve(question(3).mention, kind=CustomerId))
    truths: tuple[Identifier, ...] = (SupplierId("4711"), SupplierId("4712"), CustomerId("4713"))
    for each, truth in zip((question(1), elsewhere, of_a_customer), truths, strict=True):
        site.write(each.id, each)
        site.write(each.id, Judgement(question=each.id, truth=truth))
    site.write(QuestionId("q4"), question(4))
    return site


def calibrated(site: Site) -> Learnt:
    calibrate = Calibrate(
        journal=site.journal,
        notebook=site.notebook,
        directory=site.directory,
        matching=site.matching,
        bound=BOUND,
    )
    return calibrate(SupplierId, SCOPE, account="caio")


def test_it_learns_from_what_was_judged_there_of_that_kind_and_proves_the_bound_of_the_site(
    site: Site, matching: PlacedMatching
) -> None:
    learnt = calibrated(site)

    assert learnt == Learnt(model="m2", certificate=PROVEN, before=PROVEN)
    assert [each.truth for each in matching.taught] == [SupplierId("4711")]
    assert matching.bounds == [BOUND]


def test_what_was_proved_is_on_record_with_who_had_it_proved_and_of_how_many_records(site: Site) -> None:
    calibrated(site)

    *_, record = site.ledger.records(RESOLUTION)
    told = read(Entry, record.body)
    assert (told.stream, told.subject, told.by, told.what) == ("resolution", None, "caio", "calibrated")
    assert told.details == Proof(scope=SCOPE, kind=SupplierId, model="m2", records=3, certificate=PROVEN)


def test_the_right_to_let_go_is_asked_for_where_it_is_needed(site: Site) -> None:
    calibrated(site)

    assert isinstance(site.directory, Curious)
    assert site.directory.asked == [(PersonId("P3"), Right.PROMOTE, "resolve names", SCOPE)]


def test_an_index_is_made_of_the_masters_of_its_kind_and_place(matching: PlacedMatching) -> None:
    places: list[Scope] = []
    told: list[int] = []

    def suppliers(scope: Scope) -> Iterable[MasterRecord[Identifier]]:
        places.append(scope)
        return FIRMS[:2]

    refresh = RefreshIndex(matching=matching, masters={SupplierId: suppliers, CustomerId: lambda _: ()})
    refreshed = refresh(SupplierId, SCOPE, lambda: told.append(len(told)))

    assert refreshed == Refreshed(records=2, new=2, changed=0, gone=0)
    assert matching.held == FIRMS[:2]
    assert (places, told) == ([SCOPE], [0, 1])


def test_nobody_need_be_told_of_each_record(matching: PlacedMatching) -> None:
    assert RefreshIndex(matching=matching, masters={SupplierId: lambda _: FIRMS})(SupplierId, SCOPE).records == 3


def test_what_is_found_by_its_key_alone_is_named(matching: PlacedMatching) -> None:
    with pytest.raises(NotOffered) as caught:
        RefreshIndex(matching=matching, masters={SupplierId: lambda _: FIRMS})(CustomerId, SCOPE)

    assert str(caught.value) == "records of the kind CustomerId are found by their keys alone"
