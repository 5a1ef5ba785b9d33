"""Commands about purchase orders as writes to the purchase order service.

The released service has no way to approve an order, or to send it to its approvers: SAP's workflow does both.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from acl.commands import cannot, key_of, with_changed_line
from acl.conditions import AnyOf, Comparison, Condition, Where
from acl.mapping import Mapping
from acl.sap.commands.entities import EntityWrite, Part, Stored
from domain.commands.purchase_orders import (
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
)
from domain.identifiers import LineNumber
from domain.outcomes import Reference
from domain.purchasing import LineStatus, OrderStatus, PurchaseOrder, PurchaseOrderLine

ITEMS = "to_PurchaseOrderItem"
REFERENCE = "CorrespncExternalReference"
"""Your reference; ours, `CorrespncInternalReference`, is the domain's own reference to the supplier (X-REF-01)."""
ORDER = Part(
    entity_set="A_PurchaseOrder",
    keys=("PurchaseOrder",),
    below={
        ITEMS: Part(
            entity_set="A_PurchaseOrderItem",
            keys=("PurchaseOrder", "PurchaseOrderItem"),
            place="PurchaseOrderItem",
            below={
                "to_ScheduleLine": Part(
                    entity_set="A_PurchaseOrderScheduleLine",
                    keys=("PurchasingDocument", "PurchasingDocumentItem", "ScheduleLine"),
                )
            },
        )
    },
)


@frozen(kw_only=True)
class Purchasing:
    """Who buys, in SAP's own keys: no command says it, and no order is placed without."""

    company: str
    organisation: str
    group: str
    plant: str


@frozen(kw_only=True)
class PurchaseOrderWrites:
    """How SAP is asked to write purchase orders."""

    order: Mapping[PurchaseOrder]
    line: Mapping[PurchaseOrderLine]
    purchasing: Purchasing

    def place(self, command: PlacePurchaseOrder, reference: Reference) -> Iterator[EntityWrite]:
        """Create header, items and schedule lines in one call.

        Raises:
            NotWritable: SAP cannot hold a value.

        Source: SAP-WR-01, SAP-WR-05.
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
        who = self.purchasing
        body = {
            "CompanyCode": who.company,
            "PurchaseOrderType": "NB",
            "PurchasingOrganization": who.organisation,
            "PurchasingGroup": who.group,
            REFERENCE: reference.text,
            **header,
            ITEMS: {"results": items},
        }
        yield EntityWrite(entity_set=ORDER.entity_set, body=body)

    def _item(self, place: int, line: OrderedLine) -> dict[str, object]:
        values: dict[str, object] = {
            "number": LineNumber(str(place * 10)),
            "product": key_of(line.product),
            "ordered": line.ordered,
            "price": line.price,
        }
        if line.due_on is not None:  # without one SAP makes a schedule line of its own
            values["due_on"] = line.due_on
        item = self.line.write_some(values)
        del item["DocumentCurrency"]  # the header's
        return {**item, "Plant": self.purchasing.plant}

    def placed_under(self, command: PlacePurchaseOrder, reference: Reference) -> tuple[Where, ...]:
        """Give the conditions that an order meets which was placed under *reference*, or is just like it.

        Users may change the reference, so orders of the same day to the same supplier are looked at, too (X-REF-01).
        """
        named = self.order.write_some({"supplier": key_of(command.supplier), "ordered_on": command.ordered_on})
        either = (
            Condition(REFERENCE, Comparison.EQ, reference.text),
            Condition("PurchaseOrderDate", Comparison.EQ, named["PurchaseOrderDate"]),
        )
        return (
            Condition("CompanyCode", Comparison.EQ, self.purchasing.company),
            Condition("Supplier", Comparison.EQ, named["Supplier"]),
            AnyOf(either),
        )

    def change_line(self, command: ChangePurchaseOrderLine, stands: Stored[PurchaseOrder]) -> Iterator[EntityWrite]:
        """Change an item and its schedule line.

        Raises:
            NotWritable: SAP cannot hold a value, or there is no such line.
        """
        patch = self.order.patch(stands.value, with_changed_line(stands.value, command))
        return ORDER.changed(stands.raw, patch)

    def close(self, _: ClosePurchaseOrder, stands: Stored[PurchaseOrder]) -> Iterator[EntityWrite]:
        """Mark every item that expects goods as delivered completely.

        Raises:
            NotWritable: the order cannot be closed, or SAP would take it for received.
        """
        order = stands.value
        _may_become(order, OrderStatus.CLOSED)
        if all(line.status is LineStatus.CANCELLED or _came_in_full(line) for line in order.lines):
            raise cannot("status", "every line came in full, so that SAP would call the order received and not closed")
        for raw, line in zip(ORDER.entities(stands.raw, ITEMS), order.lines, strict=True):
            if line.status.expects_goods:
                item = ORDER.below[ITEMS]
                yield EntityWrite(
                    entity_set=item.entity_set, keys=item.keys, record=raw, body={"IsCompletelyDelivered": True}
                )

    def cancel(self, _: CancelPurchaseOrder, stands: Stored[PurchaseOrder]) -> Iterator[EntityWrite]:
        """Delete every item: the order is given up when all are marked so (SAP-CODE-04, SAP-CODE-05).

        Raises:
            NotWritable: the order cannot be cancelled.
        """
        _may_become(stands.value, OrderStatus.CANCELLED)
        for raw, line in zip(ORDER.entities(stands.raw, ITEMS), stands.value.lines, strict=True):
            if line.status is not LineStatus.CANCELLED:
                yield ORDER.below[ITEMS].deleted(raw)


def _came_in_full(line: PurchaseOrderLine) -> bool:
    return line.ordered <= line.received


def _may_become(order: PurchaseOrder, status: OrderStatus) -> None:
    if order.status is not status and not order.status.may_become(status):
        raise cannot("status", f"the order is {order.status.value} and cannot become {status.value}")
