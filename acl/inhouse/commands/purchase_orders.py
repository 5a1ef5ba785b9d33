"""Commands about purchase orders as calls of the programs that write PEDIDOS and PEDIDOS_ITENS together."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from acl.commands import cannot, key_of, with_changed_line
from acl.inhouse.commands.programs import CHANGE_LINE, MOVE_ORDER, PLACE_ORDER, Call, Cell, Stored, cells_of
from acl.mapping import Mapping
from domain.commands.command import Unchanged
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.errors import DomainError
from domain.identifiers import LineNumber
from domain.purchasing import OrderStatus, PurchaseOrder, PurchaseOrderLine


@frozen(kw_only=True)
class PurchaseOrderCalls:
    """How the in-house system is asked to write purchase orders."""

    order: Mapping[PurchaseOrder]
    line: Mapping[PurchaseOrderLine]

    def place(self, command: PlacePurchaseOrder) -> Call:
        """Place header and lines in one call (INH-TXN-01); the program numbers the order, and values its lines.

        Raises:
            NotWritable: the system cannot hold a value.
        """
        header = self.order.write_some(
            {
                "supplier": key_of(command.supplier),
                "ordered_on": command.ordered_on,
                "currency": command.currency,
                "reference": command.reference,
            }
        )
        items = tuple(self._item(place, line) for place, line in enumerate(command.lines, start=1))
        return Call(program=PLACE_ORDER, cells=cells_of(PLACE_ORDER.columns, header), items=items)

    def _item(self, place: int, line: OrderedLine) -> dict[str, Cell]:
        raws = self.line.write_some(
            {
                "number": LineNumber(str(place * 10)),
                "product": key_of(line.product),
                "ordered": line.ordered,
                "price": line.price,
                "due_on": line.due_on,
            }
        )
        return cells_of(PLACE_ORDER.items, raws)

    def change_line(self, command: ChangePurchaseOrderLine, stands: Stored[PurchaseOrder]) -> Call | None:
        """Change what was given of one line.

        Raises:
            NotWritable: there is no such line, or the system cannot hold a value.
        """
        order = stands.value
        given = {
            name: value
            for name in ("ordered", "price", "due_on")
            if not isinstance(value := getattr(command, name), Unchanged)
        }
        self.order.patch(order, with_changed_line(order, command))
        line = order.line(command.line)
        if all(getattr(line, name) == value for name, value in given.items()):
            return None
        raws = {**self.line.write_some({"number": line.number, **given}), "NUMERO": order.id.text}
        return Call(program=CHANGE_LINE, seen=stands.version, cells=cells_of(CHANGE_LINE.columns, raws))

    def approve(self, _: ApprovePurchaseOrder, stands: Stored[PurchaseOrder]) -> Call | None:
        """Release the order to its supplier."""
        return self._moved(stands, OrderStatus.OPEN, PurchaseOrder.approve)

    def submit(self, _: StartApprovalRouting, stands: Stored[PurchaseOrder]) -> Call | None:
        """Hand the order to its approvers."""
        return self._moved(stands, OrderStatus.PENDING_APPROVAL, PurchaseOrder.submit)

    def close(self, _: ClosePurchaseOrder, stands: Stored[PurchaseOrder]) -> Call | None:
        """Expect no more goods."""
        return self._moved(stands, OrderStatus.CLOSED, PurchaseOrder.close)

    def cancel(self, _: CancelPurchaseOrder, stands: Stored[PurchaseOrder]) -> Call | None:
        """Give the order up, of which nothing was received."""
        return self._moved(stands, OrderStatus.CANCELLED, PurchaseOrder.cancel)

    def _moved(
        self, stands: Stored[PurchaseOrder], to: OrderStatus, move: Callable[[PurchaseOrder], PurchaseOrder]
    ) -> Call | None:
        """Move the order as the business knows it; what the program does to the lines follows from the number.

        Raises:
            NotWritable: the business knows no such move.
        """
        if stands.value.status is to:
            return None
        try:
            move(stands.value)
        except DomainError as error:
            raise cannot("status", str(error)) from None
        raws = {"NUMERO": stands.value.id.text, **self.order.write_some({"status": to})}
        return Call(program=MOVE_ORDER, seen=stands.version, cells=cells_of(MOVE_ORDER.columns, raws))
