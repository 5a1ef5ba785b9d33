"""What is proposed, and what is refused before anybody is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from application.propose import Request
from application.saga import Step
from domain.approvals import NotAllowed
from domain.classification import ActionClass
from domain.commands.command import Made, NoUndo
from domain.commands.documents import AttachDocument
from domain.commands.purchase_orders import CancelPurchaseOrder
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import PersonId, SupplierId
from domain.images import UNREAD
from domain.lifecycle import State
from domain.policy import FORBIDDEN, Above, Policy, Rule
from domain.principals import Agent, Principal, Requester
from domain.resolution import Resolved
from domain.scope import Scope
from domain.stages import Stage
from domain.suppliers import SupplierBlock
from ports.directory import Right
from ports.ledger import IntentQuery
from tests.governed.erp import FakeErp
from tests.governed.examples import BLOCK, EXAMPLES, MORNING, PLACE, RENAME, SCOPE, resolved
from tests.governed.house import House, asked
from tests.governed.recorded import TOO_LONG, Curious, last, raises, told

ANA = Principal("ana", PersonId("P1"))
RENAMING = Rule(action="change supplier", verdict=ActionClass.HIGH)
ATTACH = next(each for each in EXAMPLES if isinstance(each, AttachDocument))


@pytest.fixture
def house() -> House:
    return House.new()


def test_a_proposal_holds_all_that_an_approval_is_bound_to(house: House) -> None:
    house.policy = Policy(version="policy 2", rules=(RENAMING,))

    proposal = house.submit(asked(agent="buyer-bot"), RENAME).proposal

    assert proposal.requester == Requester(ANA, Agent("buyer-bot", PersonId("P4")))
    assert (proposal.command, proposal.scope) == (RENAME, SCOPE)
    assert (proposal.occasion, proposal.rationale) == ("REQ-17", "the stock runs out")
    assert (proposal.action_class, proposal.because) == (ActionClass.HIGH, (str(RENAMING),))
    assert proposal.policy == "policy 2"
    assert proposal.seen == house.erp.observe(RENAME)
    assert proposal.undo == evolve(RENAME, name="Schrauben Groß KG")


def test_the_undo_of_what_a_step_makes_names_the_step(house: House) -> None:
    request = asked()
    requester = house.submit.propose.requester(request, PLACE)

    alone = house.submit.propose(request, PLACE, requester).proposal
    step = house.submit.propose(request, PLACE, requester, step="place").proposal

    assert step.undo == CancelPurchaseOrder(order=Made("place"))
    assert alone.undo == CancelPurchaseOrder(order=Made("itself"))


def test_a_person_may_ask_without_an_agent() -> None:
    assert Request(account="ana", scope=SCOPE, occasion="REQ-1", rationale="").by == "ana"


def test_a_threshold_looks_at_what_was_read_in_the_erp(house: House) -> None:
    dear = Rule(verdict=ActionClass.IRREVERSIBLE, when=Above("orders", Decimal(5)))
    house.policy = Policy(version="policy 2", rules=(dear,))
    house.erp.facts = {"orders": Decimal(5)}
    assert house.submit(asked("REQ-1"), BLOCK).proposal.action_class is ActionClass.HIGH

    house.erp.facts = {"orders": Decimal(6)}
    unblock = BlockSupplier(supplier=BLOCK.supplier, block=SupplierBlock.PAYMENT)
    assert house.submit(asked("REQ-2"), unblock).proposal.action_class is ActionClass.IRREVERSIBLE


def test_a_rule_about_another_place_does_not_count(house: House) -> None:
    house.policy = Policy(version="policy 2", rules=(evolve(RENAMING, company="2000"),))

    assert house.submit(asked(), RENAME).proposal.action_class is ActionClass.LOW


def test_what_cannot_be_put_back_because_it_was_not_read_needs_a_person(house: House) -> None:
    house.erp.change(SupplierId("4711"), name=UNREAD)

    proposal = house.submit(asked(), RENAME).proposal

    assert isinstance(proposal.undo, NoUndo)
    assert proposal.action_class is ActionClass.HIGH


def test_supervision_makes_a_low_one_wait(house: House) -> None:
    house.gate.at = Stage.SUPERVISED

    waiting = house.submit(asked(), RENAME)

    assert (waiting.state, waiting.proposal.action_class) == (State.AWAITING, ActionClass.HIGH)


def test_what_the_policy_forbids_is_kept_as_refused_with_its_rules(house: House) -> None:
    rules = (Rule(verdict=FORBIDDEN), RENAMING)
    house.policy = Policy(version="policy 2", rules=rules)

    refused = house.submit(asked(), RENAME)

    assert (refused.state, refused.due_at) == (State.REFUSED, None)
    assert refused.note == f"the policy forbids it: {rules[0]}; {rules[1]}"
    assert refused.proposal.action_class is ActionClass.IRREVERSIBLE


def test_what_is_only_proposed_is_kept_as_refused(house: House) -> None:
    house.gate.at = Stage.READ_ONLY

    refused = house.submit(asked(), RENAME)

    assert refused.note == f"change supplier is only proposed in {SCOPE}, and not executed"
    assert refused.proposal.action_class is ActionClass.LOW


def test_who_may_ask_is_asked_of_the_directory(house: House) -> None:
    house.directory = Curious()

    house.submit(asked(), RENAME)

    assert house.directory.asked == [(PersonId("P1"), Right.SUBMIT, "change supplier", SCOPE)]


@pytest.mark.parametrize(
    ("agent", "by"), [(None, "ana"), ("buyer-bot", "buyer-bot for ana")], ids=["a person", "an agent"]
)
def test_whoever_may_not_ask_is_on_record(house: House, agent: str | None, by: str) -> None:
    house.directory.forbidden.add(("P1", Right.SUBMIT))
    because = f"ana may not ask to change supplier in {SCOPE}"

    with pytest.raises(NotAllowed) as caught:
        house.submit(asked(agent=agent), RENAME)

    assert str(caught.value) == because
    assert told(last(house)) == (None, MORNING, by, "not allowed", because, None)


@pytest.mark.parametrize(
    ("supplier", "why"),
    [
        (
            resolved(SupplierId("4711"), scope=Scope("sap", "2000")),
            f"was resolved in {Scope('sap', '2000')}, not in {SCOPE}",
        ),
        (resolved(SupplierId("4711"), expires_at=MORNING), "was resolved too long ago; resolve it again"),
    ],
)
def test_a_record_that_was_not_resolved_for_here_and_now_is_refused(
    house: House, supplier: Resolved[SupplierId], why: str
) -> None:
    with pytest.raises(NotAllowed) as caught:
        house.submit(asked(), evolve(RENAME, supplier=supplier))

    assert str(caught.value) == f"{supplier} {why}"


def test_what_is_not_offered_is_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    offers = [ATTACH]
    monkeypatch.setattr(FakeErp, "offers", lambda _, command: command in map(type, offers))

    with pytest.raises(NotAllowed) as caught:
        house.submit(asked(), RENAME)
    assert str(caught.value) == f"change supplier is not offered in {SCOPE}"
    assert house.submit(asked(), ATTACH).state is State.AWAITING
    with pytest.raises(NotAllowed, match="is not offered in"):
        house.submit(asked(scope=Scope("sap", "2000")), ATTACH)


def test_nobody_is_asked_to_approve_what_the_erp_cannot_hold(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    raises(monkeypatch, "observe", TOO_LONG)

    with pytest.raises(NotAllowed, match="the ERP cannot hold it: name: it is longer than 35 characters"):
        house.submit(asked(), BLOCK)

    assert told(last(house))[2:4] == ("ana", "not allowed")
    assert list(house.ledger.intents(IntentQuery())) == []


@pytest.mark.parametrize("way", ["alone", "in a saga"])
def test_a_record_that_has_changed_since_it_was_resolved_is_resolved_again(house: House, way: str) -> None:
    house.changed[SupplierId("4711")] = "it is called Muttern GmbH now"

    with pytest.raises(NotAllowed, match="is not what was resolved: it is called Muttern GmbH now; resolve it again"):
        house.submit(asked(), RENAME) if way == "alone" else house.saga(asked(), [Step(name="rename", command=RENAME)])

    assert told(last(house))[2:4] == ("ana", "not allowed")
    assert house.erp.performed == 0
