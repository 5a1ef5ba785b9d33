"""SAP purchase orders (A_PurchaseOrder) as PurchaseOrder."""

from acl.codecs.codes import code
from acl.codecs.iso import iso_currency
from acl.codecs.keys import zero_filled
from acl.codecs.numbers import decimal_text
from acl.codecs.text import text
from acl.mapping import column, embedded, many, mapping, money, only, optional, provenance, read_only
from acl.sap.codecs import RESULTS, odata_date, odata_until
from acl.sap.codes import UNITS
from acl.sap.statuses import ITEM_STATUS, ORDER_STATUS
from domain.dates import Validity
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from ports.errors import ProblemKind

_CURRENCY = iso_currency("DocumentCurrency")
_UNIT = code("PurchaseOrderQuantityUnit", UNITS, kind=ProblemKind.UNIT, quirk="SAP-CODE-03")

PURCHASE_ORDER_LINE = mapping(PurchaseOrderLine, record="A_PurchaseOrderItem")(
    number=zero_filled("PurchaseOrderItem", width=5, into=LineNumber, quirk="SAP-ID-04", numeric=True),
    product=optional(zero_filled("Material", width=18, into=ProductId, quirk="SAP-ID-07", spaced=True)),
    description=text("PurchaseOrderItemText", width=40),
    ordered=embedded(Quantity)(amount=decimal_text("OrderQuantity", places=3), unit=_UNIT),
    received=embedded(Quantity)(amount=decimal_text("YY1_ReceivedQuantity_PDI", places=3), unit=_UNIT),
    invoiced=embedded(Quantity)(amount=decimal_text("YY1_InvoicedQuantity_PDI", places=3), unit=_UNIT),
    price=embedded(Price)(
        currency=_CURRENCY,
        amount=decimal_text("NetPriceAmount", places=4),
        per=embedded(Quantity)(
            amount=decimal_text("NetPriceQuantity", places=0, quirk="SAP-NUM-07"),
            unit=code("OrderPriceUnit", UNITS, kind=ProblemKind.UNIT, quirk="SAP-NUM-08"),
        ),
    ),
    amount=money(decimal_text("NetAmount", places=3, quirk="SAP-NUM-06"), currency=_CURRENCY),
    due_on=only("to_ScheduleLine", optional(odata_date("ScheduleLineDeliveryDate")), envelope=RESULTS),
    status=read_only(
        column(
            ITEM_STATUS,
            "PurchasingDocumentDeletionCode",
            "IsCompletelyDelivered",
            "YY1_ReceivedQuantity_PDI",
            "OrderQuantity",
        ),
        because="it follows from receipts",
    ),
)

PURCHASE_ORDER = mapping(PurchaseOrder, record="A_PurchaseOrder")(
    id=zero_filled("PurchaseOrder", width=10, into=PurchaseOrderId),
    supplier=zero_filled("Supplier", width=10, into=SupplierId),
    ordered_on=odata_date("PurchaseOrderDate"),
    currency=_CURRENCY,
    reference=optional(text("CorrespncInternalReference", width=12)),
    validity=optional(
        embedded(Validity)(
            starts=optional(odata_date("ValidityStartDate")),
            ends=optional(odata_until("ValidityEndDate")),
        )
    ),
    lines=many(
        "to_PurchaseOrderItem",
        PURCHASE_ORDER_LINE,
        envelope=RESULTS,
        key="number",
        repeats={"DocumentCurrency": "DocumentCurrency"},
    ),
    status=read_only(
        column(ORDER_STATUS, "PurchasingProcessingStatus", "to_PurchaseOrderItem"),
        because="it follows from approval and from the items",
    ),
    source=provenance("PurchaseOrder"),
)
