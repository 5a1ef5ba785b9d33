"""The three tables of the in-house system, and the statements that read whole records from them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    FromClause,
    GenerativeSelect,
    Select,
    String,
    Subquery,
    TableClause,
    and_,
    case,
    cast,
    column,
    func,
    or_,
    select,
    table,
    union,
)

from acl.conditions import Where
from acl.inhouse.purchase_orders import PURCHASE_ORDER
from acl.inhouse.suppliers import SUPPLIER
from adapters.sql.conditions import Columns, bytewise, rendered


def _table(name: str, columns: str) -> TableClause:
    return table(name, *map(column, columns.split()))


SUPPLIERS = table("FORNECEDORES", *map(column, SUPPLIER.columns))
HEADERS = _table("PEDIDOS", "NUMERO COD_FORN DT_EMISSAO MOEDA STATUS REF DT_INI DT_FIM EXCLUIDO")
ITEMS = _table(
    "PEDIDOS_ITENS", "NUMERO SEQ PRODUTO DESCRICAO UNID QTD QTD_REC QTD_FAT PRECO FATOR TOTAL DT_ENTREGA SIT"
)
MADE = {
    "COD": [(SUPPLIERS.name, "COD"), (SUPPLIERS.name, "COD_PRINC")],
    "NUMERO_SEM_PEDIDO": [(HEADERS.name, "NUMERO")],
    "NUMERO_SEM_ITENS": [(ITEMS.name, "NUMERO")],
}
"""What the columns are made of that stand in no table of an order."""
_DELETED = 9
_ERASED = -1
_NOBODY = (0, -1)
"""Masters that stand for no supplier: not informed, and test (INH-PHANTOM-01)."""


def supplier_statement(where: Sequence[Where]) -> GenerativeSelect:
    """Select the masters that count: no deleted one, no phantom, no duplicate of a principal that is there.

    A rule that leaves rows out never leaves out null, which is nobody's mark: such a row is read, and refused.

    Source: INH-KEY-01, INH-PHANTOM-01, INH-SOFT-01.
    """
    masters = SUPPLIERS.c
    principal = _named_principal(SUPPLIERS)
    counts = and_(
        masters["SITUACAO"].is_distinct_from(_DELETED),
        *(masters["COD"].is_distinct_from(code) for code in _NOBODY),
        or_(principal.is_(None), principal.not_in(_principals())),
    )
    cells: Columns = {**{name: masters[name] for name in SUPPLIER.columns}, "COD_PRINC": principal}
    return _select(cells, SUPPLIER.columns, where, SUPPLIERS, counts, masters["COD"]).order_by(masters["COD"])


def order_statement(where: Sequence[Where]) -> GenerativeSelect:
    """Select every line beside its header, and the headers and lines that stand alone; no deleted order.

    One mark of deletion is enough, and null is none.

    Source: INH-KEY-03, INH-TXN-01, INH-SOFT-01, INH-CODE-02.
    """
    numbers = union(select(HEADERS.c["NUMERO"]), select(ITEMS.c["NUMERO"])).subquery("NUMEROS")
    masters = _masters()
    number, header, item = numbers.c["NUMERO"], HEADERS.c, ITEMS.c
    cells: Columns = {
        **dict(item.items()),
        **dict(header.items()),
        "NUMERO": number,
        "COD": masters.c["COD"],
        "NUMERO_SEM_PEDIDO": case((header["NUMERO"].is_(None), number)),
        "NUMERO_SEM_ITENS": case((item["NUMERO"].is_(None), number)),
    }
    joined = (
        numbers.outerjoin(HEADERS, header["NUMERO"] == number)
        .outerjoin(ITEMS, item["NUMERO"] == number)
        .outerjoin(masters, masters.c["TYPED"] == _bare_number(header["COD_FORN"]))
    )
    alive = and_(header["STATUS"].is_distinct_from(_DELETED), header["EXCLUIDO"].is_distinct_from(_ERASED))
    found = _select(cells, PURCHASE_ORDER.columns, where, joined, alive, number)
    return found.order_by(bytewise(number), item["SEQ"])


def _select(
    cells: Columns,
    names: Sequence[str],
    where: Sequence[Where],
    source: FromClause,
    ours: ColumnElement[bool],
    key: ColumnElement[object],
) -> GenerativeSelect:
    """Select the mapping's columns of all that is ours under a key that has a row which meets the conditions.

    Whatever stands under one key comes together, so that of two headers with one number neither is taken for the truth.
    The conditions are all on what the header says.
    """
    found = select(*[cells[name].label(name) for name in names]).select_from(source).where(ours)
    conditions = rendered(where, cells, by_bytes=("NUMERO",))
    if not conditions:
        return found
    return found.where(key.in_(select(key).select_from(source).where(ours, *conditions).correlate(None)))


def _named_principal(masters: FromClause) -> ColumnElement[object]:
    """Give the principal that a master names; null on a principal, which names nobody, 0 or itself."""
    return func.nullif(func.nullif(masters.c["COD_PRINC"], 0), masters.c["COD"])


def _principals() -> Select[tuple[int]]:
    principals = SUPPLIERS.alias("PRINCIPAIS")
    code = principals.c["COD"]
    return select(code).where(code > 0, _named_principal(principals).is_(None))


def _masters() -> Subquery:
    """Give for every master's number, as text, the number of the principal that it stands for (INH-KEY-01).

    The text is made here and not where it is compared, so that every database can look it up.
    """
    masters = SUPPLIERS.alias("CADASTRO")
    own = masters.c["COD"]
    principal = func.coalesce(_named_principal(masters), own)
    found = select(cast(own, String).label("TYPED"), principal.label("COD")).distinct()
    return found.where(own > 0, principal.in_(_principals())).subquery("FORNECEDOR")


def _bare_number(text: ColumnElement[object]) -> ColumnElement[str]:
    """Strip the blanks round a number typed as text, and its leading zeros; nothing else is a number any more.

    Comparing texts, not numbers: a cast of ``12A`` ends the whole answer on one database and is 12 on another
    (INH-KEY-04). Blanks inside become a sign that no number has, for zeros become blanks to be trimmed.
    """
    marked = func.replace(func.trim(text), " ", "?")
    return func.replace(func.ltrim(func.replace(marked, "0", " ")), " ", "0")
