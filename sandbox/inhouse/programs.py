"""The programs of the in-house system as they run at night, over any database: what the stored procedures do by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection, Table, func, select, update

from sandbox.inhouse.books import ACL_REF, DIARIO, TRAVAS, Day, today
from sandbox.inhouse.tables import FORNECEDORES, PEDIDOS, PEDIDOS_ITENS
from sandbox.inhouse.versions import version

_PLACES = {"JPY": Decimal(1), "KWD": Decimal("0.001")}
_MOVES_NEVER = (5, 8, 9)


@dataclass(frozen=True)
class Asked:
    """One command as it stood in a file: each of *items* is the cells of one line of an order."""

    reference: str
    program: str
    seen: str
    cells: Mapping[str, str]
    items: Sequence[Sequence[str]] = field(default=())


@dataclass(frozen=True)
class Told:
    """What a program says of itself: a number, the key of what it wrote, and a text."""

    number: int
    key: str = ""
    text: str = ""


class Dies(Exception):
    """The program ends in the middle, and answers nothing."""


class _Refused(Exception):
    """The program says no."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(text)
        self.told = Told(number, text=text)


def run(connection: Connection, asked: Asked, *, again: bool = False) -> Told:
    """Carry one command out in the transaction of *connection*, which the caller commits.

    *again* overlooks that it was carried out before under the same reference.

    Raises:
        Dies: the day is bad; whatever was done must be rolled back.
    """
    day = today(connection)
    if day in (Day.COLLIDING, Day.FAILING):
        raise Dies(day.value)
    try:
        table, key, write = _target(asked)
        written = _written_before(connection, asked.reference)
        if written is not None and not again:
            return Told(0, written)
        _look(connection, asked, table, key if not again else None, day)
        if day is Day.PRETENDING:
            return Told(0, key or "99999998")
        if day is Day.ERROR_INSIDE:
            return Told(0, text="ERRO 1003: TABELA CHEIA")
        key = write(connection, asked) or key or ""
    except _Refused as no:
        return no.told
    entry = {"REF": asked.reference, "TABELA": table.name, "CHAVE": key}
    if key != written:
        connection.execute(ACL_REF.insert(), {"id": asked.reference, "table": table.name, "key": key})
    connection.execute(DIARIO.insert(), entry)
    return Told(0, key, "AVISO: IMPRESSORA SEM PAPEL" if day is Day.COMPLAINING else "")


def _written_before(connection: Connection, reference: str) -> str | None:
    return connection.execute(select(ACL_REF.c.key).where(ACL_REF.c.id == reference)).scalar()


def _target(asked: Asked) -> tuple[Table, str | None, Callable[[Connection, Asked], str | None]]:
    if asked.program not in _PROGRAMS:
        raise _Refused(20, f"PROGRAMA DESCONHECIDO {asked.program}")
    table, write = _PROGRAMS[asked.program]
    key = "COD" if table is FORNECEDORES else "NUMERO"
    return table, asked.cells.get(key), write


def _look(connection: Connection, asked: Asked, table: Table, key: str | None, day: Day) -> None:
    if day is Day.CLOSED:
        raise _Refused(20, "PERIODO FECHADO")
    ours = (TRAVAS.c["TABELA"] == "*") | ((TRAVAS.c["TABELA"] == table.name) & (TRAVAS.c["CHAVE"] == key))
    editor = connection.execute(select(TRAVAS.c["USUARIO"]).where(ours)).scalar()
    if editor is not None:
        raise _Refused(30, f"EM USO POR {editor}")
    if key is not None:
        there = version(connection, table.name, key)
        if there is None:
            raise _Refused(10, f"NAO EXISTE {key}")
        if there != asked.seen:
            raise _Refused(40, "ALTERADO DESDE A CONSULTA")


def _create_supplier(connection: Connection, asked: Asked) -> str:
    code = connection.execute(select(func.max(FORNECEDORES.c["COD"]))).scalar_one() + 1
    registered = f"{datetime.now():%d/%m/%Y}"
    connection.execute(FORNECEDORES.insert(), {**asked.cells, "COD": code, "SITUACAO": 1, "DT_CAD": registered})
    return str(code)


def _change_supplier(connection: Connection, asked: Asked) -> None:
    cells = {name: int(cell) if name == "SITUACAO" else cell for name, cell in asked.cells.items() if name != "COD"}
    connection.execute(update(FORNECEDORES).where(FORNECEDORES.c["COD"] == int(asked.cells["COD"])).values(cells))


def _place_order(connection: Connection, asked: Asked) -> str:
    code, currency = int(asked.cells["COD_FORN"]), asked.cells["MOEDA"]
    state = connection.execute(select(FORNECEDORES.c["SITUACAO"]).where(FORNECEDORES.c["COD"] == code)).scalar()
    if state not in (1, 3):
        raise _Refused(20, "FORNECEDOR BLOQUEADO PARA COMPRAS")
    numbers = select(PEDIDOS.c["NUMERO"]).union_all(select(PEDIDOS_ITENS.c["NUMERO"]))
    number = str(max(int(text) for (text,) in connection.execute(numbers) if text.isdecimal()) + 1)
    fixed = {"NUMERO": number, "STATUS": 1, "DT_INI": "", "DT_FIM": "", "EXCLUIDO": 0}
    connection.execute(PEDIDOS.insert(), {**asked.cells, **fixed})
    connection.execute(PEDIDOS_ITENS.insert(), [_item(connection, number, currency, each) for each in asked.items])
    return number


def _item(connection: Connection, number: str, currency: str, cells: Sequence[str]) -> dict[str, str | int]:
    sequence, product, unit, quantity, price, factor, due = cells
    known = select(func.min(PEDIDOS_ITENS.c["DESCRICAO"])).where(PEDIDOS_ITENS.c["PRODUTO"] == product)
    return {
        "NUMERO": number,
        "SEQ": int(sequence),
        "PRODUTO": product,
        "DESCRICAO": connection.execute(known).scalar() or product,
        "UNID": unit,
        "QTD": quantity,
        "QTD_REC": "0",
        "QTD_FAT": "0",
        "PRECO": price,
        "FATOR": int(factor),
        "TOTAL": _total(quantity, price, int(factor), currency),
        "DT_ENTREGA": due,
        "SIT": 0,
    }


def _change_line(connection: Connection, asked: Asked) -> None:
    header = select(PEDIDOS.c["STATUS"], PEDIDOS.c["MOEDA"]).where(PEDIDOS.c["NUMERO"] == asked.cells["NUMERO"])
    status, currency = connection.execute(header).one()
    if status not in (0, 1, 2, 3):
        raise _Refused(20, "PEDIDO ENCERRADO")
    item = PEDIDOS_ITENS.c
    this = (item["NUMERO"] == asked.cells["NUMERO"]) & (item["SEQ"] == int(asked.cells["SEQ"]))
    stands = connection.execute(select(item["QTD"], item["PRECO"], item["FATOR"]).where(this)).mappings().one()
    cells: dict[str, str | int] = {each: asked.cells[each] for each in asked.cells if each not in ("NUMERO", "SEQ")}
    quantity, price, factor = (asked.cells.get(name, stands[name]) for name in ("QTD", "PRECO", "FATOR"))
    cells |= {"FATOR": int(factor), "TOTAL": _total(quantity, price, int(factor), currency)}
    connection.execute(update(PEDIDOS_ITENS).where(this).values(cells))


def _move_order(connection: Connection, asked: Asked) -> None:
    number, status = asked.cells["NUMERO"], int(asked.cells["STATUS"])
    now = connection.execute(select(PEDIDOS.c["STATUS"]).where(PEDIDOS.c["NUMERO"] == number)).scalar_one()
    if now in _MOVES_NEVER or (status == 8 and now in (3, 4)):
        raise _Refused(20, "SITUACAO NAO PERMITE")
    connection.execute(update(PEDIDOS).where(PEDIDOS.c["NUMERO"] == number).values(STATUS=status))
    lines = update(PEDIDOS_ITENS).where(PEDIDOS_ITENS.c["NUMERO"] == number)
    if status == 8:
        connection.execute(lines.values(SIT=9))
    elif status == 5:
        connection.execute(lines.where(PEDIDOS_ITENS.c["SIT"].in_((0, 1))).values(SIT=3))


def _total(quantity: str, price: str, factor: int, currency: str) -> str:
    value = _number(quantity) * _number(price) / factor
    return f"{value.quantize(_PLACES.get(currency, Decimal('0.01')), ROUND_HALF_UP):f}".replace(".", ",")


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


_PROGRAMS: dict[str, tuple[Table, Callable[[Connection, Asked], str | None]]] = {
    "FORNECEDOR_INCLUIR": (FORNECEDORES, _create_supplier),
    "FORNECEDOR_ALTERAR": (FORNECEDORES, _change_supplier),
    "FORNECEDOR_SITUAR": (FORNECEDORES, _change_supplier),
    "FORNECEDOR_BANCO": (FORNECEDORES, _change_supplier),
    "PEDIDO_INCLUIR": (PEDIDOS, _place_order),
    "PEDIDO_ITEM_ALTERAR": (PEDIDOS, _change_line),
    "PEDIDO_SITUAR": (PEDIDOS, _move_order),
}
