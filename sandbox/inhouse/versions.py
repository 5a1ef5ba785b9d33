"""The state of a record as a digest of its cells, by which a program sees that nobody has changed it.

Cells stand one after the other in the order below, each with the number of its characters and a colon before it; null
is ``~``. An order is its header and then its lines by SEQ. The digest is the SHA-256 of it in UTF-8, in hexadecimal.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, select

from sandbox.inhouse.tables import FORNECEDORES, PEDIDOS, PEDIDOS_ITENS

_MASTER = [column for column in FORNECEDORES.c if column.name not in ("COD_PRINC", "DT_CAD")]
_HEADER = [PEDIDOS.c[name] for name in "NUMERO COD_FORN DT_EMISSAO MOEDA STATUS REF DT_INI DT_FIM EXCLUIDO".split()]
_ITEM = [column for column in PEDIDOS_ITENS.c if column.name != "NUMERO"]


def version(connection: Connection, table: str, key: str) -> str | None:
    """Give the digest of one record; ``None`` if it is not there."""
    if table == FORNECEDORES.name:
        found = connection.execute(select(*_MASTER).where(FORNECEDORES.c["COD"] == int(key))).all()
        cells = [cell for row in found[:1] for cell in row]
    else:
        headers = connection.execute(select(*_HEADER).where(PEDIDOS.c["NUMERO"] == key)).all()
        lines = select(*_ITEM).where(PEDIDOS_ITENS.c["NUMERO"] == key).order_by(PEDIDOS_ITENS.c["SEQ"])
        cells = [cell for row in headers[:1] for cell in row]
        cells += [cell for row in connection.execute(lines) for cell in row] if cells else []
    if not cells:
        return None
    return sha256("".join(map(_cell, cells)).encode()).hexdigest()


def _cell(cell: object) -> str:
    return "~" if cell is None else f"{len(str(cell))}:{cell}"
