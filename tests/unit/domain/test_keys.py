"""Which intention it is, what it says, and the mark that the ERP keeps of it."""

from __future__ import annotations

import pytest
from attrs import evolve

from domain.canonical import digest
from domain.commands.command import Command, Made
from domain.identifiers import PersonId, SupplierId
from domain.keys import Key, content, intention
from domain.principals import Agent, Principal, Requester
from domain.scope import Scope
from tests.governed.examples import BLOCK, MORNING, PLACE, RENAME, SCOPE, resolved

ANA = Requester(Principal("ana", PersonId("P1")), None)
BOT = Requester(ANA.principal, Agent("buyer-bot", PersonId("P4")))
ELSEWHERE = Scope("sap", "2000")


def test_the_mark_in_the_erp_is_always_the_same_for_one_round() -> None:
    key = Key(digest("this one"), 1)

    assert str(key.reference) == "XJNKXUGWMRZ5"  # what stands in an ERP must be found again by every later version
    assert key.next().reference != key.reference
    assert Key(digest("another"), 1).reference != key.reference


@pytest.mark.parametrize(
    ("command", "scope", "requester", "occasion"),
    [
        (BLOCK, SCOPE, ANA, "REQ-1"),
        (evolve(RENAME, supplier=resolved(SupplierId("4712"))), SCOPE, ANA, "REQ-1"),
        (RENAME, ELSEWHERE, ANA, "REQ-1"),
        (RENAME, SCOPE, BOT, "REQ-1"),
        (RENAME, SCOPE, Requester(Principal("bia", PersonId("P2")), None), "REQ-1"),
        (RENAME, SCOPE, ANA, "REQ-2"),
    ],
    ids=["action", "record", "place", "agent", "person", "occasion"],
)
def test_another_wish_is_another_intention(command: Command, scope: Scope, requester: Requester, occasion: str) -> None:
    assert intention(command, scope, requester, occasion) != intention(RENAME, SCOPE, ANA, "REQ-1")


def test_other_words_for_one_wish_are_one_intention() -> None:
    mine = intention(RENAME, SCOPE, ANA, "REQ-1")

    assert intention(evolve(RENAME, name="Nuts"), SCOPE, ANA, "REQ-1") == mine
    assert intention(RENAME, SCOPE, Requester(Principal("ana@home", PersonId("P1")), None), "REQ-1") == mine


def test_what_a_command_says_does_not_hang_on_how_its_records_were_found() -> None:
    found = evolve(RENAME, supplier=resolved(SupplierId("4711"), expires_at=MORNING))

    assert found != RENAME
    assert intention(found, SCOPE, ANA, "REQ-1") == intention(RENAME, SCOPE, ANA, "REQ-1")
    assert content(found, SCOPE) == content(RENAME, SCOPE)
    assert content(RENAME, ELSEWHERE) != content(RENAME, SCOPE)
    assert content(BLOCK, SCOPE) != content(RENAME, SCOPE)
    assert content(evolve(RENAME, name="Nuts"), SCOPE) != content(RENAME, SCOPE)
    assert content(evolve(RENAME, supplier=resolved(SupplierId("4712"))), SCOPE) != content(RENAME, SCOPE)


def test_a_record_that_an_earlier_step_makes_is_told_from_one_that_stands() -> None:
    made = evolve(PLACE, supplier=Made("open"))

    assert intention(made, SCOPE, ANA, "REQ-1") != intention(PLACE, SCOPE, ANA, "REQ-1")
    assert content(made, SCOPE) != content(PLACE, SCOPE)
    assert content(made, SCOPE) != content(evolve(PLACE, supplier=Made("other")), SCOPE)
