"""What stands in Protheus before a command is written, as the adapter reads it."""

from __future__ import annotations

from datetime import UTC, datetime

from acl.mapping import Origin
from acl.protheus.commands.writes import Stored
from acl.protheus.purchase_orders import PURCHASE_ORDER
from acl.protheus.suppliers import SUPPLIER
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from tests.unit.acl.protheus.records import Row, a_supplier_row, an_order_row

ORIGIN = Origin("protheus", datetime(2026, 1, 2, tzinfo=UTC))


def stored_supplier(**changes: object) -> Stored[Supplier]:
    """Give a Brazilian supplier who may be bought from and paid."""
    row = a_supplier_row(**changes)
    told = dict(zip(SUPPLIER.columns, row, strict=True)) | {"A2_FILIAL": "  "}
    return Stored(rows=(told,), value=SUPPLIER.read(row, origin=ORIGIN))


def stored_order(*lines: dict[str, object]) -> Stored[PurchaseOrder]:
    """Give an order with one line for each of *lines*, which say how they differ from 5 pieces at 19.90."""
    rows: list[Row] = [an_order_row(C7_ITEM=f"{place * 10:04d}", **line) for place, line in enumerate(lines, start=1)]
    told = tuple(dict(zip(PURCHASE_ORDER.columns, row, strict=True)) for row in rows)
    return Stored(rows=told, value=PURCHASE_ORDER.read(rows, origin=ORIGIN))
