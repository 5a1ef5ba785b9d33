"""Attacks through other doors."""

from __future__ import annotations

from typing import Any

from domain.identifiers import SupplierId
from domain.lifecycle import State
from tests.governed.attacks.attack import Attack, Attempt, error
from tests.governed.erp import Mood
from tests.governed.examples import EXAMPLES, PLACE
from tests.governed.house import House, asked, reviewed

BANK = EXAMPLES[3]


def _settle(account: str, *, state: State = State.OPERATOR, done: Any = None) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(), PLACE)
        if state is State.OPERATOR:
            house.erp.locatable, house.erp.moods = False, [Mood.DROPS_REQUEST]
            house.approve("bia", [reviewed(intent)])
            house.until_rest()
        there = house.intent(intent.id)
        return error(lambda: house.settle(account, reviewed(there), done=done, because="I looked"))

    return attempt


def _late(how: str) -> Attempt:
    """Change one's mind when it is too late."""

    def attempt(house: House) -> str:
        house.erp.moods = [Mood.DROPS_REQUEST]
        intent = house.submit(asked(), PLACE)
        house.approve("bia", [reviewed(intent)])
        house.advance(intent.id)
        account = "ana" if how == "withdraw" else "bia"
        return error(lambda: getattr(house, how)(account, [reviewed(intent)], because="too late"))

    return attempt


def _by(how: str, account: str) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(), PLACE)
        return error(lambda: getattr(house, how)(account, [reviewed(intent)], because="because"))

    return attempt


def _undo_of_another(house: House) -> str:
    return error(lambda: house.undo(house.submit(asked(), BANK).id, account="ana", rationale="back"))


DOORS = (
    Attack("the requester settles what is in doubt", _settle("ana"), "cannot say what became of it"),
    Attack("a person without the right settles", _settle("eva"), "may not settle"),
    Attack("somebody settles what is not in doubt", _settle("caio", state=State.AWAITING), "nobody needs to settle"),
    Attack("it is settled by a record of another kind", _settle("caio", done=SupplierId("1")), "is none"),
    Attack("somebody else withdraws a request", _by("withdraw", "bia"), "did not ask"),
    Attack("somebody revokes an approval that he did not give", _by("revoke", "caio"), "has not approved"),
    Attack("a person without the right rejects", _by("reject", "eva"), "may not decide"),
    Attack("an approval is revoked after it was sent", _late("revoke"), "cannot be revoked"),
    Attack("a request is withdrawn after it was sent", _late("withdraw"), "cannot be withdrawn"),
    Attack("an undo goes past what was not done", _undo_of_another, "only what is done"),
)
