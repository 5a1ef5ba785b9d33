"""What SAP leaves open after a write: it is looked for, never sent twice, and never told as a no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NoReturn

import pytest
from attrs import evolve

from acl.sap.commands.catalogue import Document
from adapters.odata.writes import WriteRequest
from adapters.systems.sap_documents import SapDocuments
from contracts.laws.executions import reference
from domain.commands.purchase_orders import PlacePurchaseOrder
from domain.commands.suppliers import BlockSupplier
from domain.outcomes import Reference
from domain.suppliers import SupplierBlock
from ports.errors import Locked, NotFound, NotLocatable, OutcomeUnknown, Refused, Unavailable
from sandbox.misbehaviour import Refuse, Repeat
from tests.governed.examples import resolved
from tests.systems.sap_writing import Sap, SomebodyElse, creating, placing, suppliers


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


def test_a_worker_that_was_held_up_sends_nothing(sap: Sap) -> None:
    """Its lease may be over, and somebody else may have sent it already."""
    late = evolve(sap.execution, timeout=-1.0)
    with pytest.raises(Unavailable, match="not sent any more"):
        late.perform(placing(suppliers()[0]), reference=reference(1), expected=None)

    assert sap.server.misbehaviour.writes_met == 0
    assert sap.execution.limits.call == 4 * timedelta(seconds=20)


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
