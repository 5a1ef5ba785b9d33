"""Commands about purchase orders as calls of the in-house system's programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from acl.inhouse.commands.catalogue import Codes, inhouse_commands
from domain.commands.command import Command, Made
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.currency import Currency
from domain.identifiers import LineNumber, ProductId, SupplierId
from domain.money import Price
from domain.purchasing import LineStatus, OrderStatus
from domain.quantity import Quantity
from domain.units import Unit
from tests.governed.examples import resolved
from tests.unit.acl.inhouse.asking import MARK, ORDER, asked, nothing_asked, order_in, problem

PIECE, JPY = Unit("H87"), Currency("JPY")
TARGET, FIRST = resolved(ORDER.id), ORDER.lines[0]
LINE = OrderedLine(
    product=resolved(ProductId("21")),
    ordered=Quantity(Decimal("1200.5"), PIECE),
    price=Price(JPY, Decimal("11.3575"), Quantity(Decimal(1000), PIECE)),
    due_on=date(2026, 4, 1),
)
PLACE = PlacePurchaseOrder(
    supplier=resolved(SupplierId("00004711")),
    ordered_on=date(2026, 3, 2),
    currency=JPY,
    reference=None,
    lines=(LINE, evolve(LINE, due_on=None)),
)


def line(**changes: object) -> PlacePurchaseOrder:
    """Give the command with a first line that is otherwise."""
    return evolve(PLACE, lines=(evolve(LINE, **changes),))  # type: ignore[arg-type]  # attributes of the class, by name


def test_an_order_is_its_header_and_one_text_with_all_lines() -> None:
    """INH-TXN-01: one call, so that no order is there with half of its lines."""
    call = asked(PLACE)
    lines = "10;21;UN;1200,5;11,3575;1000;01/04/2026\n20;21;UN;1200,5;11,3575;1000;"

    assert call.program.name == "PEDIDO_INCLUIR"
    assert call.arguments(MARK) == (MARK.text, None, "4711", "02/03/2026", "JPY", "", lines)


def test_a_site_speaks_with_its_own_codes() -> None:
    kits: Mapping[str, Codes] = {
        "purchase_orders": {f"lines.{path}.unit": {"KIT": Unit("KT")} for path in ("ordered", "price.per")}
    }
    kit = Quantity(Decimal(3), Unit("KT"))
    price = Price(JPY, Decimal(1), Quantity(Decimal(1), Unit("KT")))
    call = asked(line(ordered=kit, price=price), commands=inhouse_commands(kits))

    assert call.lines()[0][2] == "KIT"


def test_a_line_is_changed_in_what_was_given() -> None:
    command = ChangePurchaseOrderLine(order=TARGET, line=FIRST.number, due_on=None)
    call = asked(command, order_in(lines=(evolve(FIRST, due_on=date(2026, 1, 5)), *ORDER.lines[1:])))

    assert call.program.name == "PEDIDO_ITEM_ALTERAR"
    assert call.arguments(MARK) == (MARK.text, "v", ORDER.id.text, int(FIRST.number.text), None, None, None, "")


def test_a_price_is_changed_together_with_what_it_is_for() -> None:
    price = evolve(FIRST.price, amount=Decimal("2.5"), per=Quantity(Decimal(100), FIRST.price.per.unit))
    call = asked(ChangePurchaseOrderLine(order=TARGET, line=FIRST.number, price=price), ORDER)

    assert call.arguments(MARK)[4:] == (None, "2,5", 100, None)


@pytest.mark.parametrize(
    ("command", "before", "number"),
    [
        (StartApprovalRouting(order=TARGET), OrderStatus.DRAFT, 1),
        (ApprovePurchaseOrder(order=TARGET), OrderStatus.PENDING_APPROVAL, 2),
        (ClosePurchaseOrder(order=TARGET), OrderStatus.OPEN, 5),
        (CancelPurchaseOrder(order=TARGET), OrderStatus.OPEN, 8),
    ],
)
def test_an_order_is_moved_by_a_number(command: Command, before: OrderStatus, number: int) -> None:
    call = asked(command, order_in(status=before))

    assert (call.program.name, call.arguments(MARK)) == ("PEDIDO_SITUAR", (MARK.text, "v", ORDER.id.text, number))
    after = next(value for path, value in command.effect.fields if path == "status")
    assert nothing_asked(command, order_in(status=after))


@pytest.mark.parametrize(
    ("command", "before"),
    [
        (StartApprovalRouting(order=TARGET), OrderStatus.CLOSED),
        (ApprovePurchaseOrder(order=TARGET), OrderStatus.REJECTED),
        (ClosePurchaseOrder(order=TARGET), OrderStatus.DRAFT),
        (CancelPurchaseOrder(order=TARGET), OrderStatus.RECEIVED),
    ],
)
def test_a_move_that_the_business_does_not_know_is_not_asked_for(command: Command, before: OrderStatus) -> None:
    assert f"is {before.value} and cannot become" in problem(command, order_in(status=before)).reason


def test_what_has_come_is_not_cancelled() -> None:
    came = evolve(FIRST, received=FIRST.ordered, status=LineStatus.RECEIVED)

    assert "has receipts" in problem(CancelPurchaseOrder(order=TARGET), order_in(lines=(came,))).reason


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (ChangePurchaseOrderLine(order=TARGET, line=LineNumber("77"), due_on=None), "has no line 77"),
        (
            ChangePurchaseOrderLine(order=TARGET, line=FIRST.number, ordered=Quantity(Decimal(1), Unit("LTR"))),
            "counts in",
        ),
    ],
)
def test_a_line_that_is_not_there_or_keeps_its_unit_is_not_changed(command: Command, words: str) -> None:
    assert words in problem(command, ORDER).reason


@pytest.mark.parametrize(
    ("command", "quirk"),
    [
        (line(product=resolved(ProductId("A;B"))), "INH-CSV-01"),
        (line(product=resolved(ProductId("-"))), "INH-NULL-01"),
        (line(ordered=Quantity(Decimal("0.0001"), PIECE)), "INH-NUM-02"),
        (line(price=Price(JPY, Decimal(1), Quantity(Decimal(12), PIECE))), "INH-CODE-01"),
        (line(ordered=Quantity(Decimal(1), Unit("GRM"))), "INH-UNIT-01"),
        (evolve(PLACE, ordered_on=date(1900, 1, 1)), "INH-DATE-03"),
        (evolve(PLACE, supplier=resolved(SupplierId("X"))), "INH-KEY-04"),
        (evolve(PLACE, supplier=Made("new supplier")), None),
    ],
)
def test_what_the_old_tables_cannot_hold_is_not_asked_for(command: Command, quirk: str | None) -> None:
    assert problem(command).quirk == quirk
