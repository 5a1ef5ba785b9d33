"""Valid orders and suppliers; a test evolves only what it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from domain.currency import Currency
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Money, Price
from domain.places import Address, Country
from domain.provenance import SourceRef
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.suppliers import BankAccount, Supplier, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit

EUR, USD, JPY, KWD = Currency("EUR"), Currency("USD"), Currency("JPY"), Currency("KWD")
PIECE, KILOGRAM = Unit("H87"), Unit("KGM")
SOURCE = SourceRef("test", "order", "1", datetime(2026, 1, 2, tzinfo=UTC))


def pieces(count: str) -> Quantity:
    """Give so many pieces."""
    return Quantity(Decimal(count), PIECE)


def euros(amount: str) -> Money:
    """Give an amount in euros."""
    return Money(EUR, Decimal(amount))


def a_line(
    number: str = "10", *, ordered: str = "5", received: str = "0", status: LineStatus = LineStatus.OPEN
) -> PurchaseOrderLine:
    """Give a line over 5 pieces at 2 euros, of which nothing came yet."""
    return PurchaseOrderLine(
        number=LineNumber(number),
        product=ProductId("P-1"),
        description="Screw M8",
        ordered=pieces(ordered),
        received=pieces(received),
        invoiced=pieces("0"),
        price=Price(EUR, Decimal(2), pieces("1")),
        amount=euros("10.00"),
        due_on=date(2024, 8, 1),
        status=status,
    )


def an_order(*lines: PurchaseOrderLine, status: OrderStatus = OrderStatus.OPEN) -> PurchaseOrder:
    """Give an order of these lines, or of one."""
    return PurchaseOrder(
        id=PurchaseOrderId("4500000001"),
        supplier=SupplierId("100017"),
        ordered_on=date(2024, 7, 15),
        currency=EUR,
        status=status,
        reference="REF-1",
        validity=None,
        lines=lines or (a_line(),),
        source=SOURCE,
    )


def an_address() -> Address:
    """Give an address whose every part is known."""
    return Address(street="Main Street, 1", city="Bonn", region="NW", postal_code="53111", country=Country("DE"))


def an_account() -> BankAccount:
    """Give a German account."""
    return BankAccount(bank="37040044", branch=None, account="532013000", iban="DE89370400440532013000")


def a_supplier() -> Supplier:
    """Give a supplier who may be bought from and paid."""
    return Supplier(
        id=SupplierId("100017"),
        name="Schrauben GmbH",
        trade_name=None,
        tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"),),
        address=an_address(),
        email="sales@example.com",
        bank_accounts=(an_account(),),
        block=SupplierBlock.NONE,
        source=SOURCE,
    )
