"""Commands about suppliers."""

from __future__ import annotations

from typing import ClassVar, cast

from attrs import frozen, validators

from domain.classification import Impact, Reversibility
from domain.commands.command import Command, LocatedBy, NoUndo, Target, Terms, Unchanged, put_back, sets, target
from domain.errors import InvalidValue
from domain.identifiers import Identifier, SupplierId
from domain.images import Image
from domain.places import Address
from domain.suppliers import BankAccount, SupplierBlock
from domain.tax import TaxId
from domain.text import words

_address = validators.instance_of(Address)
_words_or_none = validators.optional(words)
_accounts = validators.deep_iterable(validators.instance_of(BankAccount), validators.instance_of(tuple))
_tax_ids = validators.deep_iterable(validators.instance_of(TaxId), validators.instance_of(tuple))
_block = validators.instance_of(SupplierBlock)


@frozen(kw_only=True)
class CreateSupplier(Command):
    """Take a new supplier into the books, without a bank account: that is `ChangeBankDetails`, and its own decision."""

    terms: ClassVar = Terms(
        action="create supplier",
        aggregate="suppliers",
        reversibility=Reversibility.COMPENSABLE,
        impact=Impact.INTERNAL,
        located_by=LocatedBy.REFERENCE,
        facts=("suppliers with this tax id",),
        creates=SupplierId,
    )
    name: str = sets("name", words)
    trade_name: str | None = sets("trade_name", _words_or_none)
    tax_ids: tuple[TaxId, ...] = sets("tax_ids", _tax_ids)
    address: Address = sets("address", _address)
    email: str | None = sets("email", _words_or_none)

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        # no ERP deletes a master record that may already be referred to
        return BlockSupplier(supplier=cast("Target[SupplierId]", made), block=SupplierBlock.ALL)


@frozen(kw_only=True)
class ChangeSupplier(Command):
    """Change what a supplier is called and where it is; what is not given stays as it is."""

    terms: ClassVar = Terms(
        action="change supplier",
        aggregate="suppliers",
        reversibility=Reversibility.REVERSIBLE,
        impact=Impact.INTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name",),
    )
    supplier: Target[SupplierId] = target(SupplierId)
    name: str | Unchanged = sets("name", words, changeable=True)
    trade_name: str | Unchanged | None = sets("trade_name", _words_or_none, changeable=True)
    address: Address | Unchanged = sets("address", _address, changeable=True)
    email: str | Unchanged | None = sets("email", _words_or_none, changeable=True)

    def __attrs_post_init__(self) -> None:
        if not self.effect.fields:
            raise InvalidValue("a change of nothing is no command")

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        return put_back(self, was)


@frozen(kw_only=True)
class BlockSupplier(Command):
    """Stop orders, payments, or both; a *block* of ``NONE`` lifts what was stopped."""

    terms: ClassVar = Terms(
        action="block supplier",
        aggregate="suppliers",
        reversibility=Reversibility.REVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "open orders"),
    )
    supplier: Target[SupplierId] = target(SupplierId)
    block: SupplierBlock = sets("block", _block)

    def undo(self, was: Image, made: Target[Identifier] | None) -> Command:
        return put_back(self, was)


@frozen(kw_only=True)
class ChangeBankDetails(Command):
    """Replace the accounts that a supplier is paid to."""

    terms: ClassVar = Terms(
        action="change bank details",
        aggregate="suppliers",
        # the old account can be put back; what was paid to the new one cannot
        reversibility=Reversibility.IRREVERSIBLE,
        impact=Impact.EXTERNAL,
        located_by=LocatedBy.EFFECT,
        facts=("supplier name", "open invoices"),
    )
    supplier: Target[SupplierId] = target(SupplierId)
    accounts: tuple[BankAccount, ...] = sets("bank_accounts", _accounts)

    def undo(self, was: Image, made: Target[Identifier] | None) -> NoUndo:
        return NoUndo("a payment may already have gone to the new account; changing it back is a decision of its own")
