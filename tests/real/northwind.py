"""Northwind on PostgreSQL, as an integration team would open it.

Its orders are sales orders. A purchasing team that is given this database takes the party of an order, a text of five
letters, for the supplier, and the day of shipping for the receipt: the documents have the shape of purchase orders.
"""

from __future__ import annotations

from decimal import Decimal

from acl.codecs.codes import code
from acl.codecs.dates import driver_day
from acl.codecs.numbers import decimal, floating
from acl.codecs.relational import serial
from acl.codecs.text import text
from acl.collection import Collection
from acl.conditions import Comparison, Condition, Where
from acl.engine.codec import Codec, Unreadable, never_written
from acl.mapping import Shape, column, each_row, embedded, mapping, money, never, optional, provenance, read_only
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

_SMALLINT = 32_767
_PIECE = Unit("H87")
_COUNTED = "goods are counted, in packages that only a text describes"
_DERIVED = "it follows from other columns"
_CURRENCY = never(Currency("USD"), because="the site's profile says that all its amounts are in dollars")
_UNIT = never(_PIECE, because=_COUNTED)

COUNTRIES = {
    name: Country(letters)
    for name, letters in {
        "Australia": "AU", "Brazil": "BR", "Canada": "CA", "Denmark": "DK", "Finland": "FI", "France": "FR",
        "Germany": "DE", "Italy": "IT", "Japan": "JP", "Netherlands": "NL", "Norway": "NO", "Singapore": "SG",
        "Spain": "ES", "Sweden": "SE", "UK": "GB", "USA": "US",
    }.items()
}  # fmt: skip

SUPPLIER = mapping(Supplier, record="suppliers", shape=Shape.ROW)(
    id=serial("supplier_id", into=SupplierId, most=_SMALLINT),
    name=text("company_name", width=40),
    trade_name=never(None, because="there is one name only"),
    tax_ids=never((), because="there is no column for tax numbers"),
    address=embedded(Address)(
        street=optional(text("address", width=60)),
        city=optional(text("city", width=15)),
        region=optional(text("region", width=15)),
        postal_code=optional(text("postal_code", width=10)),
        country=code("country", COUNTRIES),
    ),
    email=never(None, because="there is no column for e-mail"),
    bank_accounts=never((), because="there is no column for bank accounts"),
    block=never(SupplierBlock.NONE, because="no supplier can be blocked"),
    source=provenance("supplier_id"),
)


def _asked(value: OrderStatus) -> tuple[Where, ...]:
    if value is OrderStatus.OPEN:
        return (Condition("shipped_date", Comparison.EQ, None),)
    if value is OrderStatus.RECEIVED:
        return (Condition("shipped_date", Comparison.NE, None),)
    raise Unreadable(ProblemKind.INVALID_CODE, f"no order here is {value.value}")


_ORDER_STATUS = Codec[OrderStatus](
    name="shipped_or_not",
    decode=lambda raw: OrderStatus.OPEN if raw is None else OrderStatus.RECEIVED,
    encode=never_written,
    kind=ProblemKind.INVALID_CODE,
    absent=(),
    produces=(OrderStatus,),
    narrows=_asked,
)
_LINE_STATUS = Codec[LineStatus](
    name="shipped_or_not",
    decode=lambda raw: LineStatus.OPEN if raw is None else LineStatus.RECEIVED,
    encode=never_written,
    kind=ProblemKind.INVALID_CODE,
    absent=(),
    produces=(LineStatus,),
)

PURCHASE_ORDER_LINE = mapping(PurchaseOrderLine, record="order_details", shape=Shape.ROW)(
    number=serial("order_details.product_id", into=LineNumber, most=_SMALLINT),
    product=serial("order_details.product_id", into=ProductId, most=_SMALLINT),
    description=text("products.product_name", width=40),
    ordered=embedded(Quantity)(amount=decimal("order_details.quantity", places=0), unit=_UNIT),
    received=read_only(
        embedded(Quantity)(amount=quantity_once("order_details.quantity", "shipped_date"), unit=_UNIT), because=_DERIVED
    ),
    invoiced=never(Quantity(Decimal(0), _PIECE), because="invoices are not kept here"),
    price=embedded(Price)(
        currency=_CURRENCY,
        amount=floating("order_details.unit_price", places=2),
        per=never(Quantity(Decimal(1), _PIECE), because="prices are per piece"),
    ),
    amount=read_only(
        money(
            line_value("order_details.unit_price", "order_details.quantity", "order_details.discount"),
            currency=_CURRENCY,
        ),
        because=_DERIVED,
    ),
    due_on=optional(driver_day("required_date")),
    status=read_only(column(_LINE_STATUS, "shipped_date"), because=_DERIVED),
)

PURCHASE_ORDER = mapping(PurchaseOrder, record="orders", shape=Shape.ROW_SET)(
    id=serial("order_id", into=PurchaseOrderId, most=_SMALLINT),
    supplier=text("customer_id", width=5, into=SupplierId),
    ordered_on=driver_day("order_date"),
    currency=_CURRENCY,
    status=read_only(column(_ORDER_STATUS, "shipped_date"), because=_DERIVED),
    reference=never(None, because="there is no column for a reference"),
    validity=never(None, because="orders have no term"),
    lines=each_row(PURCHASE_ORDER_LINE, key="number"),
    source=provenance("order_id"),
)


SUPPLIERS = Tables(root="suppliers", key=(Integer("supplier_id"),))
PURCHASE_ORDERS = Tables(
    root="orders",
    key=(Integer("order_id"),),
    rows=(Integer("order_details.product_id"),),
    joins=(
        Join("order_details", on={"order_id": "order_id"}),
        Join("products", on={"product_id": "order_details.product_id"}),
    ),
)
"""An order without lines comes too, so that it is refused and not lost."""


def suppliers(database: SqlDatabase, quarantine: Quarantine, counter: Counter) -> SupplierCollection:
    """Open the suppliers."""
    fetch = fetching(database, SUPPLIERS, SUPPLIER.columns, counter, size=10)
    return Collection(SUPPLIER, fetch, system="northwind", quarantine=quarantine)


def purchase_orders(database: SqlDatabase, quarantine: Quarantine, counter: Counter) -> PurchaseOrderCollection:
    """Open the orders."""
    fetch = fetching(database, PURCHASE_ORDERS, PURCHASE_ORDER.columns, counter, size=400)
    return Collection(PURCHASE_ORDER, fetch, system="northwind", quarantine=quarantine)
