"""Purchase orders: what came, and what may still come."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InvalidValue, LifecycleViolation, UnitMismatch
from domain.identifiers import LineNumber
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder
from domain.quantity import Quantity
from tests.unit.domain.orders import KILOGRAM, a_line, an_order, pieces


def _receive(order: PurchaseOrder, number: str, count: str) -> PurchaseOrder:
    return order.receive(LineNumber(number), pieces(count))


def test_goods_are_booked_against_one_line() -> None:
    order = an_order(a_line("10"), a_line("20"))

    part = _receive(order, "20", "2")

    assert part.lines == (a_line("10"), a_line("20", received="2", status=LineStatus.PARTLY_RECEIVED))
    assert part.status is OrderStatus.PARTLY_RECEIVED
    assert order == an_order(a_line("10"), a_line("20"))


@pytest.mark.parametrize("counts", [("5",), ("2", "3"), ("7",), ("2", "4")])
def test_a_line_is_received_once_all_or_more_came(counts: tuple[str, ...]) -> None:
    order = an_order(a_line("10"))
    for count in counts:
        order = _receive(order, "10", count)

    assert (order.lines[0].status, order.status) == (LineStatus.RECEIVED, OrderStatus.RECEIVED)
    assert order.lines[0].outstanding == pieces("0")
    assert not order.expects_goods


def test_an_order_is_received_once_no_line_waits() -> None:
    order = an_order(a_line("10"), a_line("20", status=LineStatus.CANCELLED))

    assert _receive(order, "10", "5").status is OrderStatus.RECEIVED


def test_an_order_that_was_closed_short_in_one_line_is_closed_once_no_line_waits() -> None:
    order = an_order(a_line("10"), a_line("20", received="2", status=LineStatus.CLOSED), status=OrderStatus.OPEN)

    assert _receive(order, "10", "4").status is OrderStatus.PARTLY_RECEIVED
    assert _receive(order, "10", "5").status is OrderStatus.CLOSED


@pytest.mark.parametrize("count", ["0", "-1"])
def test_less_than_something_cannot_be_received(count: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        _receive(an_order(), "10", count)

    assert str(caught.value) == f"{count} H87 cannot be received"


def test_goods_in_another_unit_are_refused() -> None:
    with pytest.raises(UnitMismatch):
        an_order().receive(LineNumber("10"), Quantity(Decimal(1), KILOGRAM))


def test_goods_for_a_line_that_the_order_does_not_have_are_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        _receive(an_order(), "99", "1")

    assert str(caught.value) == "order 4500000001 has no line 99"


@pytest.mark.parametrize("status", [each for each in OrderStatus if each.value not in ("open", "partly_received")])
def test_an_order_that_waits_for_nothing_takes_no_goods(status: OrderStatus) -> None:
    order = an_order(status=status)

    assert not order.expects_goods
    with pytest.raises(LifecycleViolation) as caught:
        _receive(order, "10", "1")
    assert str(caught.value) == "line 10 of order 4500000001 expects no goods"


@pytest.mark.parametrize("status", [LineStatus.RECEIVED, LineStatus.CLOSED, LineStatus.CANCELLED])
def test_a_line_that_waits_for_nothing_takes_no_goods(status: LineStatus) -> None:
    order = an_order(a_line("10"), a_line("20", status=status))

    assert order.expects_goods
    with pytest.raises(LifecycleViolation, match=r"^line 20 of order 4500000001 expects no goods$"):
        _receive(order, "20", "1")


@settings(deadline=None)
@given(st.lists(st.decimals("0.001", 100, places=3), min_size=1, max_size=6), st.decimals("0.001", 100, places=3))
def test_what_was_received_adds_up_exactly_until_the_line_is_full(counts: list[Decimal], ordered: Decimal) -> None:
    order, came = an_order(a_line("10", ordered=str(ordered))), Decimal(0)
    for count in counts:
        if came >= ordered:
            with pytest.raises(LifecycleViolation):
                _receive(order, "10", str(count))
            break
        order, came = _receive(order, "10", str(count)), came + count
    (line,) = order.lines

    assert line.received == pieces(str(came))
    assert line.outstanding == pieces(str(max(ordered - came, Decimal(0))))
    assert line.status is (LineStatus.RECEIVED if came >= ordered else LineStatus.PARTLY_RECEIVED)


@pytest.mark.parametrize(
    ("received", "status", "outstanding"),
    [
        ("0", LineStatus.OPEN, "5"),
        ("2", LineStatus.PARTLY_RECEIVED, "3"),
        ("6", LineStatus.PARTLY_RECEIVED, "0"),
        ("5", LineStatus.RECEIVED, "0"),
        ("2", LineStatus.RECEIVED, "0"),
        ("2", LineStatus.CLOSED, "0"),
        ("0", LineStatus.CANCELLED, "0"),
    ],
)
def test_outstanding_is_never_negative_and_nothing_once_no_goods_are_expected(
    received: str, status: LineStatus, outstanding: str
) -> None:
    assert a_line(received=received, status=status).outstanding == pieces(outstanding)
    assert status.expects_goods is (status in (LineStatus.OPEN, LineStatus.PARTLY_RECEIVED))
