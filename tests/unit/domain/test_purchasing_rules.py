"""Purchase orders: what no order and no line may be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from domain.errors import CurrencyMismatch, InvalidValue, UnitMismatch
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.money import Money, Price
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from tests.unit.domain.orders import EUR, KILOGRAM, USD, a_line, an_order, euros, pieces

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
