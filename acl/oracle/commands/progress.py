"""How far something has come that Fusion's approvers decide: a draft, or the change order of an order.

Source: FUS-PO-01, FUS-PO-02.
"""

from __future__ import annotations

from acl.oracle.commands.calls import Raw, Stored
from domain.commands.command import Command
from domain.commands.purchase_orders import ApprovePurchaseOrder, StartApprovalRouting
from domain.outcomes import Accepted, Reference
from domain.purchasing import OrderStatus, PurchaseOrder
from ports.errors import Locked, NotLocatable, Refused

NEVER_APPROVED = (OrderStatus.DRAFT, OrderStatus.PENDING_APPROVAL, OrderStatus.REJECTED)
_NUMBER, _DESCRIPTION, _STATUS = "ChangeOrderNumber", "ChangeOrderDescription", "ChangeOrderStatusCode"
_PENDING, _TURNED_DOWN = ("INCOMPLETE", "PENDING APPROVAL"), ("REJECTED",)


def must_be_free(stands: Stored[PurchaseOrder]) -> None:
    """Check that nothing of an order waits for an approver: one forgotten change order stops all others.

    Raises:
        Locked: something does; it is named.
    """
    if stands.value.status is OrderStatus.PENDING_APPROVAL:
        raise Locked(f"order {stands.value.id} waits for its approvers")
    if stands.raw.get(_STATUS) in _PENDING:
        raise Locked(f"change order {stands.raw[_NUMBER]} of order {stands.value.id} is pending")


def progress(command: Command, stands: Stored[object], reference: Reference) -> Accepted | None:
    """Say how *command* has come on, whose effect does not stand there; ``None`` if nothing of it is to be seen.

    Raises:
        Refused: an approver has turned it down; nothing was written.
        NotLocatable: approvers have had it, or its change order is over, and what became of it nobody can tell.
    """
    if isinstance(stands.value, PurchaseOrder):
        if isinstance(command, ApprovePurchaseOrder | StartApprovalRouting):
            return _approval(command, stands.value)
        return _change_order(stands.raw, stands.value, reference)
    return None


def _approval(command: Command, order: PurchaseOrder) -> Accepted | None:
    match order.status:
        case OrderStatus.DRAFT:
            return None
        case OrderStatus.PENDING_APPROVAL:
            return Accepted(handle=f"approval of order {order.id}")
        case OrderStatus.REJECTED if isinstance(command, ApprovePurchaseOrder):
            raise Refused(f"the approvers of order {order.id} have turned it down")
        case status:
            told = f"order {order.id} is {status.value}: it has been with its approvers, and they have decided"
            raise NotLocatable(f"{told}; a person must look whether that was asked for here")


def _change_order(raw: Raw, order: PurchaseOrder, reference: Reference) -> Accepted | None:
    if raw.get(_DESCRIPTION) != reference.text:
        return None
    handle = f"change order {raw.get(_NUMBER)} of order {order.id}"
    if raw.get(_STATUS) in _TURNED_DOWN:
        raise Refused(f"{handle} was turned down by an approver")
    if raw.get(_STATUS) not in _PENDING:  # carried out and changed since, or a word that we do not know
        told = f"{handle} is {raw.get(_STATUS)}, and what was asked for does not stand there"
        raise NotLocatable(f"{told}; a person must look")
    return Accepted(handle=handle)
