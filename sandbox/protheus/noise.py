"""Rows that no reader of branch 01's orders and live suppliers may see (PRO-DEL-02, PRO-FIL-01, PRO-PO-06)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sandbox.protheus.rows import Row, order_rows, supplier_row
from sandbox.scenario import Order, scenario


def _other(order: Order, *, deleted: bool = False) -> Order:
    """Give another order under the same number: nothing but keys and supplier is the same."""
    lines = tuple(
        replace(line, description="Linha antiga", ordered=line.ordered + 7, amount=line.amount + 7)
        for line in order.lines
    )
    earlier = order.ordered_on - timedelta(days=400)
    return replace(order, ordered_on=earlier, status="open", reference="ANTIGO", lines=lines, deleted=deleted)


def supplier_noise() -> Iterator[Row]:
    """Yield deleted rows under the keys of live suppliers, for some of them twice."""
    for index, supplier in enumerate(scenario().suppliers[1::5]):
        for copy in range(1 + index % 2):
            yield supplier_row(replace(supplier, name=f"CADASTRO ANTIGO {copy}", block="all", deleted=True))


def order_noise() -> Iterator[Row]:
    """Yield deleted rows under live keys and beside them, rows of branch 02, and delivery authorisations."""
    orders = scenario().orders
    for order in orders[4::9]:
        yield from order_rows(_other(order, deleted=True))
    for order in orders[5::40]:
        dropped = replace(order.lines[0], number=9990)
        yield from order_rows(replace(_other(order, deleted=True), lines=(dropped,)))
        yield from order_rows(_other(order, deleted=True))
    for order in orders[3::30]:
        yield from order_rows(_other(order), branch="02")
    for order in orders[6::50]:
        yield from order_rows(_other(order), kind=2)
    yield from order_rows(replace(_other(orders[0]), number="800001"), kind=2)
    yield from order_rows(replace(_other(orders[0]), number="800002"), branch="02")
