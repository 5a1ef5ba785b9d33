"""SAP keeps the laws of writing, and what only SAP does is told rightly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import pytest

from acl.sap.commands.catalogue import Document, sap_commands
from acl.sap.commands.purchase_orders import Purchasing
from adapters.odata.writes import WriteRequest, Written
from adapters.systems.sap_documents import SapDocuments
from adapters.systems.sap_execution import sap_execution
from contracts.laws.execution import ExecutionLaws
from contracts.laws.executions import ExecutionSubject, reference
from domain.commands.command import Made
from domain.commands.purchase_orders import CancelPurchaseOrder, ClosePurchaseOrder
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier
from domain.identifiers import SupplierId
from domain.images import NOTHING, Observation, missing
from domain.money import Money
from domain.outcomes import Done
from domain.suppliers import BankAccount, SupplierBlock
from ports.errors import Conflict, NotFound, Refused
from ports.purchase_orders import PurchaseOrderQuery
from sandbox.misbehaviour import Refuse
from tests.governed.examples import ACCOUNT, ADDRESS, resolved
from tests.systems.sap_writing import (
    EUR,
    Sap,
    SomebodyElse,
    creating,
    orders,
    out_of_reach,
    placing,
    running,
    subject,
    suppliers,
)


class TestSapKeepsTheLaws(ExecutionLaws):
    @pytest.fixture
    def subject(self) -> Iterator[ExecutionSubject]:
        with running() as system:
            down = out_of_reach(system)
            yield subject(system, down)
            down.close()


def test_a_batch_that_overlooks_versions_does_not_make_us_overlook_a_change(sap: Sap) -> None:
    """SAP-BATCH: some services do not look at If-Match there; the target was read again just before."""
    sap.server.misbehaviour.ignores_etag_in_batch = True
    change = ChangeSupplier(supplier=resolved(suppliers()[0]), address=ADDRESS, email=None)
    seen = sap.execution.observe(change)
    SomebodyElse(sap=sap).meddle(change)
    with pytest.raises(Conflict, match="changed since"):
        sap.execution.perform(change, reference=reference(1), expected=seen.version)

    assert len(sap.journal) == 1


def test_a_change_between_the_last_look_and_the_write_is_a_conflict(sap: Sap, monkeypatch: pytest.MonkeyPatch) -> None:
    """SAP-HTTP-06: what was read goes out with the write, byte for byte."""
    block, close = (
        BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.ALL),
        ClosePurchaseOrder(order=resolved(orders()[0])),
    )
    other, send = SomebodyElse(sap=sap), SapDocuments.send
    quicker = {"A_Supplier": block, "A_PurchaseOrderItem": close}

    def hurried(
        documents: SapDocuments, document: Document, requests: Sequence[WriteRequest], *, until: float
    ) -> Sequence[Written]:
        entity_set = requests[0].path.partition("(")[0]
        other.change_one(entity_set, quicker[entity_set])
        return send(documents, document, requests, until=until)

    monkeypatch.setattr(SapDocuments, "send", hurried)
    for command in (block, close):
        with pytest.raises(Conflict, match="no longer the version"):
            sap.execution.perform(command, reference=reference(1), expected=None)

    assert len(sap.journal) == len(other.changes) == 2


def test_several_entities_are_one_unit_of_work(sap: Sap) -> None:
    """SAP-BATCH-02, SAP-BATCH-03: one part that is refused leaves nothing of the others."""
    taken = BankAccount(bank="37040044", branch=None, account="1", iban="DE89370400440532013000")
    change = ChangeBankDetails(supplier=resolved(suppliers()[0]), accounts=(taken, ACCOUNT))
    before = sap.erp.suppliers.get(suppliers()[0]).bank_accounts
    sap.server.misbehaviour.writing(Refuse())
    with pytest.raises(Refused) as caught:
        sap.execution.perform(change, reference=reference(1), expected=None)

    assert "The budget of the period is exhausted [ME/062]" in caught.value.reasons
    assert sap.erp.suppliers.get(suppliers()[0]).bank_accounts == before
    assert sap.journal == []


def test_an_order_to_a_blocked_supplier_is_refused_in_saps_own_words(sap: Sap) -> None:
    supplier = resolved(suppliers()[0])
    sap.execution.perform(
        BlockSupplier(supplier=supplier, block=SupplierBlock.PURCHASING), reference=reference(1), expected=None
    )
    with pytest.raises(Refused) as caught:
        sap.execution.perform(placing(supplier.id), reference=reference(2), expected=None)

    assert "blocked for purchasing" in caught.value.reasons[0]
    assert len(sap.journal) == 1


def test_what_stands_as_it_shall_is_not_sent(sap: Sap) -> None:
    command = BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.NONE)

    assert sap.execution.perform(command, reference=reference(1), expected=None) == Done(record=suppliers()[0])
    assert sap.server.misbehaviour.writes_met == 0


def test_accounts_stand_in_no_order(sap: Sap) -> None:
    """SAP lists them by its own numbers, in which the one that stayed comes first."""
    key = next(each for each in suppliers() if sap.erp.suppliers.get(each).bank_accounts)
    stays = sap.erp.suppliers.get(key).bank_accounts[0]
    command = ChangeBankDetails(supplier=resolved(key), accounts=(ACCOUNT, stays))
    done = sap.execution.perform(command, reference=reference(1), expected=None)

    assert not missing(command.effect, sap.execution.read_back(command, done))
    assert sap.execution.locate(command, reference=reference(1)) == (done,)


def test_a_change_of_what_we_do_not_read_is_another_version_too(sap: Sap) -> None:
    """SAP-HTTP-06: the ETags know more than our columns do."""
    command = CancelPurchaseOrder(order=resolved(orders()[0]))
    seen = sap.execution.observe(command)
    SomebodyElse(sap=sap).change("A_PurchaseOrder", "PurchaseOrder", orders()[0], "PurchasingGroup", to="002")

    assert sap.execution.observe(command).version != seen.version
    assert sap.execution.observe(command).before == seen.before


def test_a_target_that_is_gone_is_told_and_not_created(sap: Sap) -> None:
    command = BlockSupplier(supplier=resolved(SupplierId("77")), block=SupplierBlock.ALL)
    for attempt in (
        lambda: sap.execution.observe(command),
        lambda: sap.execution.perform(command, reference=reference(1), expected=None),
    ):
        with pytest.raises(NotFound, match="77"):
            attempt()

    assert sap.execution.locate(command, reference=reference(1)) == ()


def test_an_order_of_another_company_is_not_there(sap: Sap) -> None:
    elsewhere = sap_commands(Purchasing(company="2020", organisation="1", group="1", plant="1"), grouping="", codes={})
    execution = sap_execution(sap.erp, sap.connection, elsewhere)
    with pytest.raises(NotFound, match="PurchaseOrder"):
        execution.observe(CancelPurchaseOrder(order=resolved(orders()[0])))
    execution.close()


def test_what_an_earlier_step_is_yet_to_make_is_left_out_of_the_look(sap: Sap) -> None:
    command = BlockSupplier(supplier=Made("new supplier"), block=SupplierBlock.ALL)

    assert sap.execution.observe(command) == Observation(version=None, before=NOTHING, facts=())
    with pytest.raises(NotFound, match="new supplier"):
        sap.execution.perform(command, reference=reference(1), expected=None)


def test_a_new_supplier_gets_all_that_was_said_and_can_be_blocked(sap: Sap) -> None:
    command = creating()
    done = sap.execution.perform(command, reference=reference(1), expected=None)
    assert isinstance(done.record, SupplierId)
    undo = command.undo(NOTHING, resolved(done.record))
    assert isinstance(undo, BlockSupplier)
    sap.execution.perform(undo, reference=reference(2), expected=None)

    stored = sap.erp.suppliers.get(done.record)
    assert (stored.name, stored.trade_name, stored.email) == (command.name, command.trade_name, command.email)
    assert (stored.tax_ids, stored.address, stored.block) == (command.tax_ids, command.address, SupplierBlock.ALL)


def test_every_figure_comes_from_sap(sap: Sap) -> None:
    order, supplier = orders()[0], suppliers()[0]
    stored = sap.erp.purchase_orders.get(order)
    cancel = sap.execution.observe(CancelPurchaseOrder(order=resolved(order)))
    place = sap.execution.observe(placing(supplier))
    create = sap.execution.observe(creating())
    block = sap.execution.observe(BlockSupplier(supplier=resolved(supplier), block=SupplierBlock.ALL))

    assert [fact.name for fact in cancel.facts] == list(CancelPurchaseOrder.terms.facts)
    assert cancel.fact("order value") == stored.total
    assert cancel.fact("received value") == Money(stored.currency, Decimal(0))
    assert place.fact("supplier block") is SupplierBlock.NONE
    assert place.fact("order value") == Money(EUR, Decimal("22.98"))
    assert create.fact("suppliers with this tax id") == 0
    assert block.fact("open orders") == sum(
        each.expects_goods for each in sap.erp.purchase_orders.find(PurchaseOrderQuery(supplier=supplier))
    )
