"""The in-house sandbox, read back by hand: each spelling that it promises becomes the fact of the scenario."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from sandbox.inhouse.rows import COUNTRIES, CURRENCIES, LINE_STATUSES, STATUSES, UNITS
from sandbox.scenario import Bank, Block, Line, LineStatus, Order, Status, Supplier

ABSENT = (None, "", "-", "N/A", ".")
NOT_KNOWN = (None, "", "01/01/1900", "00/00/0000")
MONTHS = dict(zip("Jan Fev Mar Abr Mai Jun Jul Ago Set Out Nov Dez".split(), range(1, 13), strict=True))
PATTERNS = {
    r"\d\d/\d\d/\d{4}": "%d/%m/%Y",
    r"\d{4}-\d\d-\d\d": "%Y-%m-%d",
    r"\d\d\.\d\d\.[012]\d": "%d.%m.%y",
    r"\d{8}": "%Y%m%d",
}
BLOCKS: dict[int, Block] = {1: "none", 2: "purchasing", 3: "payment", 4: "all"}
STATUS_OF: dict[int, Status] = {number: status for status, number in STATUSES.items()}
LINE_STATUS_OF: dict[int, LineStatus] = {number: status for status, number in LINE_STATUSES.items()}


def _key_of(word: str, spellings: dict[str, tuple[str, ...]]) -> str:
    (key,) = (key for key, words in spellings.items() if word in words)
    return key


def repaired(text: str) -> str:
    """Undo what reading the bytes of one code page as another did to a text, as often as it was done."""
    for _ in range(3):
        try:
            text = text.encode("cp1252").decode()
        except (UnicodeEncodeError, UnicodeDecodeError):
            return text
    return text


def _text(raw: str | None) -> str | None:
    return None if raw in ABSENT else raw


def _day(raw: str | None) -> date | None:
    if raw is None or raw in NOT_KNOWN:
        return None
    for shape, pattern in PATTERNS.items():
        if re.fullmatch(shape, raw):
            return datetime.strptime(raw, pattern).date()
    month, day, year = raw.split()
    return date(int(year), MONTHS[month], int(day))


def _number(raw: str) -> Decimal:
    assert re.fullmatch(r"\d+(,\d+)?|\d{1,3}(\.\d{3})*,\d+", raw)
    return Decimal(raw.replace(".", "").replace(",", "."))


def tax_from(raw: str | None) -> tuple[str, str] | None:
    """Give the kind and the bare characters of a tax number; ``None`` where none is known."""
    if raw in (None, "", "0", "00000000000000"):
        return None
    bare = re.sub(r"[ ./-]", "", raw or "")
    return {14: "CNPJ", 11: "CPF" if bare.isdigit() else "VAT"}[len(bare)], bare


def supplier_from(row: sqlite3.Row) -> Supplier:
    """Give the supplier that a row of FORNECEDORES tells of."""
    country, postal_code, iban = _key_of(row["PAIS"], COUNTRIES), _text(row["CEP"]), _text(row["IBAN"])
    trade_name, bank = _text(row["FANTASIA"]), _text(row["BANCO"])
    if country == "BR" and postal_code is not None:
        postal_code = f"{postal_code[:5]}-{postal_code[-3:]}"
    return Supplier(
        number=f"{row['COD']:08d}",
        name=repaired(row["NOME"]),
        trade_name=None if trade_name is None else repaired(trade_name),
        tax=tax_from(row["CPF_CNPJ"]),  # type: ignore[arg-type] # the kind is one of three texts
        street=repaired(row["ENDERECO"]),
        city=repaired(row["CIDADE"]),
        region=_text(row["UF"]),
        postal_code=postal_code,
        country=country,
        email=_text(row["EMAIL"]),
        bank=Bank(bank, _text(row["AGENCIA"]), row["CONTA"], iban and iban.replace(" ", "")) if bank else None,
        block=BLOCKS[row["SITUACAO"]],
    )


def _line(row: sqlite3.Row) -> Line:
    return Line(
        number=row["SEQ"],
        product=_text(row["PRODUTO"]),
        description=repaired(row["DESCRICAO"]),
        unit=_key_of(row["UNID"], UNITS),
        ordered=_number(row["QTD"]),
        received=_number(row["QTD_REC"]),
        invoiced=_number(row["QTD_FAT"]),
        price=_number(row["PRECO"]),
        price_per=row["FATOR"],
        amount=_number(row["TOTAL"].removeprefix("R$ ")),
        due_on=_day(row["DT_ENTREGA"]),
        status=LINE_STATUS_OF[row["SIT"]],
    )


def order_from(row: sqlite3.Row, lines: Iterable[sqlite3.Row], principals: dict[int, int]) -> Order:
    """Give the order that a row of PEDIDOS and its lines tell of; duplicates of a supplier count as their principal."""
    ordered_on = _day(row["DT_EMISSAO"])
    assert ordered_on is not None
    return Order(
        number=row["NUMERO"],
        supplier=f"{principals[int(row['COD_FORN'])]:08d}",
        ordered_on=ordered_on,
        currency=_key_of(row["MOEDA"], CURRENCIES),
        status=STATUS_OF[row["STATUS"]],
        reference=_text(row["REF"]),
        valid_from=_day(row["DT_INI"]),
        valid_until="open end" if row["DT_FIM"] == "06/06/2079" else _day(row["DT_FIM"]),
        lines=tuple(map(_line, lines)),
    )


def principals_in(database: sqlite3.Connection) -> dict[int, int]:
    """Give the principal of each supplier, itself if it is no duplicate."""
    rows = database.execute("SELECT COD, COD_PRINC FROM FORNECEDORES WHERE COD > 0")
    return {code: code if principal in (None, 0) else principal for code, principal in rows}


def lines_in(database: sqlite3.Connection) -> dict[str, list[sqlite3.Row]]:
    """Give the rows of PEDIDOS_ITENS by the number of their order."""
    lines: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in database.execute("SELECT * FROM PEDIDOS_ITENS ORDER BY NUMERO, SEQ"):
        lines[row["NUMERO"]].append(row)
    return lines
