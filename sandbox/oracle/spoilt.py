"""Twenty records that are spoilt in exactly one element each, copies of good ones under new numbers.

`Broken.column` is the path of element names from the record, an attribute after ``@``; `Broken.raw` the text on the
wire, None for nil and for an element that is left out, and both texts for an element that stands there twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from lxml import etree
from lxml.etree import _Element

from sandbox.broken import Broken
from sandbox.oracle.orders import order_element
from sandbox.oracle.rows import NIL
from sandbox.oracle.suppliers import supplier_element
from sandbox.scenario import Order, Supplier, scenario

_Spoil = Callable[[_Element], object]


def _says(text: str) -> _Spoil:
    def spoil(element: _Element) -> str:
        element.text = text
        return text

    return spoil


def _claims(attribute: str, text: str) -> _Spoil:
    def spoil(element: _Element) -> str:
        element.set(attribute, text)
        return text

    return spoil


def _comes_twice(other: str) -> _Spoil:
    def spoil(element: _Element) -> tuple[str | None, str]:
        again = etree.Element(element.tag)
        again.text = other
        element.addnext(again)
        return element.text, other

    return spoil


def _is_left_out(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_nil(element: _Element) -> None:
    element.text = None
    element.set(NIL, "true")


def _loses_a_letter(element: _Element) -> str:
    element.text = f"{element.text}".replace("ú", "\ufffd", 1)
    return element.text


def _has_a_wrong_check_digit(element: _Element) -> str:
    number = f"{element.text}"
    element.text = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    return element.text


_SUPPLIERS: tuple[tuple[str, _Spoil, str], ...] = (
    ("SupplierName", _loses_a_letter, "SOAP-19"),
    ("SupplierName", _is_left_out, "SOAP-01"),
    ("Alias", _comes_twice("OUTRA"), "SOAP-11"),
    ("TaxpayerId", _has_a_wrong_check_digit, "PRO-ID-02"),
    ("SupplierAddress/Country", _says("XX"), "G2"),
    ("PurchasingHoldFlag", _says("X"), "SOAP-05"),
    ("HoldAllPaymentsFlag", _is_nil, "SOAP-02"),
)
_ORDERS: tuple[tuple[str, str, _Spoil, str], ...] = (
    ("BRL", "OrderDate", _says("0000-00-00"), "SOAP-03"),
    ("EUR", "OrderDate", _says("2024-02-30"), "SOAP-03"),
    ("BRL", "StatusCode", _says("AWAITING FUNDS"), "EBS-PO-04"),
    ("USD", "StatusCode", _comes_twice("CLOSED"), "SOAP-11"),
    ("CHF", "CurrencyCode", _says("XXQ"), "G2"),
    ("BRL", "SupplierNumber", _says("  "), "SOAP-27"),
    ("EUR", "PurchaseOrderLine/Price", _says("1.234,56"), "SOAP-04"),
    ("USD", "PurchaseOrderLine/Amount", _says("NaN"), "SOAP-04"),
    ("JPY", "PurchaseOrderLine/Amount", _says("1234.50"), "SAP-NUM-06"),
    ("EUR", "PurchaseOrderLine/Amount@currencyCode", _claims("currencyCode", "USD"), "G2"),
    ("KWD", "PurchaseOrderLine/UOMCode", _says("ZZ9"), "G2"),
    ("BRL", "PurchaseOrderLine/LineStatusCode", _is_left_out, "SOAP-01"),
    ("CHF", "PurchaseOrderLine/PurchaseOrderSchedule/Quantity", _says("-99999"), "EBS-PO-06"),
)


def _spoil(record: _Element, column: str, spoil: _Spoil) -> object:
    """Spoil the first element at *column*."""
    path = "/".join(f"{{*}}{name}" for name in column.partition("@")[0].split("/"))
    element = record.find(path)
    if element is None:
        raise LookupError(f"no {column} to spoil")
    return spoil(element)


def _spoilt_suppliers(first_position: int) -> Iterator[tuple[_Element, Broken]]:
    good = next(found for found in scenario().suppliers if _is_rich(found))
    for index, (column, spoil, quirk) in enumerate(_SUPPLIERS, start=1):
        copy = replace(good, number=f"99{index:04d}01")
        record = supplier_element(copy, first_position + index)
        yield record, Broken("supplier", copy.number, column, _spoil(record, column, spoil), quirk)


def _is_rich(supplier: Supplier) -> bool:
    """Say whether there is something to spoil: a CNPJ, a trade name, and the letter that gets lost."""
    has_company_id = supplier.tax is not None and supplier.tax[0] == "CNPJ"
    return has_company_id and supplier.trade_name is not None and "ú" in supplier.name


def _spoilt_orders(first_position: int) -> Iterator[tuple[_Element, Broken]]:
    for index, (currency, column, spoil, quirk) in enumerate(_ORDERS, start=1):
        good = next(found for found in scenario().orders if _is_plain(found, currency))
        copy = replace(good, number=f"49{index:04d}")
        record = order_element(copy, first_position + index)
        yield record, Broken("purchase_order", copy.number, column, _spoil(record, column, spoil), quirk)


def _is_plain(order: Order, currency: str) -> bool:
    return order.currency == currency and order.status != "cancelled" and len(order.lines) > 1


@cache
def spoilt() -> tuple[tuple[_Element, Broken], ...]:
    """Give every spoilt record with what is wrong in it; their positions begin where the good ones end."""
    facts = scenario()
    return (
        *_spoilt_suppliers(len(facts.suppliers) + len(facts.deleted_suppliers)),
        *_spoilt_orders(len(facts.orders) + len(facts.deleted_orders)),
    )


def broken() -> tuple[Broken, ...]:
    """Say which records are spoilt, and where."""
    return tuple(fault for _, fault in spoilt())
