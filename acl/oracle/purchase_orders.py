"""Fusion purchase orders (PurchaseOrderService) as PurchaseOrder."""

from acl.codecs.codes import code
from acl.codecs.iso import iso_currency
from acl.codecs.text import text
from acl.codecs.xsd import ELEMENT, ELEMENTS, xsd_decimal, xsd_int
from acl.mapping import Shape, column, embedded, many, mapping, money, only, optional, provenance, read_only
from acl.oracle.codecs import ORDER_STATUS, UNIT, fusion_date, fusion_until
from acl.oracle.codes import LINE_STATUSES
from acl.oracle.schedules import COUNTED, ORDERED, SCHEDULE, agreeing, summed
from domain.dates import Validity
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity

_UNIT = column(UNIT, "UOMCode")
_ORDERED = embedded(Quantity)(amount=column(ORDERED, "Quantity"), unit=column(UNIT, "Quantity@unitCode"))
_RECEIVED, _BILLED = column(COUNTED, "QuantityReceived"), column(COUNTED, "QuantityBilled")

PURCHASE_ORDER_LINE = mapping(PurchaseOrderLine, record="PurchaseOrderLine", shape=Shape.ELEMENT)(
    number=xsd_int("LineNumber", into=LineNumber),
    product=optional(text("ItemNumber", width=300, into=ProductId)),
    description=text("ItemDescription", width=240),
    ordered=only(SCHEDULE, _ORDERED, envelope=summed(ORDERED, "Quantity", alike="Quantity@unitCode")),
    received=embedded(Quantity)(
        amount=only(SCHEDULE, _RECEIVED, envelope=summed(COUNTED, "QuantityReceived")), unit=_UNIT
    ),
    invoiced=embedded(Quantity)(amount=only(SCHEDULE, _BILLED, envelope=summed(COUNTED, "QuantityBilled")), unit=_UNIT),
    price=embedded(Price)(
        currency=iso_currency("Price@currencyCode", quirk="G2"),
        amount=xsd_decimal("Price"),
        per=embedded(Quantity)(
            amount=only("DFF", xsd_decimal("PriceBasisQuantity"), envelope=ELEMENT),
            unit=read_only(_UNIT, because="a line has one unit, and its quantities say which"),
        ),
    ),
    amount=money(xsd_decimal("Amount"), currency=iso_currency("Amount@currencyCode", quirk="G2")),
    due_on=only(SCHEDULE, optional(fusion_date("NeedByDate")), envelope=agreeing("NeedByDate")),
    status=code("LineStatusCode", LINE_STATUSES, absent=("", None), quirk="EBS-PO-04"),
)

PURCHASE_ORDER = mapping(PurchaseOrder, record="PurchaseOrder", shape=Shape.ELEMENT)(
    id=text("OrderNumber", width=30, into=PurchaseOrderId, quirk="SOAP-27"),
    supplier=text("SupplierNumber", width=30, into=SupplierId, quirk="SOAP-27"),
    ordered_on=fusion_date("OrderDate"),
    currency=iso_currency("CurrencyCode", quirk="G2"),
    status=column(ORDER_STATUS, "StatusCode", "DeletedFlag"),
    reference=optional(text("SupplierOrderReference", width=240)),
    validity=optional(
        embedded(Validity)(
            starts=optional(fusion_date("StartDate")),
            ends=optional(fusion_until("EndDate")),
        )
    ),
    lines=many(
        "PurchaseOrderLine",
        PURCHASE_ORDER_LINE,
        envelope=ELEMENTS,
        key="number",
        searchable=True,
        repeats={"Price@currencyCode": "CurrencyCode", "Amount@currencyCode": "CurrencyCode"},
    ),
    source=provenance("OrderNumber"),
)
