"""Fusion keeps the laws of writing, and what only Fusion does is told rightly."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NoReturn

import pytest
from attrs import astuple, evolve, frozen

from acl.conditions import Condition, Where
from adapters.systems.oracle_execution import OracleExecution
from adapters.systems.oracle_finding import Finding, Record
from contracts.laws.execution import ExecutionLaws
from contracts.laws.executions import ExecutionSubject, reference
from domain.commands.command import Command, Made
from domain.commands.purchase_orders import CancelPurchaseOrder, ClosePurchaseOrder, PlacePurchaseOrder
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.images import NOTHING, Observation
from domain.outcomes import Accepted, Done, Reference
from domain.suppliers import SupplierBlock
from ports.errors import Locked, NotFound, OutcomeUnknown, Refused, Unavailable
from sandbox.misbehaviour import Locked as SomebodyEdits
from sandbox.misbehaviour import Refuse, Repeat
from sandbox.oracle import LEGAL_ENTITY
from sandbox.web import Request
from tests.governed.examples import resolved
from tests.systems.oracle_writing import (
    COMPANY,
    Fusion,
    connected,
    creating,
    keys,
    out_of_reach,
    placing,
    running,
    subject,
    suppliers,
)

MARK = reference("mine")


class TestOracleKeepsTheLaws(ExecutionLaws):
    @pytest.fixture
    def subject(self) -> Iterator[ExecutionSubject]:
        with running() as fusion, out_of_reach(fusion) as down:
            yield subject(fusion, down.executions[LEGAL_ENTITY])  # type: ignore[arg-type]


@pytest.fixture
def fusion() -> Iterator[Fusion]:
    with running() as environment:
        yield environment


def performed(fusion: Fusion, command: Command, mark: Reference = MARK) -> Done | Accepted:
    return fusion.execution.perform(command, reference=mark, expected=None)


def actions(fusion: Fusion) -> list[Request]:
    """Give the actions that were asked for over REST, in their order."""
    return [each for each in fusion.server.seen if each.method == "POST" and "/action/" in each.path]


def test_an_action_goes_to_the_hash_that_rest_names_and_as_an_action(fusion: Fusion) -> None:
    """FUS-ID-01, FUS-ACT-01: as any other type it would be a new row."""
    performed(fusion, ClosePurchaseOrder(order=resolved(keys()[0])))
    (sent,) = actions(fusion)

    assert sent.path.startswith("/fscmRestApi/resources/11.13.18.05/purchaseOrders/")
    assert keys()[0].text not in sent.path
    assert sent.header("content-type") == "application/vnd.oracle.adf.action+json"
    assert sent.header("rest-framework-version") == "4"
    assert json.loads(sent.body) == {"closeAction": "close", "closeReason": MARK.text}


@pytest.mark.parametrize(("cancels_demand", "flag"), [(True, "True"), (False, "False")])
def test_what_becomes_of_the_demand_is_always_said(cancels_demand: bool, flag: str) -> None:
    """FUS-PO-03, FUS-ACT-01: what is left open is bought again."""
    company = COMPANY.model_copy(update={"cancels_demand": cancels_demand})
    with running(company=company) as fusion:
        performed(fusion, CancelPurchaseOrder(order=resolved(keys()[0])))
        (sent,) = actions(fusion)

    assert json.loads(sent.body)["cancelUnfulfilledDemandFlag"] == flag


def test_a_refusal_has_all_that_fusion_said(fusion: Fusion) -> None:
    """FUS-SOAP-01, FUS-ERR-01: the outermost sentence is the same for everything."""
    for command in (placing(suppliers()[0]), ClosePurchaseOrder(order=resolved(keys()[0]))):
        fusion.server.misbehaviour.writing(Refuse())
        with pytest.raises(Refused) as caught:
            performed(fusion, command)
        assert any("PO-2055101" in reason and "budget of the period" in reason for reason in caught.value.reasons)
    assert fusion.books.journal == []


def test_a_lock_is_told_from_a_no_on_both_ways(fusion: Fusion) -> None:
    for command in (placing(suppliers()[0]), ClosePurchaseOrder(order=resolved(keys()[0]))):
        fusion.server.misbehaviour.writing(SomebodyEdits())
        with pytest.raises(Locked, match="editing the record"):
            performed(fusion, command)


def test_an_order_to_a_supplier_on_hold_is_refused(fusion: Fusion) -> None:
    supplier = resolved(suppliers()[0])
    performed(fusion, BlockSupplier(supplier=supplier, block=SupplierBlock.PURCHASING))
    with pytest.raises(Refused) as caught:
        performed(fusion, placing(supplier.id))

    assert any("purchasing hold" in reason for reason in caught.value.reasons)


def test_what_stands_as_it_shall_is_not_sent(fusion: Fusion) -> None:
    command = BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.NONE)

    assert performed(fusion, command) == Done(record=suppliers()[0])
    assert fusion.server.misbehaviour.writes_met == 0


def test_a_worker_that_was_held_up_sends_nothing(fusion: Fusion) -> None:
    """Its lease may be over, and somebody else may have sent it already."""
    late = evolve(fusion.execution, timeout=-1.0)
    for command in (placing(suppliers()[0]), ClosePurchaseOrder(order=resolved(keys()[0]))):
        with pytest.raises(Unavailable, match="not sent any more"):
            late.perform(command, reference=MARK, expected=None)

    assert fusion.server.misbehaviour.writes_met == 0


def test_nonsense_before_the_write_is_not_taken_for_a_lost_answer(fusion: Fusion) -> None:
    fusion.execution.observe(placing(suppliers()[0]))
    fusion.server.misbehaviour.garble()
    with pytest.raises(Unavailable):
        performed(fusion, placing(suppliers()[0]))

    assert fusion.server.misbehaviour.writes_met == 0


def test_a_target_that_is_gone_or_another_entitys_is_told_and_not_created(fusion: Fusion) -> None:
    for command in (
        BlockSupplier(supplier=resolved(SupplierId("77")), block=SupplierBlock.ALL),
        CancelPurchaseOrder(order=resolved(PurchaseOrderId("77"))),
    ):
        with pytest.raises(NotFound, match="77"):
            performed(fusion, command)
        assert fusion.execution.locate(command, reference=MARK) == ()
    with connected(fusion.server, legal_entity="Somebody Else") as erp, pytest.raises(NotFound):
        erp.executions["Somebody Else"].observe(CancelPurchaseOrder(order=resolved(keys()[0])))


@frozen
class Deaf(Finding):
    """A service that overlooks every criterion but the key."""

    def pages(self, where: Sequence[Where]) -> Iterator[list[Record]]:
        return super().pages([each for each in where if isinstance(each, Condition) and each.column == self.key])


def test_an_order_of_another_entity_is_not_there_even_if_the_service_gives_it(fusion: Fusion) -> None:
    """An order's number is unique within one legal entity only."""
    with connected(fusion.server, legal_entity="Somebody Else") as erp:
        execution = erp.executions["Somebody Else"]
        assert isinstance(execution, OracleExecution)
        deaf = {kind: Deaf(*astuple(each, recurse=False)) for kind, each in execution.records.findings.items()}
        foreign = evolve(execution, records=evolve(execution.records, findings=deaf))
        with pytest.raises(NotFound):
            foreign.observe(CancelPurchaseOrder(order=resolved(keys()[0])))


def test_what_an_earlier_step_is_yet_to_make_is_left_out_of_the_look(fusion: Fusion) -> None:
    command = BlockSupplier(supplier=Made("new supplier"), block=SupplierBlock.ALL)

    assert fusion.execution.observe(command) == Observation(version=None, before=NOTHING, facts=())
    with pytest.raises(NotFound, match="new supplier"):
        performed(fusion, command)


def test_a_new_supplier_gets_all_that_was_said_and_can_be_blocked(fusion: Fusion) -> None:
    command = creating()
    done = performed(fusion, command)
    assert isinstance(done, Done)
    performed(fusion, command.undo(NOTHING, resolved(done.record)), reference("undo"))

    stored = fusion.erp.suppliers.get(done.record)  # type: ignore[arg-type]  # a supplier's
    assert (stored.name, stored.trade_name, stored.email) == (command.name, command.trade_name, command.email)
    assert (stored.tax_ids, stored.address, stored.block) == (command.tax_ids, command.address, SupplierBlock.ALL)


def test_every_figure_comes_from_fusion(fusion: Fusion) -> None:
    stored = fusion.erp.purchase_orders.get(keys()[0])
    cancel = fusion.execution.observe(CancelPurchaseOrder(order=resolved(keys()[0])))

    assert [fact.name for fact in cancel.facts] == list(CancelPurchaseOrder.terms.facts)
    assert cancel.fact("order value") == stored.total


@pytest.mark.parametrize("seed", range(3))
def test_a_plague_of_faults_leaves_nothing_double_nothing_lost_and_nothing_invented(fusion: Fusion, seed: int) -> None:
    """The way of the path in small: what is in doubt is located, and sent again only when it is not there."""
    faults = fusion.server.misbehaviour.plague(seed, 12)
    tally = [_settled(fusion, placing(each), reference((seed, each))) for each in suppliers()[:6]]

    repeated = sum(isinstance(fault, Repeat) for fault in faults[: fusion.server.misbehaviour.writes_met])
    assert len(fusion.books.journal) == sum(tally) + repeated


def _settled(fusion: Fusion, command: PlacePurchaseOrder, mark: Reference) -> int:
    for _ in range(12):
        try:
            performed(fusion, command, mark)
        except Refused:
            return 0
        except (OutcomeUnknown, Unavailable, Locked):
            pass
        if fusion.execution.locate(command, reference=mark):
            return 1
    raise AssertionError("there is no end of faults")


def test_a_no_to_a_question_is_no_answer_to_the_command(fusion: Fusion, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused search proves nothing: taken for the ERP's no, a write that stands there would count as not written."""
    command = BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.ALL)

    def refused(*_: object) -> NoReturn:
        raise Refused("the services are being maintained")

    monkeypatch.setattr("adapters.systems.oracle_records.OracleRecords.read", refused)

    with pytest.raises(Unavailable, match="nothing was learned by it"):
        fusion.execution.locate(command, reference=reference(command))
