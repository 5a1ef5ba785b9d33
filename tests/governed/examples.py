"""One valid command of every class, and the records that they are about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from domain.commands.command import Command
from domain.commands.customers import ChangeCreditLimit, ChangePrice
from domain.commands.documents import AttachDocument, Document
from domain.commands.ledger import ReclassifyLedgerEntry
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.commands.sales_orders import CancelSalesOrder, ReleaseSalesOrder
from domain.commands.stock import AdjustStock
from domain.commands.supplier_invoices import DisputeSupplierInvoice, PostSupplierInvoice, ReleaseSupplierInvoice
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.commands.tickets import CloseTicket
from domain.currency import Currency
from domain.identifiers import (
    AccountId,
    CustomerId,
    Identifier,
    LedgerEntryId,
    LineNumber,
    LocationId,
    ProductId,
    PurchaseOrderId,
    SalesOrderId,
    SupplierId,
    SupplierInvoiceId,
    TicketId,
)
from domain.minting import mint
from domain.money import Money, Price
from domain.places import Address, Country
from domain.quantity import Quantity
from domain.resolution import Candidate, Evidence, Resolved
from domain.scope import Scope
from domain.suppliers import BankAccount, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit

T = TypeVar("T", bound=Identifier)
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SCOPE = Scope("sap", "1000")
EUR = Currency("EUR")
PIECE = Unit("H87")
ACCOUNT = BankAccount(bank="37040044", branch=None, account="532013000", iban="DE89370400440532013000")


def resolved(
    identifier: T, *, scope: Scope = SCOPE, expires_at: datetime = MORNING + timedelta(days=365)
) -> Resolved[T]:
    """Make a resolved record, as the resolver would."""
    chosen = Candidate(
        id=identifier, label=f"record {identifier}", score=Decimal("0.98"), evidence=(Evidence("key", "equal"),)
    )
    return mint(chosen, scope=scope, mention=str(identifier), others=(), index="7", expires_at=expires_at)


SUPPLIER = resolved(SupplierId("4711"))
PRODUCT = resolved(ProductId("B-12"))
ORDER = resolved(PurchaseOrderId("4500000001"))
INVOICE = resolved(SupplierInvoiceId("5100000001"))
SALE = resolved(SalesOrderId("20001"))
CUSTOMER = resolved(CustomerId("77"))
PRICE = Price(EUR, Decimal("11.35"), Quantity(Decimal(100), PIECE))
ADDRESS = Address(street="Am Hafen, 3", city="Bremen", region=None, postal_code=None, country=Country("DE"))

BLOCK = BlockSupplier(supplier=SUPPLIER, block=SupplierBlock.ALL)
RENAME = ChangeSupplier(supplier=SUPPLIER, name="Schrauben Groß AG")
PLACE = PlacePurchaseOrder(
    supplier=SUPPLIER,
    ordered_on=date(2026, 3, 2),
    currency=EUR,
    reference=None,
    lines=(
        OrderedLine(product=PRODUCT, ordered=Quantity(Decimal(200), PIECE), price=PRICE, due_on=date(2026, 4, 1)),
        OrderedLine(product=PRODUCT, ordered=Quantity(Decimal(5), PIECE), price=PRICE, due_on=None),
    ),
)
EXAMPLES: tuple[Command, ...] = (
    CreateSupplier(
        name="Schrauben Groß KG",
        trade_name=None,
        tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"),),
        address=ADDRESS,
        email=None,
    ),
    RENAME,
    BLOCK,
    ChangeBankDetails(supplier=SUPPLIER, accounts=(ACCOUNT,)),
    PLACE,
    ChangePurchaseOrderLine(order=ORDER, line=LineNumber("10"), ordered=Quantity(Decimal(3), PIECE)),
    ApprovePurchaseOrder(order=ORDER),
    ClosePurchaseOrder(order=ORDER),
    CancelPurchaseOrder(order=ORDER),
    AttachDocument(
        order=ORDER, document=Document(name="offer.pdf", media_type="application/pdf", content=b"%PDF-1.7 offer")
    ),
    StartApprovalRouting(order=ORDER),
    ReleaseSalesOrder(order=SALE),
    CancelSalesOrder(order=SALE),
    ChangePrice(product=PRODUCT, customer=None, price=PRICE),
    ChangeCreditLimit(customer=CUSTOMER, limit=Money(EUR, Decimal("50000.00"))),
    PostSupplierInvoice(
        supplier=SUPPLIER,
        number="RE-2026-17",
        invoiced_on=date(2026, 3, 1),
        posted_on=date(2026, 3, 2),
        amount=Money(EUR, Decimal("1190.00")),
        order=ORDER,
    ),
    DisputeSupplierInvoice(invoice=INVOICE, because="the price is not the ordered one"),
    ReleaseSupplierInvoice(invoice=INVOICE),
    ReclassifyLedgerEntry(entry=resolved(LedgerEntryId("100000042")), account=resolved(AccountId("476000"))),
    AdjustStock(
        product=PRODUCT,
        location=resolved(LocationId("0001")),
        counted=Quantity(Decimal("17.5"), PIECE),
        because="counted on 2 March",
    ),
    CloseTicket(ticket=resolved(TicketId("T-9")), resolution="delivered again"),
)
