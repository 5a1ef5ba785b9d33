"""Purchase orders (purchase_purchase) as PurchaseOrder."""

from decimal import Decimal

from acl.codecs.codes import code
from acl.codecs.iso import iso_currency
from acl.codecs.numbers import floating
from acl.codecs.relational import serial
from acl.codecs.text import text
from acl.conditions import Comparison, Condition
from acl.mapping import (
    Shape,
    column,
    each_row,
    embedded,
    mapping,
    money,
    never,
    optional,
    provenance,
    read_only,
)
from adapters.sql.tables import Integer, Join, Tables
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.units import Unit
from ports.errors import ProblemKind

from .codecs import DAY, DESCRIPTION, INVOICED, LINE_STATUS, ORDER_STATUS, PRICE, RECEIVED, WORTH

PURCHASE_ORDERS = Tables(
    root="purchase_purchase",
    key=(Integer("id"),),
    rows=(Integer("purchase_line.id"),),
    joins=(
        Join("purchase_line", on={"purchase": "id"}, counts=(Condition("type", Comparison.EQ, "line"),)),
        Join("currency_currency", on={"id": "currency"}),
        Join("product_product", on={"id": "purchase_line.product"}),
        Join("product_template", on={"id": "product_product.template"}),
        Join("product_uom", on={"id": "purchase_line.unit"}),
    ),
)
"""Titles and comments among the lines are no lines."""

_CURRENCY = iso_currency("currency_currency.code")

_UNITS = {"u": Unit("H87"), "kg": Unit("KGM"), "m": Unit("MTR"), "l": Unit("LTR")}
_UNIT = code("product_uom.symbol", _UNITS, kind=ProblemKind.UNIT)
_DERIVED = "it follows from other columns"

PURCHASE_ORDER_LINE = mapping(PurchaseOrderLine, record="purchase_line", shape=Shape.ROW)(
    number=serial("purchase_line.id", into=LineNumber),
    product=optional(serial("purchase_line.product", into=ProductId)),
    description=read_only(column(DESCRIPTION, "purchase_line.description", "product_template.name"), because=_DERIVED),
    ordered=embedded(Quantity)(amount=floating("purchase_line.quantity", places=2), unit=_UNIT),
    received=embedded(Quantity)(
        amount=read_only(column(RECEIVED, "purchase_line.quantity", "shipment_state"), because=_DERIVED), unit=_UNIT
    ),
    invoiced=embedded(Quantity)(
        amount=read_only(column(INVOICED, "purchase_line.quantity", "invoice_state"), because=_DERIVED), unit=_UNIT
    ),
    price=embedded(Price)(
        currency=_CURRENCY,
        amount=column(PRICE, "purchase_line.unit_price"),
        per=embedded(Quantity)(amount=never(Decimal(1), because="prices are per one unit"), unit=_UNIT),
    ),
    amount=read_only(
        money(
            column(WORTH, "purchase_line.unit_price", "purchase_line.quantity", "currency_currency.digits"),
            currency=_CURRENCY,
        ),
        because=_DERIVED,
    ),
    due_on=optional(column(DAY, "purchase_line.delivery_date_store")),
    status=read_only(column(LINE_STATUS, "state", "shipment_state"), because=_DERIVED),
)

PURCHASE_ORDER = mapping(PurchaseOrder, record="purchase_purchase", shape=Shape.ROW_SET)(
    id=serial("id", into=PurchaseOrderId),
    supplier=serial("party", into=SupplierId),
    ordered_on=column(DAY, "purchase_date"),
    currency=_CURRENCY,
    status=read_only(column(ORDER_STATUS, "state", "shipment_state"), because=_DERIVED),
    reference=optional(text("reference", width=255)),
    validity=never(None, because="a purchase has no term"),
    lines=each_row(PURCHASE_ORDER_LINE, key="number"),
    source=provenance("id"),
)
