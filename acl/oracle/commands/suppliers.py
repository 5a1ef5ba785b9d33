"""Commands about suppliers as calls of the supplier service.

Only what changes is sent: whatever is sent as nil or empty is emptied (SOAP-02). A day in ``InactiveDate`` ends a
supplier for good and is no block, and bank accounts belong to another service; neither is written here.
"""

from __future__ import annotations

from attrs import evolve, frozen

from acl.commands import new_or
from acl.conditions import Comparison, Condition, Where
from acl.mapping import Mapping
from acl.oracle.commands.calls import FLEXFIELD, Call, Stored
from domain.commands.suppliers import BlockSupplier, ChangeSupplier, CreateSupplier
from domain.outcomes import Reference
from domain.suppliers import Supplier
from domain.tax import TaxIdKind

_ADDRESS = "SupplierAddress"


@frozen(kw_only=True)
class SupplierWrites:
    """How Fusion is asked to write suppliers.

    *organization_type* is what a supplier that is no individual is registered as, *segment* where our reference stands.
    """

    supplier: Mapping[Supplier]
    organization_type: str
    segment: str

    def block(self, command: BlockSupplier, stands: Stored[Supplier], _: Reference) -> Call | None:
        """Set the two holds."""
        return self._changed(stands, evolve(stands.value, block=command.block))

    def change(self, command: ChangeSupplier, stands: Stored[Supplier], _: Reference) -> Call | None:
        """Change names, address and e-mail, whatever of it was given.

        Raises:
            NotWritable: Fusion cannot hold a value.
        """
        before = stands.value
        after = evolve(
            before,
            name=new_or(command.name, before.name),
            trade_name=new_or(command.trade_name, before.trade_name),
            address=new_or(command.address, before.address),
            email=new_or(command.email, before.email),
        )
        return self._changed(stands, after)

    def _changed(self, stands: Stored[Supplier], after: Supplier) -> Call | None:
        patch = dict(self.supplier.patch(stands.value, after))
        if not patch:
            return None
        return _row("updateSupplier", {"SupplierNumber": stands.raw["SupplierNumber"], **patch}, address="UPDATE")

    def create(self, command: CreateSupplier, reference: Reference | None) -> Call:
        """Create a supplier that may be ordered from; without a *reference* it cannot be found again.

        Raises:
            NotWritable: Fusion cannot hold a value.
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
        is_person = any(each.kind is TaxIdKind.CPF for each in command.tax_ids)
        row = {
            **_there(raws),
            "TaxOrganizationType": "INDIVIDUAL" if is_person else self.organization_type,
            "BusinessRelationship": "SPEND_AUTHORIZED",  # from a prospective one nothing can be ordered
            **({} if reference is None else {FLEXFIELD: [{self.segment: reference.text}]}),
        }
        return _row("createSupplier", row, address="CREATE")

    def created_under(self, command: CreateSupplier, reference: Reference) -> tuple[tuple[Where, ...], ...]:
        """Give the conditions by which a supplier is found that was created under *reference*; then those of its like.

        Users may change the segment; Fusion knows a name only once (X-REF-10).
        """
        column = f"{FLEXFIELD}.{self.segment}"
        name = self.supplier.write_some({"name": command.name})["SupplierName"]
        return (
            (Condition(column, Comparison.EQ, reference.text),),
            (Condition("SupplierName", Comparison.EQ, name),),
        )


def _row(operation: str, row: dict[str, object], *, address: str) -> Call:
    """Write a row; records inside it say what shall become of them."""
    inner = row.get(_ADDRESS)
    if isinstance(inner, list):
        row[_ADDRESS] = [
            {"Operation": address, **_there(each, also="" if address == "UPDATE" else None)} for each in inner
        ]
    return Call(operation=operation, arguments={"supplierRow": row})


def _there(raws: dict[str, object], *, also: object = None) -> dict[str, object]:
    """Leave out what is absent: of a new record nothing need be emptied."""
    return {name: raw for name, raw in raws.items() if raw not in ("", None) or raw == also}
