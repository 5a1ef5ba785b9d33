"""Purchase orders: what may happen next, and what their lines tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import LifecycleViolation
from domain.identifiers import LineNumber
from domain.provenance import SourceRef
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder
from tests.unit.domain.orders import SOURCE, a_line, an_order, euros

_MOVES = """
draft            -> pending_approval open cancelled
pending_approval -> open rejected cancelled
rejected         -> draft cancelled
open             -> pending_approval partly_received received closed cancelled
partly_received  -> received closed
received         -> closed
closed           ->
cancelled        ->
"""
"""The lifecycle as the business tells it, written apart from the code."""


_ALLOWED = {
    (OrderStatus(before.strip()), OrderStatus(after))
    for before, _, afters in (line.partition("->") for line in _MOVES.strip().splitlines())
    for after in afters.split()
}


@pytest.mark.parametrize("before", OrderStatus)
@pytest.mark.parametrize("after", OrderStatus)
def test_a_status_becomes_what_the_business_knows_and_nothing_else(before: OrderStatus, after: OrderStatus) -> None:
    assert before.may_become(after) is ((before, after) in _ALLOWED)


@pytest.mark.parametrize("status", OrderStatus)
def test_only_what_can_move_no_more_is_final(status: OrderStatus) -> None:
    assert status.is_final is (status in (OrderStatus.CLOSED, OrderStatus.CANCELLED))


_DECISIONS: list[tuple[Callable[[PurchaseOrder], PurchaseOrder], OrderStatus]] = [
    (PurchaseOrder.submit, OrderStatus.PENDING_APPROVAL),
    (PurchaseOrder.approve, OrderStatus.OPEN),
    (PurchaseOrder.reject, OrderStatus.REJECTED),
    (PurchaseOrder.close, OrderStatus.CLOSED),
    (PurchaseOrder.cancel, OrderStatus.CANCELLED),
]


@pytest.mark.parametrize(("decide", "after"), _DECISIONS, ids=[after.value for _, after in _DECISIONS])
@pytest.mark.parametrize("before", OrderStatus)
def test_a_decision_moves_the_order_or_is_refused(
    before: OrderStatus, decide: Callable[[PurchaseOrder], PurchaseOrder], after: OrderStatus
) -> None:
    order = an_order(status=before)
    if (before, after) in _ALLOWED:
        assert decide(order).status is after
        assert order.status is before
        return
    with pytest.raises(LifecycleViolation) as caught:
        decide(order)
    assert str(caught.value) == f"order 4500000001 is {before.value} and cannot become {after.value}"


def test_a_decision_about_approval_leaves_the_lines_alone() -> None:
    draft = an_order(status=OrderStatus.DRAFT)

    assert draft.submit().approve() == an_order()
    assert draft.submit().reject().lines == draft.lines


def test_closing_ends_the_lines_that_wait_and_keeps_the_others() -> None:
    order = an_order(
        a_line("10"),
        a_line("20", received="2", status=LineStatus.PARTLY_RECEIVED),
        a_line("30", received="5", status=LineStatus.RECEIVED),
        a_line("40", status=LineStatus.CANCELLED),
        status=OrderStatus.PARTLY_RECEIVED,
    )

    closed = order.close()

    assert [line.status for line in closed.lines] == [
        LineStatus.CLOSED,
        LineStatus.CLOSED,
        LineStatus.RECEIVED,
        LineStatus.CANCELLED,
    ]
    assert (closed.expects_goods, [line.received for line in closed.lines]) == (
        False,
        [line.received for line in order.lines],
    )


def test_cancelling_gives_up_every_line() -> None:
    cancelled = an_order(a_line("10"), a_line("20")).cancel()

    assert [line.status for line in cancelled.lines] == [LineStatus.CANCELLED, LineStatus.CANCELLED]
    assert cancelled.total == euros("0")


@pytest.mark.parametrize("status", [OrderStatus.OPEN, OrderStatus.PARTLY_RECEIVED])
def test_an_order_with_receipts_is_closed_not_cancelled(status: OrderStatus) -> None:
    order = an_order(a_line("10"), a_line("20", received="0.001"), status=status)

    with pytest.raises(LifecycleViolation) as caught:
        order.cancel()

    assert str(caught.value) == "order 4500000001 has receipts; close it instead of cancelling it"


_O, _P, _R, _C, _X = LineStatus  # open, partly received, received, closed, cancelled


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ({_X}, OrderStatus.CANCELLED),
        ({_C}, OrderStatus.CLOSED),
        ({_C, _X}, OrderStatus.CLOSED),
        ({_C, _R}, OrderStatus.CLOSED),
        ({_C, _R, _X}, OrderStatus.CLOSED),
        ({_R}, OrderStatus.RECEIVED),
        ({_R, _X}, OrderStatus.RECEIVED),
        ({_O}, OrderStatus.OPEN),
        ({_O, _X}, OrderStatus.OPEN),
        ({_O, _R}, OrderStatus.PARTLY_RECEIVED),
        ({_O, _C}, OrderStatus.PARTLY_RECEIVED),
        ({_P}, OrderStatus.PARTLY_RECEIVED),
        ({_P, _R, _C, _X}, OrderStatus.PARTLY_RECEIVED),
    ],
)
def test_the_lines_of_a_released_order_tell_how_far_it_has_come(lines: set[LineStatus], status: OrderStatus) -> None:
    assert OrderStatus.told_by_lines(lines) is status


@given(st.lists(st.sampled_from(LineStatus), min_size=1))
def test_whoever_closes_or_cancels_what_waits_gives_it_the_status_that_its_lines_tell(
    statuses: list[LineStatus],
) -> None:
    before = OrderStatus.told_by_lines(set(statuses))
    lines = (a_line(str(number), status=status) for number, status in enumerate(statuses, start=1))
    order = an_order(*lines, status=before)

    for decide in (PurchaseOrder.close, PurchaseOrder.cancel):
        if before is OrderStatus.OPEN or (before is OrderStatus.PARTLY_RECEIVED and decide is PurchaseOrder.close):
            after = decide(order)
            assert OrderStatus.told_by_lines({line.status for line in after.lines}) is after.status


def test_the_total_is_of_all_lines_that_are_not_cancelled() -> None:
    order = an_order(a_line("10"), a_line("20", status=LineStatus.CLOSED), a_line("30", status=LineStatus.CANCELLED))

    assert order.total == euros("20.00")


def test_an_order_gives_the_line_of_a_number() -> None:
    assert an_order(a_line("10"), a_line("20")).line(LineNumber("20")) == a_line("20")


def test_where_an_order_was_read_takes_no_part_in_its_equality() -> None:
    elsewhere = evolve(an_order(), source=SourceRef("other", "EKKO", "7", datetime(2020, 1, 1, tzinfo=UTC)))

    assert (elsewhere, hash(elsewhere)) == (an_order(), hash(an_order()))
    assert elsewhere.source != SOURCE
    assert evolve(an_order(), reference=None) != an_order()
