"""Every command there is."""

from __future__ import annotations

from domain.commands.command import Command
from domain.commands.customers import ChangeCreditLimit, ChangePrice
from domain.commands.documents import AttachDocument
from domain.commands.ledger import ReclassifyLedgerEntry
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.commands.sales_orders import CancelSalesOrder, ReleaseSalesOrder
from domain.commands.stock import AdjustStock
from domain.commands.supplier_invoices import DisputeSupplierInvoice, PostSupplierInvoice, ReleaseSupplierInvoice
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.commands.tickets import CloseTicket

COMMANDS: tuple[type[Command], ...] = (
    CreateSupplier,
    ChangeSupplier,
    BlockSupplier,
    ChangeBankDetails,
    PlacePurchaseOrder,
    ChangePurchaseOrderLine,
    ApprovePurchaseOrder,
    ClosePurchaseOrder,
    CancelPurchaseOrder,
    AttachDocument,
    StartApprovalRouting,
    ReleaseSalesOrder,
    CancelSalesOrder,
    ChangePrice,
    ChangeCreditLimit,
    PostSupplierInvoice,
    DisputeSupplierInvoice,
    ReleaseSupplierInvoice,
    ReclassifyLedgerEntry,
    AdjustStock,
    CloseTicket,
)
