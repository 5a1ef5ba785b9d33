"""Purchase orders as the purchase order service gives them.

``PurchaseOrder``, its elements in this order; "optional" means left out, nil or, a text, empty, all meaning the same:

- ``POHeaderId`` the row's own id, eighteen digits, never seen by people
- ``OrderNumber`` six characters, mostly digits · ``SupplierNumber`` the supplier's business number
- ``OrderDate`` the day in the company's own zone; some carry a zone (``2024-02-29-03:00``), which shifts nothing
- ``CurrencyCode`` ISO 4217
- ``StatusCode`` ``INCOMPLETE`` draft, ``PENDING APPROVAL``, ``REJECTED``, ``OPEN``, ``PARTIALLY RECEIVED``,
  ``CLOSED FOR RECEIVING`` all has come, ``CLOSED`` no more is expected, ``CANCELED``
- ``SupplierOrderReference`` our reference to the supplier, optional
- ``StartDate``, ``EndDate`` the term, both optional; ``4712-12-31`` is the end that never comes
- ``DeletedFlag`` ``Y``: no order any more; ``N`` or left out: it lives
- ``SoldToLegalEntity`` who owes the money; an order's number is unique within it
- ``DocumentDescription`` optional
- ``ChangeOrderNumber``, ``ChangeOrderDescription``, ``ChangeOrderStatusCode`` (``INCOMPLETE``, ``PENDING APPROVAL``,
  ``PROCESSED``, ``REJECTED``) of the latest change order, left out if there never was one
- ``DFF`` the header's descriptive flexfield, left out while it is empty: ``dragomanReference``, a customer's segment
- ``PurchaseOrderLine`` any number, in the order of their numbers

``PurchaseOrderLine``:

- ``LineNumber``, ``ItemNumber`` the product, optional, ``ItemDescription``
- ``UOMCode`` unit of all the line's quantities: ``Ea`` piece, ``KG``, ``M`` metre, ``L``, ``BOX``, ``HR`` hour
- ``Price`` with the attribute ``currencyCode``, for so many units as ``DFF``/``PriceBasisQuantity`` says
- ``Amount`` net value with ``currencyCode``
- ``LineStatusCode`` ``OPEN``, ``PARTIALLY RECEIVED``, ``CLOSED FOR RECEIVING``, ``CLOSED``, ``CANCELED``
- ``PurchaseOrderSchedule`` one or two, whose quantities add up to the line's: ``ScheduleNumber``, ``NeedByDate``
  optional and the same in both, ``Quantity`` ordered with the attribute ``unitCode``, ``QuantityReceived``,
  ``QuantityBilled``
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from lxml.etree import _Element

from sandbox.oracle.rows import Scribe, scattered
from sandbox.oracle.schema import PURCHASE_ORDER
from sandbox.scenario import OPEN_END, Line, Order

LEGAL_ENTITY = "Head Office"
"""The one that all orders of the scenario are sold to."""
_STATUS = {
    "draft": "INCOMPLETE",
    "pending_approval": "PENDING APPROVAL",
    "rejected": "REJECTED",
    "open": "OPEN",
    "partly_received": "PARTIALLY RECEIVED",
    "received": "CLOSED FOR RECEIVING",
    "closed": "CLOSED",
    "cancelled": "CANCELED",
}
UNITS = {"H87": "Ea", "KGM": "KG", "MTR": "M", "LTR": "L", "XBX": "BOX", "HUR": "HR"}
_WHOLE = ("H87", "XBX")


def order_element(order: Order, position: int) -> _Element:
    """Write *order*; *position* among all makes its id and decides on its spellings."""
    mix = scattered(position)
    scribe = Scribe.begin(PURCHASE_ORDER, mix)
    scribe.put("POHeaderId", 300_000_000_000_000_001 + mix * 1_000_003)
    scribe.put("OrderNumber", order.number)
    scribe.put("SupplierNumber", order.supplier)
    scribe.put("OrderDate", f"{order.ordered_on}-03:00" if mix % 5 == 2 else order.ordered_on)
    scribe.put("CurrencyCode", order.currency)
    scribe.put("StatusCode", _STATUS[order.status])
    scribe.text("SupplierOrderReference", order.reference)
    scribe.day("StartDate", order.valid_from)
    scribe.day("EndDate", "4712-12-31" if order.valid_until == OPEN_END else order.valid_until)
    if order.deleted or mix % 2:
        scribe.put("DeletedFlag", "Y" if order.deleted else "N")
    scribe.put("SoldToLegalEntity", LEGAL_ENTITY)
    for index, line in enumerate(order.lines):
        _line(scribe.child("PurchaseOrderLine"), line, order.currency, split=(mix + index) % 4 == 3)
    return scribe.element


def _line(scribe: Scribe, line: Line, currency: str, *, split: bool) -> None:
    scribe.put("LineNumber", line.number)
    scribe.text("ItemNumber", line.product)
    scribe.put("ItemDescription", line.description)
    scribe.put("UOMCode", UNITS[line.unit])
    scribe.put("Price", line.price, currencyCode=currency)
    scribe.child("DFF").put("PriceBasisQuantity", line.price_per)
    scribe.put("Amount", line.amount, currencyCode=currency)
    scribe.put("LineStatusCode", _STATUS[line.status])
    for number, (ordered, received, billed) in enumerate(_schedules(line, split=split), start=1):
        schedule = scribe.child("PurchaseOrderSchedule")
        schedule.put("ScheduleNumber", number)
        schedule.day("NeedByDate", line.due_on)
        schedule.put("Quantity", ordered, unitCode=UNITS[line.unit])
        schedule.put("QuantityReceived", received)
        schedule.put("QuantityBilled", billed)


def _schedules(line: Line, *, split: bool) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """Give ordered, received and billed of each schedule; goods and invoices fill the first one first."""
    first = (line.ordered / 2).quantize(Decimal(1 if line.unit in _WHOLE else "0.001"), ROUND_DOWN)
    if not split or not first > 0:
        yield line.ordered, line.received, line.invoiced
        return
    received, billed = min(line.received, first), min(line.invoiced, first)
    yield first, received, billed
    yield line.ordered - first, line.received - received, line.invoiced - billed
