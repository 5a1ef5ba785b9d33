"""Every command that SAP can be asked for, and the two documents that they write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast

from attrs import field, frozen

from acl.conditions import Comparison, Condition, Where
from acl.mapping import Mapping as Mapped
from acl.sap.commands.entities import EntityWrite, Part, Stored
from acl.sap.commands.purchase_orders import ORDER, PurchaseOrderWrites, Purchasing
from acl.sap.commands.suppliers import PARTNER, SupplierWrites
from acl.sap.purchase_orders import PURCHASE_ORDER, PURCHASE_ORDER_LINE
from acl.sap.suppliers import SUPPLIER
from domain.commands.command import Command
from domain.commands.purchase_orders import (
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    PlacePurchaseOrder,
)
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.identifiers import Identifier, PurchaseOrderId, SupplierId
from domain.outcomes import Reference
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier

C = TypeVar("C", bound=Command)
A = TypeVar("A", Supplier, PurchaseOrder)
Codes = Mapping[str, Mapping[object, object]]
Alters = Callable[[Command, Stored[object]], Iterable[EntityWrite]]
Creates = Callable[[Command, Reference], Iterable[EntityWrite]]
Finds = Callable[[Command, Reference], tuple[Where, ...]]


@frozen(kw_only=True)
class Document:
    """One of SAP's documents: what it means, and what it is made of.

    *more* are columns that only writing needs, *live* the conditions that a record meets which is there for us.
    """

    service: str
    mapping: Mapped[Supplier] | Mapped[PurchaseOrder]
    part: Part
    more: tuple[str, ...] = ()
    reference: str
    live: tuple[Where, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that reading and writing need, each once."""
        every = dict.fromkeys(
            (
                *(column for each in self.mapping.lineage for column in each.columns),
                *self.part.columns(),
                *self.more,
                self.reference,
            )
        )
        return tuple(path for path in every if not any(other.startswith(f"{path}/") for other in every))


@frozen(kw_only=True)
class SapCommands:
    """How SAP is asked for each command: to alter a document that is there, or to create one and find it again."""

    documents: Mapping[type[Identifier], Document]
    _altering: dict[type[Command], Alters] = field(factory=dict)
    _creating: dict[type[Command], tuple[Creates, Finds]] = field(factory=dict)

    def offers(self, command: type[Command]) -> bool:
        """Say whether SAP can be asked for commands of this class."""
        return command in self._altering or command in self._creating

    def writes(self, command: Command, stands: Stored[object] | None, reference: Reference) -> tuple[EntityWrite, ...]:
        """Give what must be written, given how the target stands; nothing if it stands as it shall.

        Raises:
            NotWritable: SAP cannot be asked for this.
        """
        if type(command) in self._creating:
            return tuple(self._creating[type(command)][0](command, reference))
        if stands is None:
            raise LookupError(f"{command.terms.action} alters a record, and none was read")
        return tuple(self._altering[type(command)](command, stands))

    def under(self, command: Command, reference: Reference) -> tuple[Where, ...]:
        """Give the conditions that whatever was created under *reference* meets."""
        return self._creating[type(command)][1](command, reference)


def sap_commands(purchasing: Purchasing, *, grouping: str, codes: Mapping[str, Codes]) -> SapCommands:
    """Put the commands together for one site: who buys there, and its additions to the code tables by aggregate.

    *grouping* decides how SAP numbers a new business partner.
    """
    ours = codes.get("purchase_orders", {})
    inside = {path.removeprefix("lines."): table for path, table in ours.items() if path.startswith("lines.")}
    supplier, order = SUPPLIER.with_codes(codes.get("suppliers", {})), PURCHASE_ORDER.with_codes(ours)
    suppliers = SupplierWrites(supplier=supplier, grouping=grouping)
    orders = PurchaseOrderWrites(order=order, line=PURCHASE_ORDER_LINE.with_codes(inside), purchasing=purchasing)
    return SapCommands(
        documents={
            SupplierId: Document(
                service="API_BUSINESS_PARTNER",
                mapping=supplier,
                part=PARTNER,
                more=("BusinessPartnerCategory",),
                reference="BusinessPartnerIDByExtSystem",
                live=(Condition("IsMarkedForArchiving", Comparison.EQ, False),),
            ),
            PurchaseOrderId: Document(
                service="API_PURCHASEORDER_PROCESS_SRV",
                mapping=order,
                part=ORDER,
                reference="CorrespncExternalReference",
                live=(
                    Condition("PurchasingDocumentDeletionCode", Comparison.EQ, ""),
                    Condition("CompanyCode", Comparison.EQ, purchasing.company),
                ),
            ),
        },
        altering=dict(
            (
                _alters(BlockSupplier, suppliers.block),
                _alters(ChangeSupplier, suppliers.change),
                _alters(ChangeBankDetails, suppliers.pay_to),
                _alters(ChangePurchaseOrderLine, orders.change_line),
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


def _alters(kind: type[C], alter: Callable[[C, Stored[A]], Iterable[EntityWrite]]) -> tuple[type[Command], Alters]:
    return kind, cast("Alters", alter)  # a table cannot say that each entry takes its own key's commands


def _creates(
    kind: type[C],
    create: Callable[[C, Reference], Iterable[EntityWrite]],
    find: Callable[[C, Reference], tuple[Where, ...]],
) -> tuple[type[Command], tuple[Creates, Finds]]:
    return kind, (cast("Creates", create), cast("Finds", find))
