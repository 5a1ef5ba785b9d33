"""The purchase order service: headers, items, schedule lines."""

from __future__ import annotations

from sandbox.sap.model import EntitySet, Navigation, Service, day, flag, instant, number, text

PURCHASE_ORDER = EntitySet(
    "A_PurchaseOrder",
    (
        text("PurchaseOrder", 10, "Purchase Order", key=True, alpha=True),
        text("CompanyCode", 4, "Company Code"),
        text("PurchaseOrderType", 4, "Order Type"),
        text("PurchasingOrganization", 4, "Purchasing Organization"),
        text("PurchasingGroup", 3, "Purchasing Group"),
        text("PurchasingDocumentDeletionCode", 1, "Deletion Indicator", nullable=False),
        text("PurchasingProcessingStatus", 2, "Processing State", nullable=False, own=True),
        day("CreationDate", "Created On", nullable=False),
        instant("LastChangeDateTime", "Changed On", concurrency=True),
        text("Supplier", 10, "Supplier", nullable=False, alpha=True),
        text("DocumentCurrency", 5, "Currency", nullable=False),
        day("PurchaseOrderDate", "Order Date", nullable=False),
        text("CorrespncInternalReference", 12, "Our Reference"),
        text("CorrespncExternalReference", 12, "Your Reference"),
        day("ValidityStartDate", "Validity Start"),
        day("ValidityEndDate", "Validity End"),
    ),
    (Navigation("to_PurchaseOrderItem", "A_PurchaseOrderItem", many=True),),
    creatable=True,
)

PURCHASE_ORDER_ITEM = EntitySet(
    "A_PurchaseOrderItem",
    (
        text("PurchaseOrder", 10, "Purchase Order", key=True, alpha=True),
        text("PurchaseOrderItem", 5, "Item", key=True, alpha=True),
        text("PurchasingDocumentDeletionCode", 1, "Deletion Indicator", nullable=False),
        text("PurchaseOrderItemText", 40, "Short Text"),
        text("Material", 40, "Material", alpha=True),
        text("Plant", 4, "Plant"),
        number("OrderQuantity", 13, 3, "Order Quantity"),
        text("PurchaseOrderQuantityUnit", 3, "Order Unit", nullable=False),
        number("NetPriceAmount", 14, 4, "Net Price"),
        number("NetPriceQuantity", 5, 0, "Price Unit"),
        text("OrderPriceUnit", 3, "Order Price Unit", nullable=False),
        text("DocumentCurrency", 5, "Currency", nullable=False),
        number("NetAmount", 14, 3, "Net Order Value", own=True),
        flag("IsCompletelyDelivered", "Delivery Completed"),
        flag("IsFinallyInvoiced", "Final Invoice"),
        number("YY1_ReceivedQuantity_PDI", 13, 3, "Received Quantity", filterable=False, own=True),
        number("YY1_InvoicedQuantity_PDI", 13, 3, "Invoiced Quantity", filterable=False, own=True),
    ),
    (Navigation("to_ScheduleLine", "A_PurchaseOrderScheduleLine", many=True),),
    deletable=True,
)

SCHEDULE_LINE = EntitySet(
    "A_PurchaseOrderScheduleLine",
    (
        text("PurchasingDocument", 10, "Purchasing Document", key=True, alpha=True),
        text("PurchasingDocumentItem", 5, "Item", key=True, alpha=True),
        text("ScheduleLine", 4, "Schedule Line", key=True, alpha=True),
        day("ScheduleLineDeliveryDate", "Delivery Date"),
        number("ScheduleLineOrderQuantity", 13, 3, "Scheduled Quantity"),
    ),
)

PURCHASE_ORDER_SERVICE = Service("API_PURCHASEORDER_PROCESS_SRV", (PURCHASE_ORDER, PURCHASE_ORDER_ITEM, SCHEDULE_LINE))
