"""What stands in every embedded sandbox: the scenario's plain facts as domain objects, made without any translator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from domain.currency import Currency
from domain.dates import OPEN_END, Validity
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Money, Price
from domain.places import Address, Country
from domain.provenance import SourceRef
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.suppliers import BankAccount, Supplier, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit
from sandbox import scenario
from sandbox.broken import Broken

READ_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
"""A stand-in: nobody has read a fact."""
_TAX_KINDS = {"CNPJ": TaxIdKind.CNPJ, "CPF": TaxIdKind.CPF, "VAT": TaxIdKind.EU_VAT}


def suppliers() -> tuple[Supplier, ...]:
    """Give every supplier that a reader may see."""
    return tuple(map(supplier_of, scenario.scenario().suppliers))


def purchase_orders() -> tuple[PurchaseOrder, ...]:
    """Give every purchase order that a reader may see."""
    return tuple(map(purchase_order_of, scenario.scenario().orders))


def spoiled(kind: str) -> tuple[Broken, ...]:
    """Give the records that the sandbox of one kind of system spoils on purpose, in addition to the scenario."""
    return _SPOILED[kind]()


def source_of(record: str, key: str) -> SourceRef:
    """Say that a record was read from the scenario itself."""
    return SourceRef("scenario", record, key, READ_AT)


def supplier_of(facts: scenario.Supplier) -> Supplier:
    """Make the supplier that the facts describe."""
    return Supplier(
        id=SupplierId(facts.number),
        name=facts.name,
        trade_name=facts.trade_name,
        tax_ids=() if facts.tax is None else (TaxId(_TAX_KINDS[facts.tax[0]], facts.tax[1]),),
        address=Address(
            street=facts.street,
            city=facts.city,
            region=facts.region,
            postal_code=facts.postal_code,
            country=Country(facts.country),
        ),
        email=facts.email,
        bank_accounts=() if facts.bank is None else (_account_of(facts.bank),),
        block=SupplierBlock(facts.block),
        source=source_of("supplier", facts.number),
    )


def purchase_order_of(facts: scenario.Order) -> PurchaseOrder:
    """Make the purchase order that the facts describe."""
    currency = Currency(facts.currency)
    return PurchaseOrder(
        id=PurchaseOrderId(facts.number),
        supplier=SupplierId(facts.supplier),
        ordered_on=facts.ordered_on,
        currency=currency,
        status=OrderStatus(facts.status),
        reference=facts.reference,
        validity=_validity_of(facts),
        lines=tuple(_line_of(line, currency) for line in facts.lines),
        source=source_of("purchase order", facts.number),
    )


def _account_of(facts: scenario.Bank) -> BankAccount:
    return BankAccount(bank=facts.bank, branch=facts.branch, account=facts.account, iban=facts.iban)


def _validity_of(facts: scenario.Order) -> Validity | None:
    if facts.valid_from is None and facts.valid_until is None:
        return None
    until = facts.valid_until
    return Validity(facts.valid_from, until if until is None or isinstance(until, date) else OPEN_END)


def _line_of(facts: scenario.Line, currency: Currency) -> PurchaseOrderLine:
    unit = Unit(facts.unit)
    return PurchaseOrderLine(
        number=LineNumber(str(facts.number)),
        product=None if facts.product is None else ProductId(facts.product),
        description=facts.description,
        ordered=Quantity(facts.ordered, unit),
        received=Quantity(facts.received, unit),
        invoiced=Quantity(facts.invoiced, unit),
        price=Price(currency, facts.price, Quantity(Decimal(facts.price_per), unit)),
        amount=Money(currency, facts.amount),
        due_on=facts.due_on,
        status=LineStatus(facts.status),
    )


def _sap() -> tuple[Broken, ...]:
    from sandbox.sap import broken

    return broken()


def _protheus() -> tuple[Broken, ...]:
    from sandbox.protheus.store import broken

    return broken()


def _protheus_rest() -> tuple[Broken, ...]:
    from sandbox.protheus_rest import broken

    return broken()


def _oracle() -> tuple[Broken, ...]:
    from sandbox.oracle import broken

    return broken()


def _inhouse() -> tuple[Broken, ...]:
    from sandbox.inhouse.store import broken

    return broken()


_SPOILED: dict[str, Callable[[], tuple[Broken, ...]]] = {
    "sap": _sap,
    "protheus": _protheus,
    "protheus-rest": _protheus_rest,
    "oracle": _oracle,
    "inhouse": _inhouse,
}
