"""What the business does not allow, whatever the form of the request."""

from __future__ import annotations

from sandbox.sap.errors import GatewayError
from sandbox.sap.model import Entity


def refused(code: str, message: str) -> GatewayError:
    """Make the no of a rule; *code* is the class and the number of the message."""
    return GatewayError(400, code, message)


def may_buy_from(supplier: Entity | None, number: str) -> None:
    """Check the supplier of an order that is to be placed.

    Raises:
        GatewayError: there is none of that number, it is deleted, or stopped for purchasing.
    """
    if supplier is None:
        raise refused("06/321", f"Supplier {number} has not been created")
    if supplier.values["DeletionIndicator"] is True:
        raise refused("06/024", f"Supplier {number} is marked for deletion")
    if supplier.values["PurchasingIsBlocked"] is True:
        raise refused("06/023", f"Supplier {number} is blocked for purchasing")


def may_go(item: Entity) -> None:
    """Check an item that is to be deleted.

    Raises:
        GatewayError: goods have come for it.
    """
    if str(item.values["YY1_ReceivedQuantity_PDI"]).strip("0.") != "":
        raise refused("06/115", "Goods have been received for the item; it cannot be deleted")


def may_change(order: Entity) -> None:
    """Check an order whose items are to be changed.

    Raises:
        GatewayError: it was given up.
    """
    items = order.links.get("to_PurchaseOrderItem", [])
    if items and all(item.values["PurchasingDocumentDeletionCode"] == "L" for item in items):
        raise refused("06/269", "The purchase order is deleted; it cannot be changed")
