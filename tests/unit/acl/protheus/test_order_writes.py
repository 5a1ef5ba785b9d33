"""Commands about purchase orders as calls of the site's own service."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from acl.conditions import Comparison, Condition
from acl.protheus.commands.purchase_orders import PurchaseOrderWrites
from acl.protheus.purchase_orders import PURCHASE_ORDER, PURCHASE_ORDER_LINE
from contracts.laws.executions import reference
from domain.commands.command import Made
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    PlacePurchaseOrder,
)
from domain.currency import Currency
from domain.identifiers import LineNumber, PurchaseOrderId
from domain.money import Price
from domain.quantity import Quantity
from domain.units import Unit
from ports.errors import NotWritable
from tests.governed.examples import resolved
from tests.systems.protheus_rest_writing import placing, suppliers
from tests.unit.acl.protheus.writing import stored_order

WRITES = PurchaseOrderWrites(
    order=PURCHASE_ORDER,
    line=PURCHASE_ORDER_LINE,
    service="/compras/v1/pedidos",
    payment_terms="030",
    delivery_branch="02",
    reference="C7_XIDEXT",
)
TARGET = resolved(PurchaseOrderId("000123"))
PIECE = Unit("H87")
OPEN: dict[str, object] = {}
PARTLY: dict[str, object] = {"C7_QUJE": 2.0}
RECEIVED: dict[str, object] = {"C7_QUJE": 5.0}
GIVEN_UP: dict[str, object] = {"C7_RESIDUO": "S"}


def test_an_order_is_placed_in_one_call_with_what_no_command_says() -> None:
    """PRO-FIL-03: buying branch and receiving branch are two; X-REF-05; PRO-CUR-01."""
    supplier = suppliers()[0]
    write = WRITES.place(placing(supplier), reference(1))

    assert (write.method, write.path, write.record) == ("POST", "/compras/v1/pedidos", False)
    assert write.body == {
        "C7_FORNECE": str(supplier)[:6],
        "C7_LOJA": str(supplier)[6:],
        "C7_EMISSAO": "20260302",
        "C7_MOEDA": 3,
        "C7_XREF": "REQ-17",
        "C7_COND": "030",
        "C7_FILENT": "02",
        "C7_XIDEXT": reference(1).text,
        "itens": [
            {
                "C7_ITEM": "0010",
                "C7_PRODUTO": "21",
                "C7_QUANT": 200.0,
                "C7_UM": "UN",
                "C7_PRECO": 11.35,
                "C7_XPRBAS": 100.0,
                "C7_DATPRF": "20260401",
            },
            {
                "C7_ITEM": "0020",
                "C7_PRODUTO": "A/B 1",
                "C7_QUANT": 2.5,
                "C7_UM": "UN",
                "C7_PRECO": 11.35,
                "C7_XPRBAS": 100.0,
                "C7_DATPRF": "",
            },
        ],
    }


def test_an_order_that_may_be_the_one_is_of_its_supplier_and_its_day() -> None:
    supplier = str(suppliers()[0])
    assert WRITES.alike(placing(suppliers()[0])) == (
        Condition("C7_FORNECE", Comparison.EQ, supplier[:6]),
        Condition("C7_LOJA", Comparison.EQ, supplier[6:]),
        Condition("C7_EMISSAO", Comparison.EQ, "20260302"),
    )
    assert "C7_XIDEXT" not in (evolve(WRITES, reference=None).place(placing(suppliers()[0]), reference(1)).body or {})


def test_what_protheus_has_no_code_for_is_refused_before_anything_is_sent() -> None:
    command = placing(suppliers()[0])
    crowns = tuple(evolve(line, price=evolve(line.price, currency=Currency("SEK"))) for line in command.lines)
    with pytest.raises(NotWritable, match="no code for SEK"):
        WRITES.place(evolve(command, currency=Currency("SEK"), lines=crowns), reference(1))
    with pytest.raises(NotWritable, match="has not been made yet"):
        WRITES.place(evolve(command, supplier=Made("supplier")), reference(1))


def test_a_price_that_is_too_fine_is_refused_and_not_rounded() -> None:
    command = placing(suppliers()[0])
    fine = Price(command.currency, Decimal("0.00001"), Quantity(Decimal(1), PIECE))
    with pytest.raises(NotWritable, match="4 decimals"):
        WRITES.place(_with_price(command, fine), reference(1))


def _with_price(command: PlacePurchaseOrder, price: Price) -> PlacePurchaseOrder:
    return evolve(command, lines=tuple(evolve(line, price=price) for line in command.lines))


def changing(**changes: object) -> ChangePurchaseOrderLine:
    return ChangePurchaseOrderLine(order=TARGET, line=LineNumber("20"), **changes)  # type: ignore[arg-type]  # as above


def test_a_change_holds_the_item_and_what_changes_in_it() -> None:
    stands = stored_order(OPEN, OPEN)
    write = WRITES.change_line(changing(ordered=Quantity(Decimal(7), PIECE), due_on=None), stands)

    assert write is not None
    assert (write.method, write.path) == ("PUT", "/compras/v1/pedidos/000123")
    assert write.body == {"itens": [{"C7_ITEM": "0020", "C7_QUANT": 7.0, "C7_DATPRF": ""}]}


def test_a_change_of_nothing_is_not_sent() -> None:
    assert WRITES.change_line(changing(due_on=date(2024, 8, 1)), stored_order(OPEN, OPEN)) is None


def test_a_line_that_is_not_there_is_told() -> None:
    with pytest.raises(NotWritable, match="no line 20"):
        WRITES.change_line(changing(due_on=None), stored_order(OPEN))


@pytest.mark.parametrize(
    "changes",
    [
        {"price": Price(Currency("EUR"), Decimal(3), Quantity(Decimal(1), PIECE))},
        {"ordered": Quantity(Decimal(3), Unit("KGM"))},
    ],
    ids=["currency", "unit"],
)
def test_what_several_attributes_share_is_not_changed_for_one_of_them(changes: dict[str, object]) -> None:
    """PRO-PO-07: the currency stands on every row, and one unit counts all quantities of a row."""
    with pytest.raises(NotWritable):
        WRITES.change_line(changing(**changes), stored_order(OPEN, OPEN))


def test_a_number_stands_in_an_address_as_one_part_of_it() -> None:
    """What comes after a sharp would not be sent, and an order of a shorter number be changed."""
    change = WRITES.change_line(
        changing(due_on=date(2026, 5, 5)), stored_order({"C7_NUM": "12#/4 "}, {"C7_NUM": "12#/4 "})
    )

    assert change is not None
    assert change.path == "/compras/v1/pedidos/12%23%2F4"


def test_an_order_that_waits_is_released_by_the_routine() -> None:
    """PRO-PO-04: an update of the column would go round the approvers."""
    write = WRITES.approve(ApprovePurchaseOrder(order=TARGET), stored_order({"C7_CONAPRO": "B"}))

    assert write is not None
    assert (write.method, write.path, write.body) == ("POST", "/compras/v1/pedidos/000123/liberacao", None)
    assert WRITES.approve(ApprovePurchaseOrder(order=TARGET), stored_order(OPEN)) is None


@pytest.mark.parametrize("line", [{"C7_CONAPRO": "R"}, {"C7_XRASC": "S"}, {"C7_CONAPRO": "B", "C7_RESIDUO": "S"}])
def test_an_order_that_does_not_wait_is_not_released(line: dict[str, object]) -> None:
    with pytest.raises(NotWritable, match="cannot be released"):
        WRITES.approve(ApprovePurchaseOrder(order=TARGET), stored_order(line))


def test_closing_eliminates_the_residue_of_every_item_that_expects_goods() -> None:
    """PRO-PO-03."""
    write = WRITES.close(ClosePurchaseOrder(order=TARGET), stored_order(PARTLY, OPEN, GIVEN_UP))

    assert write is not None
    assert (write.method, write.path) == ("POST", "/compras/v1/pedidos/000123/residuo")
    assert write.body == {"itens": [{"C7_ITEM": "0010"}, {"C7_ITEM": "0020"}]}


@pytest.mark.parametrize("header", [{}, {"C7_CONAPRO": "B"}, {"C7_CONAPRO": "R"}, {"C7_XRASC": "S"}])
def test_cancelling_eliminates_the_residue_of_an_order_of_which_nothing_came(header: dict[str, object]) -> None:
    """X-REV-01: deleting it would leave nothing to be looked at; PRO-PO-01: residues are judged first."""
    write = WRITES.cancel(CancelPurchaseOrder(order=TARGET), stored_order(header, GIVEN_UP | header))

    assert write is not None
    assert write.body == {"itens": [{"C7_ITEM": "0010"}]}


@pytest.mark.parametrize(
    ("lines", "story"),
    [
        ((OPEN, OPEN), "would be cancelled and not closed"),
        ((OPEN, RECEIVED), "would be received and not closed"),
        ((RECEIVED,), "would be received and not closed"),
        ((GIVEN_UP,), "is cancelled and cannot become closed"),
        (({"C7_CONAPRO": "B"},), "is pending_approval and cannot become closed"),
    ],
)
def test_an_order_that_would_become_something_else_is_not_closed(
    lines: tuple[dict[str, object], ...], story: str
) -> None:
    with pytest.raises(NotWritable, match=story):
        WRITES.close(ClosePurchaseOrder(order=TARGET), stored_order(*lines))


@pytest.mark.parametrize(
    ("lines", "story"),
    [
        ((PARTLY, OPEN), "is partly_received and cannot become cancelled"),
        ((RECEIVED,), "is received and cannot become cancelled"),
        (({"C7_CONAPRO": "B", "C7_QUJE": 2.0},), "would be closed and not cancelled"),
    ],
)
def test_an_order_that_would_become_something_else_is_not_cancelled(
    lines: tuple[dict[str, object], ...], story: str
) -> None:
    with pytest.raises(NotWritable, match=story):
        WRITES.cancel(CancelPurchaseOrder(order=TARGET), stored_order(*lines))


def test_what_is_closed_or_cancelled_already_is_not_sent() -> None:
    closed, cancelled = stored_order({"C7_RESIDUO": "S", "C7_QUJE": 2.0}), stored_order(GIVEN_UP)

    assert WRITES.close(ClosePurchaseOrder(order=TARGET), closed) is None
    assert WRITES.cancel(CancelPurchaseOrder(order=TARGET), cancelled) is None
