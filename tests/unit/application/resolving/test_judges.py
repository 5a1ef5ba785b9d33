"""Whose word counts: rights are asked for by person, action and place, and the ERP is asked for the very record."""

from __future__ import annotations

import pytest
from attrs import define, field

from application.resolving.judge import JudgeQuestion, permitted
from application.resolving.notebook import RESOLUTION
from contracts.stored import read
from domain.approvals import NotAllowed
from domain.audit import Entry
from domain.identifiers import CustomerId, Identifier, PersonId, SupplierId
from domain.questions import QuestionId
from domain.scope import Scope
from ports.directory import Right
from tests.governed.examples import SCOPE
from tests.governed.recorded import Curious
from tests.unit.application.resolving.asking import Site, question

KEY = QuestionId("q1")


@define
class Shelf:
    """An ERP that remembers which records it was asked for."""

    asked: list[tuple[Identifier, Scope]] = field(factory=list)

    def __call__(self, identifier: Identifier, scope: Scope) -> bool:
        self.asked.append((identifier, scope))
        return True


@pytest.fixture
def site() -> Site:
    site = Site(directory=Curious())
    site.write(KEY, question(1))
    return site


def judging(site: Site, exists: Shelf) -> JudgeQuestion:
    return JudgeQuestion(journal=site.journal, notebook=site.notebook, directory=site.directory, exists=exists)


def refusal(site: Site) -> Entry:
    *_, record = site.ledger.records(RESOLUTION)
    return read(Entry, record.body)


@pytest.mark.parametrize("right", [Right.SETTLE, Right.PROMOTE])
def test_a_right_over_names_is_asked_for_by_person_and_place(site: Site, right: Right) -> None:
    assert permitted(site.journal, site.directory, "bia", right, SCOPE).account == "bia"

    assert isinstance(site.directory, Curious)
    assert site.directory.asked == [(PersonId("P2"), right, "resolve names", SCOPE)]


@pytest.mark.parametrize("account", ["nobody", "eva"])
def test_whoever_lacks_the_right_is_on_record_with_no_question(site: Site, account: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        permitted(site.journal, site.directory, account, Right.SETTLE, SCOPE)

    told = refusal(site)
    assert (told.subject, told.by, told.what, told.because) == (None, account, "not allowed", str(caught.value))


def test_a_record_of_another_kind_is_refused_with_the_question_that_it_was_given_to(site: Site) -> None:
    shelf = Shelf()

    with pytest.raises(NotAllowed) as caught:
        judging(site, shelf)(KEY, CustomerId("4711"), account="bia", because="so it was")

    told = refusal(site)
    assert str(caught.value) == f"the question is about a SupplierId, and {CustomerId('4711')!r} is none"
    assert (told.subject, told.by, told.because) == (KEY, "bia", str(caught.value))
    assert shelf.asked == []


def test_the_erp_of_the_question_is_asked_for_the_very_record(site: Site) -> None:
    shelf = Shelf()

    judging(site, shelf)(KEY, SupplierId("4711"), account="bia", because="the one in Bremen")

    assert shelf.asked == [(SupplierId("4711"), SCOPE)]


def test_the_erp_is_not_asked_for_what_it_does_not_hold(site: Site) -> None:
    shelf = Shelf()

    judging(site, shelf)(KEY, None, account="bia", because="a new one")

    assert shelf.asked == []
