"""Twenty records with one fault each; apart from that one column a reader could read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from sandbox.broken import Broken
from sandbox.inhouse.rows import Cell, Row, line_rows, order_row, supplier_row
from sandbox.scenario import Order, Supplier, cnpj, scenario

_SUPPLIER_FAULTS: tuple[tuple[str, Cell, str], ...] = (
    ("CPF_CNPJ", "11.222.333/0001-82", "INH-KEY-01"),
    ("CPF_CNPJ", "1222333000181", "INH-KEY-04"),
    ("SITUACAO", 6, "INH-CODE-01"),
    ("NOME", "Tecidos Concei\ufffd\ufffdo Ltda.", "INH-ENC-01"),
    ("ENDERECO", "Praça São JoÃ£o, 10", "INH-ENC-02"),
    ("PAIS", "ATLANTIDA", "INH-CODE-01"),
    ("NOME", "-", "INH-NULL-01"),
)

_HEADER_FAULTS: tuple[tuple[str, Cell, str], ...] = (
    ("DT_EMISSAO", "31/02/2024", "INH-DATE-01"),
    ("DT_EMISSAO", "03-04-2024", "INH-DATE-02"),
    ("DT_EMISSAO", "01/01/1900", "INH-DATE-03"),
    ("STATUS", 6, "INH-CODE-01"),
    ("EXCLUIDO", 2, "INH-CODE-02"),
    ("COD_FORN", "1000I701", "INH-KEY-04"),
    ("COD_FORN", "0", "INH-PHANTOM-01"),
    ("MOEDA", "Cr$", "INH-CODE-01"),
)

_LINE_FAULTS: tuple[tuple[str, Cell, str], ...] = (
    ("UNID", "CX12", "INH-UNIT-01"),
    ("QTD", "1.234", "INH-NUM-01"),
    ("TOTAL", "19,9934", "INH-NUM-02"),
)


def _firm() -> Supplier:
    return next(supplier for supplier in scenario().suppliers if supplier.tax is not None and supplier.tax[0] == "CNPJ")


def _supplier(index: int) -> Supplier:
    return replace(_firm(), number=f"{900001 + index}01", tax=("CNPJ", cnpj(f"{90000001 + index}0001")), block="none")


def _order(index: int) -> Order:
    """Give an open order in reais without a term, whose two lines are one piece at 19.99 each."""
    model = next(order for order in scenario().orders if order.status == "open" and len(order.lines) >= 2)
    price = Decimal("19.99")
    lines = tuple(
        replace(line, unit="H87", ordered=Decimal(1), price=price, price_per=1, amount=price)
        for line in model.lines[:2]
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


def order_faults() -> Iterator[tuple[Broken, list[Row], list[Row]]]:
    """Yield each spoiled order with its headers and its lines; the last two have only the one or only the other."""
    orders = map(_order, range(len(_HEADER_FAULTS) + len(_LINE_FAULTS) + 2))
    code = int(_firm().number)
    for (column, raw, quirk), order in zip(_HEADER_FAULTS, orders, strict=False):
        fault = Broken("purchase_order", order.number, column, raw, quirk)
        yield fault, [order_row(order, code) | {column: raw}], line_rows(order)
    for (column, raw, quirk), order in zip(_LINE_FAULTS, orders, strict=False):
        fault = Broken("purchase_order", order.number, column, raw, quirk)
        first, last = line_rows(order)
        yield fault, [order_row(order, code)], [first, last | {column: raw}]
    empty, orphan = orders
    yield Broken("purchase_order", empty.number, "NUMERO", empty.number, "INH-TXN-01"), [order_row(empty, code)], []
    yield Broken("purchase_order", orphan.number, "NUMERO", orphan.number, "INH-KEY-03"), [], line_rows(orphan)
