"""Attacks on the rollout: how far an action is let go, and on what evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve

from adapters.memory.ledger import InMemoryLedger
from application.rollout.harm import ROLLOUT
from application.saga import Step
from domain.audit import Record
from domain.commands.supplier_invoices import PostSupplierInvoice
from domain.identifiers import SupplierId
from domain.lifecycle import State
from domain.scope import Scope
from domain.stages import Stage
from domain.windows import Calendar, Closing
from tests.governed.attacks.attack import Attack, Attempt, ended, error
from tests.governed.examples import BLOCK, EXAMPLES, RENAME, SCOPE
from tests.governed.house import asked, reviewed
from tests.governed.rolled import Rolled

ACTION = RENAME.terms.action
HERE = SCOPE, ACTION
HALF = Decimal("0.5")
POST = next(each for each in EXAMPLES if isinstance(each, PostSupplierInvoice))
IN_BERLIN = Closing(
    system="sap", zone="Europe/Berlin", last_day=date(2026, 2, 28), closed_from=datetime(2026, 3, 2, 9, 0)
)


def _shadows(house: Rolled, *, account: str = "ana", agent: str | None = None, name: str = "Schrauben {} AG") -> None:
    """Have enough evidence for the first step: two proposals, after which people did the same."""
    house.staged = True
    for number in (1, 2):
        wish = evolve(RENAME, name=name.format(number))
        house.submit(asked(f"REQ-{number}", account=account, agent=agent), wish)
        house.erp.change(SupplierId("4711"), name=wish.name)
        house.clock.pass_(timedelta(days=3))
        house.compare()


def _promoted(house: Rolled, by: str, **wanted: Any) -> str:
    wish = {"action": ACTION, "scope": SCOPE, "to": Stage.SUPERVISED, "because": "it went well", **wanted}
    return error(lambda: house.promote(by, **wish))


def _on_evidence(by: str, *, account: str = "ana", agent: str | None = None, **wanted: Any) -> Attempt:
    def attempt(house: Rolled) -> str:
        _shadows(house, account=account, agent=agent)
        return _promoted(house, by, **wanted)

    return attempt


def _from(stage: Stage, share: Decimal, *, to: Stage) -> Attempt:
    def attempt(house: Rolled) -> str:
        house.let_go(stage, share=share)
        return _promoted(house, "caio", to=to)

    return attempt


def _demoted(by: str, *, to: Stage) -> Attempt:
    def attempt(house: Rolled) -> str:
        house.let_go(Stage.SUPERVISED)
        return error(lambda: house.demote(by, ACTION, SCOPE, to=to, because="I want it so"))

    return attempt


def _without_evidence(house: Rolled) -> str:
    house.staged = True
    house.submit(asked(), RENAME)
    return _promoted(house, "caio")


def _what_stands_already(house: Rolled) -> str:
    """Propose what stands there, so that people seem to have done it."""
    _shadows(house, name="Schrauben Groß KG")
    return _promoted(house, "caio")


def _the_same_evidence_again(house: Rolled) -> str:
    _shadows(house)
    _promoted(house, "caio")
    return _promoted(house, "caio", to=Stage.AUTONOMOUS)


def _edited_evidence(change: Callable[[list[Record]], list[Record]]) -> Attempt:
    def attempt(house: Rolled) -> str:
        _shadows(house)
        kept = house.ledger.streams_kept
        kept[ROLLOUT] = tuple(change(list(kept[ROLLOUT])))
        return _promoted(house, "caio")

    return attempt


def _forged(change: Callable[[Rolled], object]) -> Attempt:
    """Change the row that says how far the action goes, and try to have it done."""

    def attempt(house: Rolled) -> str:
        house.let_go(Stage.SUPERVISED)
        house.let_go(Stage.HIGH_VOLUME, BLOCK)
        change(house)
        return ended(house, house.submit(asked(), RENAME))

    return attempt


def _body(house: Rolled) -> None:
    row = house.ledger.standing_rows[HERE]
    house.ledger.standing_rows[HERE] = evolve(row, body=row.body.replace(b'"supervised"', b'"high-volume"'))


def _anothers(house: Rolled) -> None:
    house.ledger.standing_rows[HERE] = house.ledger.standing_rows[SCOPE, BLOCK.terms.action]


def _on_top_of_forged(house: Rolled) -> str:
    _shadows(house)
    house.let_go(Stage.READ_ONLY)
    _body(house)
    house.ledger.standing_rows[HERE] = evolve(house.ledger.standing_rows[HERE], seal=b"forged")
    return _promoted(house, "caio")


def _put_back(house: Rolled) -> str:
    """Put an older row back, which has its seal."""
    house.let_go(Stage.SUPERVISED)
    row = house.ledger.standing_rows[HERE]
    house.demote("ana", ACTION, SCOPE, to=Stage.READ_ONLY, because="no more")
    house.ledger.standing_rows[HERE] = row
    return f"{house.flaws()} flaws" if house.flaws() else "nothing stopped it"


def _without_a_record(house: Rolled) -> str:
    """Write a standing as somebody who has the key, and not by the way that puts it on record."""
    standing = house.let_go(Stage.SUPERVISED)
    with InMemoryLedger.transaction(house.ledger) as transaction:
        transaction.stand(evolve(standing, stage=Stage.HIGH_VOLUME))
    return f"{house.flaws()} flaws" if house.flaws() else "nothing stopped it"


def _dice(house: Rolled) -> str:
    """Ask again and again, on other occasions and in other words, until one is within the share."""
    house.let_go(Stage.AUTONOMOUS, share=Decimal("0.01"))
    states = set()
    for number in range(200):
        intent = house.submit(asked(f"REQ-{number}"), evolve(RENAME, name=f"Schrauben {number} AG"))
        states.add(intent.state)
        if intent.state is State.AWAITING:
            house.withdraw("ana", [reviewed(intent)], because="once more")
    return "each waits for approval" if states == {State.AWAITING} else "nothing stopped it"


def _yesterday_elsewhere(house: Rolled) -> str:
    """Post into closed books, because it is still that day where the caller is."""
    house.let_go(Stage.SUPERVISED, POST)
    house.calendar = Calendar(closings=(IN_BERLIN,))
    intent = house.submit(asked(), evolve(POST, posted_on=date(2026, 2, 28)))
    house.approve("bia", [reviewed(intent)])
    house.approve("caio", [reviewed(intent)])
    return ended(house, intent)


def _by_a_saga(house: Rolled) -> str:
    house.staged = True
    return error(lambda: house.saga(asked(), [Step(name="rename", command=RENAME)]))


NOT_A_STEP = "go one step at a time"
ROLLING_OUT = (
    Attack("whoever asks promotes what he asks for", _on_evidence("ana"), "that is evidence"),
    Attack("he does so by his other account", _on_evidence("bia.souza@example.com", account="bia"), "that is evidence"),
    Attack("the owner of an agent promotes what it asks for", _on_evidence("davi", agent="buyer-bot"), "is evidence"),
    Attack("an agent promotes itself", _on_evidence("buyer-bot", agent="buyer-bot"), "nobody is known as buyer-bot"),
    Attack("a person without the right promotes", _on_evidence("eva"), "eva may not promote"),
    Attack("an action is promoted without evidence", _without_evidence, "the evidence is not enough"),
    Attack("what stands there already is given as evidence", _what_stands_already, "with what people did: 0"),
    Attack("one piece of evidence is used for two steps", _the_same_evidence_again, "done: 0, and 2 are required"),
    Attack("evidence is removed from the audit trail", _edited_evidence(lambda them: them[1:]), "Tampered"),
    Attack("evidence is copied in the audit trail", _edited_evidence(lambda them: [*them, *them]), "Tampered"),
    Attack("a stage is left out", _on_evidence("caio", to=Stage.AUTONOMOUS), NOT_A_STEP),
    Attack("a part goes into high volume", _from(Stage.AUTONOMOUS, HALF, to=Stage.HIGH_VOLUME), NOT_A_STEP),
    Attack("an action that nobody knows is promoted", _on_evidence("caio", action="pay everybody"), "not offered"),
    Attack("a company that is not ours is promoted", _on_evidence("caio", scope=Scope("sap", "9")), "not offered"),
    Attack(
        "an action is promoted without a reason", _on_evidence("caio", because=""), "because is blank", recorded=False
    ),
    Attack("a person without the right takes an action back", _demoted("eva", to=Stage.READ_ONLY), "may not demote"),
    Attack("taking back leads further", _demoted("caio", to=Stage.HIGH_VOLUME), "there is nothing to take back"),
    Attack("the stage is changed in the ledger", _forged(_body), "refused: change supplier is only proposed"),
    Attack("the stage of another action is copied", _forged(_anothers), "refused: change supplier is only proposed"),
    Attack("a step is made on top of a forged stage", _on_top_of_forged, "Tampered"),
    Attack("an older stage is put back", _put_back, "flaws", recorded=False),
    Attack("a stage is written without a record", _without_a_record, "flaws", recorded=False),
    Attack("somebody asks until he is within the share", _dice, "each waits for approval", recorded=False),
    Attack("it is still the last month where the caller is", _yesterday_elsewhere, "halted: the books up to"),
    Attack("a saga runs an action that is only proposed", _by_a_saga, "change supplier is only proposed"),
)
