"""Commands about purchase orders: created and changed over SOAP; submitted, cancelled and closed by REST actions.

An order that was approved once is changed and cancelled by a change order, which an approver decides later (FUS-PO-01,
FUS-PO-02): our reference stands in its description.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from attrs import frozen

from acl.codecs.xsd import ELEMENTS
from acl.commands import cannot, key_of, with_changed_line
from acl.conditions import Comparison, Condition, Where
from acl.mapping import Mapping
from acl.oracle.commands.calls import FLEXFIELD, Action, Call, Raw, Stored
from acl.oracle.commands.progress import NEVER_APPROVED, must_be_free
from acl.oracle.schedules import SCHEDULE
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.identifiers import LineNumber
from domain.outcomes import Reference
from domain.purchasing import OrderStatus, PurchaseOrder, PurchaseOrderLine

LINE, ENTRY_LINE, ENTRY_SCHEDULE = "PurchaseOrderLine", "PurchaseOrderEntryLine", "PurchaseOrderEntrySchedule"
_UNIT, _CURRENCY = "Quantity@unitCode", "Price@currencyCode"


@frozen(kw_only=True)
class Purchasing:
    """Who buys, in Fusion's own names: no command says it, and no order is placed without.

    *cancels_demand* says whether what an order was to cover is given up together with it, or bought again (FUS-PO-03).
    """

    legal_entity: str
    procurement_unit: str
    requisitioning_unit: str
    buyer: str
    ship_to_location: str
    ship_to_organization: str
    cancels_demand: bool


@frozen(kw_only=True)
class PurchaseOrderWrites:
    """How Fusion is asked to write purchase orders; *segment* is where our reference stands."""

    order: Mapping[PurchaseOrder]
    line: Mapping[PurchaseOrderLine]
    purchasing: Purchasing
    segment: str

    def place(self, command: PlacePurchaseOrder, reference: Reference | None) -> Call:
        """Create header, lines and schedules in one call, and hand the order to Fusion's approvers.

        Raises:
            NotWritable: Fusion cannot hold a value.
        """
        header = self.order.write_some(
            {
                "supplier": key_of(command.supplier),
                "ordered_on": command.ordered_on,
                "currency": command.currency,
                "reference": command.reference,
            }
        )
        who = self.purchasing
        entry = {
            "SoldToLegalEntity": who.legal_entity,
            "ProcurementBusinessUnit": who.procurement_unit,
            "RequisitioningBusinessUnit": who.requisitioning_unit,
            "BuyerEmail": who.buyer,
            **{name: raw for name, raw in header.items() if raw != ""},
            "ApprovalActionCode": "SUBMIT",
            **({} if reference is None else {FLEXFIELD: [{self.segment: reference.text}]}),
            ENTRY_LINE: [self._entry(place, line) for place, line in enumerate(command.lines, start=1)],
        }
        return Call(operation="createPurchaseOrder", arguments={"createOrderEntry": entry})

    def _entry(self, place: int, line: OrderedLine) -> dict[str, object]:
        values: dict[str, object] = {
            "number": LineNumber(str(place)),
            "product": key_of(line.product),
            "ordered": line.ordered,
            "price": line.price,
        }
        if line.price.per.unit != line.ordered.unit:
            raise cannot("lines.price", "Fusion counts and prices a line in one unit", "G2")
        if line.due_on is not None:
            values["due_on"] = line.due_on
        raws = self.line.write_some(values)
        (schedule,) = cast("list[dict[str, object]]", raws.pop(SCHEDULE))
        where = {
            "ShipToLocationCode": self.purchasing.ship_to_location,
            "ShipToOrganizationCode": self.purchasing.ship_to_organization,
        }
        return {**raws, "UOMCode": schedule[_UNIT], ENTRY_SCHEDULE: [{**where, **schedule}]}

    def placed_under(self, command: PlacePurchaseOrder, reference: Reference) -> tuple[tuple[Where, ...], ...]:
        """Give the conditions by which an order is found that was placed under *reference*; then those of its like.

        Users may change the segment, so orders of the same day to the same supplier are looked at, too (X-REF-10).
        """
        named = self.order.write_some({"supplier": key_of(command.supplier), "ordered_on": command.ordered_on})
        return (
            (Condition(f"{FLEXFIELD}.{self.segment}", Comparison.EQ, reference.text),),
            tuple(Condition(column, Comparison.EQ, raw) for column, raw in named.items()),
        )

    def change_line(
        self, command: ChangePurchaseOrderLine, stands: Stored[PurchaseOrder], reference: Reference
    ) -> Call | None:
        """Change a line and its schedules; what was approved once is changed by a change order.

        Raises:
            NotWritable: Fusion cannot hold a value, there is no such line, or a quantity is spread over schedules.
            Locked: something of the order waits for an approver.
        """
        before = stands.value
        patch = self.order.patch(before, with_changed_line(before, command))
        if not patch:
            return None
        must_be_free(stands)
        entry = {
            "OrderNumber": stands.raw["OrderNumber"],
            "SoldToLegalEntity": self.purchasing.legal_entity,
            "ChangeOrderDescription": reference.text,
            "ApprovalActionCode": "NONE" if before.status in NEVER_APPROVED else "SUBMIT",
            ENTRY_LINE: list(_entries(stands.raw, cast("list[Raw]", patch[LINE]))),
        }
        return Call(operation="changePurchaseOrder", arguments={"changeOrderEntry": entry})

    def submit(
        self, command: ApprovePurchaseOrder | StartApprovalRouting, stands: Stored[PurchaseOrder], _: Reference
    ) -> Action | None:
        """Hand a draft to Fusion's approvers, never past them; nothing is sent if they have it already.

        Raises:
            NotWritable: the order is no draft.
        """
        status, wanted = stands.value.status, command.effect.value("status")
        if status in (wanted, OrderStatus.PENDING_APPROVAL):
            return None
        if status is not OrderStatus.DRAFT:
            raise cannot("status", f"the order is {status.value}, and only a draft can be submitted")
        flags = {"validateDocument": "True", "bypassApprovalsFlag": "False"}
        return Action(resource="draftPurchaseOrders", name="submit", arguments=flags)

    def close(self, _: ClosePurchaseOrder, stands: Stored[PurchaseOrder], reference: Reference) -> Action | None:
        """Close the order for receiving and for invoicing.

        Raises:
            NotWritable: the order cannot be closed.
            Locked: something of it waits for an approver.
        """
        if not _is_to_become(stands, OrderStatus.CLOSED):
            return None
        reason = {"closeAction": "close", "closeReason": reference.text}
        return Action(resource="purchaseOrders", name="close", arguments=reason)

    def cancel(self, _: CancelPurchaseOrder, stands: Stored[PurchaseOrder], reference: Reference) -> Action | None:
        """Give the order up, at once if it was never approved.

        Raises:
            NotWritable: the order cannot be cancelled.
            Locked: a change order waits for an approver.

        Source: FUS-PO-02, FUS-PO-03.
        """
        if not _is_to_become(stands, OrderStatus.CANCELLED):
            return None
        demand = "True" if self.purchasing.cancels_demand else "False"
        told = {"cancelReason": reference.text, "cancelUnfulfilledDemandFlag": demand}
        return Action(resource="purchaseOrders", name="cancel", arguments=told)


def _entries(order: Raw, patches: list[Raw]) -> Iterator[dict[str, object]]:
    """Say of each changed line, and of each of its schedules, what shall stand there (EBS-PO-06)."""
    stored = {int(str(line["LineNumber"])): line for line in ELEMENTS.unwrap(order[LINE]) if isinstance(line, dict)}
    for patch in patches:
        line = stored[int(str(patch["LineNumber"]))]
        entry = {name: raw for name, raw in patch.items() if name != SCHEDULE}
        if "Price" in entry:
            entry.setdefault(_CURRENCY, line[_CURRENCY])
        (change,) = cast("list[Raw]", patch.get(SCHEDULE, [{}]))
        entry["Action"] = "CHANGE"
        if change:
            entry[ENTRY_SCHEDULE] = list(_schedules(line, change))
        yield entry


def _schedules(line: Raw, change: Raw) -> Iterator[dict[str, object]]:
    stored = cast("list[Raw]", ELEMENTS.unwrap(line[SCHEDULE]))
    if "Quantity" in change and len(stored) > 1:
        reason = "the line's quantity is spread over several schedules, and nobody says which of them changes"
        raise cannot("lines.ordered", reason, "EBS-PO-06")
    for schedule in stored:
        told = {"ScheduleNumber": schedule["ScheduleNumber"], "Action": "CHANGE", **change}
        if "Quantity" in told:
            told.setdefault(_UNIT, schedule[_UNIT])
        yield told


def _is_to_become(stands: Stored[PurchaseOrder], status: OrderStatus) -> bool:
    order = stands.value
    if order.status is status:
        return False
    if not order.status.may_become(status):
        raise cannot("status", f"the order is {order.status.value} and cannot become {status.value}")
    if order.status is not OrderStatus.PENDING_APPROVAL:  # Fusion itself takes that back from its approvers
        must_be_free(stands)
    return True
