"""Every command that the in-house system can be asked for, and where its records are found again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from attrs import field, frozen

from acl.inhouse.commands.programs import ORDERS, SUPPLIERS, Call, Stored
from acl.inhouse.commands.purchase_orders import PurchaseOrderCalls
from acl.inhouse.commands.suppliers import SupplierCalls
from acl.inhouse.keys import SUPPLIER as SUPPLIER_NUMBER
from acl.inhouse.purchase_orders import PURCHASE_ORDER, PURCHASE_ORDER_LINE
from acl.inhouse.suppliers import SUPPLIER
from acl.mapping import Mapping as Mapped
from acl.mapping import Unreadable
from domain.commands.command import Command
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.identifiers import Identifier, PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier

C = TypeVar("C", bound=Command)
A = TypeVar("A", Supplier, PurchaseOrder)
Codes = Mapping[str, Mapping[object, object]]
Alters = Callable[[Command, Stored[object]], Call | None]
Creates = Callable[[Command], Call]

TABLES: Mapping[type[Identifier], str] = {SupplierId: SUPPLIERS, PurchaseOrderId: ORDERS}
"""Where the records of each kind of key stand."""


@frozen(kw_only=True)
class InHouseCommands:
    """How the in-house system is asked for each command; *mappings* are those of what it alters."""

    mappings: Mapping[type[Identifier], Mapped[Supplier] | Mapped[PurchaseOrder]]
    _altering: dict[type[Command], Alters] = field(factory=dict)
    _creating: dict[type[Command], Creates] = field(factory=dict)

    def offers(self, command: type[Command]) -> bool:
        """Say whether the system can be asked for commands of this class."""
        return command in self._altering or command in self._creating

    def call(self, command: Command, stands: Stored[object] | None) -> Call | None:
        """Give the call to make, given how the target stands; ``None`` if it stands as it shall.

        Raises:
            NotWritable: the system cannot be asked for this.
        """
        if type(command) in self._creating:
            return self._creating[type(command)](command)
        if stands is None:
            raise LookupError(f"{command.terms.action} alters a record, and none was read")
        return self._altering[type(command)](command, stands)


def inhouse_commands(codes: Mapping[str, Codes]) -> InHouseCommands:
    """Put the commands together for one site, with its additions to the code tables by aggregate."""
    ours = codes.get("purchase_orders", {})
    inside = {path.removeprefix("lines."): table for path, table in ours.items() if path.startswith("lines.")}
    supplier, order = SUPPLIER.with_codes(codes.get("suppliers", {})), PURCHASE_ORDER.with_codes(ours)
    suppliers = SupplierCalls(supplier=supplier)
    orders = PurchaseOrderCalls(order=order, line=PURCHASE_ORDER_LINE.with_codes(inside))
    return InHouseCommands(
        mappings={SupplierId: supplier, PurchaseOrderId: order},
        altering=dict(
            (
                _alters(ChangeSupplier, suppliers.change),
                _alters(BlockSupplier, suppliers.block),
                _alters(ChangeBankDetails, suppliers.pay_to),
                _alters(ChangePurchaseOrderLine, orders.change_line),
                _alters(StartApprovalRouting, orders.submit),
                _alters(ApprovePurchaseOrder, orders.approve),
                _alters(ClosePurchaseOrder, orders.close),
                _alters(CancelPurchaseOrder, orders.cancel),
            )
        ),
        creating=dict((_creates(CreateSupplier, suppliers.create), _creates(PlacePurchaseOrder, orders.place))),
    )


def record_of(table: str, key: str) -> Identifier | None:
    """Give the domain's key for one that a program gave; ``None`` if it is none.

    Source: INH-KEY-04 (the master has no leading zeros).
    """
    if table == ORDERS:
        return PurchaseOrderId(key) if key.strip() != "" else None
    if table != SUPPLIERS:
        return None
    try:
        return SUPPLIER_NUMBER.decode(int(key))
    except (ValueError, Unreadable):
        return None


def _alters(kind: type[C], alter: Callable[[C, Stored[A]], Call | None]) -> tuple[type[Command], Alters]:
    return kind, cast("Alters", alter)  # a table cannot say that each entry takes its own key's commands


def _creates(kind: type[C], create: Callable[[C], Call]) -> tuple[type[Command], Creates]:
    return kind, cast("Creates", create)
