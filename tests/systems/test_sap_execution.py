"""SAP keeps the laws of writing, and what only SAP does is told rightly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NoReturn

import pytest
import stamina
from attrs import evolve

from acl.sap.commands.catalogue import Document, sap_commands
from acl.sap.commands.purchase_orders import Purchasing
from adapters.odata.writes import WriteRequest, Written
from adapters.systems.sap_documents import SapDocuments
from adapters.systems.sap_execution import sap_execution
from contracts.laws.execution import ExecutionLaws
from contracts.laws.executions import ExecutionSubject, reference
from domain.commands.command import Made
from domain.commands.purchase_orders import CancelPurchaseOrder, ClosePurchaseOrder, PlacePurchaseOrder
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier
from domain.identifiers import SupplierId
from domain.images import NOTHING, Observation, missing
from domain.money import Money
from domain.outcomes import Done, Reference
from domain.suppliers import BankAccount, SupplierBlock
from ports.errors import Conflict, Locked, NotFound, NotLocatable, OutcomeUnknown, Refused, Unavailable
from ports.purchase_orders import PurchaseOrderQuery
from sandbox.misbehaviour import Refuse, Repeat
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


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def sap() -> Iterator[Sap]:
    with running() as system:
        yield system


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


def test_an_order_whose_reference_somebody_has_changed_is_not_placed_again(sap: Sap) -> None:
    """X-REF-01: users may edit it; one just like it is for a person to look at."""
    command = placing(suppliers()[0])
    done = sap.execution.perform(command, reference=reference(1), expected=None)
    SomebodyElse(sap=sap).change("A_PurchaseOrder", "PurchaseOrder", done.record, "CorrespncExternalReference")
    with pytest.raises(NotLocatable, match="just like it"):
        sap.execution.locate(command, reference=reference(1))


def test_a_supplier_that_somebody_has_marked_for_archiving_was_created_all_the_same(sap: Sap) -> None:
    """Told as absent, it would be created again."""
    done = sap.execution.perform(creating(), reference=reference(1), expected=None)
    SomebodyElse(sap=sap).change("A_BusinessPartner", "Supplier", done.record, "IsMarkedForArchiving", to=True)

    assert sap.execution.locate(creating(), reference=reference(1)) == (done,)
    with pytest.raises(NotFound):
        sap.execution.read_back(creating(), done)


def test_another_order_of_ours_on_the_same_day_is_not_taken_for_it(sap: Sap) -> None:
    command = placing(suppliers()[0])
    first = sap.execution.perform(command, reference=reference(1), expected=None)
    assert sap.execution.locate(command, reference=reference(2)) == ()
    second = sap.execution.perform(command, reference=reference(2), expected=None)

    assert first.record != second.record
    assert sap.execution.locate(command, reference=reference(1)) == (first,)
    assert sap.execution.locate(command, reference=reference(2)) == (second,)


def test_what_a_proxy_repeats_is_not_told_as_a_conflict(sap: Sap) -> None:
    """The second answer says that the version is old: it is old because the first one was carried out."""
    command = BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.ALL)
    sap.server.misbehaviour.writing(Repeat())
    with pytest.raises(OutcomeUnknown, match="may stand there"):
        sap.execution.perform(command, reference=reference(1), expected=None)

    assert len(sap.journal) == 1


def test_what_a_proxy_repeats_is_not_told_as_locked(sap: Sap, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one finds the record locked: by the first one, which is carried out."""
    command, send = BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.ALL), SapDocuments.send

    def repeated(
        documents: SapDocuments, document: Document, requests: Sequence[WriteRequest], *, until: float
    ) -> NoReturn:
        send(documents, document, requests, until=until)
        raise Locked("somebody is editing the record in SAP")

    monkeypatch.setattr(SapDocuments, "send", repeated)
    with pytest.raises(OutcomeUnknown, match="may stand there"):
        sap.execution.perform(command, reference=reference(1), expected=None)


def test_accounts_stand_in_no_order(sap: Sap) -> None:
    """SAP lists them by its own numbers, in which the one that stayed comes first."""
    key = next(each for each in suppliers() if sap.erp.suppliers.get(each).bank_accounts)
    stays = sap.erp.suppliers.get(key).bank_accounts[0]
    command = ChangeBankDetails(supplier=resolved(key), accounts=(ACCOUNT, stays))
    done = sap.execution.perform(command, reference=reference(1), expected=None)

    assert not missing(command.effect, sap.execution.read_back(command, done))
    assert sap.execution.locate(command, reference=reference(1)) == (done,)


def test_a_no_that_cannot_be_checked_is_an_unknown_outcome(sap: Sap) -> None:
    first, second = (BlockSupplier(supplier=resolved(each), block=SupplierBlock.ALL) for each in suppliers()[:2])
    sap.execution.perform(first, reference=reference(1), expected=None)
    sap.server.misbehaviour.writing(Refuse())
    sap.server.misbehaviour.behave(times=2)  # the last look, and the write
    sap.server.misbehaviour.fail(503, times=3)
    with pytest.raises(OutcomeUnknown, match="may stand there"):
        sap.execution.perform(second, reference=reference(2), expected=None)


def test_nonsense_before_the_write_is_not_taken_for_a_lost_answer(sap: Sap) -> None:
    sap.server.misbehaviour.garble()
    with pytest.raises(Unavailable):
        sap.execution.perform(placing(suppliers()[0]), reference=reference(1), expected=None)

    assert sap.server.misbehaviour.writes_met == 0


def test_a_change_of_what_we_do_not_read_is_another_version_too(sap: Sap) -> None:
    """SAP-HTTP-06: the ETags know more than our columns do."""
    command = CancelPurchaseOrder(order=resolved(orders()[0]))
    seen = sap.execution.observe(command)
    SomebodyElse(sap=sap).change("A_PurchaseOrder", "PurchaseOrder", orders()[0], "PurchasingGroup", to="002")

    assert sap.execution.observe(command).version != seen.version
    assert sap.execution.observe(command).before == seen.before


def test_a_worker_that_was_held_up_sends_nothing(sap: Sap) -> None:
    """Its lease may be over, and somebody else may have sent it already."""
    late = evolve(sap.execution, timeout=-1.0)
    with pytest.raises(Unavailable, match="not sent any more"):
        late.perform(placing(suppliers()[0]), reference=reference(1), expected=None)

    assert sap.server.misbehaviour.writes_met == 0
    assert sap.execution.limits.call == 4 * timedelta(seconds=20)


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


@pytest.mark.parametrize("seed", range(3))
def test_a_plague_of_faults_leaves_nothing_double_nothing_lost_and_nothing_invented(sap: Sap, seed: int) -> None:
    """The way of the path in small: what is in doubt is located, and sent again only when it is not there."""
    faults = sap.server.misbehaviour.plague(seed, 12)
    tally = [_settled(sap, placing(each), reference((seed, each))) for each in suppliers()[:6]]

    assert len(faults) == 12
    repeated = sum(isinstance(fault, Repeat) for fault in faults[: sap.server.misbehaviour.writes_met])
    assert len(sap.journal) == sum(tally) + repeated


def _settled(sap: Sap, command: PlacePurchaseOrder, mark: Reference) -> int:
    for _ in range(12):
        try:
            sap.execution.perform(command, reference=mark, expected=None)
        except Refused:
            return 0
        except (OutcomeUnknown, Unavailable, Locked):
            pass
        if sap.execution.locate(command, reference=mark):
            return 1
    raise AssertionError("there is no end of faults")


@pytest.mark.parametrize("number", [0, 1], ids=["by effect", "by reference"])
def test_a_no_to_a_question_is_no_answer_to_the_command(sap: Sap, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A refused search proves nothing: taken for the ERP's no, a write that stands there would count as not written."""
    blocking = BlockSupplier(supplier=resolved(suppliers()[0]), block=SupplierBlock.ALL)
    command = (blocking, placing(suppliers()[1]))[number]

    def refused(*_: object) -> NoReturn:
        raise Refused("the services are being maintained")

    monkeypatch.setattr(SapDocuments, "found", refused)

    with pytest.raises(Unavailable, match="nothing was learned by it"):
        sap.execution.locate(command, reference=reference(command))
