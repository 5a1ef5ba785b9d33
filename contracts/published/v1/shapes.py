"""Where version 1 tells more than the classes of the domain hold, and what their docstrings leave to a table."""

from __future__ import annotations

from contracts.published.shapes import Told, shape, told_by
from domain.cards import Altered, Card, Figure, Named
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
    shape(
        Card,
        meanings={
            "id": "The id by which it is approved, settled and looked up.",
            "action": "What is to be done, as policies and audit records call it.",
            "system": "The site's own name for the ERP that it is for.",
            "company": "The ERP's key of the company that it is for.",
            "state": "How far it has come.",
            "note": "Why it is in this state, in words.",
            "requester": "The account that asked for it, and the agent in between.",
            "occasion": "What the wish arose from: a requisition, a mail, a ticket.",
            "rationale": "Why it is wanted, in the requester's own words.",
            "records": "The records that it names, those that only its lines name included.",
            "fields": "Every field that it writes.",
            "figures": "What the ERP says about the records, on which its class and its approval rest.",
            "action_class": "How much care it needs.",
            "because": "What gave it this class.",
            "undo": "What takes it back, or why nothing does.",
            "record": "The key of the record that the ERP says was written; null before it says so.",
            "reference": "Our mark on the write, by which it is found in the ERP.",
            "submitted_at": "When it was asked for.",
            "decide_by": "Until when it can be approved.",
            "saga": "The saga that it is a step of; null if it stands alone.",
            "step": "Its name in the saga; null if it stands alone.",
            "undoes": "The intent that it takes back; null if it takes none back.",
        },
    ),
    shape(
        Named,
        meanings={
            "kind": "What sort of record it is.",
            "key": "The ERP's own key; null for what an earlier step is yet to make.",
            "label": "How the ERP names it.",
            "said": "What the requester called it; null for what an earlier step is yet to make.",
        },
    ),
    shape(
        Altered,
        meanings={
            "field": "The path of the field, as the published records have it.",
            "before": "What stands there now; null where nothing stands, or nobody could look.",
            "after": "What is to stand there.",
        },
    ),
    shape(
        Figure,
        meanings={
            "name": "What the figure is called.",
            "value": "The figure, with its currency or unit.",
            "source": "The record that it was read from.",
        },
    ),
    shape(Problem, meanings={"reason": "Why it could not be translated, in words."}),
)
