"""Domain objects made of the answers to plain SQL, past every driver, codec and mapping of ours.

Each test's SQL gives its answer under the same few names, numbers as text, and computes what follows from other
columns in SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from typing import cast

from domain.currency import Currency
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Money, Price
from domain.places import Address, Country
from domain.provenance import SourceRef
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.suppliers import Supplier, SupplierBlock
from domain.units import Unit

PlainRow = dict[str, object]
_SOURCE = SourceRef("plain SQL", "(expected)", "(expected)", datetime(2026, 1, 1, tzinfo=UTC))


def supplier_of(row: PlainRow) -> Supplier:
    """Make a supplier of ``id, name, trade_name, street, city, region, postal_code, country, block``."""
    return Supplier(
        id=SupplierId(str(row["id"])),
        name=str(row["name"]),
        trade_name=_text(row["trade_name"]),
        tax_ids=(),
        address=Address(
            street=_text(row["street"]),
            city=_text(row["city"]),
            region=_text(row["region"]),
            postal_code=_text(row["postal_code"]),
            country=Country(str(row["country"])),
        ),
        email=None,
        bank_accounts=(),
        block=SupplierBlock(row["block"]),
        source=_SOURCE,
    )


def orders_of(rows: Iterable[PlainRow]) -> tuple[PurchaseOrder, ...]:
    """Make orders of the rows of their lines, which come sorted by the order's ``id``."""
    return tuple(_order_of(list(lines)) for _, lines in groupby(rows, key=lambda row: str(row["id"])))


def _order_of(lines: Sequence[PlainRow]) -> PurchaseOrder:
    first = lines[0]
    return PurchaseOrder(
        id=PurchaseOrderId(str(first["id"])),
        supplier=SupplierId(str(first["supplier"])),
        ordered_on=cast("date", first["ordered_on"]),
        currency=Currency(str(first["currency"])),
        status=OrderStatus(first["status"]),
        reference=_text(first["reference"]),
        validity=None,
        lines=tuple(map(_line_of, lines)),
        source=_SOURCE,
    )


def _line_of(row: PlainRow) -> PurchaseOrderLine:
    currency, unit = Currency(str(row["currency"])), Unit(str(row["unit"]))
    ordered, received, invoiced = (
        Quantity(Decimal(str(row[name])), unit) for name in ("ordered", "received", "invoiced")
    )
    return PurchaseOrderLine(
        number=LineNumber(str(row["line"])),
        product=ProductId(str(row["product"])),
        description=str(row["description"]),
        ordered=ordered,
        received=received,
        invoiced=invoiced,
        price=Price(currency, Decimal(str(row["price"])), Quantity(Decimal(1), unit)),
        amount=Money(currency, Decimal(str(row["worth"]))),
        due_on=cast("date | None", row["due_on"]),
        status=LineStatus(row["line_status"]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
