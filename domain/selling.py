"""Sales: how far a customer's order has come."""

from __future__ import annotations

from enum import Enum


class SalesOrderStatus(Enum):
    """How far a sales order has come."""

    BLOCKED = "blocked"
    RELEASED = "released"
    PARTLY_DELIVERED = "partly_delivered"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
