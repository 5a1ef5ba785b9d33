"""Commands about the documents that accompany a record."""

from __future__ import annotations

from typing import ClassVar

from attrs import Attribute, field, frozen, validators

from domain.classification import Impact, Reversibility
from domain.commands.command import Command, LocatedBy, NoUndo, Target, Terms, sets, target
from domain.errors import InvalidValue
from domain.identifiers import Identifier, PurchaseOrderId
from domain.images import Image
from domain.text import words

LARGEST = 5 * 1024 * 1024
"""Bytes; a larger document belongs into an archive, and its address into the ERP."""


def _content(_: object, __: Attribute[bytes], content: bytes) -> None:
    if type(content) is not bytes or not content or len(content) > LARGEST:
        raise InvalidValue(f"a document has from one byte to {LARGEST}")


@frozen(kw_only=True)
class Document:
    """One file; *media_type* as IANA registers it ("application/pdf")."""

    name: str = field(validator=words)
    media_type: str = field(validator=words)
    content: bytes = field(validator=_content, repr=lambda content: f"{len(content)} bytes")


@frozen(kw_only=True)
class AttachDocument(Command):
    """Attach one document to a purchase order."""

    terms: ClassVar = Terms(
        action="attach document",
        aggregate="purchase_orders",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.INTERNAL,
        located_by=LocatedBy.REFERENCE,
        facts=("supplier name",),
    )
    order: Target[PurchaseOrderId] = target(PurchaseOrderId)
    document: Document = sets("document", validators.instance_of(Document))

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("an attachment is evidence, and no ERP of ours lets it go")
