"""Every command that Protheus can be asked for, and the two tables that they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from attrs import field, frozen

from acl.conditions import Where
from acl.protheus.commands.purchase_orders import PurchaseOrderWrites
from acl.protheus.commands.suppliers import SupplierWrites
from acl.protheus.commands.writes import Stored, Write
from acl.protheus.purchase_orders import PURCHASE_ORDER, PURCHASE_ORDER_LINE
from acl.protheus.suppliers import SUPPLIER
from domain.commands.command import Command
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    PlacePurchaseOrder,
)
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.outcomes import Reference
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier

C = TypeVar("C", bound=Command)
A = TypeVar("A", Supplier, PurchaseOrder)
Codes = Mapping[str, Mapping[object, object]]
Alters = Callable[[Command, Stored[object]], Write | None]
Creates = Callable[[Command, Reference], Write]
Finds = Callable[[Command], tuple[Where, ...]]


@frozen(kw_only=True)
class CompanyTerms:
    """What the writes of one company need and no command says; see `SupplierWrites` and `PurchaseOrderWrites`.

    *supplier_reference* and *order_reference* are the fields that the site has created for our reference, ``None``
    where it has none (X-REF-05).
    """

    branch: str
    orders: str
    payment_terms: str
    delivery_branch: str
    supplier_reference: str | None = None
    order_reference: str | None = None


@frozen(kw_only=True)
class ProtheusCommands:
    """How Protheus is asked for each command: to alter a document that is there, or to make one and find it again."""

    _altering: dict[type[Command], Alters] = field(factory=dict)
    _creating: dict[type[Command], tuple[Creates, Finds]] = field(factory=dict)

    def offers(self, command: type[Command]) -> bool:
        """Say whether Protheus can be asked for commands of this class."""
        return command in self._altering or command in self._creating

    def write(self, command: Command, stands: Stored[object] | None, reference: Reference) -> Write | None:
        """Give what must be sent, given how the target stands; ``None`` if it stands as it shall.

        Raises:
            NotWritable: Protheus cannot be asked for this.
        """
        if type(command) in self._creating:
            return self._creating[type(command)][0](command, reference)
        if stands is None:
            raise LookupError(f"{command.terms.action} alters a record, and none was read")
        return self._altering[type(command)](command, stands)

    def alike(self, command: Command) -> tuple[Where, ...]:
        """Give the conditions that whatever *command* has made meets, whatever became of our reference in it."""
        return self._creating[type(command)][1](command)


def protheus_commands(terms: CompanyTerms, codes: Mapping[str, Codes]) -> ProtheusCommands:
    """Put the commands of one company together, with the site's additions to the code tables by aggregate."""
    ours = codes.get("purchase_orders", {})
    inside = {path.removeprefix("lines."): table for path, table in ours.items() if path.startswith("lines.")}
    suppliers = SupplierWrites(
        supplier=SUPPLIER.with_codes(codes.get("suppliers", {})),
        branch=terms.branch,
        reference=terms.supplier_reference,
    )
    orders = PurchaseOrderWrites(
        order=PURCHASE_ORDER.with_codes(ours),
        line=PURCHASE_ORDER_LINE.with_codes(inside),
        service=terms.orders,
        payment_terms=terms.payment_terms,
        delivery_branch=terms.delivery_branch,
        reference=terms.order_reference,
    )
    return ProtheusCommands(
        altering=dict(
            (
                _alters(BlockSupplier, suppliers.block),
                _alters(ChangeSupplier, suppliers.change),
                _alters(ChangeBankDetails, suppliers.pay_to),
                _alters(ChangePurchaseOrderLine, orders.change_line),
                _alters(ApprovePurchaseOrder, orders.approve),
                _alters(ClosePurchaseOrder, orders.close),
                _alters(CancelPurchaseOrder, orders.cancel),
            )
        ),
        creating=dict(
            (
                _creates(CreateSupplier, suppliers.create, suppliers.alike),
                _creates(PlacePurchaseOrder, orders.place, orders.alike),
            )
        ),
    )


def _alters(kind: type[C], alter: Callable[[C, Stored[A]], Write | None]) -> tuple[type[Command], Alters]:
    return kind, cast("Alters", alter)  # a table cannot say that each entry takes its own key's commands


def _creates(
    kind: type[C],
    create: Callable[[C, Reference], Write],
    find: Callable[[C], tuple[Where, ...]],
) -> tuple[type[Command], tuple[Creates, Finds]]:
    return kind, (cast("Creates", create), cast("Finds", find))
