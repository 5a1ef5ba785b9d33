"""Protheus over REST keeps the laws of writing, and what only Protheus does is told rightly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from contracts.laws.execution import ExecutionLaws
from contracts.laws.executions import ExecutionSubject, reference
from domain.commands.command import Made
from domain.commands.purchase_orders import CancelPurchaseOrder, ClosePurchaseOrder, PlacePurchaseOrder
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.images import NOTHING, Observation
from domain.money import Money
from domain.outcomes import Done, Reference
from domain.suppliers import SupplierBlock
from ports.errors import Drifted, Locked, NotFound, NotLocatable, OutcomeUnknown, Refused, Unavailable
from ports.purchase_orders import PurchaseOrderQuery
from sandbox.misbehaviour import Fail, Refuse, Repeat
from sandbox.protheus_rest import ORDER_REFERENCE, SUPPLIER_REFERENCE
from tests.governed.examples import resolved
from tests.systems.protheus_rest_writing import (
    EUR,
    Protheus,
    SomebodyElse,
    creating,
    orders,
    out_of_reach,
    placing,
    running,
    subject,
    suppliers,
)


@pytest.fixture
def protheus() -> Iterator[Protheus]:
    with running() as system:
        yield system


class TestProtheusKeepsTheLaws(ExecutionLaws):
    @pytest.fixture
    def subject(self) -> Iterator[ExecutionSubject]:
        with running() as system, out_of_reach(system) as down:
            yield subject(system, down)


def blocking(supplier: SupplierId) -> BlockSupplier:
    return BlockSupplier(supplier=resolved(supplier), block=SupplierBlock.ALL)


def test_what_stands_as_it_shall_is_not_sent(protheus: Protheus) -> None:
    command = BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.NONE)

    assert protheus.execution.perform(command, reference=reference(1), expected=None) == Done(record=suppliers()[0])
    assert protheus.server.misbehaviour.writes_met == 0


def test_an_order_to_a_blocked_supplier_is_refused_in_every_line_of_protheuss_log(protheus: Protheus) -> None:
    """PRO-WR-03: the first line alone would be decoration."""
    supplier = suppliers()[0]
    protheus.execution.perform(blocking(supplier), reference=reference(1), expected=None)
    with pytest.raises(Refused) as caught:
        protheus.execution.perform(placing(supplier), reference=reference(2), expected=None)

    assert caught.value.reasons[0] == "400: AJUDA:REGBLOQ"
    assert "400: Este fornecedor esta bloqueado para uso" in caught.value.reasons
    assert "400: Campo: C7_FORNECE" in caught.value.reasons
    assert len(protheus.journal) == 1


def test_what_lost_its_reference_to_somebodys_edit_is_not_made_again(protheus: Protheus) -> None:
    """X-REF-05: it is a field of the site, which users may edit; one just like it is for a person to look at."""
    other = SomebodyElse(protheus=protheus)
    for command in (placing(suppliers()[0]), creating()):
        done = protheus.execution.perform(command, reference=reference(1), expected=None)
        if isinstance(done.record, PurchaseOrderId):
            other.change_order(done.record, ORDER_REFERENCE, "EDITED")
        else:
            assert isinstance(done.record, SupplierId)
            other.change_supplier(done.record, SUPPLIER_REFERENCE, "")
        with pytest.raises(NotLocatable, match="just like it"):
            protheus.execution.locate(command, reference=reference(1))


def test_an_order_that_somebody_has_broken_is_located_and_not_placed_again(protheus: Protheus) -> None:
    """It cannot be read any more, and still it stands there."""
    command = placing(suppliers()[0])
    done = protheus.execution.perform(command, reference=reference(1), expected=None)
    assert isinstance(done.record, PurchaseOrderId)
    SomebodyElse(protheus=protheus).change_order(done.record, "C7_CONAPRO", "?")

    assert protheus.execution.locate(command, reference=reference(1)) == (done,)
    with pytest.raises(Drifted, match="state of approval"):
        protheus.execution.read_back(command, done)


def test_another_order_of_ours_on_the_same_day_is_not_taken_for_it(protheus: Protheus) -> None:
    command = placing(suppliers()[0])
    first = protheus.execution.perform(command, reference=reference(1), expected=None)
    assert protheus.execution.locate(command, reference=reference(2)) == ()
    second = protheus.execution.perform(command, reference=reference(2), expected=None)

    assert first.record != second.record
    assert protheus.execution.locate(command, reference=reference(1)) == (first,)
    assert protheus.execution.locate(command, reference=reference(2)) == (second,)


def test_what_a_proxy_repeats_is_not_told_as_a_refusal(protheus: Protheus) -> None:
    """The second answer says that there is no residue: the first call has eliminated it."""
    command = CancelPurchaseOrder(order=resolved(orders()[0]))
    protheus.server.misbehaviour.writing(Repeat())
    with pytest.raises(OutcomeUnknown, match="may stand there"):
        protheus.execution.perform(command, reference=reference(1), expected=None)

    assert len(protheus.journal) == 1


def test_a_no_that_cannot_be_checked_is_an_unknown_outcome(protheus: Protheus) -> None:
    protheus.server.misbehaviour.writing(Refuse())
    protheus.server.misbehaviour.behave(times=2)  # the last look, and the write
    protheus.server.misbehaviour.fail(503, times=3)
    with pytest.raises(OutcomeUnknown, match="may stand there"):
        protheus.execution.perform(blocking(suppliers()[0]), reference=reference(2), expected=None)


def test_a_deadlock_is_not_taken_for_a_refusal(protheus: Protheus) -> None:
    """PREST-06: 500 is what a refusal without a status of its own ends up with, and a crash, too."""
    command = placing(suppliers()[0])
    protheus.server.misbehaviour.writing(Fail(500, None))
    with pytest.raises(OutcomeUnknown):
        protheus.execution.perform(command, reference=reference(1), expected=None)

    assert protheus.execution.locate(command, reference=reference(1)) == ()


def test_nonsense_before_the_write_is_not_taken_for_a_lost_answer(protheus: Protheus) -> None:
    protheus.server.misbehaviour.garble()
    with pytest.raises(Unavailable):
        protheus.execution.perform(placing(suppliers()[0]), reference=reference(1), expected=None)

    assert protheus.server.misbehaviour.writes_met == 0


def test_a_worker_that_was_held_up_sends_nothing(protheus: Protheus) -> None:
    """Its lease may be over, and somebody else may have sent it already."""
    late = evolve(protheus.execution, timeout=-1.0)
    with pytest.raises(Unavailable, match="not sent any more"):
        late.perform(placing(suppliers()[0]), reference=reference(1), expected=None)

    assert protheus.server.misbehaviour.writes_met == 0
    assert protheus.execution.limits.call == timedelta(seconds=6 * 20)


def test_a_target_that_is_gone_is_told_and_not_created(protheus: Protheus) -> None:
    command = blocking(SupplierId("77777701"))
    for attempt in (
        lambda: protheus.execution.observe(command),
        lambda: protheus.execution.perform(command, reference=reference(1), expected=None),
    ):
        with pytest.raises(NotFound, match="77777701"):
            attempt()

    assert protheus.execution.locate(command, reference=reference(1)) == ()


def test_what_an_earlier_step_is_yet_to_make_is_left_out_of_the_look(protheus: Protheus) -> None:
    command = BlockSupplier(supplier=Made("new supplier"), block=SupplierBlock.ALL)

    assert protheus.execution.observe(command) == Observation(version=None, before=NOTHING, facts=())


def test_a_new_supplier_gets_all_that_was_said_and_can_be_blocked(protheus: Protheus) -> None:
    command = creating()
    done = protheus.execution.perform(command, reference=reference(1), expected=None)
    assert isinstance(done.record, SupplierId)
    undo = command.undo(NOTHING, resolved(done.record))
    assert isinstance(undo, BlockSupplier)
    protheus.execution.perform(undo, reference=reference(2), expected=None)

    stored = protheus.erp.suppliers.get(done.record)
    assert (stored.name, stored.trade_name, stored.email) == (command.name, command.trade_name, command.email)
    assert (stored.tax_ids, stored.address, stored.block) == (command.tax_ids, command.address, SupplierBlock.ALL)


def test_every_figure_comes_from_protheus(protheus: Protheus) -> None:
    order, supplier = orders("partly_received")[0], suppliers()[0]
    stored = protheus.erp.purchase_orders.get(order)
    close = protheus.execution.observe(ClosePurchaseOrder(order=resolved(order)))
    block = protheus.execution.observe(blocking(supplier))

    assert [fact.name for fact in close.facts] == list(ClosePurchaseOrder.terms.facts)
    assert close.fact("order value") == stored.total
    assert protheus.execution.observe(placing(supplier)).fact("order value") == Money(EUR, Decimal("22.98"))
    assert protheus.execution.observe(creating()).fact("suppliers with this tax id") == 0
    assert block.fact("open orders") == sum(
        each.expects_goods for each in protheus.erp.purchase_orders.find(PurchaseOrderQuery(supplier=supplier))
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_plague_of_faults_leaves_nothing_double_nothing_lost_and_nothing_invented(
    protheus: Protheus, seed: int
) -> None:
    """The way of the path in small: what is in doubt is located, and sent again only when it is not there."""
    faults = protheus.server.misbehaviour.plague(seed, 12)
    tally = [_settled(protheus, placing(each), reference((seed, each))) for each in suppliers()[:6]]

    assert len(faults) == 12
    repeated = sum(isinstance(fault, Repeat) for fault in faults[: protheus.server.misbehaviour.writes_met])
    assert len(protheus.journal) == sum(tally) + repeated


def _settled(protheus: Protheus, command: PlacePurchaseOrder, mark: Reference) -> int:
    for _ in range(12):
        try:
            protheus.execution.perform(command, reference=mark, expected=None)
        except Refused:
            return 0
        except (OutcomeUnknown, Unavailable, Locked):
            pass
        if protheus.execution.locate(command, reference=mark):
            return 1
    raise AssertionError("there is no end of faults")
