"""The programs by which the in-house system is written: stored procedures of one name, or kinds of files for the night.

What is called is the same on either way: a program, what was seen of its target, and cells of the old tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from attrs import field, frozen

from acl.commands import cannot
from domain.outcomes import Reference

A_co = TypeVar("A_co", covariant=True)
Cell = str | int | None
Row = tuple[object, ...]

SUPPLIERS = "FORNECEDORES"
ORDERS = "PEDIDOS"
SEPARATOR = ";"
_ENDS = (SEPARATOR, "\r", "\n")


@frozen(kw_only=True)
class Program:
    """One program: its *name*, the *table* whose records it writes, and the columns that it takes, in its own order.

    *items* are those of each line of an order; a program without takes no lines.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    items: tuple[str, ...] = ()


CREATE_SUPPLIER = Program(
    name="FORNECEDOR_INCLUIR",
    table=SUPPLIERS,
    columns=("NOME", "FANTASIA", "CPF_CNPJ", "ENDERECO", "CIDADE", "UF", "CEP", "PAIS", "EMAIL"),
)
CHANGE_SUPPLIER = Program(
    name="FORNECEDOR_ALTERAR",
    table=SUPPLIERS,
    columns=("COD", "NOME", "FANTASIA", "ENDERECO", "CIDADE", "UF", "CEP", "PAIS", "EMAIL"),
)
BLOCK_SUPPLIER = Program(name="FORNECEDOR_SITUAR", table=SUPPLIERS, columns=("COD", "SITUACAO"))
PAY_SUPPLIER = Program(name="FORNECEDOR_BANCO", table=SUPPLIERS, columns=("COD", "BANCO", "AGENCIA", "CONTA", "IBAN"))
PLACE_ORDER = Program(
    name="PEDIDO_INCLUIR",
    table=ORDERS,
    columns=("COD_FORN", "DT_EMISSAO", "MOEDA", "REF"),
    items=("SEQ", "PRODUTO", "UNID", "QTD", "PRECO", "FATOR", "DT_ENTREGA"),
)
CHANGE_LINE = Program(
    name="PEDIDO_ITEM_ALTERAR", table=ORDERS, columns=("NUMERO", "SEQ", "QTD", "PRECO", "FATOR", "DT_ENTREGA")
)
MOVE_ORDER = Program(name="PEDIDO_SITUAR", table=ORDERS, columns=("NUMERO", "STATUS"))

PROGRAMS = (
    CREATE_SUPPLIER,
    CHANGE_SUPPLIER,
    BLOCK_SUPPLIER,
    PAY_SUPPLIER,
    PLACE_ORDER,
    CHANGE_LINE,
    MOVE_ORDER,
)
"""Every program that is called; a site grants each of them, or does not."""


@frozen(kw_only=True)
class Call:
    """One call of one program.

    *seen* is the version of the target as it was read, ``None`` if there is none yet: what has changed since is not
    written. A column that is not among *cells* stays as it is; ``None`` in a cell empties it.
    """

    program: Program
    seen: str | None = None
    cells: Mapping[str, Cell]
    items: tuple[Mapping[str, Cell], ...] = field(default=())

    def arguments(self, reference: Reference) -> tuple[Cell, ...]:
        """Give what the stored procedure takes: null leaves a column as it is, and a blank text empties it.

        Raises:
            NotWritable: a cell of a line holds what ends one.

        Source: INH-NULL-01, INH-CSV-01.
        """
        cells = (emptied(self.cells[each]) if each in self.cells else None for each in self.program.columns)
        lines = "\n".join(map(SEPARATOR.join, self.lines()))
        return (reference.text, self.seen, *cells, *((lines,) if self.program.items else ()))

    def lines(self) -> tuple[tuple[str, ...], ...]:
        """Give the lines of an order as texts, cell by cell.

        Raises:
            NotWritable: a cell holds what ends one.
        """
        columns = self.program.items
        return tuple(tuple(separable(each, str(emptied(line[each]))) for each in columns) for line in self.items)


@frozen(kw_only=True)
class Stored(Generic[A_co]):
    """A record as it stands: what it means, and the version by which a change of it is noticed."""

    value: A_co
    version: str


def cells_of(columns: Sequence[str], raws: Mapping[str, object]) -> dict[str, Cell]:
    """Keep what of *raws* stands in *columns*.

    Raises:
        NotWritable: a raw value is no cell.
    """
    found: dict[str, Cell] = {}
    for column in columns:
        raw = raws.get(column)
        if raw is not None and not isinstance(raw, str | int):
            raise cannot(column, f"{raw!r} is no cell of a table")
        if column in raws:
            found[column] = raw
    return found


def emptied(cell: Cell) -> str | int:
    """Give a cell as it is written: every column that may be empty has the blank text among its tokens for that."""
    return "" if cell is None else cell


def separable(column: str, text: str) -> str:
    """Give *text* if it can stand between separators.

    Raises:
        NotWritable: it holds one, or the end of a line.

    Source: INH-CSV-01.
    """
    if any(sign in text for sign in _ENDS):
        raise cannot(column, f"{text!r} holds a semicolon or the end of a line, which ends a field here", "INH-CSV-01")
    return text
