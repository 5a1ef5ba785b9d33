"""Attacks by those who approve."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.approvals import Delegation
from domain.commands.command import Command
from domain.identifiers import PersonId
from domain.lifecycle import State
from tests.governed.attacks.attack import Attack, Attempt, ended, error
from tests.governed.examples import BLOCK, EXAMPLES, MORNING, PLACE
from tests.governed.house import House, asked, reviewed

BANK = EXAMPLES[3]


def _approve(by: str, command: Command = PLACE, **request: Any) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(**request), command)
        return error(lambda: house.approve(by, [reviewed(intent)]))

    return attempt


def _twice(first: str, second: str) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(), BANK)
        house.approve(first, [reviewed(intent)])
        return error(lambda: house.approve(second, [reviewed(house.intent(intent.id))]))

    return attempt


def _only_one(house: House) -> str:
    intent = house.submit(asked(), BANK)
    house.approve("bia", [reviewed(intent)])
    house.clock.pass_(timedelta(days=4))
    return ended(house, intent)


def _delegated(house: House, *, giver: str, taker: str, account: str, days: int = 1) -> str:
    start = MORNING - timedelta(days=7)
    house.directory.given.append(
        Delegation(giver=PersonId(giver), taker=PersonId(taker), starts=start, ends=start + timedelta(days=days + 7))
    )
    intent = house.submit(asked(), PLACE)
    return error(lambda: house.approve(account, [reviewed(intent)], instead_of=PersonId(giver)))


def _batch(house: House) -> str:
    """Slip one's own request into a set of others."""
    others = house.submit(asked("REQ-1", account="caio"), PLACE)
    own = house.submit(asked("REQ-2", account="bia"), BLOCK)
    told = error(lambda: house.approve("bia", [reviewed(others), reviewed(own)]))
    return told if house.intent(others.id).state is State.AWAITING else "a part of the set counted"


APPROVING = (
    Attack("the requester approves his own request", _approve("ana"), "whoever asked for it"),
    Attack(
        "the requester approves by his other account", _approve("bia.souza@example.com", account="bia"), "whoever asked"
    ),
    Attack(
        "the person behind an agent approves what it asked",
        _approve("bia", account="bia", agent="buyer-bot"),
        "whoever asked",
    ),
    Attack(
        "the owner of an agent approves what it asked", _approve("davi", agent="buyer-bot"), "answers for the agent"
    ),
    Attack("an unknown account approves", _approve("mallory"), "nobody is known as mallory"),
    Attack("a person without the right approves", _approve("eva"), "may not decide"),
    Attack("one person approves twice", _twice("bia", "bia"), "has already approved"),
    Attack("one person approves under two names", _twice("bia", "bia.souza@example.com"), "has already approved"),
    Attack("one of two approvals is missing", _only_one, "lapsed: nobody decided"),
    Attack(
        "somebody approves instead of one who did not delegate",
        lambda house: error(
            lambda: house.approve("caio", [reviewed(house.submit(asked(), PLACE))], instead_of=PersonId("P2"))
        ),
        "delegation",
    ),
    Attack(
        "somebody uses another's delegation",
        lambda house: _delegated(house, giver="P2", taker="P3", account="davi"),
        "delegation",
    ),
    Attack(
        "somebody uses a delegation that has ended",
        lambda house: _delegated(house, giver="P2", taker="P3", account="caio", days=-1),
        "delegation",
    ),
    Attack(
        "the requester approves as somebody's delegate",
        lambda house: _delegated(house, giver="P2", taker="P1", account="ana"),
        "whoever asked",
    ),
    Attack(
        "the requester has his delegate approve",
        lambda house: _delegated(house, giver="P1", taker="P3", account="caio"),
        "whoever asked",
    ),
    Attack(
        "a delegate of one without the right approves",
        lambda house: _delegated(house, giver="P5", taker="P3", account="caio"),
        "may not decide",
    ),
    Attack("one's own request hides in a set", _batch, "whoever asked"),
)
