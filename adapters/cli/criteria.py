"""The options that say which records are meant, and the queries of the ports that they become."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from attrs import frozen
from cyclopts import Parameter

from domain.currency import Currency
from domain.errors import DomainError, InvalidValue
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus
from domain.suppliers import SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery

T = TypeVar("T")

ORDER_OPTIONS = {
    "status": "--status", "supplier": "--supplier", "ordered_from": "--from", "ordered_until": "--until",
    "currency": "--currency", "reference": "--reference", "product": "--product", "after": "--after",
}  # fmt: skip
"""The option of each field of a query for purchase orders."""
SUPPLIER_OPTIONS = {
    "tax_id": "--tax-id", "name": "--name", "country": "--country", "block": "--block", "after": "--after",
}  # fmt: skip
"""The option of each field of a query for suppliers."""


@Parameter(name="*")
@frozen(kw_only=True)
class OrderCriteria:
    """Which purchase orders, as it was typed."""

    status: Annotated[OrderStatus | None, Parameter(help="How far the order has come.")] = None
    supplier: Annotated[str | None, Parameter(help="The supplier's key in this system.")] = None
    ordered_from: Annotated[
        str | None, Parameter(name="--from", help="Ordered on this day or later, as 2025-01-31.")
    ] = None
    ordered_until: Annotated[
        str | None, Parameter(name="--until", help="Ordered on this day or earlier, as 2025-01-31.")
    ] = None
    currency: Annotated[str | None, Parameter(help="ISO 4217 code, as EUR.")] = None
    product: Annotated[str | None, Parameter(help="The key of a product that any line orders.")] = None
    reference: Annotated[str | None, Parameter(help="Our own reference, in full.")] = None
    after: Annotated[str | None, Parameter(help="Only orders after this key: the next page.")] = None

    def query(self) -> PurchaseOrderQuery:
        """Make the port's query.

        Raises:
            InvalidValue: an option's value is none of its kind, or the days are in the wrong order; the sentence names
                the option.
        """
        query = PurchaseOrderQuery(
            status=self.status,
            supplier=_given("--supplier", SupplierId, self.supplier),
            ordered_from=_given("--from", _day, self.ordered_from),
            ordered_until=_given("--until", _day, self.ordered_until),
            currency=_given("--currency", Currency, self.currency),
            reference=self.reference,
            product=_given("--product", ProductId, self.product),
            after=_given("--after", PurchaseOrderId, self.after),
        )
        first, last = query.ordered_from, query.ordered_until
        if first is not None and last is not None and first > last:
            raise InvalidValue(f"--from: {first} is later than {last} of --until; exchange them")
        return query


@Parameter(name="*")
@frozen(kw_only=True)
class SupplierCriteria:
    """Which suppliers, as it was typed."""

    tax_id: Annotated[str | None, Parameter(help="CNPJ, CPF or EU VAT number, with or without punctuation.")] = None
    name: Annotated[str | None, Parameter(help="A part of the legal name, in any case.")] = None
    country: Annotated[str | None, Parameter(help="ISO 3166 code, as BR.")] = None
    block: Annotated[SupplierBlock | None, Parameter(help="What is stopped for the supplier.")] = None
    after: Annotated[str | None, Parameter(help="Only suppliers after this key: the next page.")] = None

    def query(self) -> SupplierQuery:
        """Make the port's query.

        Raises:
            InvalidValue: an option's value is none of its kind; the sentence names the option.
        """
        return SupplierQuery(
            tax_id=_given("--tax-id", _tax_id, self.tax_id),
            name=self.name,
            country=_given("--country", Country, self.country),
            block=self.block,
            after=_given("--after", SupplierId, self.after),
        )


def _given(option: str, make: Callable[[str], T], text: str | None) -> T | None:
    if text is None:
        return None
    try:
        return make(text)
    except DomainError as error:
        raise InvalidValue(f"{option}: {error}{_meant(make, text)}") from None


def _meant(make: Callable[[str], T], text: str) -> str:
    """Propose capitals where only they are missing."""
    if make not in (Currency, Country):
        return ""
    try:
        return f"; did you mean {make(text.upper())}?"
    except DomainError:
        return ""


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # fromisoformat also takes 20250131 and 2025-W05
        raise InvalidValue(f"{text!r} is not a day; write year, month and day as 2025-01-31")
    return day


def _tax_id(text: str) -> TaxId:
    for kind in TaxIdKind:
        try:
            return TaxId.parse(kind, text)
        except DomainError:
            continue
    raise InvalidValue(f"{text!r} is no valid CNPJ, CPF or EU VAT number; check its digits")
