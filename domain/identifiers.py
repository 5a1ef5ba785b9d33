"""Typed identifiers: the keys of aggregates, so that no supplier is ever taken for an order.

An identifier holds the source's own key in canonical form: no padding, no leading zeros that the source only
displays. Two identifiers are equal when class and text are.
"""

from __future__ import annotations

from attrs import Attribute, field, frozen

from domain.errors import InvalidValue


def _key(instance: Identifier, _: Attribute[str], text: str) -> None:
    if type(text) is not str or not text or text != text.strip() or not text.isprintable():
        raise InvalidValue(f"{text!r} cannot be a {type(instance).__name__}: blank, padded or not printable")
    if "\ufffd" in text:
        raise InvalidValue(f"{text!r} cannot be a {type(instance).__name__}: it lost characters before it was read")


@frozen(order=True)
class Identifier:
    """The text of a key; only its subclasses are used."""

    text: str = field(validator=_key)

    def __str__(self) -> str:
        return self.text


@frozen(order=True)
class SupplierId(Identifier):
    """A supplier, as the ERP numbers it."""


@frozen(order=True)
class CustomerId(Identifier):
    """A customer, as the ERP numbers it."""


@frozen(order=True)
class ProductId(Identifier):
    """A product or material, as the ERP numbers it."""


@frozen(order=True)
class PurchaseOrderId(Identifier):
    """A purchase order, within the company that the connection reads."""


@frozen(order=True)
class SalesOrderId(Identifier):
    """A sales order."""


@frozen(order=True)
class SupplierInvoiceId(Identifier):
    """A supplier's invoice, as the ERP numbers it; not the supplier's own number."""


@frozen(order=True)
class LedgerEntryId(Identifier):
    """A ledger entry; company and year are part of the text where the ERP reuses numbers."""


@frozen(order=True)
class TicketId(Identifier):
    """A service ticket."""


@frozen(order=True)
class PersonId(Identifier):
    """A person: an employee or a contact."""


@frozen(order=True)
class LineNumber(Identifier):
    """The number of a line within its document; text, because some ERPs run into letters."""


@frozen(order=True)
class AccountId(Identifier):
    """An account of the general ledger."""


@frozen(order=True)
class LocationId(Identifier):
    """A place where stock is kept and counted."""
