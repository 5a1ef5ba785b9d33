"""What becomes of an order: handed to its approvers, changed by a change order, closed, given up.

An order that was approved once is changed and cancelled by a **change order**, which waits for an approver in its turn;
until he has decided the order stands as it was, and nothing else of it can be changed. One that was never approved is
changed and cancelled at once.
"""

from __future__ import annotations

from collections.abc import Callable

from sandbox.oracle.books import Books
from sandbox.oracle.faults import locked, refused
from sandbox.oracle.journal import Commit
from sandbox.oracle.sheets import Sheet

Change = Callable[[Sheet], None]
"""Puts a change into a copy of an order.

Raises:
    SoapFault: a rule of the business says no.
"""
_NEVER_APPROVED = ("INCOMPLETE", "PENDING APPROVAL", "REJECTED")
_LIVING = ("OPEN", "PARTIALLY RECEIVED", "CLOSED FOR RECEIVING")


def submit(books: Books, number: str, action: str) -> None:
    """Hand a draft to its approvers (``SUBMIT``), past them (``BYPASS``), or leave it (``NONE``)."""
    if action == "SUBMIT":
        _put(books, number, StatusCode="PENDING APPROVAL")
        books.wait(number, lambda yes: _put(books, number, StatusCode="OPEN" if yes else "REJECTED"))
    elif action == "BYPASS":
        _put(books, number, StatusCode="OPEN")


def submit_draft(books: Books, number: str, *, bypass: bool) -> None:
    """Carry out the action ``submit``.

    Raises:
        SoapFault: the order is no draft.
    """
    if books.sheet("PurchaseOrder", number).text("StatusCode") != "INCOMPLETE":
        raise refused("PO-2055160", "The purchase order cannot be submitted in its current status.")
    books.journal.append(Commit("submit", number))
    submit(books, number, "BYPASS" if bypass else "SUBMIT")


def change(books: Books, number: str, action: str, description: str, alter: Change) -> str:
    """Change an order, and give the number of the change order; it is empty if none was needed.

    Raises:
        SoapFault: somebody else's change order stands in the way, or the change is not allowed.
    """
    sheet = _altered(books, number, alter)
    books.journal.append(Commit("changePurchaseOrder", number))
    if sheet.text("StatusCode") not in _NEVER_APPROVED:
        return _ordered(books, number, action, description, alter)
    books.keep("PurchaseOrder", sheet.element)
    submit(books, number, action)
    return ""


def cancel(books: Books, number: str, reason: str) -> None:
    """Carry out the action ``cancel``: by a change order, which is submitted, once the order was approved.

    Raises:
        SoapFault: goods have come, or the order cannot be cancelled.
    """
    status = books.sheet("PurchaseOrder", number).text("StatusCode")
    if status == "PENDING APPROVAL":
        books.withdraw(number)
    sheet = _altered(books, number, _give_up)
    books.journal.append(Commit("cancel", number))
    if status in _NEVER_APPROVED:
        books.keep("PurchaseOrder", sheet.element)
    else:
        _ordered(books, number, "SUBMIT", reason, _give_up)


def _altered(books: Books, number: str, alter: Change) -> Sheet:
    """Change a copy: whatever is not allowed is said now, and not when an approver decides."""
    sheet = books.sheet("PurchaseOrder", number)
    if books.waits(number) or sheet.text("ChangeOrderStatusCode") in ("INCOMPLETE", "PENDING APPROVAL"):
        raise refused("PO-2055170", f"Change order {sheet.text('ChangeOrderNumber')} of the document is pending.")
    if sheet.text("StatusCode") not in (*_NEVER_APPROVED, *_LIVING):
        raise refused("PO-2055171", "The purchase order cannot be changed in its current status.")
    alter(sheet)
    return sheet


def _ordered(books: Books, number: str, action: str, description: str, alter: Change) -> str:
    """Write a change order, which is carried out, handed to an approver, or forgotten."""
    name = str(int(books.sheet("PurchaseOrder", number).text("ChangeOrderNumber") or "0") + 1)

    def decided(yes: bool) -> None:
        if yes:
            sheet = books.sheet("PurchaseOrder", number)
            alter(sheet)
            books.keep("PurchaseOrder", sheet.element)
        _put(books, number, ChangeOrderStatusCode="PROCESSED" if yes else "REJECTED")

    state = {"SUBMIT": "PENDING APPROVAL", "BYPASS": "PROCESSED"}.get(action, "INCOMPLETE")
    _put(books, number, ChangeOrderNumber=name, ChangeOrderDescription=description, ChangeOrderStatusCode=state)
    if action == "SUBMIT":
        books.wait(number, decided)
    elif action == "BYPASS":
        decided(True)
    return name


def _give_up(order: Sheet) -> None:
    for line in order.each("PurchaseOrderLine"):
        if any(float(schedule.text("QuantityReceived")) > 0 for schedule in line.each("PurchaseOrderSchedule")):
            raise refused("PO-2055180", "Goods have been received; the purchase order cannot be canceled.")
        line.put("LineStatusCode", "CANCELED")
    order.put("StatusCode", "CANCELED")


def close(books: Books, number: str) -> None:
    """Carry out the action ``close``, which rolls down to the lines.

    Raises:
        SoapFault: a change order is pending, or the order is not open.
    """
    sheet = books.sheet("PurchaseOrder", number)
    if books.waits(number):
        raise locked()
    if sheet.text("StatusCode") not in _LIVING:
        raise refused("PO-2055190", "The purchase order cannot be closed in its current status.")
    for line in sheet.each("PurchaseOrderLine"):
        if line.text("LineStatusCode") in ("OPEN", "PARTIALLY RECEIVED"):
            line.put("LineStatusCode", "CLOSED")
    sheet.put("StatusCode", "CLOSED")
    books.keep("PurchaseOrder", sheet.element)
    books.journal.append(Commit("close", number))


def _put(books: Books, number: str, **texts: str) -> None:
    sheet = books.sheet("PurchaseOrder", number)
    for name, text in texts.items():
        sheet.put(name, text)
    books.keep("PurchaseOrder", sheet.element)
