"""The facts of the scenario as Protheus rows, before the row numbers are given out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import inf, nextafter
from zlib import crc32

from sqlalchemy import String, Table

from sandbox.protheus.tables import SA2, SC7
from sandbox.scenario import OPEN_END, Bank, Line, Order, Supplier

Cell = str | int | float | None
Row = dict[str, Cell]

COUNTRIES = {"BR": "105", "DE": "023", "US": "249", "JP": "399", "KW": "198", "CH": "767"}
CURRENCIES = {"BRL": 1, "USD": 2, "EUR": 3, "JPY": 4, "KWD": 5, "CHF": 6}
UNITS = {"H87": "UN", "KGM": "KG", "MTR": "MT", "LTR": "LT", "XBX": "CX", "HUR": "HR"}
_BLOCKS = {"none": "", "purchasing": "C", "payment": "P", "all": ""}
_APPROVALS = {"pending_approval": "B", "rejected": "R"}


def padded(table: Table, values: Row) -> Row:
    """Fill every text up to its column's width, and an absent one with blanks.

    Raises:
        ValueError: a text is longer than its column; it is never cut.
    """
    row = dict(values)
    for column in table.columns:
        if not isinstance(column.type, String):
            continue
        width, text = column.type.length or 0, row.get(column.name) or ""
        if not isinstance(text, str) or len(text) > width:
            raise ValueError(f"{column.name} does not hold {text!r}")
        row[column.name] = text.ljust(width)
    return row


def supplier_row(supplier: Supplier) -> Row:
    """Give the SA2010 row of *supplier*."""
    brazilian = supplier.country == "BR"
    kind, tax = supplier.tax or (None, None)
    postal_code = supplier.postal_code
    free = "2" if crc32(supplier.number.encode()) % 2 else ""
    values: Row = {
        "A2_COD": supplier.number[:6],
        "A2_LOJA": supplier.number[6:],
        "A2_NOME": supplier.name,
        "A2_NREDUZ": supplier.trade_name,
        "A2_TIPO": "X" if not brazilian else "F" if kind == "CPF" else "J",
        "A2_CGC": tax if kind in ("CNPJ", "CPF") else None,
        "A2_NIFEX": tax if kind == "VAT" else None,
        "A2_END": supplier.street,
        "A2_MUN": supplier.city,
        "A2_EST": supplier.region if brazilian else "EX",
        "A2_XREGIAO": None if brazilian else supplier.region,
        "A2_CEP": postal_code.replace("-", "") if brazilian and postal_code is not None else postal_code,
        "A2_PAIS": COUNTRIES[supplier.country],
        "A2_EMAIL": supplier.email,
        "A2_MSBLQL": "1" if supplier.block == "all" else free,
        "A2_XBLOQ": _BLOCKS[supplier.block],
        "D_E_L_E_T_": "*" if supplier.deleted else "",
    }
    return padded(SA2, values | _bank(supplier.bank))


def _bank(bank: Bank | None) -> Row:
    if bank is None:
        return {}
    return {"A2_BANCO": bank.bank, "A2_AGENCIA": bank.branch, "A2_NUMCON": bank.account, "A2_XIBAN": bank.iban}


def order_rows(order: Order, *, branch: str = "01", kind: int = 1) -> list[Row]:
    """Give the SC7010 rows of *order*, one a line."""
    drift = crc32(order.number.encode())
    header: Row = {
        "C7_FILIAL": branch,
        "C7_TIPO": kind,
        "C7_NUM": order.number,
        "C7_FORNECE": order.supplier[:6],
        "C7_LOJA": order.supplier[6:],
        "C7_EMISSAO": _day(order.ordered_on),
        "C7_MOEDA": CURRENCIES[order.currency],
        "C7_TXMOEDA": 0.0 if order.currency == "BRL" or drift % 2 else 5.4375,
        "C7_CONAPRO": _APPROVALS.get(order.status, "L" if drift % 3 else ""),
        "C7_ACCPROC": "2",
        "C7_XREF": order.reference,
        "C7_XVALDE": _day(order.valid_from),
        "C7_XVALAT": "99991231" if order.valid_until == OPEN_END else _day(order.valid_until),
        "C7_XRASC": "S" if order.status == "draft" else "",
        "D_E_L_E_T_": "*" if order.deleted else "",
    }
    return [padded(SC7, header | _line(line, drift + line.number)) for line in order.lines]


def _line(line: Line, drift: int) -> Row:
    return {
        "C7_ITEM": f"{line.number:04d}",
        "C7_PRODUTO": line.product,
        "C7_DESCRI": line.description,
        "C7_UM": UNITS[line.unit],
        "C7_QUANT": float(line.ordered),
        "C7_QUJE": float(line.received),
        "C7_QTDACLA": 0.0,
        "C7_PRECO": _double(line.price, (0, 0, -1, 0, 2)[drift % 5]),
        "C7_TOTAL": _double(line.amount, (0, -1, 0, 0, 1, 0, -2)[drift % 7]),
        "C7_DATPRF": _day(line.due_on),
        "C7_RESIDUO": "S" if line.status in ("closed", "cancelled") else "",
        "C7_ENCER": "E" if line.status == "received" else "",
        "C7_XQTFAT": float(line.invoiced),
        "C7_XPRBAS": float(line.price_per),
    }


def _day(day: object) -> str:
    return day.strftime("%Y%m%d") if isinstance(day, date) else ""


def _double(value: Decimal, steps: int) -> float:
    """Give the double *steps* units in the last place away from *value*, as sums of doubles end up; zero stays zero."""
    number = float(value)
    if number != 0:
        for _ in range(abs(steps)):
            number = nextafter(number, inf if steps > 0 else -inf)
    return number
