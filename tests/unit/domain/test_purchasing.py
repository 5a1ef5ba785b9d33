"""Purchase orders: what may happen next, what may still come, and what no order may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import CurrencyMismatch, InvalidValue, LifecycleViolation, UnitMismatch
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Money, Price
from domain.provenance import SourceRef
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from tests.unit.domain.orders import EUR, KILOGRAM, SOURCE, USD, a_line, an_order, euros, pieces

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


_OTHER_UNIT, _DOLLAR = Quantity(Decimal(1), KILOGRAM), Money(USD, Decimal(1))
_COUNTS, _CURRENCIES = ("ordered", "received", "invoiced"), ("price.currency", "amount.currency")
_LINE_RULES: list[tuple[dict[str, object], type[Exception], str, tuple[str, ...]]] = [
    ({"received": _OTHER_UNIT}, UnitMismatch, "line 10 counts in H87, KGM and H87", _COUNTS),
    ({"invoiced": _OTHER_UNIT}, UnitMismatch, "line 10 counts in H87, H87 and KGM", _COUNTS),
    ({"amount": _DOLLAR}, CurrencyMismatch, "line 10 is priced in EUR and worth 1 USD", _CURRENCIES),
    ({"ordered": pieces("0")}, InvalidValue, "line 10 orders 0 H87", ("ordered",)),
    ({"ordered": pieces("-1")}, InvalidValue, "line 10 orders -1 H87", ("ordered",)),
    ({"received": pieces("-1")}, InvalidValue, "line 10 received -1 H87", ("received",)),
    ({"invoiced": pieces("-1")}, InvalidValue, "line 10 was invoiced for -1 H87", ("invoiced",)),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "error", "told", "about"), _LINE_RULES)
def test_a_line_that_breaks_a_rule_is_never_born(
    changes: dict[str, object], error: type[UnitMismatch], told: str, about: tuple[str, ...]
) -> None:
    with pytest.raises(error) as caught:
        evolve(a_line(), **changes)  # type: ignore[arg-type]  # each value is of its attribute's type

    assert (str(caught.value), caught.value.about) == (told, about)


def test_a_price_may_be_stated_in_another_unit() -> None:
    """SAP-NUM-08: 100 pieces at 10 a kilogram."""
    price = Price(EUR, Decimal(10), Quantity(Decimal(1), KILOGRAM))

    assert evolve(a_line(), price=price).price == price


_WRONG_TYPES = [
    *((a_line(), name, value) for name, value in [
        ("number", "10"), ("number", SupplierId("10")), ("product", "P-1"), ("description", None), ("description", 5),
        ("description", ""), ("description", " a"), ("description", "a\n"), ("description", "a\x00b"),
        ("description", "a\ufffd"), ("ordered", Decimal(5)), ("received", 0), ("invoiced", None), ("price", euros("1")),
        ("amount", Decimal(1)), ("due_on", "2024-08-01"), ("due_on", datetime(2024, 8, 1)), ("status", "open"),
        ("status", OrderStatus.OPEN),
    ]),
    *((an_order(), name, value) for name, value in [
        ("id", "1"), ("id", SupplierId("1")), ("supplier", "1"), ("supplier", PurchaseOrderId("1")),
        ("ordered_on", None), ("ordered_on", datetime(2024, 8, 1, tzinfo=UTC)), ("ordered_on", "20240801"),
        ("currency", "EUR"), ("status", "open"), ("status", LineStatus.OPEN), ("reference", ""), ("reference", " a"),
        ("reference", "a\tb"), ("reference", ProductId("1")), ("validity", (None, None)), ("lines", [a_line()]),
        ("lines", None), ("source", "SAP"), ("source", None),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("valid", "name", "value"), _WRONG_TYPES, ids=[f"{type(v).__name__}.{n} {x!r:.40}" for v, n, x in _WRONG_TYPES]
)
def test_every_attribute_is_validated_at_birth(
    valid: PurchaseOrder | PurchaseOrderLine, name: str, value: object
) -> None:
    changes = {name: value}
    with pytest.raises((TypeError, InvalidValue), match=name):
        evolve(valid, **changes)  # type: ignore[arg-type]  # what the type checker refuses is refused at run time too


def test_an_order_has_a_line() -> None:
    with pytest.raises(InvalidValue, match=r"^an order has at least one line$"):
        evolve(an_order(), lines=())


def test_two_lines_never_carry_one_number() -> None:
    with pytest.raises(InvalidValue) as caught:
        an_order(a_line("10"), a_line("10"))

    assert (str(caught.value), caught.value.about) == (
        "two lines of the order carry one number",
        ("lines.number",),
    )


def test_every_line_is_in_the_currency_of_the_order() -> None:
    with pytest.raises(CurrencyMismatch) as caught:
        evolve(an_order(), currency=USD)

    assert str(caught.value) == "line 10 is worth 10.00 EUR in an order in USD"
    assert caught.value.about == ("currency", "lines")


@pytest.mark.parametrize("value", [a_line(), an_order()], ids=["line", "order"])
def test_orders_and_lines_are_frozen_and_slotted(value: PurchaseOrder | PurchaseOrderLine) -> None:
    with pytest.raises(FrozenInstanceError):
        value.status = OrderStatus.OPEN  # type: ignore[misc]  # refused by the type checker, too
    assert not hasattr(value, "__dict__")


def test_days_are_kept_as_days() -> None:
    assert (an_order().ordered_on, a_line().due_on) == (date(2024, 7, 15), date(2024, 8, 1))
