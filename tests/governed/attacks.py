"""The attack list: what somebody may try on the way of a command, and what stops it.

Each attack prepares what it needs, tries, and returns how it was stopped: the error's sentence, or the state and the note
of the intent. Nothing may be written, and what came as far as the house must be on record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from attrs import evolve, frozen

from application.decide import Reviewed
from domain.approvals import Delegation
from domain.audit import Record
from domain.canonical import canonical
from domain.classification import ActionClass
from domain.commands.command import Command, Made
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails
from domain.errors import DomainError
from domain.identifiers import CustomerId, PersonId, SupplierId
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import State
from domain.policy import FORBIDDEN, Names, Policy, Rule
from domain.scope import Scope
from domain.stages import Stage
from domain.suppliers import SupplierBlock
from ports.errors import PortError
from ports.gate import Hold
from tests.governed.erp import Mood
from tests.governed.examples import ACCOUNT, BLOCK, EXAMPLES, MORNING, PLACE, RENAME, SUPPLIER, resolved
from tests.governed.house import House, asked, reviewed

BANK = EXAMPLES[3]
MINE = evolve(ACCOUNT, account="999999999", iban=None)
Attempt = Callable[[House], str]


@frozen
class Attack:
    """One attempt: its *name* is a sentence, *stopped_by* a part of how it is told; *recorded* if it must be."""

    name: str
    attempt: Attempt
    stopped_by: str
    recorded: bool = True


def _error(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except (DomainError, PortError, TypeError, AttributeError, KeyError) as error:
        return f"{type(error).__name__}: {error}"
    return "nothing stopped it"


def _ended(house: House, intent: Intent) -> str:
    house.until_rest(hours=100)
    ended = house.intent(intent.id)
    return f"{ended.state.value}: {ended.note}"


def _approve(by: str, command: Command = PLACE, **request: Any) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(**request), command)
        return _error(lambda: house.approve(by, [reviewed(intent)]))

    return attempt


def _twice(first: str, second: str) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(), BANK)
        house.approve(first, [reviewed(intent)])
        return _error(lambda: house.approve(second, [reviewed(house.intent(intent.id))]))

    return attempt


def _only_one(house: House) -> str:
    intent = house.submit(asked(), BANK)
    house.approve("bia", [reviewed(intent)])
    house.clock.pass_(timedelta(days=4))
    return _ended(house, intent)


def _submit(command: Command = RENAME, **request: Any) -> Attempt:
    return lambda house: _error(lambda: house.submit(asked(**request), command))


def _made(make: Callable[[], object]) -> Attempt:
    return lambda _: _error(make)


def _delegated(house: House, *, giver: str, taker: str, account: str, days: int = 1) -> str:
    start = MORNING - timedelta(days=7)
    house.directory.given.append(
        Delegation(giver=PersonId(giver), taker=PersonId(taker), starts=start, ends=start + timedelta(days=days + 7))
    )
    intent = house.submit(asked(), PLACE)
    return _error(lambda: house.approve(account, [reviewed(intent)], instead_of=PersonId(giver)))


def _replayed(house: House) -> str:
    """Use the approval of one order for another one."""
    cheap = house.submit(asked("REQ-1"), PLACE)
    dear = house.submit(asked("REQ-2"), BLOCK)
    return _error(lambda: house.approve("bia", [Reviewed(dear.id, cheap.proposal.digest)]))


def _stolen_approval(house: House) -> str:
    """Put the approval of one intent into the row of another, by way of the ledger itself."""
    first = house.submit(asked("REQ-1"), PLACE)
    house.approve("bia", [reviewed(first)])
    second = house.submit(asked("REQ-2"), BLOCK)
    stolen = evolve(second, approvals=house.intent(first.id).approvals, state=State.READY, due_at=house.clock.now())
    house.ledger.rows[second.id] = house.ledger.closed(stolen)  # by somebody who even has the key
    house.erp.moods = [Mood.REFUSES]  # the first one is no part of the attack
    return _ended(house, second)


def _swapped(house: House) -> str:
    """Change the arguments after the approver has looked."""
    intent = house.submit(asked(), BANK)
    card = reviewed(intent)
    theirs = evolve(intent.proposal, command=ChangeBankDetails(supplier=SUPPLIER, accounts=(MINE,)))
    house.ledger.rows[intent.id] = house.ledger.closed(evolve(intent, proposal=theirs))
    return _error(lambda: house.approve("bia", [card]))


def _swapped_after(house: House) -> str:
    """Change the arguments after the approvals, in a row that is sealed again."""
    intent = house.submit(asked(), BANK)
    house.approve("bia", [reviewed(intent)])
    house.approve("caio", [reviewed(house.intent(intent.id))])
    ready = house.intent(intent.id)
    theirs = evolve(ready.proposal, command=ChangeBankDetails(supplier=SUPPLIER, accounts=(MINE,)))
    house.ledger.rows[intent.id] = house.ledger.closed(evolve(ready, proposal=theirs))
    return _ended(house, intent)


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
        return _error(lambda: house.approve("bia", [reviewed(intent)]))

    return attempt


def _after(change: Callable[[House], object], command: Command = BLOCK) -> Attempt:
    """Have something change between the approval and its execution."""

    def attempt(house: House) -> str:
        intent = house.submit(asked(), command)
        house.approve("bia", [reviewed(intent)])
        change(house)
        return _ended(house, intent)

    return attempt


def _policy(*rules: Rule, command: Command = BLOCK) -> Attempt:
    def attempt(house: House) -> str:
        house.policy = Policy(version="policy 2", rules=rules)
        return _ended(house, house.submit(asked(), command))

    return attempt


def _staged(stage: Stage) -> Attempt:
    def attempt(house: House) -> str:
        house.gate.at = stage
        return _ended(house, house.submit(asked(), RENAME))

    return attempt


def _other_content(house: House) -> str:
    house.submit(asked(), PLACE)
    dearer = evolve(PLACE, lines=PLACE.lines[:1])
    return _error(lambda: house.submit(asked(), dearer))


def _another_occasion(house: House) -> str:
    house.submit(asked(), PLACE)
    return _error(lambda: house.submit(asked("REQ-99"), PLACE))


def _settle(account: str, *, state: State = State.OPERATOR, done: Any = None) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(), PLACE)
        if state is State.OPERATOR:
            house.erp.locatable, house.erp.moods = False, [Mood.DROPS_REQUEST]
            house.approve("bia", [reviewed(intent)])
            house.until_rest()
        there = house.intent(intent.id)
        return _error(lambda: house.settle(account, reviewed(there), done=done, because="I looked"))

    return attempt


def _late(how: str) -> Attempt:
    """Change one's mind when it is too late."""

    def attempt(house: House) -> str:
        house.erp.moods = [Mood.DROPS_REQUEST]
        intent = house.submit(asked(), PLACE)
        house.approve("bia", [reviewed(intent)])
        house.advance(intent.id)
        account = "ana" if how == "withdraw" else "bia"
        return _error(lambda: getattr(house, how)(account, [reviewed(intent)], because="too late"))

    return attempt


def _by(how: str, account: str) -> Attempt:
    def attempt(house: House) -> str:
        intent = house.submit(asked(), PLACE)
        return _error(lambda: getattr(house, how)(account, [reviewed(intent)], because="because"))

    return attempt


def _batch(house: House) -> str:
    """Slip one's own request into a set of others."""
    others = house.submit(asked("REQ-1", account="caio"), PLACE)
    own = house.submit(asked("REQ-2", account="bia"), BLOCK)
    told = _error(lambda: house.approve("bia", [reviewed(others), reviewed(own)]))
    return told if house.intent(others.id).state is State.AWAITING else "a part of the set counted"


def _too_late(house: House) -> str:
    """Approve before anybody has noticed that the time is over."""
    intent = house.submit(asked(), PLACE)
    house.clock.pass_(timedelta(days=3))
    return _error(lambda: house.approve("bia", [reviewed(intent)]))


def _again(house: House) -> str:
    """Approve once more what was rejected."""
    intent = house.submit(asked(), PLACE)
    house.reject("caio", [reviewed(intent)], because="too dear")
    return _error(lambda: house.approve("bia", [reviewed(house.intent(intent.id))]))


def _audit(change: Callable[[list[Record]], list[Record]]) -> Attempt:
    def attempt(house: House) -> str:
        house.submit(asked(), BANK)
        house.submit(asked("REQ-2"), PLACE)
        kept = house.ledger.streams_kept
        kept["sap"] = tuple(change(list(kept["sap"])))
        return f"{house.flaws()} flaws" if house.flaws() else "nothing stopped it"

    return attempt


def _undo_of_another(house: House) -> str:
    return _error(lambda: house.undo(house.submit(asked(), BANK).id, account="ana", rationale="back"))


ELSEWHERE = Scope("sap", "2000")
OLD = resolved(SupplierId("4711"), expires_at=MORNING)
FOREIGN = resolved(SupplierId("4711"), scope=ELSEWHERE)
PAYMENT = SupplierBlock.PAYMENT
ATTACKS = (
    # who approves
    Attack("the requester approves his own request", _approve("ana"), "whoever asked for it"),
    Attack("the requester approves by his other account", _approve("bia.souza@example.com", account="bia"), "whoever asked"),
    Attack("the person behind an agent approves what it asked", _approve("bia", account="bia", agent="buyer-bot"), "whoever asked"),
    Attack("the owner of an agent approves what it asked", _approve("davi", agent="buyer-bot"), "answers for the agent"),
    Attack("an unknown account approves", _approve("mallory"), "nobody is known as mallory"),
    Attack("a person without the right approves", _approve("eva"), "may not decide"),
    Attack("one person approves twice", _twice("bia", "bia"), "has already approved"),
    Attack("one person approves under two names", _twice("bia", "bia.souza@example.com"), "has already approved"),
    Attack("one of two approvals is missing", _only_one, "lapsed: nobody decided"),
    Attack("somebody approves instead of one who did not delegate", lambda house: _error(lambda: house.approve("caio", [reviewed(house.submit(asked(), PLACE))], instead_of=PersonId("P2"))), "delegation"),
    Attack("somebody uses another's delegation", lambda house: _delegated(house, giver="P2", taker="P3", account="davi"), "delegation"),
    Attack("somebody uses a delegation that has ended", lambda house: _delegated(house, giver="P2", taker="P3", account="caio", days=-1), "delegation"),
    Attack("the requester approves as somebody's delegate", lambda house: _delegated(house, giver="P2", taker="P1", account="ana"), "whoever asked"),
    Attack("the requester has his delegate approve", lambda house: _delegated(house, giver="P1", taker="P3", account="caio"), "whoever asked"),
    Attack("a delegate of one without the right approves", lambda house: _delegated(house, giver="P5", taker="P3", account="caio"), "may not decide"),
    Attack("one's own request hides in a set", _batch, "whoever asked"),
    # what is approved
    Attack("an approval is used for another intent", _replayed, "another proposal"),
    Attack("an approval is copied into another intent", _stolen_approval, "lapsed: it is not approved"),
    Attack("the arguments change after the card was shown", _swapped, "another proposal"),
    Attack("the arguments change after the approvals", _swapped_after, "lapsed: it is not approved"),
    Attack("a rejected intent is approved", _again, "nobody waits for an approval"),
    Attack("a proposal is approved after its time", _too_late, "was to be decided until"),
    Attack("an intent that does not exist is approved", lambda house: _error(lambda: house.approve("bia", [Reviewed(IntentId("I99"), house.submit(asked(), PLACE).proposal.digest)])), "there is no intent"),
    Attack("the approval is too old when its turn comes", _after(lambda house: house.clock.pass_(timedelta(days=3))), "lapsed: it is not approved"),
    Attack("the target changes after the approval", _after(lambda house: house.erp.change(SUPPLIER.id, block=PAYMENT)), "lapsed: the target has changed"),
    Attack("the policy changes after the approval", _after(lambda house: setattr(house, "policy", Policy(version="policy 2"))), "lapsed: the policy has changed"),
    Attack("the stage is taken back after the approval", _after(lambda house: setattr(house.gate, "at", Stage.READ_ONLY)), "halted: the action is only proposed"),
    Attack("the schema drifts after the approval", _after(lambda house: setattr(house.gate, "held", Hold(because="LFA1-SPERR is gone", until=None))), "halted: LFA1-SPERR is gone"),
    # who asks, and for what
    Attack("an unknown account asks", _submit(account="mallory"), "nobody is known as mallory"),
    Attack("an unknown agent asks", _submit(agent="ghost"), "no agent is known as ghost"),
    Attack("an account that merely looks alike asks", _submit(account="аna"), "nobody is known as"),
    Attack("a record is named by its name", _made(lambda: BlockSupplier(supplier="ACME Ltd", block=PAYMENT)), "must be a resolved", recorded=False),  # type: ignore[arg-type]  # that is the attempt
    Attack("a record is named by a key that nobody resolved", _made(lambda: BlockSupplier(supplier=SupplierId("4711"), block=PAYMENT)), "must be a resolved", recorded=False),  # type: ignore[arg-type]  # as above
    Attack("a customer stands for a supplier", _made(lambda: BlockSupplier(supplier=resolved(CustomerId("4711")), block=PAYMENT)), "must be a resolved", recorded=False),  # type: ignore[arg-type]  # as above
    Attack("a command's target is swapped for a name", _made(lambda: evolve(BLOCK, supplier="ACME Ltd")), "must be a resolved", recorded=False),  # type: ignore[arg-type]  # as above
    Attack("the resolution is too old", _submit(BlockSupplier(supplier=OLD, block=PAYMENT)), "resolved too long ago"),
    Attack("the record was resolved in another company", _submit(BlockSupplier(supplier=FOREIGN, block=PAYMENT)), "was resolved in"),
    Attack("the company is not ours", _submit(BlockSupplier(supplier=FOREIGN, block=PAYMENT), scope=ELSEWHERE), "not offered"),
    Attack("a promise of another saga stands for a record", _submit(BlockSupplier(supplier=Made("place"), block=PAYMENT)), "no earlier step"),
    Attack("one occasion is used for another command", _other_content, "another command was given"),
    Attack("the same is asked for again on another occasion", _another_occasion, "is under way"),
    Attack("a record on the deny list is written", _policy(Rule(verdict=FORBIDDEN, when=Names(frozenset({"4711"})))), "refused: the policy forbids it"),
    Attack("an action that is only proposed is executed", _staged(Stage.READ_ONLY), "refused: change supplier is only proposed"),
    Attack("a supervised action runs by itself", _staged(Stage.SUPERVISED), "lapsed: nobody decided"),
    # the ledger
    Attack("the class is lowered in the ledger", _lowered, "I1"),
    Attack("the command is changed in the ledger", _tampered(lambda it: evolve(it, proposal=evolve(it.proposal, rationale="other"))), "Tampered"),
    Attack("the state is changed in the ledger", _tampered(lambda it: evolve(it, state=State.READY)), "Tampered"),
    Attack("the requester is changed in the ledger", _tampered(lambda it: evolve(it, proposal=evolve(it.proposal, requester=evolve(it.proposal.requester, principal=evolve(it.proposal.requester.principal, person=PersonId("P9")))))), "Tampered"),
    Attack("an audit record is changed", _audit(lambda them: [evolve(them[0], body=b"{}"), *them[1:]]), "flaws", recorded=False),
    Attack("an audit record is removed", _audit(lambda them: them[1:]), "flaws", recorded=False),
    Attack("an audit record is inserted", _audit(lambda them: [them[0], *them]), "flaws", recorded=False),
    Attack("audit records change places", _audit(lambda them: them[::-1]), "flaws", recorded=False),
    # other doors
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
)  # fmt: skip
