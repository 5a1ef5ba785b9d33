"""Attacks on what was approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from attrs import evolve

from application.decide import Reviewed
from domain.commands.command import Command
from domain.commands.suppliers import ChangeBankDetails
from domain.holds import Hold
from domain.keys import IntentId
from domain.lifecycle import State
from domain.policy import Policy
from domain.stages import Stage
from domain.suppliers import SupplierBlock
from tests.governed.attacks.attack import Attack, Attempt, ended, error
from tests.governed.erp import Mood
from tests.governed.examples import ACCOUNT, BLOCK, EXAMPLES, PLACE, SUPPLIER
from tests.governed.house import House, asked, reviewed

BANK = EXAMPLES[3]
MINE = evolve(ACCOUNT, account="999999999", iban=None)
PAYMENT = SupplierBlock.PAYMENT


def _replayed(house: House) -> str:
    """Use the approval of one order for another one."""
    cheap = house.submit(asked("REQ-1"), PLACE)
    dear = house.submit(asked("REQ-2"), BLOCK)
    return error(lambda: house.approve("bia", [Reviewed(dear.id, cheap.proposal.digest)]))


def _stolen_approval(house: House) -> str:
    """Put the approval of one intent into the row of another, by way of the ledger itself."""
    first = house.submit(asked("REQ-1"), PLACE)
    house.approve("bia", [reviewed(first)])
    second = house.submit(asked("REQ-2"), BLOCK)
    stolen = evolve(second, approvals=house.intent(first.id).approvals, state=State.READY, due_at=house.clock.now())
    house.ledger.rows[second.id] = house.ledger.closed(stolen)  # by somebody who even has the key
    house.erp.moods = [Mood.REFUSES]  # the first one is no part of the attack
    return ended(house, second)


def _swapped(house: House) -> str:
    """Change the arguments after the approver has looked."""
    intent = house.submit(asked(), BANK)
    card = reviewed(intent)
    theirs = evolve(intent.proposal, command=ChangeBankDetails(supplier=SUPPLIER, accounts=(MINE,)))
    house.ledger.rows[intent.id] = house.ledger.closed(evolve(intent, proposal=theirs))
    return error(lambda: house.approve("bia", [card]))


def _swapped_after(house: House) -> str:
    """Change the arguments after the approvals, in a row that is sealed again."""
    intent = house.submit(asked(), BANK)
    house.approve("bia", [reviewed(intent)])
    house.approve("caio", [reviewed(house.intent(intent.id))])
    ready = house.intent(intent.id)
    theirs = evolve(ready.proposal, command=ChangeBankDetails(supplier=SUPPLIER, accounts=(MINE,)))
    house.ledger.rows[intent.id] = house.ledger.closed(evolve(ready, proposal=theirs))
    return ended(house, intent)


def _after(change: Callable[[House], object], command: Command = BLOCK) -> Attempt:
    """Have something change between the approval and its execution."""

    def attempt(house: House) -> str:
        intent = house.submit(asked(), command)
        house.approve("bia", [reviewed(intent)])
        change(house)
        return ended(house, intent)

    return attempt


def _too_late(house: House) -> str:
    """Approve before anybody has noticed that the time is over."""
    intent = house.submit(asked(), PLACE)
    house.clock.pass_(timedelta(days=3))
    return error(lambda: house.approve("bia", [reviewed(intent)]))


def _again(house: House) -> str:
    """Approve once more what was rejected."""
    intent = house.submit(asked(), PLACE)
    house.reject("caio", [reviewed(intent)], because="too dear")
    return error(lambda: house.approve("bia", [reviewed(house.intent(intent.id))]))


APPROVED = (
    Attack("an approval is used for another intent", _replayed, "another proposal"),
    Attack("an approval is copied into another intent", _stolen_approval, "lapsed: it is not approved"),
    Attack("the arguments change after the card was shown", _swapped, "another proposal"),
    Attack("the arguments change after the approvals", _swapped_after, "lapsed: it is not approved"),
    Attack("a rejected intent is approved", _again, "nobody waits for an approval"),
    Attack("a proposal is approved after its time", _too_late, "was to be decided until"),
    Attack(
        "an intent that does not exist is approved",
        lambda house: error(
            lambda: house.approve("bia", [Reviewed(IntentId("I99"), house.submit(asked(), PLACE).proposal.digest)])
        ),
        "there is no intent",
    ),
    Attack(
        "the approval is too old when its turn comes",
        _after(lambda house: house.clock.pass_(timedelta(days=3))),
        "lapsed: it is not approved",
    ),
    Attack(
        "the target changes after the approval",
        _after(lambda house: house.erp.change(SUPPLIER.id, block=PAYMENT)),
        "lapsed: the target has changed",
    ),
    Attack(
        "the policy changes after the approval",
        _after(lambda house: setattr(house, "policy", Policy(version="policy 2"))),
        "lapsed: the policy has changed",
    ),
    Attack(
        "the stage is taken back after the approval",
        _after(lambda house: setattr(house.gate, "at", Stage.READ_ONLY)),
        "halted: the action is only proposed",
    ),
    Attack(
        "the schema drifts after the approval",
        _after(lambda house: setattr(house.gate, "held", Hold(because="block has drifted", until=None))),
        "halted: block has drifted",
    ),
)
