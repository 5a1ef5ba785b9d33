"""Which state of a record was seen: a digest of its cells, which the system's programs make of the same cells.

The tables keep no stamp of a change, so this is all by which one is noticed. Each cell is written with its length
before it, as ``3:abc``; null is ``~``. The digest is the SHA-256 of it all, in UTF-8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from acl.inhouse.commands.programs import ORDERS, SUPPLIERS, Row

_MASTER = "COD NOME FANTASIA CPF_CNPJ ENDERECO CIDADE UF CEP PAIS EMAIL BANCO AGENCIA CONTA IBAN SITUACAO".split()
_HEADER = "NUMERO COD_FORN DT_EMISSAO MOEDA STATUS REF DT_INI DT_FIM EXCLUIDO".split()
_ITEM = "SEQ PRODUTO DESCRICAO UNID QTD QTD_REC QTD_FAT PRECO FATOR TOTAL DT_ENTREGA SIT".split()
_SEEN: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {SUPPLIERS: (_MASTER, ()), ORDERS: (_HEADER, _ITEM)}


def version_of(table: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Give the version of the record of *table* that *rows* make up: its own cells, then those of each of its lines."""
    own, each = _SEEN[table]
    place = {name: number for number, name in enumerate(columns)}
    cells = [rows[0][place[name]] for name in own]
    cells += [row[place[name]] for row in rows for name in each]
    return hashlib.sha256("".join(map(_measured, cells)).encode("utf-8", "surrogatepass")).hexdigest()


def _measured(cell: object) -> str:
    return "~" if cell is None else f"{len(str(cell))}:{cell}"
