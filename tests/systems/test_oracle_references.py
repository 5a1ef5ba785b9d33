"""What was created in Fusion is found again by our reference, or a person is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

from contracts.laws.executions import reference
from domain.commands.command import Command
from domain.commands.purchase_orders import CancelPurchaseOrder
from domain.identifiers import PurchaseOrderId
from domain.outcomes import Accepted, Done, Reference
from ports.errors import Drifted, NotLocatable, OutcomeUnknown
from sandbox.misbehaviour import Repeat
from sandbox.oracle import SEGMENT, Books
from tests.governed.examples import resolved
from tests.systems.oracle_writing import Fusion, SomebodyElse, creating, keys, placing, running, suppliers

MARK = reference("mine")


@pytest.fixture
def fusion() -> Iterator[Fusion]:
    with running() as environment:
        yield environment


def performed(fusion: Fusion, command: Command, mark: Reference = MARK) -> Done | Accepted:
    return fusion.execution.perform(command, reference=mark, expected=None)


def test_a_supplier_that_a_proxy_creates_twice_is_there_once(fusion: Fusion) -> None:
    """The second answer says that the name is taken: by the first one."""
    fusion.server.misbehaviour.writing(Repeat())
    with pytest.raises(OutcomeUnknown, match="may stand there"):
        performed(fusion, creating())

    assert len(fusion.execution.locate(creating(), reference=MARK)) == len(fusion.books.journal) == 1


def test_an_order_that_is_there_twice_is_not_told_as_done(fusion: Fusion) -> None:
    fusion.server.misbehaviour.writing(Repeat())
    with pytest.raises(OutcomeUnknown, match="2 times"):
        performed(fusion, placing(suppliers()[0]))


def test_another_order_of_ours_on_the_same_day_is_not_taken_for_it(fusion: Fusion) -> None:
    command, other = placing(suppliers()[0]), reference("other")
    first = performed(fusion, command)
    assert fusion.execution.locate(command, reference=other) == ()
    second = performed(fusion, command, other)

    assert [*fusion.execution.locate(command, reference=MARK)] == [first]
    assert [*fusion.execution.locate(command, reference=other)] == [second]


def test_what_lost_its_reference_is_not_created_again(fusion: Fusion) -> None:
    """X-REF-10: users may edit a flexfield; one just like it is for a person to look at."""
    somebody, gone = SomebodyElse(fusion=fusion), [{SEGMENT: None}]
    order, supplier = performed(fusion, placing(suppliers()[0])), performed(fusion, creating())
    assert isinstance(order, Done)
    assert isinstance(supplier, Done)
    fusion.books.decide()
    somebody.order(order.record, "BYPASS", DFF=gone)
    somebody.supplier(supplier.record, DFF=gone)
    for command in (placing(suppliers()[0]), creating()):
        with pytest.raises(NotLocatable, match="just like it"):
            fusion.execution.locate(command, reference=MARK)


def test_what_somebody_has_deleted_since_is_never_told_as_absent(fusion: Fusion) -> None:
    """It would be created again."""
    order, supplier = placing(suppliers()[0]), creating()
    order_mark, supplier_mark = ("DeletedFlag", "Y"), ("InactiveDate", "2024-01-01")
    for command, kind, mark in ((order, "PurchaseOrder", order_mark), (supplier, "Supplier", supplier_mark)):
        done = performed(fusion, command)
        assert isinstance(done, Done)
        sheet = fusion.books.sheet(kind, done.record.text)
        sheet.put(*mark)
        fusion.books.keep(kind, sheet.element)

        with pytest.raises(Drifted, match=mark[0]):
            fusion.execution.locate(command, reference=MARK)


def test_without_a_segment_it_says_what_to_create_and_doubt_goes_to_a_person() -> None:
    """X-REF-10."""
    with running(Books(flexfields=False)) as fusion:
        lacks = fusion.execution.lacks()
        assert [SEGMENT in each and "descriptive flexfield" in each for each in lacks] == [True, True]
        for command in (placing(suppliers()[0]), creating()):
            with pytest.raises(NotLocatable, match="add a text segment"):
                fusion.execution.locate(command, reference=MARK)
        done = performed(fusion, placing(suppliers()[0]))  # Fusion says its number
        assert isinstance(done, Done)
        assert fusion.execution.read_back(placing(suppliers()[0]), done).value("reference") == "REQ-17"
        with pytest.raises(OutcomeUnknown, match="does not say which"):
            performed(fusion, creating())


def test_a_segment_that_cannot_be_searched_lacks_too() -> None:
    """X-REF-10: confirm that it is queryable."""
    with running(Books(searchable=False)) as fusion:
        assert all("searched" in each for each in fusion.execution.lacks())
        with pytest.raises(NotLocatable, match="cannot be asked"):
            fusion.execution.locate(placing(suppliers()[0]), reference=MARK)


def test_a_change_whose_progress_is_hidden_is_for_a_person(fusion: Fusion) -> None:
    """What is not to be seen yet may be waiting for an approver, and must not be sent again."""
    kinds = dict(fusion.execution.commands.kinds)
    kinds[PurchaseOrderId] = evolve(kinds[PurchaseOrderId], columns=("ChangeOrderNumber", "ChangeOrderFate"))
    commands = evolve(fusion.execution.commands, kinds=kinds)
    blind = evolve(fusion.execution, commands=commands, records=evolve(fusion.execution.records, kinds=kinds))

    assert [("ChangeOrderFate" in each) for each in blind.lacks()] == [True]
    with pytest.raises(NotLocatable, match="show ChangeOrderFate of the purchase order"):
        blind.locate(CancelPurchaseOrder(order=resolved(keys()[0])), reference=MARK)


def test_nothing_lacks_where_the_segments_are(fusion: Fusion) -> None:
    assert fusion.execution.lacks() == ()
