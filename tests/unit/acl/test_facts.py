"""The figures beside a command: from the ERP where it has them, left out where nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from attrs import evolve, frozen

from acl.facts import Facts
from domain.commands.command import Command
from domain.commands.purchase_orders import CancelPurchaseOrder, ClosePurchaseOrder
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.images import Fact
from domain.money import Money
from domain.provenance import SourceRef
from domain.purchasing import PurchaseOrder
from domain.quantity import Quantity
from domain.resolution import Resolved
from domain.suppliers import Supplier, SupplierBlock
from domain.units import Unit
from ports.errors import NotFound, TranslationError
from ports.purchase_orders import PurchaseOrderQuery, PurchaseOrders
from ports.suppliers import SupplierQuery, Suppliers
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of
from tests.governed.examples import EXAMPLES, PLACE, PRICE, resolved

HERE = SourceRef("shop", "(by hand)", "", datetime(2026, 3, 2, tzinfo=UTC))
SUPPLIER = supplier_of(scenario().suppliers[0])
ORDERS = tuple(map(purchase_order_of, scenario().orders))
PARTLY = next(each for each in ORDERS if each.status.value == "partly_received")


@frozen
class Firms(Suppliers):
    """One firm, or the error that asking for it meets."""

    firm: Supplier | Exception

    def get(self, key: SupplierId) -> Supplier:
        if isinstance(self.firm, Exception):
            raise self.firm
        return self.firm

    def find(self, query: SupplierQuery) -> Iterator[Supplier]:
        yield from (each for each in (self.firm,) if isinstance(each, Supplier))


@frozen
class Orders(PurchaseOrders):
    """A few orders, whatever is asked."""

    all: tuple[PurchaseOrder, ...] = ()

    def get(self, key: PurchaseOrderId) -> PurchaseOrder:
        raise NotFound(str(key))

    def find(self, query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        assert query.supplier == SUPPLIER.id
        yield from self.all


def facts(firm: Supplier | Exception = SUPPLIER, orders: tuple[PurchaseOrder, ...] = ()) -> Facts:
    return Facts(suppliers=Firms(firm), purchase_orders=Orders(orders), here=lambda what: evolve(HERE, record=what))


def named(found: tuple[Fact, ...]) -> dict[str, object]:
    return {fact.name: fact.value for fact in found}


BLOCK = BlockSupplier(supplier=resolved(SUPPLIER.id), block=SupplierBlock.ALL)
CANCEL = CancelPurchaseOrder(order=resolved(PARTLY.id))
CLOSE = ClosePurchaseOrder(order=resolved(PARTLY.id))


def test_orders_that_still_expect_goods_are_counted() -> None:
    found = facts(orders=ORDERS[:20]).about(BLOCK, SUPPLIER)

    assert named(found) == {
        "supplier name": SUPPLIER.name,
        "open orders": len([order for order in ORDERS[:20] if order.status.value in ("open", "partly_received")]),
    }
    assert [fact.source for fact in found] == [
        SUPPLIER.source,
        evolve(HERE, record=f"orders of supplier {SUPPLIER.id}"),
    ]


def test_what_came_and_what_is_outstanding_make_up_the_order() -> None:
    received = facts().about(CANCEL, PARTLY)
    outstanding = facts().about(CLOSE, PARTLY)
    came, waits = received[2].value, outstanding[2].value

    assert named(received)["order value"] == named(outstanding)["order value"] == PARTLY.total
    assert isinstance(came, Money)
    assert isinstance(waits, Money)
    assert abs((came + waits).amount - PARTLY.total.amount) <= Decimal("0.01") * len(PARTLY.lines) * 2


@pytest.mark.parametrize("error", [NotFound("gone"), TranslationError(HERE, ())])
def test_an_order_whose_supplier_cannot_be_read_has_the_other_figures(error: Exception) -> None:
    assert "supplier name" not in named(facts(error).about(CANCEL, PARTLY))
    assert named(facts(error).about(CANCEL, PARTLY))["order value"] == PARTLY.total


def test_a_value_in_two_units_is_left_out() -> None:
    kilos = evolve(PRICE, per=Quantity(Decimal(1), Unit("KGM")))
    place = evolve(PLACE, lines=tuple(evolve(line, price=kilos) for line in PLACE.lines))

    assert "order value" in named(facts().about(PLACE, SUPPLIER))
    assert "order value" not in named(facts().about(place, SUPPLIER))


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: command.terms.action)
def test_only_what_the_terms_ask_for_is_told_and_in_their_order(command: Command) -> None:
    about: dict[type, Supplier | PurchaseOrder] = {SupplierId: SUPPLIER, PurchaseOrderId: PARTLY}
    first = next((each.id for each in command.subjects if isinstance(each, Resolved)), None)
    told = [fact.name for fact in facts().about(command, about.get(type(first)))]

    assert told == [name for name in command.terms.facts if name in told]
