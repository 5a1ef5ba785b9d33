"""Aggregates as tables and lists for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import cast

import attrs

from adapters.cli.screen import Sheet
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.suppliers import Supplier

_ABSENT = "-"


def order_sheet(orders: Sequence[PurchaseOrder]) -> Sheet:
    """Set purchase orders one a line."""
    columns = ("order", "supplier", "ordered on", "status", "lines", "total", "reference")
    rows = [
        (
            str(order.id),
            str(order.supplier),
            order.ordered_on.isoformat(),
            order.status.value,
            str(len(order.lines)),
            str(order.total),
            shown(order.reference),
        )
        for order in orders
    ]
    return Sheet("", columns, rows, numbers=("lines", "total"))


def supplier_sheet(suppliers: Sequence[Supplier]) -> Sheet:
    """Set suppliers one a line."""
    columns = ("supplier", "name", "country", "tax id", "blocked")
    rows = [
        (
            str(supplier.id),
            supplier.name,
            str(supplier.address.country),
            ", ".join(map(str, supplier.tax_ids)) or _ABSENT,
            supplier.block.value,
        )
        for supplier in suppliers
    ]
    return Sheet("", columns, rows, wrapped=("name",))


def line_sheet(lines: Sequence[PurchaseOrderLine]) -> Sheet:
    """Set the lines of an order one a line."""
    columns = ("line", "product", "description", "ordered", "received", "invoiced", "price", "amount", "due", "status")
    rows = [
        (
            str(line.number),
            shown(line.product),
            line.description,
            str(line.ordered),
            str(line.received),
            str(line.invoiced),
            str(line.price),
            str(line.amount),
            shown(line.due_on),
            line.status.value,
        )
        for line in lines
    ]
    flush = ("ordered", "received", "invoiced", "price", "amount")
    return Sheet("", columns, rows, numbers=flush, wrapped=("description",))


def facts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Walk through a domain object: each attribute's path, and what stands there."""
    if isinstance(value, tuple):
        if len(value) == 0:
            yield path, _ABSENT
        for number, item in enumerate(value, start=1):
            yield from facts(item, f"{path}[{number}]")
    elif attrs.has(type(value)) and type(value).__str__ is object.__str__:  # what has its own words stays whole
        for name in attrs.fields_dict(cast("type[attrs.AttrsInstance]", type(value))):
            yield from facts(getattr(value, name), f"{path}.{name}" if path != "" else name)
    else:
        yield path, shown(value)


def shown(value: object) -> str:
    """Give one value as people read it; what is absent is a stroke."""
    if value is None:
        return _ABSENT
    if isinstance(value, Enum):
        return str(value.value)
    return value.isoformat() if isinstance(value, date) else str(value)
