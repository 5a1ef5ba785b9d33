"""Protheus purchase orders (SC7), whose header repeats on every line, as PurchaseOrder."""

from acl.codecs.codes import code
from acl.codecs.dates import compact_day, compact_until
from acl.codecs.keys import composite, zero_filled
from acl.codecs.numbers import floating
from acl.codecs.text import padded
from acl.mapping import (
    Shape,
    column,
    each_row,
    embedded,
    mapping,
    money,
    optional,
    over_rows,
    provenance,
    read_only,
)  # fmt: skip
from acl.protheus.codecs import LINE_STATUS, ORDER_STATUS
from acl.protheus.codes import CURRENCIES, UNITS
from domain.dates import Validity
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from ports.errors import ProblemKind

_CURRENCY = code("C7_MOEDA", CURRENCIES, kind=ProblemKind.CURRENCY, quirk="PRO-CUR-01")
_UNIT = code("C7_UM", UNITS, kind=ProblemKind.UNIT, quirk="PRO-CODE-03")

PURCHASE_ORDER_LINE = mapping(PurchaseOrderLine, record="SC7", shape=Shape.ROW)(
    number=zero_filled("C7_ITEM", width=4, into=LineNumber),
    product=optional(padded("C7_PRODUTO", width=15, into=ProductId)),
    description=padded("C7_DESCRI", width=40),
    ordered=embedded(Quantity)(amount=floating("C7_QUANT", places=3), unit=_UNIT),
    received=embedded(Quantity)(amount=floating("C7_QUJE", places=3), unit=_UNIT),
    invoiced=embedded(Quantity)(amount=floating("C7_XQTFAT", places=3), unit=_UNIT),
    price=embedded(Price)(
        currency=_CURRENCY,
        amount=floating("C7_PRECO", places=4),
        per=embedded(Quantity)(amount=floating("C7_XPRBAS", places=0), unit=_UNIT),
    ),
    amount=money(floating("C7_TOTAL", places=3), currency=_CURRENCY),
    due_on=optional(compact_day("C7_DATPRF")),
    status=read_only(
        column(LINE_STATUS, "C7_RESIDUO", "C7_QUJE", "C7_QUANT"), because="it follows from what was received"
    ),
)

PURCHASE_ORDER = mapping(PurchaseOrder, record="SC7", shape=Shape.ROW_SET)(
    id=padded("C7_NUM", width=6, into=PurchaseOrderId),
    supplier=composite("C7_FORNECE", "C7_LOJA", widths=(6, 2), into=SupplierId),
    ordered_on=compact_day("C7_EMISSAO"),
    currency=_CURRENCY,
    reference=optional(padded("C7_XREF", width=12)),
    validity=optional(
        embedded(Validity)(
            starts=optional(compact_day("C7_XVALDE")),
            ends=optional(compact_until("C7_XVALAT")),
        )
    ),
    lines=each_row(PURCHASE_ORDER_LINE, key="number", searchable=True),
    status=over_rows(
        ORDER_STATUS, "C7_XRASC", "C7_CONAPRO", "D_E_L_E_T_", "C7_TIPO", "C7_RESIDUO", "C7_QUJE", "C7_QUANT",
        because="it follows from approval and receipts",
    ),
    source=provenance("C7_NUM"),
)  # fmt: skip
