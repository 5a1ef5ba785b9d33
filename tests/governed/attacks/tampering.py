"""Attacks on the ledger, and on its audit trail."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from domain.audit import Record
from domain.canonical import canonical
from domain.classification import ActionClass
from domain.identifiers import PersonId
from domain.intents import Intent
from domain.lifecycle import State
from tests.governed.attacks.attack import Attack, Attempt, error
from tests.governed.examples import EXAMPLES, PLACE
from tests.governed.house import House, asked, reviewed

BANK = EXAMPLES[3]


def _lowered(house: House) -> str:
    """Lower the class in the row, so that nobody needs to be asked."""
    intent = house.submit(asked(), BANK)
    lower = evolve(intent.proposal, action_class=ActionClass.LOW)
    row = house.ledger.rows[intent.id]
    body = canonical(evolve(intent, proposal=lower, state=State.READY, due_at=house.clock.now()))
    house.ledger.rows[intent.id] = evolve(row, body=body, due_at=house.clock.now())
    return f"set aside: {house.sweep()}"


def _tampered(change: Callable[[Intent], Intent]) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(), BANK)
        row = house.ledger.rows[intent.id]
        house.ledger.rows[intent.id] = evolve(row, body=canonical(change(intent)))
        return error(lambda: house.approve("bia", [reviewed(intent)]))

    return attempt


def _audit(change: Callable[[list[Record]], list[Record]]) -> Attempt:
    def attempt(house: House) -> str:
        house.submit(asked(), BANK)
        house.submit(asked("REQ-2"), PLACE)
        kept = house.ledger.streams_kept
        kept["sap"] = tuple(change(list(kept["sap"])))
        return f"{house.flaws()} flaws" if house.flaws() else "nothing stopped it"

    return attempt


TAMPERING = (
    Attack("the class is lowered in the ledger", _lowered, "I1"),
    Attack(
        "the command is changed in the ledger",
        _tampered(lambda it: evolve(it, proposal=evolve(it.proposal, rationale="other"))),
        "Tampered",
    ),
    Attack("the state is changed in the ledger", _tampered(lambda it: evolve(it, state=State.READY)), "Tampered"),
    Attack(
        "the requester is changed in the ledger",
        _tampered(
            lambda it: evolve(
                it,
                proposal=evolve(
                    it.proposal,
                    requester=evolve(
                        it.proposal.requester, principal=evolve(it.proposal.requester.principal, person=PersonId("P9"))
                    ),
                ),
            )
        ),
        "Tampered",
    ),
    Attack(
        "an audit record is changed",
        _audit(lambda them: [evolve(them[0], body=b"{}"), *them[1:]]),
        "flaws",
        recorded=False,
    ),
    Attack("an audit record is removed", _audit(lambda them: them[1:]), "flaws", recorded=False),
    Attack("an audit record is inserted", _audit(lambda them: [them[0], *them]), "flaws", recorded=False),
    Attack("audit records change places", _audit(lambda them: them[::-1]), "flaws", recorded=False),
)
