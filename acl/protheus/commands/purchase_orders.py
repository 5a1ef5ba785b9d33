"""Commands about purchase orders as calls of the site's own service around the automatic routines.

The framework publishes no such service, so every site has one of its own: ``POST`` places an order (MATA120), ``PUT
/NUMBER`` changes items, ``POST /NUMBER/residuo`` eliminates what is still expected (MATA235), and ``POST
/NUMBER/liberacao`` releases it (MATA094). It knows the row of an item itself, at the moment of the write (PRO-WR-04).
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from attrs import frozen

from acl.commands import cannot, key_of, with_changed_line
from acl.conditions import Comparison, Condition, Where
from acl.mapping import Mapping
from acl.protheus.commands.writes import Stored, Write, storable
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
)
from domain.identifiers import LineNumber
from domain.outcomes import Reference
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine


@frozen(kw_only=True)
class PurchaseOrderWrites:
    """How Protheus is asked to write purchase orders.

    *service* is the path of the site's service, *payment_terms* and *delivery_branch* what the routine must be given
    and no command says (PRO-FIL-03). *reference* is the field for ours, ``None`` if the site has none.
    """

    order: Mapping[PurchaseOrder]
    line: Mapping[PurchaseOrderLine]
    service: str
    payment_terms: str
    delivery_branch: str
    reference: str | None

    def place(self, command: PlacePurchaseOrder, reference: Reference) -> Write:
        """Create header and items in one call.

        Raises:
            NotWritable: Protheus cannot hold a value.

        Source: X-REF-05, PRO-FIL-03, PRO-CUR-01.
        """
        header = self.order.write_some(
            {
                "supplier": key_of(command.supplier),
                "ordered_on": command.ordered_on,
                "currency": command.currency,
                "reference": command.reference,
            }
        )
        items = [self._item(place, line) for place, line in enumerate(command.lines, start=1)]
        body = {
            **storable(header),
            "C7_COND": self.payment_terms,
            "C7_FILENT": self.delivery_branch,
            **({} if self.reference is None else {self.reference: reference.text}),
            "itens": items,
        }
        return Write(method="POST", path=self.service, body=body, record=False)

    def _item(self, place: int, line: OrderedLine) -> dict[str, object]:
        values: dict[str, object] = {
            "number": LineNumber(str(place * 10)),
            "product": key_of(line.product),
            "ordered": line.ordered,
            "price": line.price,
            "due_on": line.due_on,
        }
        item = storable(self.line.write_some(values))
        del item["C7_MOEDA"]  # the header's
        return item

    def alike(self, command: PlacePurchaseOrder) -> tuple[Where, ...]:
        """Give the conditions that an order meets which may be the one, if somebody has edited our reference."""
        raws = self.order.write_some({"supplier": key_of(command.supplier), "ordered_on": command.ordered_on})
        return tuple(Condition(column, Comparison.EQ, raw) for column, raw in raws.items())

    def change_line(self, command: ChangePurchaseOrderLine, stands: Stored[PurchaseOrder]) -> Write | None:
        """Change one item; its worth Protheus works out itself.

        Raises:
            NotWritable: Protheus cannot hold a value, or there is no such item.
        """
        after = with_changed_line(stands.value, command).line(command.line)
        patch = storable(self.line.patch(stands.value.line(command.line), after))
        return self._to_items(stands, "", [{**self._named(command.line), **patch}], "PUT") if patch else None

    def approve(self, _: ApprovePurchaseOrder, stands: Stored[PurchaseOrder]) -> Write | None:
        """Release an order by the routine of its approvers, never by its column (PRO-PO-04).

        Raises:
            NotWritable: it does not wait for approval, or would not be open then.
        """
        order = stands.value
        if order.status is OrderStatus.OPEN:
            return None
        released = OrderStatus.told_by_lines({line.status for line in order.lines})
        if order.status is not OrderStatus.PENDING_APPROVAL or released is not OrderStatus.OPEN:
            raise cannot("status", f"the order is {order.status.value} and cannot be released")
        return Write(method="POST", path=f"{self._address(order)}/liberacao")

    def close(self, _: ClosePurchaseOrder, stands: Stored[PurchaseOrder]) -> Write | None:
        """Eliminate the residue of every item that expects goods.

        Raises:
            NotWritable: the order cannot be closed, or Protheus would take it for something else.

        Source: PRO-PO-03, X-REV-02.
        """
        return self._without_residue(stands, OrderStatus.CLOSED)

    def cancel(self, _: CancelPurchaseOrder, stands: Stored[PurchaseOrder]) -> Write | None:
        """Eliminate the residue of every item, of which nothing came: so the order stays to be looked at.

        Raises:
            NotWritable: the order cannot be cancelled, or Protheus would take it for something else.

        Source: PRO-PO-01, X-REV-01, X-REV-02.
        """
        return self._without_residue(stands, OrderStatus.CANCELLED)

    def _without_residue(self, stands: Stored[PurchaseOrder], status: OrderStatus) -> Write | None:
        order = stands.value
        if order.status is status:
            return None
        if not order.status.may_become(status):
            raise cannot("status", f"the order is {order.status.value} and cannot become {status.value}")
        if (told := OrderStatus.told_by_lines(set(map(_without, order.lines)))) is not status:
            raise cannot("status", f"without its residue the order would be {told.value} and not {status.value}")
        items = [self._named(line.number) for line in order.lines if line.status.expects_goods]
        return self._to_items(stands, "/residuo", items, "POST")

    def _to_items(
        self, stands: Stored[PurchaseOrder], action: str, items: list[dict[str, object]], method: Literal["POST", "PUT"]
    ) -> Write:
        return Write(method=method, path=self._address(stands.value) + action, body={"itens": items})

    def _address(self, order: PurchaseOrder) -> str:
        return f"{self.service}/{quote(order.id.text, safe='')}"

    def _named(self, line: LineNumber) -> dict[str, object]:
        return dict(self.line.write_some({"number": line}))


def _without(line: PurchaseOrderLine) -> LineStatus:
    """Give the status of a line once nothing more is expected (PRO-PO-01, PRO-PO-03)."""
    if not line.status.expects_goods:
        return line.status
    return LineStatus.CANCELLED if line.received.amount == 0 else LineStatus.CLOSED
