"""What the demonstration asks: questions of a buyer, through the ports, the same for every system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from attrs import frozen

from adapters.cli.demo.agreement import Aggregate
from adapters.erp import Erp
from domain.currency import Currency
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import SupplierBlock
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery

EVERY_SUPPLIER = "every supplier"
EVERY_ORDER = "every purchase order"
_SINCE = date(2024, 7, 1)


@frozen
class Question:
    """One question: *ask* gives a system's answer, *plan* says what becomes of it there."""

    title: str
    ask: Callable[[Erp], Sequence[Aggregate]]
    plan: Callable[[Erp], str]


def questions(orders: Sequence[PurchaseOrder]) -> tuple[Question, ...]:
    """Give the questions; who has the most open orders is seen from *orders*."""
    open_orders = Counter(order.supplier for order in orders if order.status is OrderStatus.OPEN)
    busiest = min(open_orders, key=lambda supplier: (-open_orders[supplier], supplier))
    return (
        _about_orders(
            f"open orders of supplier {busiest}", PurchaseOrderQuery(status=OrderStatus.OPEN, supplier=busiest)
        ),
        _about_orders(
            f"orders in KWD since {_SINCE}", PurchaseOrderQuery(currency=Currency("KWD"), ordered_from=_SINCE)
        ),
        _about_orders(
            "orders in 2023 that were received in part",
            PurchaseOrderQuery(status=OrderStatus.PARTLY_RECEIVED, ordered_until=date(2023, 12, 31)),
        ),
        _about_suppliers("suppliers blocked for everything", SupplierQuery(block=SupplierBlock.ALL)),
        _about_suppliers("suppliers with an O'Neil in their name", SupplierQuery(name="o'neil")),
    )


def _about_orders(title: str, query: PurchaseOrderQuery) -> Question:
    return Question(
        title,
        lambda erp: list(erp.purchase_orders.find(query)),
        lambda erp: str(erp.purchase_orders.plan(query)),
    )


def _about_suppliers(title: str, query: SupplierQuery) -> Question:
    return Question(title, lambda erp: list(erp.suppliers.find(query)), lambda erp: str(erp.suppliers.plan(query)))


def telling_order(orders: Sequence[PurchaseOrder]) -> PurchaseOrder:
    """Choose the order that is shown: two lines, and a currency that does not have two places, if there is one."""
    return min(orders, key=lambda order: (abs(len(order.lines) - 2), order.currency.places == 2, order.id))
