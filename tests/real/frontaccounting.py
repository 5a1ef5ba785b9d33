"""FrontAccounting 2.4 on MariaDB, as an integration team would open it.

The company is a prefix of the tables' names. Amounts are binary floats, flags are small numbers, days that nobody
filled in are ``0000-00-00``; a line's unit stands in the item's record, the currency of an order in the supplier's.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from acl.codecs.codes import code
from acl.codecs.iso import iso_currency
from acl.codecs.numbers import floating
from acl.codecs.relational import serial, zero_day
from acl.codecs.text import fitting, sound, text
from acl.collection import Collection
from acl.engine.codec import Codec, never_written
from acl.mapping import (
    Shape,
    column,
    each_row,
    embedded,
    mapping,
    money,
    never,
    optional,
    over_rows,
    provenance,
    read_only,
)
from adapters.erp import PurchaseOrderCollection, SupplierCollection
from adapters.sql.database import SqlDatabase
from adapters.sql.tables import Integer, Join, Tables
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.places import Address, Country
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.suppliers import Supplier, SupplierBlock
from domain.units import Unit
from ports.errors import ProblemKind
from ports.quarantine import Quarantine
from tests.real.line_values import exact, line_value
from tests.real.tables import Counter, fetching

_TEXT = 255
_RECEIPTS = ("0_purch_order_details.quantity_received", "0_purch_order_details.quantity_ordered")
_BY_RECEIPTS = "it follows from what was received"
_CURRENCY = iso_currency("0_suppliers.curr_code")
_UNIT = code("0_stock_master.units", {"each": Unit("EA"), "hr": Unit("HUR")}, kind=ProblemKind.UNIT)


def _one_line(raw: object) -> str:
    lines = raw.split("\n") if isinstance(raw, str) else [raw]
    parts = (sound(line.strip(" \r,") if isinstance(line, str) else line, "G1") for line in lines)
    return ", ".join(part for part in parts if part != "")


_STREET = Codec[str](
    name="lines_of_address",
    decode=_one_line,
    encode=lambda value: fitting(value, _TEXT, "INH-LEN-01"),
    kind=ProblemKind.INVALID_TEXT,
    absent=("", "N/A", None),
)
"""An address in one text of several lines, which the domain writes after commas; ``N/A`` is what the set-up puts."""

SUPPLIER = mapping(Supplier, record="0_suppliers", shape=Shape.ROW)(
    id=serial("supplier_id", into=SupplierId),
    name=text("supp_name", width=60),
    trade_name=optional(text("supp_ref", width=30)),
    tax_ids=never((), because="the column gst_no does not say of which country its number is"),
    address=embedded(Address)(
        street=optional(column(_STREET, "address")),
        city=never(None, because="it is part of the address's lines"),
        region=never(None, because="it is part of the address's lines"),
        postal_code=never(None, because="it is part of the address's lines"),
        country=never(Country("US"), because="the site's profile says that all its suppliers are domestic"),
    ),
    email=never(None, because="addresses of e-mail belong to contacts, not to suppliers"),
    bank_accounts=never((), because="an account is a free text, which no rule takes apart"),
    block=code("inactive", {0: SupplierBlock.NONE, 1: SupplierBlock.ALL}),
    source=provenance("supplier_id"),
)


def _line_status(received: object, ordered: object) -> LineStatus:
    came, wanted = exact(received, _RECEIPTS[0]), exact(ordered, _RECEIPTS[1])
    if came == 0:
        return LineStatus.OPEN
    return LineStatus.RECEIVED if came >= wanted else LineStatus.PARTLY_RECEIVED


def _order_status(rows: Sequence[tuple[object, object]]) -> OrderStatus:
    statuses = {_line_status(*row) for row in rows}
    if statuses == {LineStatus.OPEN}:
        return OrderStatus.OPEN
    return OrderStatus.RECEIVED if statuses == {LineStatus.RECEIVED} else OrderStatus.PARTLY_RECEIVED


LINE_STATUS = Codec[LineStatus](
    name="receipts",
    decode=_line_status,
    encode=never_written,
    kind=ProblemKind.INVALID_CODE,
    absent=(),
    produces=(LineStatus,),
)
ORDER_STATUS = Codec[OrderStatus](
    name="receipts_of_all_lines",
    decode=_order_status,
    encode=never_written,
    kind=ProblemKind.INVALID_CODE,
    absent=(),
    produces=(OrderStatus,),
)

PURCHASE_ORDER_LINE = mapping(PurchaseOrderLine, record="0_purch_order_details", shape=Shape.ROW)(
    number=serial("0_purch_order_details.po_detail_item", into=LineNumber),
    product=optional(text("0_purch_order_details.item_code", width=20, into=ProductId)),
    description=text("0_purch_order_details.description", width=_TEXT),
    ordered=embedded(Quantity)(amount=floating("0_purch_order_details.quantity_ordered", places=4), unit=_UNIT),
    received=embedded(Quantity)(amount=floating("0_purch_order_details.quantity_received", places=4), unit=_UNIT),
    invoiced=embedded(Quantity)(amount=floating("0_purch_order_details.qty_invoiced", places=4), unit=_UNIT),
    price=embedded(Price)(
        currency=_CURRENCY,
        amount=floating("0_purch_order_details.unit_price", places=4),
        per=embedded(Quantity)(amount=never(Decimal(1), because="prices are per one unit"), unit=_UNIT),
    ),
    amount=read_only(
        money(
            line_value("0_purch_order_details.unit_price", "0_purch_order_details.quantity_ordered"), currency=_CURRENCY
        ),
        because="no column holds it",
    ),
    due_on=optional(zero_day("0_purch_order_details.delivery_date")),
    status=read_only(column(LINE_STATUS, *_RECEIPTS), because=_BY_RECEIPTS),
)

PURCHASE_ORDER = mapping(PurchaseOrder, record="0_purch_orders", shape=Shape.ROW_SET)(
    id=serial("order_no", into=PurchaseOrderId),
    supplier=serial("supplier_id", into=SupplierId),
    ordered_on=zero_day("ord_date"),
    currency=_CURRENCY,
    reference=optional(text("reference", width=_TEXT)),
    validity=never(None, because="orders have no term"),
    lines=each_row(PURCHASE_ORDER_LINE, key="number"),
    status=over_rows(ORDER_STATUS, *_RECEIPTS, because=_BY_RECEIPTS),
    source=provenance("order_no"),
)


SUPPLIERS = Tables(root="0_suppliers", key=(Integer("supplier_id"),))
PURCHASE_ORDERS = Tables(
    root="0_purch_orders",
    key=(Integer("order_no"),),
    rows=(Integer("0_purch_order_details.po_detail_item"),),
    joins=(
        Join("0_suppliers", on={"supplier_id": "supplier_id"}),
        Join("0_purch_order_details", on={"order_no": "order_no"}),
        Join("0_stock_master", on={"stock_id": "0_purch_order_details.item_code"}),
    ),
)
"""What an order should have and lacks is null, so that it is refused."""


def suppliers(database: SqlDatabase, quarantine: Quarantine, counter: Counter) -> SupplierCollection:
    """Open the suppliers of the first company."""
    fetch = fetching(database, SUPPLIERS, SUPPLIER.columns, counter, size=2)
    return Collection(SUPPLIER, fetch, system="frontaccounting", quarantine=quarantine)


def purchase_orders(database: SqlDatabase, quarantine: Quarantine, counter: Counter) -> PurchaseOrderCollection:
    """Open the orders of the first company."""
    fetch = fetching(database, PURCHASE_ORDERS, PURCHASE_ORDER.columns, counter, size=5)
    return Collection(PURCHASE_ORDER, fetch, system="frontaccounting", quarantine=quarantine)
