"""Commands about suppliers as writes of the model MATA020, which the framework publishes as it does every model."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import quote

from attrs import evolve, frozen

from acl.commands import cannot, new_or
from acl.conditions import Comparison, Condition, Where
from acl.mapping import Mapping as RecordMapping
from acl.protheus.commands.writes import Stored, Write, storable, trimmed
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.outcomes import Reference
from domain.places import Address
from domain.suppliers import Supplier
from domain.tax import TaxIdKind

MODEL = "fwmodel/MATA020"
BRANCH = "A2_FILIAL"
_INCLUDE, _CHANGE = 3, 4
"""What the model is asked to do."""
_BRAZIL, _ABROAD = "BR", "EX"
_FIRST_STORE = "01"
_BANK = ("A2_BANCO", "A2_AGENCIA", "A2_NUMCON", "A2_XIBAN")


@frozen(kw_only=True)
class SupplierWrites:
    """How Protheus is asked to write suppliers; *reference* is the field for ours, ``None`` if the site has none.

    *branch* is that of the company; its width is that of the key's first part.
    """

    supplier: RecordMapping[Supplier]
    branch: str
    reference: str | None

    def create(self, command: CreateSupplier, reference: Reference) -> Write:
        """Create the first store of a supplier, whose code the number server gives.

        Raises:
            NotWritable: Protheus cannot hold a value.

        Source: X-REF-05, PRO-ID-01, PRO-ID-04.
        """
        raws = self.supplier.write_some(
            {
                "name": command.name,
                "trade_name": command.trade_name,
                "tax_ids": command.tax_ids,
                "email": command.email,
                "address": command.address,
            }
        )
        fields = {
            "A2_LOJA": _FIRST_STORE,
            "A2_TIPO": _sort(command),
            **storable(raws),
            **_state(command.address),
            **({} if self.reference is None else {self.reference: reference.text}),
        }
        return Write(method="POST", path=MODEL, body=_form(_INCLUDE, fields), record=False)

    def alike(self, command: CreateSupplier) -> tuple[Where, ...]:
        """Give the conditions that a supplier meets which may be the one, if somebody has edited our reference."""
        raws = self.supplier.write_some({"name": command.name})
        return tuple(Condition(column, Comparison.EQ, raw) for column, raw in raws.items())

    def change(self, command: ChangeSupplier, stands: Stored[Supplier]) -> Write | None:
        """Change names, address and e-mail, whatever of it was given.

        Raises:
            NotWritable: Protheus cannot hold a value.
        """
        before = stands.value
        address = new_or(command.address, before.address)
        if _is_brazilian(address) is not _is_brazilian(before.address):
            raise cannot("address.country", "a firm that leaves or enters Brazil is taxed otherwise; do it in Protheus")
        after = evolve(
            before,
            name=new_or(command.name, before.name),
            trade_name=new_or(command.trade_name, before.trade_name),
            address=evolve(address, region=before.address.region),
            email=new_or(command.email, before.email),
        )
        moved = _state(address) if address != before.address else {}
        return self._patched(stands, after, moved)

    def block(self, command: BlockSupplier, stands: Stored[Supplier]) -> Write | None:
        """Set the standard flag, and the site's own that says what else is stopped (PRO-CODE-02)."""
        return self._patched(stands, evolve(stands.value, block=command.block), {})

    def pay_to(self, command: ChangeBankDetails, stands: Stored[Supplier]) -> Write | None:
        """Replace the one account that a supplier has in its own row.

        Raises:
            NotWritable: there are several, or Protheus cannot hold it.
        """
        if len(command.accounts) > 1:
            raise cannot("bank_accounts", "Protheus keeps one account in the supplier's row; add others in Protheus")
        if command.accounts == stands.value.bank_accounts:
            return None
        raws = self.supplier.write_some({"bank_accounts": command.accounts})
        return self._changed(stands, {**dict.fromkeys(_BANK, ""), **storable(raws)})

    def _patched(self, stands: Stored[Supplier], after: Supplier, more: Mapping[str, object]) -> Write | None:
        return self._changed(stands, {**storable(self.supplier.patch(stands.value, after)), **more})

    def _changed(self, stands: Stored[Supplier], fields: Mapping[str, object]) -> Write | None:
        (row,) = stands.rows
        stored = trimmed(row)
        changed = {column: value for column, value in fields.items() if stored.get(column) != value}
        if not changed:
            return None
        key = str(stored[BRANCH]).ljust(len(self.branch)) + str(row["A2_COD"]) + str(row["A2_LOJA"])
        address = quote(base64.b64encode(key.encode("cp1252")).decode("ascii"), safe="")
        return Write(method="PUT", path=f"{MODEL}/{address}", body=_form(_CHANGE, changed))


def _form(operation: int, fields: Mapping[str, object]) -> dict[str, object]:
    told = [{"id": column, "value": value} for column, value in fields.items()]
    return {
        "id": "MATA020",
        "operation": operation,
        "models": [{"id": "SA2MASTER", "modeltype": "FIELDS", "fields": told}],
    }


def _state(address: Address) -> dict[str, object]:
    """Write the region: a state of Brazil, or abroad the site's own column (PRO-DIC-02)."""
    if _is_brazilian(address):
        if address.region is None:
            raise cannot("address.region", "Protheus wants the state of an address in Brazil")
        return storable({"A2_EST": address.region, "A2_XREGIAO": ""})
    return storable({"A2_EST": _ABROAD, "A2_XREGIAO": address.region or ""})


def _is_brazilian(address: Address) -> bool:
    return address.country.code == _BRAZIL


def _sort(command: CreateSupplier) -> str:
    """Tell a firm, a person and somebody abroad apart."""
    if not _is_brazilian(command.address):
        return "X"
    return "F" if any(each.kind is TaxIdKind.CPF for each in command.tax_ids) else "J"
