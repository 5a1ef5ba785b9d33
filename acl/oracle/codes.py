"""What Fusion's codes mean; a site extends these tables in its profile."""

from domain.purchasing import LineStatus, OrderStatus
from domain.units import Unit

UNITS = {
    "Ea": Unit("H87"), "KG": Unit("KGM"), "G": Unit("GRM"), "M": Unit("MTR"), "CM": Unit("CMT"), "MM": Unit("MMT"),
    "KM": Unit("KMT"), "M2": Unit("MTK"), "M3": Unit("MTQ"), "L": Unit("LTR"), "ML": Unit("MLT"), "BOX": Unit("XBX"),
    "DZ": Unit("DZN"), "HR": Unit("HUR"), "DAY": Unit("DAY"),
}  # fmt: skip
"""Units by their short codes, in which capitals count."""

ORDER_STATUSES = {
    "INCOMPLETE": OrderStatus.DRAFT, "PENDING APPROVAL": OrderStatus.PENDING_APPROVAL,
    "REJECTED": OrderStatus.REJECTED, "OPEN": OrderStatus.OPEN, "PARTIALLY RECEIVED": OrderStatus.PARTLY_RECEIVED,
    "CLOSED FOR RECEIVING": OrderStatus.RECEIVED, "CLOSED": OrderStatus.CLOSED, "FINALLY CLOSED": OrderStatus.CLOSED,
    "CANCELED": OrderStatus.CANCELLED,
}  # fmt: skip
"""Statuses of an order (EBS-PO-04)."""

LINE_STATUSES = {
    "OPEN": LineStatus.OPEN, "PARTIALLY RECEIVED": LineStatus.PARTLY_RECEIVED,
    "CLOSED FOR RECEIVING": LineStatus.RECEIVED, "CLOSED": LineStatus.CLOSED, "FINALLY CLOSED": LineStatus.CLOSED,
    "CANCELED": LineStatus.CANCELLED,
}  # fmt: skip
"""Statuses of a line (EBS-PO-04)."""
