"""The facts of the scenario as rows of the in-house tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sandbox.inhouse.spelling import day_text, garbled, in_groups, number_text, pick, tax_text
from sandbox.scenario import OPEN_END, PLACES, Bank, Block, Line, LineStatus, Order, Status, Supplier

Cell = str | int | None
Row = dict[str, Cell]

COUNTRIES: dict[str, tuple[str, ...]] = {
    "BR": ("BRASIL", "Brasil"),
    "DE": ("ALEMANHA", "Alemanha"),
    "US": ("EUA", "E.U.A."),
    "JP": ("JAPAO", "JAPÃO"),
    "KW": ("KUWAIT", "KUAITE"),
    "CH": ("SUICA", "SUÍÇA"),
}
CURRENCIES: dict[str, tuple[str, ...]] = {
    "BRL": ("R$", "BRL"),
    "USD": ("US$", "USD"),
    "EUR": ("EUR", "€"),
    "JPY": ("JPY",),
    "KWD": ("KWD",),
    "CHF": ("CHF",),
}
UNITS: dict[str, tuple[str, ...]] = {
    "H87": ("UN", "UND", "PC"),
    "KGM": ("KG", "Kg"),
    "MTR": ("MT", "M"),
    "LTR": ("LT", "L"),
    "XBX": ("CX",),
    "HUR": ("HR", "H"),
}
STATUSES: dict[Status, int] = {
    "draft": 0,
    "pending_approval": 1,
    "open": 2,
    "partly_received": 3,
    "received": 4,
    "closed": 5,
    "rejected": 7,
    "cancelled": 8,
}
LINE_STATUSES: dict[LineStatus, int] = {"open": 0, "partly_received": 1, "received": 2, "closed": 3, "cancelled": 9}
_BLOCKS: dict[Block, int] = {"none": 1, "purchasing": 2, "payment": 3, "all": 4}
_ABSENT = (None, "", "-")
_ABSENT_WORDS = (None, "", "-", "N/A", ".")
_ABSENT_TAX = (None, "", "0", "00000000000000")


def _or_token(text: str | None, tokens: Sequence[str | None], *seed: object) -> str | None:
    return pick(tokens, *seed) if text is None else text


def supplier_row(supplier: Supplier) -> Row:
    """Give the FORNECEDORES row of *supplier* as a principal."""
    key, code = supplier.number, int(supplier.number)
    registered = date(2011, 3, 1) + timedelta(days=code % 3000) if code % 7 else None
    trade_name = garbled(supplier.trade_name, "FANTASIA", key) if supplier.trade_name is not None else None
    return {
        "COD": code,
        "NOME": garbled(supplier.name, "NOME", key),
        "FANTASIA": _or_token(trade_name, _ABSENT_WORDS, "FANTASIA", key),
        "CPF_CNPJ": tax_cell(supplier),
        "ENDERECO": garbled(supplier.street, "ENDERECO", key),
        "CIDADE": garbled(supplier.city, "CIDADE", key),
        "UF": _or_token(supplier.region, _ABSENT, "UF", key),
        "CEP": _postal_code(supplier),
        "PAIS": pick(COUNTRIES[supplier.country], "PAIS", key),
        "EMAIL": _or_token(supplier.email, _ABSENT_WORDS, "EMAIL", key),
        **_bank(supplier.bank, key),
        "SITUACAO": 9 if supplier.deleted else _BLOCKS[supplier.block],
        "COD_PRINC": pick((None, 0, code), "COD_PRINC", key),
        "DT_CAD": day_text(registered, "DT_CAD", key),
    }


def tax_cell(supplier: Supplier, *, the_other_way: bool = False) -> str | None:
    """Give the CPF_CNPJ of *supplier*, as its master has it or as a duplicate of it has it."""
    if supplier.tax is None:
        return pick(_ABSENT_TAX, "CPF_CNPJ", supplier.number)
    punctuated = pick((True, False), "CPF_CNPJ", supplier.number)
    return tax_text(*supplier.tax, punctuated=punctuated != the_other_way)


def _postal_code(supplier: Supplier) -> str | None:
    if supplier.postal_code is None:
        return pick(_ABSENT, "CEP", supplier.number)
    if supplier.country == "BR" and pick((True, False), "CEP", supplier.number):
        return supplier.postal_code.replace("-", "")
    return supplier.postal_code


def _bank(bank: Bank | None, key: str) -> Row:
    if bank is None:
        return {column: pick(_ABSENT, column, key) for column in ("BANCO", "AGENCIA", "CONTA", "IBAN")}
    iban = bank.iban if bank.iban is None or pick((True, False), "IBAN", key) else in_groups(bank.iban)
    return {
        "BANCO": bank.bank,
        "AGENCIA": _or_token(bank.branch, _ABSENT, "AGENCIA", key),
        "CONTA": bank.account,
        "IBAN": _or_token(iban, _ABSENT, "IBAN", key),
    }


def order_row(order: Order, supplier: int) -> Row:
    """Give the PEDIDOS row of *order*, placed with the COD *supplier*; a deleted one is so by one mark or both."""
    key = order.number
    status, erased = STATUSES[order.status], 0
    if order.deleted:
        status, erased = pick(((9, -1), (9, 0), (status, -1)), "EXCLUIDO", key)
    return {
        "NUMERO": key,
        "COD_FORN": pick((f"{supplier}", f"  {supplier}", f"{supplier:010d}", f"{supplier} "), "COD_FORN", key),
        "DT_EMISSAO": day_text(order.ordered_on, "DT_EMISSAO", key),
        "MOEDA": pick(CURRENCIES[order.currency], "MOEDA", key),
        "STATUS": status,
        "REF": _or_token(order.reference, _ABSENT_WORDS, "REF", key),
        "DT_INI": day_text(order.valid_from, "DT_INI", key),
        "DT_FIM": _until(order),
        "EXCLUIDO": erased,
    }


def _until(order: Order) -> str | None:
    if isinstance(order.valid_until, str):
        return {OPEN_END: "06/06/2079"}[order.valid_until]
    return day_text(order.valid_until, "DT_FIM", order.number)


def line_rows(order: Order) -> list[Row]:
    """Give the PEDIDOS_ITENS rows of *order*."""
    return [_line(order, line) for line in order.lines]


def _line(order: Order, line: Line) -> Row:
    key = f"{order.number}/{line.number}"
    total = number_text(line.amount, max(PLACES[order.currency], 2), "TOTAL", key)
    sign = pick(("", "", "R$ "), "R$", key) if order.currency == "BRL" else ""
    return {
        "NUMERO": order.number,
        "SEQ": line.number,
        "PRODUTO": _or_token(line.product, _ABSENT_WORDS, "PRODUTO", key),
        "DESCRICAO": garbled(line.description, "DESCRICAO", key),
        "UNID": pick(UNITS[line.unit], "UNID", key),
        "QTD": number_text(line.ordered, 3, "QTD", key),
        "QTD_REC": number_text(line.received, 3, "QTD_REC", key),
        "QTD_FAT": number_text(line.invoiced, 3, "QTD_FAT", key),
        "PRECO": number_text(line.price, 4, "PRECO", key),
        "FATOR": line.price_per,
        "TOTAL": f"{sign}{total}",
        "DT_ENTREGA": day_text(line.due_on, "DT_ENTREGA", key),
        "SIT": LINE_STATUSES[line.status],
    }
