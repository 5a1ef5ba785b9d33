"""Twenty records with one fault each; apart from that one column a reader could read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from sandbox.broken import Broken
from sandbox.protheus.rows import Cell, Row, order_rows, supplier_row
from sandbox.scenario import Order, Supplier, cnpj, scenario

_SUPPLIER_FAULTS: tuple[tuple[str, Cell, str], ...] = (
    ("A2_CGC", "11222333000182", "PRO-ID-02"),
    ("A2_CGC", "12abc34501de35", "PRO-ID-03"),
    ("A2_MSBLQL", "3", "PRO-CODE-02"),
    ("A2_NREDUZ", None, "PRO-PAD-02"),
    ("A2_NOME", "Tecidos Concei\ufffd\ufffdo Ltda.".ljust(40), "PRO-ENC-01"),
    ("A2_PAIS", "999", "PRO-CODE-03"),
    ("A2_XBLOQ", "Z", "PRO-CODE-01"),
)

_ORDER_FAULTS: tuple[tuple[str, Cell, str, int], ...] = (  # the last: lines of the order; its last line is spoiled
    ("C7_EMISSAO", "20240230", "PRO-DATE-01", 1),
    ("C7_EMISSAO", " " * 8, "PRO-DATE-02", 1),
    ("C7_DATPRF", "2024071 ", "PRO-DATE-01", 1),
    ("C7_XVALDE", "00000000", "PRO-DATE-01", 1),
    ("C7_MOEDA", 9, "PRO-CUR-01", 1),
    ("C7_UM", "ZZ", "PRO-CODE-03", 2),
    ("C7_CONAPRO", "X", "PRO-PO-04", 1),
    ("C7_XRASC", "s", "PRO-CODE-01", 1),
    ("C7_TOTAL", 19.9934, "PRO-NUM-01", 2),
    ("C7_QUJE", -5.0, "PRO-PO-01", 1),
    ("C7_FORNECE", " " * 6, "PRO-ID-01", 1),
    ("C7_EMISSAO", "20240311", "PRO-PO-07", 3),
    ("C7_ITEM", "0010", "PRO-DEL-02", 2),
)


def _firm() -> Supplier:
    return next(supplier for supplier in scenario().suppliers if supplier.tax is not None and supplier.tax[0] == "CNPJ")


def _supplier(index: int) -> Supplier:
    return replace(_firm(), number=f"{900001 + index}01", tax=("CNPJ", cnpj(f"{90000001 + index}0001")), block="none")


def _order(index: int, size: int) -> Order:
    """Give an open order in reais without a term, whose lines are one piece at 19.99 each."""
    model = next(order for order in scenario().orders if order.status == "open" and len(order.lines) >= 3)
    price = Decimal("19.99")
    lines = tuple(
        replace(line, unit="H87", ordered=Decimal(1), price=price, price_per=1, amount=price)
        for line in model.lines[:size]
    )
    return replace(
        model,
        number=f"{900001 + index}",
        supplier=_firm().number,
        currency="BRL",
        valid_from=None,
        valid_until=None,
        lines=lines,
    )


def supplier_faults() -> Iterator[tuple[Broken, Row]]:
    """Yield each spoiled supplier with its row."""
    for index, (column, raw, quirk) in enumerate(_SUPPLIER_FAULTS):
        supplier = _supplier(index)
        yield Broken("supplier", supplier.number, column, raw, quirk), supplier_row(supplier) | {column: raw}


def order_faults() -> Iterator[tuple[Broken, list[Row]]]:
    """Yield each spoiled order with its rows."""
    for index, (column, raw, quirk, size) in enumerate(_ORDER_FAULTS):
        order = _order(index, size)
        *sound, last = order_rows(order)
        yield Broken("purchase_order", order.number, column, raw, quirk), [*sound, last | {column: raw}]
