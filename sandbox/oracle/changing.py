"""Changing lines and schedules of an order: only what is named, and only with the action ``CHANGE``."""

from __future__ import annotations

from decimal import Decimal

from lxml.etree import _Element

from sandbox.oracle.faults import refused
from sandbox.oracle.placing import net
from sandbox.oracle.sheets import Sheet


def alter(order: Sheet, entry: _Element) -> None:
    """Put what *entry* says into *order*.

    Raises:
        SoapFault: there is no such line or schedule, or a rule of the business says no.
    """
    for name in ("DocumentDescription", "SupplierOrderReference"):
        told = entry.find(f"{{*}}{name}")
        if told is not None:
            order.put(name, told.text or "")
    order.take_inner(entry, "DFF")
    for line in entry.iterfind("{*}PurchaseOrderEntryLine"):
        _line(_numbered(order, "PurchaseOrderLine", "LineNumber", line), line, order.text("CurrencyCode"))


def _line(line: Sheet, entry: _Element, currency: str) -> None:
    _must_change(entry)
    line.take(entry)
    line.take_inner(entry, "DFF")
    for told in entry.iterfind("{*}PurchaseOrderEntrySchedule"):
        _must_change(told)
        schedule = _numbered(line, "PurchaseOrderSchedule", "ScheduleNumber", told)
        schedule.take(told)
        if Decimal(schedule.text("Quantity")) < Decimal(schedule.text("QuantityReceived")):
            raise refused("PO-2055175", "The quantity must not be less than what was received.")
    ordered = sum((Decimal(each.text("Quantity")) for each in line.each("PurchaseOrderSchedule")), Decimal(0))
    per = Decimal(line.inner("DFF").text("PriceBasisQuantity"))
    line.put("Amount", f"{net(ordered, Decimal(line.text('Price')), per, currency):f}")


def _must_change(entry: _Element) -> None:
    if entry.findtext("{*}Action") != "CHANGE":
        raise refused("PO-2055172", "The action is not valid; ADD, CHANGE and CANCEL are, and only CHANGE here.")


def _numbered(above: Sheet, name: str, key: str, entry: _Element) -> Sheet:
    wanted = entry.findtext(f"{{*}}{key}")
    for each in above.each(name):
        if each.text(key) == wanted:
            return each
    raise refused("PO-2055173", f"There is no {name} {wanted}.")
