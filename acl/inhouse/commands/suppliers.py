"""Commands about suppliers as calls of the programs that write FORNECEDORES."""

from __future__ import annotations

from collections.abc import Mapping as Keyed

from attrs import frozen

from acl.commands import cannot
from acl.inhouse.commands.programs import (
    BLOCK_SUPPLIER,
    CHANGE_SUPPLIER,
    CREATE_SUPPLIER,
    PAY_SUPPLIER,
    Call,
    Program,
    Stored,
    cells_of,
)
from acl.mapping import Mapping
from domain.commands.command import Unchanged
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.suppliers import Supplier

_ALWAYS = {"ENDERECO": "address.street", "CIDADE": "address.city"}
"""What every master has, and what the domain calls it: a blank there is a fault, and such a master is read no more."""


@frozen(kw_only=True)
class SupplierCalls:
    """How the in-house system is asked to write suppliers."""

    supplier: Mapping[Supplier]

    def create(self, command: CreateSupplier) -> Call:
        """Take a new master into the books; the program gives it its number (INH-SEQ-01).

        Raises:
            NotWritable: the system cannot hold a value.
        """
        raws = self.supplier.write_some(
            {
                "name": command.name,
                "trade_name": command.trade_name,
                "tax_ids": command.tax_ids,
                "address": command.address,
                "email": command.email,
            }
        )
        return _whole(Call(program=CREATE_SUPPLIER, cells=cells_of(CREATE_SUPPLIER.columns, raws)))

    def change(self, command: ChangeSupplier, stands: Stored[Supplier]) -> Call | None:
        """Change what was given of names, address and e-mail, and nothing else.

        Raises:
            NotWritable: the system cannot hold a value.
        """
        given = {
            name: value
            for name in ("name", "trade_name", "address", "email")
            if not isinstance(value := getattr(command, name), Unchanged) and value != getattr(stands.value, name)
        }
        return self._changed(CHANGE_SUPPLIER, stands, given)

    def block(self, command: BlockSupplier, stands: Stored[Supplier]) -> Call | None:
        """Set the state of the master."""
        given = {} if command.block is stands.value.block else {"block": command.block}
        return self._changed(BLOCK_SUPPLIER, stands, given)

    def pay_to(self, command: ChangeBankDetails, stands: Stored[Supplier]) -> Call | None:
        """Replace the one account that a master has place for.

        Raises:
            NotWritable: there are several, or the account would be read back as another one.
        """
        given = {} if command.accounts == stands.value.bank_accounts else {"bank_accounts": command.accounts}
        return self._changed(PAY_SUPPLIER, stands, given)

    def _changed(self, program: Program, stands: Stored[Supplier], given: Keyed[str, object]) -> Call | None:
        if not given:
            return None
        raws = self.supplier.write_some({"id": stands.value.id, **given})
        return _whole(Call(program=program, seen=stands.version, cells=cells_of(program.columns, raws)))


def _whole(call: Call) -> Call:
    """Refuse to empty what may not be empty (INH-NULL-01)."""
    for column, path in _ALWAYS.items():
        if column in call.cells and call.cells[column] is None:
            raise cannot(path, f"every supplier has one here, in {column}", "INH-NULL-01")
    return call
