"""When a yes counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from domain.approvals import Approval, Delegation, Objection, counting, objection
from domain.canonical import digest
from domain.identifiers import PersonId
from domain.principals import Agent, Principal, Requester
from tests.governed.examples import MORNING

PROPOSAL = digest("this one")
ANA, BIA, CAIO, DAVI = (PersonId(text) for text in ("ana", "bia", "caio", "davi"))
REQUESTER = Requester(Principal("ana", ANA), Agent("buyer-bot", DAVI))
HOUR = timedelta(hours=1)


def a_yes(person: PersonId, *, giver: PersonId | None = None, **changes: object) -> Approval:
    delegation = None
    if giver is not None:
        delegation = Delegation(giver=giver, taker=person, starts=MORNING - HOUR, ends=MORNING + HOUR)
    yes = Approval(
        by=Principal(f"{person}@example.com", person),
        proposal=PROPOSAL,
        given_at=MORNING,
        expires_at=MORNING + 2 * HOUR,
        delegation=delegation,
    )
    return evolve(yes, **changes)  # type: ignore[arg-type]  # whatever the test is about


def objected(yes: Approval, *others: Approval, now: datetime = MORNING) -> Objection | None:
    return objection(yes, proposal=PROPOSAL, requester=REQUESTER, others=others, now=now)


def test_a_yes_of_somebody_else_counts() -> None:
    yes = Approval(by=Principal("bia", BIA), proposal=PROPOSAL, given_at=MORNING, expires_at=MORNING + HOUR)
    assert objected(yes) is None
    assert objected(a_yes(BIA, giver=CAIO)) is None
    assert objected(a_yes(BIA), a_yes(CAIO)) is None


@pytest.mark.parametrize(
    ("yes", "why"),
    [
        (a_yes(BIA, proposal=digest("another")), Objection.ANOTHER_PROPOSAL),
        (a_yes(ANA), Objection.OWN_REQUEST),
        (a_yes(DAVI), Objection.OWN_REQUEST),
        (a_yes(ANA, giver=BIA), Objection.OWN_REQUEST),
        (a_yes(BIA, giver=ANA), Objection.OWN_REQUEST),
        (a_yes(BIA, giver=DAVI), Objection.OWN_REQUEST),
    ],
)
def test_a_yes_that_does_not_count(yes: Approval, why: Objection) -> None:
    assert objected(yes) is why


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (a_yes(BIA), a_yes(BIA, by=Principal("other", BIA))),
        (a_yes(BIA), a_yes(CAIO, giver=BIA)),
        (a_yes(CAIO, giver=BIA), a_yes(BIA)),
        (a_yes(BIA, giver=PersonId("eva")), a_yes(CAIO, giver=PersonId("eva"))),
    ],
)
def test_two_accounts_or_a_delegate_are_still_one_person(first: Approval, second: Approval) -> None:
    assert objected(second, first) is Objection.SAME_PERSON
    assert counting([first, second], proposal=PROPOSAL, requester=REQUESTER, now=MORNING) == (first,)


@pytest.mark.parametrize(
    ("now", "counts"),
    [
        (MORNING - timedelta(microseconds=1), False),
        (MORNING, True),
        (MORNING + 2 * HOUR - timedelta(microseconds=1), True),
        (MORNING + 2 * HOUR, False),
    ],
)
def test_a_yes_counts_from_when_it_was_given_until_it_expires(now: datetime, counts: bool) -> None:
    assert objected(a_yes(BIA), now=now) is (None if counts else Objection.EXPIRED)


@pytest.mark.parametrize(
    "delegation",
    [
        Delegation(giver=CAIO, taker=PersonId("eva"), starts=MORNING - HOUR, ends=MORNING + HOUR),
        Delegation(giver=CAIO, taker=BIA, starts=MORNING - HOUR, ends=MORNING),
        Delegation(giver=CAIO, taker=BIA, starts=MORNING + HOUR, ends=MORNING + 2 * HOUR),
    ],
    ids=["another's", "ended", "not begun"],
)
def test_a_delegation_must_have_held_when_the_yes_was_given(delegation: Delegation) -> None:
    assert objected(a_yes(BIA, delegation=delegation)) is Objection.NOT_DELEGATED


def test_a_delegation_holds_from_its_first_moment_and_not_at_its_end() -> None:
    lent = Delegation(giver=CAIO, taker=BIA, starts=MORNING, ends=MORNING + HOUR)

    assert [lent.holds(MORNING + each * HOUR / 2) for each in (-1, 0, 1, 2)] == [False, True, True, False]


def test_a_yes_that_was_delegated_counts_after_the_delegation_has_ended() -> None:
    assert objected(a_yes(BIA, giver=CAIO), now=MORNING + HOUR) is None


def test_whoever_has_said_yes_does_not_count_again_however_many_did_since() -> None:
    yeses = [a_yes(BIA), a_yes(CAIO), a_yes(PersonId("eva")), a_yes(BIA, by=Principal("other", BIA))]

    assert counting(yeses, proposal=PROPOSAL, requester=REQUESTER, now=MORNING) == tuple(yeses[:3])


PERSON = st.sampled_from([ANA, BIA, CAIO, DAVI, PersonId("eva")])
YES = st.builds(
    lambda person, giver: a_yes(person, giver=giver if giver != person else None), PERSON, st.none() | PERSON
)


@given(st.lists(YES, max_size=6))
def test_those_that_count_are_of_different_people_and_none_who_asked(given_: list[Approval]) -> None:
    counted = counting(given_, proposal=PROPOSAL, requester=REQUESTER, now=MORNING)

    people = [person for yes in counted for person in yes.people]
    assert len(set(people)) == len(people)
    assert not set(people) & {ANA, DAVI}


def test_whoever_asks_without_an_agent_stands_alone_behind_it() -> None:
    assert Requester(Principal("ana", ANA), None).people == {ANA}
    assert REQUESTER.people == {ANA, DAVI}
