"""Where version 1 tells more than the classes of the domain hold, and what their docstrings leave to a table."""

from __future__ import annotations

from contracts.published.shapes import Told, shape, told_by
from domain.dates import Validity
from domain.identifiers import Identifier
from domain.money import Money, Price
from domain.places import Address
from domain.provenance import SourceRef
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from domain.suppliers import BankAccount, Supplier
from domain.tax import TaxId
from ports.errors import Problem
from ports.reads import Page

_LAST_DAY = "The last day, included; null if it is not known, and the text in place of a day if there is no end."


def _cursor(page: Page[Supplier | PurchaseOrder]) -> Identifier | None:
    return page.items[-1].id if page.has_more else None


SHAPES = (
    shape(PurchaseOrder, told_by(PurchaseOrder, "total")),
    shape(
        Page,
        Told("cursor", Identifier | None, "The key to ask for more after; null if nothing follows.", _cursor),
        meanings={"has_more": "Whether more records follow."},
    ),
    shape(PurchaseOrderLine, meanings={"description": "What is ordered, in words."}),
    shape(Quantity, meanings={"amount": "How much, as an exact decimal; a return is negative."}),
    shape(Money, meanings={"amount": "How much, as an exact decimal in major units; a credit is negative."}),
    shape(
        Price, meanings={"amount": "How much, as an exact decimal in major units; it may be finer than the currency."}
    ),
    shape(Validity, meanings={"starts": "The first day, included; null if it is not known.", "ends": _LAST_DAY}),
    shape(Supplier, meanings={"email": "Where the firm is written to; null if not known."}),
    shape(BankAccount, meanings={"account": "The number of the account, as the bank writes it."}),
    shape(TaxId, meanings={"number": "The number itself."}),
    shape(Address, meanings={"city": "The town; null if not known."}),
    shape(SourceRef, meanings={"system": "The site's own name for the ERP."}),
    shape(Problem, meanings={"reason": "Why it could not be translated, in words."}),
)
