"""Commands about suppliers as writes to the business partner service."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from acl.commands import cannot, new_or
from acl.conditions import Comparison, Condition, Where
from acl.engine.codec import Unreadable
from acl.mapping import Mapping
from acl.sap.codecs import BANK
from acl.sap.commands.entities import EntityWrite, Part, Stored
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.outcomes import Reference
from domain.suppliers import BankAccount, Supplier
from domain.tax import TaxIdKind

ROLES = ("FLVN00", "FLVN01")
"""Who is paid, and who is ordered from; a partner in both gets a supplier's number (SAP-ID-09)."""
BANKS = "to_BusinessPartnerBank"
PARTNER = Part(
    entity_set="A_BusinessPartner",
    keys=("BusinessPartner",),
    below={
        "to_Supplier": Part(entity_set="A_Supplier", keys=("Supplier",), single=True),
        "to_BusinessPartnerAddress": Part(
            entity_set="A_BusinessPartnerAddress",
            keys=("BusinessPartner", "AddressID"),
            below={
                "to_EmailAddress": Part(
                    entity_set="A_AddressEmailAddress",
                    keys=("AddressID", "Person", "OrdinalNumber"),
                    inherits=("AddressID",),
                    starts={"Person": "", "OrdinalNumber": "1"},
                )
            },
        ),
        BANKS: Part(
            entity_set="A_BusinessPartnerBank",
            keys=("BusinessPartner", "BankIdentification"),
            inherits=("BusinessPartner",),
        ),
    },
)
_NAMES = ("OrganizationBPName1", "OrganizationBPName2")
_REFERENCE = "BusinessPartnerIDByExtSystem"


@frozen(kw_only=True)
class SupplierWrites:
    """How SAP is asked to write suppliers; *grouping* decides how it numbers a new partner."""

    supplier: Mapping[Supplier]
    grouping: str

    def block(self, command: BlockSupplier, stands: Stored[Supplier]) -> Iterator[EntityWrite]:
        """Set the two flags of the supplier's role."""
        return self._patched(stands, evolve(stands.value, block=command.block))

    def change(self, command: ChangeSupplier, stands: Stored[Supplier]) -> Iterator[EntityWrite]:
        """Change the partner, its address and its e-mail, whatever of it was given.

        Raises:
            NotWritable: SAP cannot hold a value.
        """
        before = stands.value
        after = evolve(
            before,
            name=new_or(command.name, before.name),
            trade_name=new_or(command.trade_name, before.trade_name),
            address=new_or(command.address, before.address),
            email=new_or(command.email, before.email),
        )
        return self._patched(stands, after)

    def _patched(self, stands: Stored[Supplier], after: Supplier) -> Iterator[EntityWrite]:
        name = stands.value.name
        patch = dict(self.supplier.patch(stands.value, evolve(after, name=name)))
        if after.name != name:  # the full name SAP puts together itself
            if stands.raw["BusinessPartnerCategory"] != "2":
                raise cannot("name", "SAP keeps a person's name in parts; change it in SAP")
            patch |= _names(after.name)
        return PARTNER.changed(stands.raw, patch)

    def pay_to(self, command: ChangeBankDetails, stands: Stored[Supplier]) -> Iterator[EntityWrite]:
        """Delete the accounts that are not to stand any more, and create those that do not stand yet.

        Raises:
            NotWritable: the country of an account's bank cannot be told.
        """
        part, stored = PARTNER.below[BANKS], PARTNER.entities(stands.raw, BANKS)
        kept = set(command.accounts) & set(stands.value.bank_accounts)
        for raw, account in zip(stored, stands.value.bank_accounts, strict=True):
            if account not in kept:
                yield part.deleted(raw)
        taken = {str(raw["BankIdentification"]) for raw in stored}
        free = (number for number in map("{:04d}".format, range(1, 10_000)) if number not in taken)
        for account in dict.fromkeys(command.accounts):
            if account not in kept:
                yield part.created(stands.raw, {"BankIdentification": next(free), **_account(account)})

    def create(self, command: CreateSupplier, reference: Reference) -> Iterator[EntityWrite]:
        """Create a partner in a supplier's roles, with its address and tax numbers, in one call.

        Raises:
            NotWritable: SAP cannot hold a value, or the supplier is a person.
        """
        if any(each.kind is TaxIdKind.CPF for each in command.tax_ids):
            raise cannot("name", "SAP keeps a person's name in parts; create the supplier in SAP")
        raws = self.supplier.write_some(
            {
                "trade_name": command.trade_name,
                "tax_ids": command.tax_ids,
                "address": command.address,
                "email": command.email,
            }
        )
        body = {
            "BusinessPartnerCategory": "2",
            "BusinessPartnerGrouping": self.grouping,
            _REFERENCE: reference.text,
            **_names(command.name),
            **raws,
            "to_BusinessPartnerRole": {"results": [{"BusinessPartnerRole": role} for role in ROLES]},
        }
        yield EntityWrite(entity_set=PARTNER.entity_set, body=body)

    def created_under(self, _: CreateSupplier, reference: Reference) -> tuple[Where, ...]:
        """Give the conditions that a partner meets which was created under *reference*."""
        return (Condition(_REFERENCE, Comparison.EQ, reference.text),)


def _names(name: str) -> dict[str, object]:
    """Split the name of an organisation as SAP puts it together: two lines of forty, and a blank between them."""
    first, second = name, ""
    if len(name) > 40:
        first, _, second = name[:41].rpartition(" ")
        second = name[len(first) + 1 :]
    if not first or len(second) > 40 or (first, second) != (first.strip(), second.strip()):
        raise cannot("name", "SAP keeps a name in two lines of 40 characters, and this one has no blank to part it at")
    return dict(zip(_NAMES, (first, second), strict=True))


def _account(account: BankAccount) -> dict[str, object]:
    """Write an account; its country is that of the IBAN, and a branch has only Brazil."""
    country = account.iban[:2] if account.iban is not None else "BR" if account.branch is not None else None
    if country is None:
        raise cannot("bank_accounts", "SAP wants the country of a bank; only an IBAN, or a branch in Brazil, tells it")
    bank, iban = account.bank + (account.branch or ""), account.iban or ""
    try:
        same = BANK.decode(country, bank, account.account, iban) == account
    except Unreadable:
        same = False
    if not same:
        raise cannot("bank_accounts", f"SAP would hold the account {account.account} as another one")
    return {"BankCountryKey": country, "BankNumber": bank, "BankAccount": account.account, "IBAN": iban}
