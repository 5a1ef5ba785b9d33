"""Suppliers: who we buy from, where they are paid, and whether we may."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from attrs import Attribute, field, frozen, validators

from domain.errors import InvalidValue
from domain.identifiers import SupplierId
from domain.places import Address
from domain.provenance import SourceRef
from domain.tax import TaxId
from domain.text import words

T = TypeVar("T")


class SupplierBlock(Enum):
    """What is stopped for a supplier."""

    NONE = "none"
    PURCHASING = "purchasing"
    PAYMENT = "payment"
    ALL = "all"

    @property
    def stops_purchasing(self) -> bool:
        """No order may be placed."""
        return self in (SupplierBlock.PURCHASING, SupplierBlock.ALL)

    @property
    def stops_payment(self) -> bool:
        """No invoice may be paid."""
        return self in (SupplierBlock.PAYMENT, SupplierBlock.ALL)


def _iban(_: BankAccount, __: Attribute[str | None], iban: str | None) -> None:
    if iban is None:
        return
    from stdnum import iban as iso_13616
    from stdnum.exceptions import ValidationError

    try:
        canonical = iso_13616.validate(iban)
    except ValidationError as error:
        raise InvalidValue(f"{iban!r} is not a valid IBAN: {error}") from None
    if canonical != iban:
        raise InvalidValue(f"{iban!r} is not an IBAN in canonical form, which has no blanks")


@frozen(kw_only=True)
class BankAccount:
    """One account to pay to.

    *bank* is the national bank code, *branch* ``None`` where the country has none or it is not known, *iban* without
    blanks and with its check digits verified.
    """

    bank: str = field(validator=words)
    branch: str | None = field(validator=validators.optional(words))
    account: str = field(validator=words)
    iban: str | None = field(validator=_iban)


def _each(kind: type[T]) -> Callable[[Supplier, Attribute[tuple[T, ...]], tuple[T, ...]], None]:
    return validators.deep_iterable(validators.instance_of(kind), validators.instance_of(tuple))


@frozen(kw_only=True)
class Supplier:
    """One supplier master record.

    *name* is the legal name, *trade_name* how the firm is called, ``None`` if not known. A supplier that the ERP has
    deleted is not a supplier any more: no port gives it.
    """

    id: SupplierId = field(validator=validators.instance_of(SupplierId))
    name: str = field(validator=words)
    trade_name: str | None = field(validator=validators.optional(words))
    tax_ids: tuple[TaxId, ...] = field(validator=_each(TaxId))
    address: Address = field(validator=validators.instance_of(Address))
    email: str | None = field(validator=validators.optional(words))
    bank_accounts: tuple[BankAccount, ...] = field(validator=_each(BankAccount))
    block: SupplierBlock = field(validator=validators.instance_of(SupplierBlock))
    source: SourceRef = field(validator=validators.instance_of(SourceRef), eq=False)

    def has_tax_id(self, tax_id: TaxId) -> bool:
        """Say whether *tax_id* is one of this supplier's."""
        return tax_id in self.tax_ids
