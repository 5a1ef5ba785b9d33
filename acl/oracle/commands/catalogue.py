"""Every command that Fusion can be asked for, and the two kinds of record that they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeVar, cast

from attrs import field, frozen

from acl.conditions import Comparison, Condition, Where
from acl.mapping import Mapping as Mapped
from acl.oracle.commands.calls import FLEXFIELD, Call, Stored, Write
from acl.oracle.commands.purchase_orders import PurchaseOrderWrites, Purchasing
from acl.oracle.commands.suppliers import SupplierWrites
from acl.oracle.purchase_orders import PURCHASE_ORDER, PURCHASE_ORDER_LINE
from acl.oracle.suppliers import SUPPLIER
from domain.commands.command import Command
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.commands.suppliers import BlockSupplier, ChangeSupplier, CreateSupplier
from domain.identifiers import Identifier, PurchaseOrderId, SupplierId
from domain.outcomes import Reference
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier

C = TypeVar("C", bound=Command)
A = TypeVar("A", Supplier, PurchaseOrder)
Codes = Mapping[str, Mapping[object, object]]
Alters = Callable[[Command, Stored[object], Reference], Write | None]
Creates = Callable[[Command, Reference | None], Call]
Finds = Callable[[Command, Reference], tuple[tuple[Where, ...], ...]]


@frozen(kw_only=True)
class Kind:
    """One kind of record: what it means, and the segment of its flexfield that keeps our reference (X-REF-10).

    *live* are the conditions that a record meets which is there for us; *columns* tell how far a change has come.
    """

    name: Literal["supplier", "purchase order"]
    mapping: Mapped[Supplier] | Mapped[PurchaseOrder]
    segment: str
    columns: tuple[str, ...] = ()
    live: tuple[Condition, ...] = ()

    @property
    def reference(self) -> str:
        """The path of the element that keeps our reference."""
        return f"{FLEXFIELD}/{self.segment}"


@frozen(kw_only=True)
class OracleCommands:
    """How Fusion is asked for each command: to alter a record that is there, or to create one and find it again."""

    kinds: Mapping[type[Identifier], Kind]
    _altering: dict[type[Command], Alters] = field(factory=dict)
    _creating: dict[type[Command], tuple[Creates, Finds]] = field(factory=dict)

    def offers(self, command: type[Command]) -> bool:
        """Say whether Fusion can be asked for commands of this class."""
        return command in self._altering or command in self._creating

    def altered(self, command: Command, stands: Stored[object], reference: Reference) -> Write | None:
        """Give what must be asked for, given how the target stands; nothing if it stands as it shall.

        Raises:
            NotWritable: Fusion cannot be asked for this.
            Locked: the target waits for an approver.
        """
        return self._altering[type(command)](command, stands, reference)

    def created(self, command: Command, reference: Reference | None) -> Call:
        """Give what must be asked for; *reference* is ``None`` where Fusion has no place for it.

        Raises:
            NotWritable: Fusion cannot be asked for this.
        """
        return self._creating[type(command)][0](command, reference)

    def under(self, command: Command, reference: Reference) -> tuple[tuple[Where, ...], ...]:
        """Give the conditions that whatever was created under *reference* meets, and then those of what is like it."""
        return self._creating[type(command)][1](command, reference)


def oracle_commands(
    purchasing: Purchasing,
    *,
    organization_type: str,
    supplier_segment: str,
    order_segment: str,
    codes: Mapping[str, Codes],
) -> OracleCommands:
    """Put the commands together for one site: who buys there, and its additions to the code tables by aggregate."""
    ours = codes.get("purchase_orders", {})
    inside = {path.removeprefix("lines."): table for path, table in ours.items() if path.startswith("lines.")}
    supplier, order = SUPPLIER.with_codes(codes.get("suppliers", {})), PURCHASE_ORDER.with_codes(ours)
    suppliers = SupplierWrites(supplier=supplier, organization_type=organization_type, segment=supplier_segment)
    orders = PurchaseOrderWrites(
        order=order,
        line=PURCHASE_ORDER_LINE.with_codes(inside),
        purchasing=purchasing,
        segment=order_segment,
    )
    owner = Condition("SoldToLegalEntity", Comparison.EQ, purchasing.legal_entity)
    return OracleCommands(
        kinds={
            SupplierId: Kind(name="supplier", mapping=supplier, segment=supplier_segment),
            PurchaseOrderId: Kind(
                name="purchase order",
                mapping=order,
                segment=order_segment,
                columns=("SoldToLegalEntity", "ChangeOrderNumber", "ChangeOrderDescription", "ChangeOrderStatusCode"),
                live=(owner,),
            ),
        },
        altering=dict(
            (
                _alters(BlockSupplier, suppliers.block),
                _alters(ChangeSupplier, suppliers.change),
                _alters(ChangePurchaseOrderLine, orders.change_line),
                _alters(ApprovePurchaseOrder, orders.submit),
                _alters(StartApprovalRouting, orders.submit),
                _alters(ClosePurchaseOrder, orders.close),
                _alters(CancelPurchaseOrder, orders.cancel),
            )
        ),
        creating=dict(
            (
                _creates(CreateSupplier, suppliers.create, suppliers.created_under),
                _creates(PlacePurchaseOrder, orders.place, orders.placed_under),
            )
        ),
    )


def _alters(kind: type[C], alter: Callable[[C, Stored[A], Reference], Write | None]) -> tuple[type[Command], Alters]:
    return kind, cast("Alters", alter)  # a table cannot say that each entry takes its own key's commands


def _creates(
    kind: type[C],
    create: Callable[[C, Reference | None], Call],
    find: Callable[[C, Reference], tuple[tuple[Where, ...], ...]],
) -> tuple[type[Command], tuple[Creates, Finds]]:
    return kind, (cast("Creates", create), cast("Finds", find))
