"""Commands about the general ledger."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from domain.classification import Impact, Reversibility
from domain.commands.command import Command, LocatedBy, NoUndo, Target, Terms, target
from domain.identifiers import AccountId, Identifier, LedgerEntryId
from domain.images import Image


@frozen(kw_only=True)
class ReclassifyLedgerEntry(Command):
    """Book an entry over to another account."""

    terms: ClassVar = Terms(
        action="reclassify ledger entry",
        aggregate="ledger_entries",
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.INTERNAL,
        located_by=LocatedBy.REFERENCE,
        facts=("entry value", "account", "period"),
    )
    entry: Target[LedgerEntryId] = target(LedgerEntryId)
    account: Target[AccountId] = target(AccountId, sets="account")

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("both postings stay in the books; booking back is an entry of its own, with its own reason")
