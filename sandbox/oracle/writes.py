"""The operations of both services that write, and what they answer.

A supplier's say ``SUCCESS`` or ``ERROR`` and a sentence, and never which supplier it was. An order's give a request
status (``SUCCESS``, ``WARNING``, ``ERROR``), the order's number, and that of the change order if there is one. No
version is sent or looked at: who comes last is right.
"""

from __future__ import annotations

from functools import partial

from lxml import etree
from lxml.etree import _Element

from sandbox.oracle import placing, registering
from sandbox.oracle.approving import change
from sandbox.oracle.books import Books
from sandbox.oracle.changing import alter
from sandbox.oracle.faults import refused

WRITES = frozenset({"createSupplier", "updateSupplier", "createPurchaseOrder", "changePurchaseOrder"})
_OF_ORDERS = ("createPurchaseOrder", "changePurchaseOrder")


def carry_out(books: Books, message: _Element, namespace: str, *, commits: bool) -> bytes:
    """Carry out the operation that *message* asks for, and give the body of the answer.

    Raises:
        SoapFault: a rule of the business says no, and nothing was written.
    """
    operation, entry = etree.QName(message).localname, message[0]
    with books.unit_of_work(commits=commits):
        if operation in _OF_ORDERS:
            number, change_order = _ordered(books, operation, entry)
            return results(namespace, operation, "SUCCESS", OrderNumber=number, ChangeOrderNumber=change_order)
        (registering.create if operation == "createSupplier" else registering.update)(books, entry)
        return told(namespace, operation, "SUCCESS")


def _ordered(books: Books, operation: str, entry: _Element) -> tuple[str, str]:
    if operation == "createPurchaseOrder":
        return placing.create(books, entry), ""
    number = entry.findtext("{*}OrderNumber") or ""
    row = books.find("PurchaseOrder", number)
    if row is None or row.values.get("SoldToLegalEntity", ("",))[0] != entry.findtext("{*}SoldToLegalEntity"):
        raise refused("PO-2055119", f"The purchase order {number} is not valid.")
    description = entry.findtext("{*}ChangeOrderDescription") or ""
    action = entry.findtext("{*}ApprovalActionCode") or "NONE"
    return number, change(books, number, action, description, partial(alter, entry=entry))


def wrong(namespace: str, operation: str) -> bytes:
    """Give the body of an answer that says no inside a success."""
    if operation in _OF_ORDERS:
        return results(namespace, operation, "ERROR")
    return told(namespace, operation, "ERROR: The budget of the period is exhausted.")


def told(namespace: str, operation: str, text: str) -> bytes:
    """Give the body of an answer that is one text."""
    return _response(namespace, operation, b"<ns0:result>%s</ns0:result>" % text.encode())


def results(namespace: str, operation: str, status: str, **texts: str) -> bytes:
    """Give the body of an answer about an order; what is empty is nil."""
    inner = b"<ns0:RequestStatus>%s</ns0:RequestStatus>" % status.encode()
    for name, text in texts.items():
        tag = f"ns0:{name}".encode()
        inner += b"<%s>%s</%s>" % (tag, text.encode(), tag) if text else b'<%s xsi:nil="true"/>' % tag
    return _response(namespace, operation, b"<ns0:result>%s</ns0:result>" % inner)


def _response(namespace: str, operation: str, content: bytes) -> bytes:
    name = f"ns0:{operation}Response".encode()
    xsi = b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    return b'<%s xmlns:ns0="%s" %s>%s</%s>' % (name, namespace.encode(), xsi, content, name)
