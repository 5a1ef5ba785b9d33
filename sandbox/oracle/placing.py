"""Creating a purchase order: header, lines and schedules in one call, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from lxml.etree import _Element

from sandbox.oracle.approving import submit
from sandbox.oracle.books import Books
from sandbox.oracle.faults import refused
from sandbox.oracle.journal import Commit
from sandbox.oracle.orders import LEGAL_ENTITY, UNITS, order_element
from sandbox.oracle.rows import Row
from sandbox.oracle.sheets import Sheet
from sandbox.scenario import PLACES, PRODUCTS, Line, Order

_BEHIND = 5_000
"""Positions of new records: behind those of the scenario."""
_MANDATORY = ("ProcurementBusinessUnit", "RequisitioningBusinessUnit", "BuyerEmail", "SupplierNumber", "CurrencyCode")
_TEXTS = {number: text for number, text, _ in PRODUCTS if number is not None}
_UNITS = {code: unit for unit, code in UNITS.items()}


def create(books: Books, entry: _Element) -> str:
    """Place an order, and give its number; with ``SUBMIT`` it goes on to its approvers, with ``BYPASS`` past them.

    Raises:
        SoapFault: something is missing, or a rule of the business says no.
    """
    for name in _MANDATORY:
        if not entry.findtext(f"{{*}}{name}"):
            raise refused("PO-2055094", f"You must provide a value for the attribute {name}.")
    if entry.findtext("{*}SoldToLegalEntity") != LEGAL_ENTITY:
        raise refused("PO-2055118", "The sold-to legal entity is not valid.")
    supplier = str(entry.findtext("{*}SupplierNumber"))
    _may_buy_from(books.find("Supplier", supplier), supplier)
    rows = books.rows("PurchaseOrder")
    number = str(max(int(row.key) for row in rows if row.key.isdigit() and int(row.key) < 490_000) + 1)
    sheet = Sheet(order_element(_draft(number, entry), _BEHIND + len(rows)), "PurchaseOrder", "PurchaseOrder")
    sheet.take_inner(entry, "DFF")
    books.keep("PurchaseOrder", sheet.element)
    books.journal.append(Commit("createPurchaseOrder", number))
    submit(books, number, entry.findtext("{*}ApprovalActionCode") or "NONE")
    return number


def _draft(number: str, entry: _Element) -> Order:
    currency, ordered_on = str(entry.findtext("{*}CurrencyCode")), entry.findtext("{*}OrderDate")
    lines = tuple(_line(line, currency) for line in entry.iterfind("{*}PurchaseOrderEntryLine"))
    if not lines:
        raise refused("PO-2055109", "The purchase order has no lines.")
    return Order(
        number=number, supplier=str(entry.findtext("{*}SupplierNumber")), currency=currency, status="draft",
        ordered_on=datetime.now(UTC).date() if ordered_on is None else date.fromisoformat(ordered_on),
        reference=entry.findtext("{*}SupplierOrderReference"), valid_from=None, valid_until=None, lines=lines,
    )  # fmt: skip


def _may_buy_from(supplier: Row | None, number: str) -> None:
    if supplier is None:
        raise refused("PO-2055131", f"The supplier {number} is not valid.")
    if supplier.values.get("InactiveDate"):
        raise refused("PO-2055132", f"The supplier {number} is inactive.")
    if supplier.values.get("PurchasingHoldFlag", ("false",))[0] in ("true", "1"):
        raise refused("PO-2055133", f"The supplier {number} is on purchasing hold.")


def _line(entry: _Element, currency: str) -> Line:
    item, unit = entry.findtext("{*}ItemNumber"), _UNITS.get(entry.findtext("{*}UOMCode") or "")
    if item not in _TEXTS:
        raise refused("PO-2055141", f"The item {item} is not valid.")
    if unit is None:
        raise refused("PO-2055142", "The unit of measure is not valid.")
    schedules = list(entry.iterfind("{*}PurchaseOrderEntrySchedule"))
    if len(schedules) != 1 or not schedules[0].findtext("{*}ShipToLocationCode"):
        raise refused("PO-2055143", "You must provide a value for the attribute ShipToLocationCode.")
    due_on, ordered = schedules[0].findtext("{*}NeedByDate"), Decimal(schedules[0].findtext("{*}Quantity") or "0")
    price, per = (Decimal(text) for text in _priced(entry))
    return Line(
        number=int(entry.findtext("{*}LineNumber") or "0"), product=item, description=_TEXTS[str(item)], unit=unit,
        ordered=ordered, received=Decimal(0), invoiced=Decimal(0), price=price, price_per=int(per),
        amount=net(ordered, price, per, currency), due_on=None if not due_on else date.fromisoformat(due_on),
        status="open",
    )  # fmt: skip


def _priced(entry: _Element) -> Iterator[str]:
    yield entry.findtext("{*}Price") or "0"
    yield entry.findtext("{*}DFF/{*}PriceBasisQuantity") or "1"


def net(ordered: Decimal, price: Decimal, per: Decimal, currency: str) -> Decimal:
    """Work out the value of a line.

    Raises:
        SoapFault: a quantity is not more than nothing, or the price is less.
    """
    if ordered <= 0 or per <= 0 or price < 0:
        raise refused("PO-2055144", "Quantity and price basis must be more than zero.")
    return (ordered * price / per).quantize(Decimal(1).scaleb(-PLACES.get(currency, 2)), ROUND_HALF_EVEN)
