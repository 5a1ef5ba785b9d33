"""Commands about suppliers' invoices."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from attrs import frozen, validators

from domain.classification import Impact, Reversibility
from domain.commands.command import Command, LocatedBy, NoUndo, Target, Terms, sets, target
from domain.dates import calendar_day
from domain.identifiers import Identifier, PurchaseOrderId, SupplierId, SupplierInvoiceId
from domain.images import Image
from domain.invoicing import InvoiceStatus
from domain.money import Money
from domain.text import words


@frozen(kw_only=True)
class PostSupplierInvoice(Command):
    """Post an invoice; *number* is the supplier's own, *order* ``None`` for one that no order stands behind."""

    terms: ClassVar = Terms(
        action="post supplier invoice",
        aggregate="supplier_invoices",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.REFERENCE,
        facts=("supplier name", "supplier block", "order value", "invoiced value"),
        creates=SupplierInvoiceId,
    )
    supplier: Target[SupplierId] = target(SupplierId, sets="supplier")
    number: str = sets("number", words)
    invoiced_on: date = sets("invoiced_on", calendar_day)
    posted_on: date = sets("posted_on", calendar_day)
    amount: Money = sets("amount", validators.instance_of(Money))
    order: Target[PurchaseOrderId] | None = target(PurchaseOrderId, sets="order", optional=True)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("a posted invoice is reversed by a document of its own, with a reason that accounting gives")


@frozen(kw_only=True)
class DisputeSupplierInvoice(Command):
    """Stop the payment of an invoice, and say why."""

    terms: ClassVar = Terms(
        action="dispute supplier invoice",
        aggregate="supplier_invoices",
        reversibility=Reversibility.REVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "invoice value", "due on"),
        states=Image((("status", InvoiceStatus.DISPUTED),)),
    )
    invoice: Target[SupplierInvoiceId] = target(SupplierInvoiceId)
    because: str = sets("dispute_reason", words)

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        return ReleaseSupplierInvoice(invoice=self.invoice)


@frozen(kw_only=True)
class ReleaseSupplierInvoice(Command):
    """Let a disputed invoice be paid."""

    terms: ClassVar = Terms(
        action="release supplier invoice",
        aggregate="supplier_invoices",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "invoice value", "dispute reason"),
        states=Image((("dispute_reason", None), ("status", InvoiceStatus.OPEN))),
    )
    invoice: Target[SupplierInvoiceId] = target(SupplierInvoiceId)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("the next payment run may already have paid it; a new dispute is a decision of its own")
