"""What Fusion's own approvers decide is told as accepted, and then as what they decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from contracts.laws.executions import reference
from domain.commands.command import Command
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    StartApprovalRouting,
)
from domain.identifiers import LineNumber, PurchaseOrderId
from domain.outcomes import Accepted, Done
from domain.purchasing import OrderStatus
from ports.errors import Locked, NotLocatable, OutcomeUnknown, Refused
from sandbox.misbehaviour import Drop, Repeat
from sandbox.oracle import Books, Commit
from tests.governed.examples import resolved
from tests.systems.oracle_writing import Fusion, SomebodyElse, keys, placing, running, suppliers

MARK = reference("mine")


@pytest.fixture(scope="module")
def shared() -> Iterator[Fusion]:
    with running() as environment:
        yield environment


@pytest.fixture
def fusion(shared: Fusion) -> Iterator[Fusion]:
    """An environment in which nothing has happened yet."""
    before = {record: {row.key: row for row in shared.books.rows(record)} for record in ("Supplier", "PurchaseOrder")}
    yield shared
    shared.books.decide(approve=False)
    for record, rows in before.items():
        shared.books.begin(record, rows)
    shared.books.journal.clear()


def changing(order: PurchaseOrderId) -> ChangePurchaseOrderLine:
    return ChangePurchaseOrderLine(order=resolved(order), line=LineNumber("10"), due_on=date(2026, 5, 5))


def performed(fusion: Fusion, command: Command) -> Done | Accepted:
    return fusion.execution.perform(command, reference=MARK, expected=None)


def located(fusion: Fusion, command: Command) -> list[Done | Accepted]:
    return list(fusion.execution.locate(command, reference=MARK))


def status(fusion: Fusion, order: PurchaseOrderId) -> OrderStatus:
    return fusion.erp.purchase_orders.get(order).status


@pytest.mark.parametrize("make", [changing, lambda order: CancelPurchaseOrder(order=resolved(order))])
def test_what_was_approved_once_is_altered_when_an_approver_says_yes(fusion: Fusion, make: object) -> None:
    """FUS-PO-01, FUS-PO-02: 'cancelled' must not be shown while the approval may refuse."""
    order = keys()[0]
    command: Command = make(order)  # type: ignore[operator]  # one of the two above
    answer = performed(fusion, command)

    assert answer == Accepted(handle=f"change order 1 of order {order}")
    assert located(fusion, command) == [answer]
    assert status(fusion, order) is OrderStatus.OPEN
    fusion.books.decide()
    assert located(fusion, command) == [Done(record=order)]
    assert len(fusion.books.journal) == 1


def test_a_change_order_that_is_turned_down_is_a_refusal(fusion: Fusion) -> None:
    command = CancelPurchaseOrder(order=resolved(keys()[0]))
    performed(fusion, command)
    fusion.books.decide(approve=False)

    with pytest.raises(Refused, match="turned down"):
        located(fusion, command)
    assert status(fusion, keys()[0]) is OrderStatus.OPEN


@pytest.mark.parametrize("word", ["PROCESSED", "PENDING SUPPLIER ACCEPTANCE"])
def test_a_change_order_of_ours_that_is_over_and_shows_nothing_is_for_a_person(fusion: Fusion, word: str) -> None:
    """It was there, so it is not told as absent; what has become of it the word does not say."""
    command = changing(keys()[0])
    performed(fusion, command)
    sheet = fusion.books.sheet("PurchaseOrder", keys()[0].text)
    sheet.put("ChangeOrderStatusCode", word)
    fusion.books.keep("PurchaseOrder", sheet.element)

    with pytest.raises(NotLocatable, match=f"is {word}"):
        located(fusion, command)


def test_a_lost_answer_finds_the_change_order_by_its_reference(fusion: Fusion) -> None:
    command = changing(keys()[0])
    fusion.server.misbehaviour.writing(Drop(carried_out=True))
    with pytest.raises(OutcomeUnknown):
        performed(fusion, command)

    assert [type(each) for each in located(fusion, command)] == [Accepted]
    assert fusion.execution.locate(command, reference=reference("another's")) == ()


def test_what_a_proxy_repeats_is_not_told_as_locked(fusion: Fusion) -> None:
    """The second answer says that a change order is pending: it is the one that the first one made."""
    fusion.server.misbehaviour.writing(Repeat())
    with pytest.raises(OutcomeUnknown, match="may stand there"):
        performed(fusion, changing(keys()[0]))

    assert len(fusion.books.journal) == 1


@pytest.mark.parametrize("action", ["NONE", "SUBMIT"])
def test_somebody_elses_change_order_stops_ours_and_is_named(fusion: Fusion, action: str) -> None:
    """FUS-PO-01: a forgotten draft blocks all later changes."""
    order = keys()[0]
    SomebodyElse(fusion=fusion).order(order, action, DocumentDescription="wait")
    sent = fusion.server.misbehaviour.writes_met
    target = resolved(order)
    for command in (changing(order), CancelPurchaseOrder(order=target), ClosePurchaseOrder(order=target)):
        with pytest.raises(Locked, match=f"change order 1 of order {order} is pending"):
            performed(fusion, command)

    assert fusion.server.misbehaviour.writes_met == sent


def test_what_was_never_approved_is_altered_at_once(fusion: Fusion) -> None:
    """FUS-PO-02."""
    first, second = keys("draft")[:2]

    assert performed(fusion, changing(first)) == Done(record=first)
    assert performed(fusion, CancelPurchaseOrder(order=resolved(second))) == Done(record=second)
    assert status(fusion, first) is OrderStatus.DRAFT
    assert status(fusion, second) is OrderStatus.CANCELLED


def test_an_order_that_was_just_placed_can_be_taken_back(fusion: Fusion) -> None:
    done = performed(fusion, placing(suppliers()[0]))
    assert isinstance(done, Done)
    assert isinstance(done.record, PurchaseOrderId)
    assert status(fusion, done.record) is OrderStatus.PENDING_APPROVAL
    fusion.execution.perform(CancelPurchaseOrder(order=resolved(done.record)), reference=MARK, expected=None)
    fusion.books.decide()

    assert status(fusion, done.record) is OrderStatus.CANCELLED


@pytest.mark.parametrize(("approve", "becomes"), [(True, OrderStatus.OPEN), (False, OrderStatus.REJECTED)])
def test_an_approval_is_what_fusions_approvers_decide(fusion: Fusion, approve: bool, becomes: OrderStatus) -> None:
    order = keys("draft")[0]
    command = ApprovePurchaseOrder(order=resolved(order))
    answer = performed(fusion, command)
    assert answer == Accepted(handle=f"approval of order {order}")
    assert located(fusion, command) == [answer]

    fusion.books.decide(approve=approve)
    assert status(fusion, order) is becomes
    if approve:
        assert located(fusion, command) == [Done(record=order)]
    else:
        with pytest.raises(Refused, match="turned it down"):
            located(fusion, command)


def test_what_the_approvers_have_already_is_not_handed_to_them_again(fusion: Fusion) -> None:
    order = keys("draft")[0]
    routing, approving = (kind(order=resolved(order)) for kind in (StartApprovalRouting, ApprovePurchaseOrder))

    assert performed(fusion, routing) == Done(record=order)
    assert performed(fusion, routing) == Done(record=order)
    assert isinstance(performed(fusion, approving), Accepted)
    assert fusion.books.journal == [Commit("submit", order.text)]


def test_routing_that_was_decided_before_anybody_looked_is_for_a_person(fusion: Fusion) -> None:
    """Approved is no longer pending: whether it was handed over by us cannot be seen any more."""
    command = StartApprovalRouting(order=resolved(keys("draft")[0]))
    performed(fusion, command)
    fusion.books.decide()

    with pytest.raises(NotLocatable, match="have decided"):
        located(fusion, command)


def test_approvers_who_are_quick_are_no_false_no() -> None:
    """What is refused the second time was carried out the first time, and is decided by now."""
    with running(Books(approves_after=0)) as fusion:
        fusion.server.misbehaviour.writing(Repeat())
        with pytest.raises(OutcomeUnknown, match="may stand there"):
            performed(fusion, StartApprovalRouting(order=resolved(keys("draft")[0])))

        assert fusion.books.journal == [Commit("submit", keys("draft")[0].text)]


def test_approvers_of_the_embedded_sandbox_say_yes_after_some_looks() -> None:
    with running(Books(approves_after=2)) as fusion:
        command = ApprovePurchaseOrder(order=resolved(keys("draft")[0]))
        looks = [performed(fusion, command), *located(fusion, command), *located(fusion, command)]

    assert [type(each) for each in looks] == [Accepted, Accepted, Done]
