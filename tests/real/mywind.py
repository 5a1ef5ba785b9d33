"""The newer Northwind on MariaDB, which has purchase orders, as an integration team would open it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from attrs import evolve

from acl.codecs.codes import code
from acl.codecs.dates import day
from acl.codecs.numbers import decimal
from acl.codecs.relational import serial
from acl.codecs.text import text
from acl.collection import Collection
from acl.engine.codec import Codec, Unreadable, never_written
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
from domain.currency import Currency
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.places import Address, Country
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.suppliers import Supplier, SupplierBlock
from domain.units import Unit
from ports.errors import ProblemKind
from ports.quarantine import Quarantine
from tests.real.line_values import line_value, quantity_once
from tests.real.tables import Counter, fetching

_PIECE = Unit("H87")
_UNIT = never(_PIECE, because="goods are counted, in packages that only a text describes")
_CURRENCY = never(Currency("USD"), because="the site's profile says that all its amounts are in dollars")
_BY_RECEIPTS = "it follows from what was received"


def _wall_day(raw: object) -> date:
    if type(raw) is not datetime:
        raise ValueError(raw)
    return raw.date()


WALL_DAY = evolve(
    day("wall_day", _wall_day, lambda value: value, absent=(None,), quirk="EBS-DATE-01", ordered=False),
    encode=never_written,
)
"""The day of a moment on the company's own clock; the time of day says when somebody typed, and is left out."""


def _address(country: Country) -> Address:
    return embedded(Address)(
        street=optional(text("address")),
        city=optional(text("city", width=50)),
        region=optional(text("state_province", width=50)),
        postal_code=optional(text("zip_postal_code", width=15)),
        country=country,
    )


SUPPLIER = mapping(Supplier, record="suppliers", shape=Shape.ROW)(
    id=serial("id", into=SupplierId),
    name=text("company", width=50),
    trade_name=never(None, because="there is one name only"),
    tax_ids=never((), because="there is no column for tax numbers"),
    address=_address(code("country_region", {"USA": Country("US")})),
    email=optional(text("email_address", width=50)),
    bank_accounts=never((), because="there is no column for bank accounts"),
    block=never(SupplierBlock.NONE, because="no supplier can be blocked"),
    source=provenance("id"),
)
DOMESTIC_SUPPLIER = SUPPLIER.with_(
    address=_address(never(Country("US"), because="the site's profile says that all its suppliers are domestic"))
)
"""What a site makes of it that never filled in a country."""

_STATES = {0: OrderStatus.DRAFT, 1: OrderStatus.PENDING_APPROVAL, 2: None, 3: OrderStatus.CLOSED}


def _order_status(rows: Sequence[tuple[object, object]]) -> OrderStatus:
    state = rows[0][0]
    if state not in _STATES:
        reason = f"{state!r} is no state of an order"
        raise Unreadable(ProblemKind.INVALID_CODE, reason, column="status_id", raw=state)
    told = _STATES[state]
    if told is not None:
        return told
    came = sum(received is not None for _, received in rows)
    if came == 0:
        return OrderStatus.OPEN
    return OrderStatus.RECEIVED if came == len(rows) else OrderStatus.PARTLY_RECEIVED


ORDER_STATUS = Codec[OrderStatus](
    name="state_and_receipts",
    decode=_order_status,
    encode=never_written,
    kind=ProblemKind.INVALID_CODE,
    absent=(),
    produces=(OrderStatus,),
)
"""The state until the order is approved; then what has come."""
LINE_STATUS = Codec[LineStatus](
    name="received_or_not",
    decode=lambda raw: LineStatus.OPEN if raw is None else LineStatus.RECEIVED,
    encode=never_written,
    kind=ProblemKind.INVALID_CODE,
    absent=(),
    produces=(LineStatus,),
)

PURCHASE_ORDER_LINE = mapping(PurchaseOrderLine, record="purchase_order_details", shape=Shape.ROW)(
    number=serial("purchase_order_details.id", into=LineNumber),
    product=optional(serial("purchase_order_details.product_id", into=ProductId)),
    description=text("products.product_name", width=50),
    ordered=embedded(Quantity)(amount=decimal("purchase_order_details.quantity", places=4), unit=_UNIT),
    received=read_only(
        embedded(Quantity)(
            amount=quantity_once("purchase_order_details.quantity", "purchase_order_details.date_received"), unit=_UNIT
        ),
        because=_BY_RECEIPTS,
    ),
    invoiced=never(Quantity(Decimal(0), _PIECE), because="invoices of suppliers are not kept here"),
    price=embedded(Price)(
        currency=_CURRENCY,
        amount=decimal("purchase_order_details.unit_cost", places=4),
        per=never(Quantity(Decimal(1), _PIECE), because="prices are per piece"),
    ),
    amount=read_only(
        money(line_value("purchase_order_details.unit_cost", "purchase_order_details.quantity"), currency=_CURRENCY),
        because="no column holds it",
    ),
    due_on=read_only(optional(column(WALL_DAY, "expected_date")), because="it stands in the order, not in the line"),
    status=read_only(column(LINE_STATUS, "purchase_order_details.date_received"), because=_BY_RECEIPTS),
)

PURCHASE_ORDER = mapping(PurchaseOrder, record="purchase_orders", shape=Shape.ROW_SET)(
    id=serial("id", into=PurchaseOrderId),
    supplier=serial("supplier_id", into=SupplierId),
    ordered_on=read_only(column(WALL_DAY, "creation_date"), because="the time of day would be lost"),
    currency=_CURRENCY,
    reference=never(None, because="there is no column for a reference"),
    validity=never(None, because="orders have no term"),
    lines=each_row(PURCHASE_ORDER_LINE, key="number"),
    status=over_rows(ORDER_STATUS, "status_id", "purchase_order_details.date_received", because=_BY_RECEIPTS),
    source=provenance("id"),
)


SUPPLIERS = Tables(root="suppliers", key=(Integer("id"),))
PURCHASE_ORDERS = Tables(
    root="purchase_orders",
    key=(Integer("id"),),
    rows=(Integer("purchase_order_details.id"),),
    joins=(
        Join("purchase_order_details", on={"purchase_order_id": "id"}),
        Join("products", on={"id": "purchase_order_details.product_id"}),
    ),
)


def suppliers(database: SqlDatabase, quarantine: Quarantine, counter: Counter) -> SupplierCollection:
    """Open the suppliers of a site that says where they are."""
    fetch = fetching(database, SUPPLIERS, DOMESTIC_SUPPLIER.columns, counter, size=3)
    return Collection(DOMESTIC_SUPPLIER, fetch, system="mywind", quarantine=quarantine)


def purchase_orders(database: SqlDatabase, quarantine: Quarantine, counter: Counter) -> PurchaseOrderCollection:
    """Open the orders."""
    fetch = fetching(database, PURCHASE_ORDERS, PURCHASE_ORDER.columns, counter, size=20)
    return Collection(PURCHASE_ORDER, fetch, system="mywind", quarantine=quarantine)
