"""What the automatic routines have in common: the dictionary says what a field holds, and what must be filled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sandbox.protheus.rows import Cell, Row
from sandbox.protheus_rest.errors import fault, refused
from sandbox.protheus_rest.tables import Table

Fields = Mapping[str, object]


def document(body: bytes) -> dict[str, object]:
    """Read the body of a write.

    Raises:
        RestFault: it is no JSON object in UTF-8.
    """
    try:
        found = json.loads(body.decode())
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise fault(400, "JSON invalido")
    return found


def stored(table: Table, fields: Fields) -> Row:
    """Give *fields* as the table holds them.

    Raises:
        RestFault: the dictionary does not have one, or a value is too long, or of another type.
    """
    return {name: _cell(table, name, value) for name, value in fields.items()}


def _cell(table: Table, name: str, value: object) -> Cell:
    if name not in table.fields:
        raise refused("NOCAMPO", f"O campo {name} nao existe no dicionario")
    width = table.fields[name]
    if width is None:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise refused("TIPO", f"O campo {name} e numerico")
        return value
    if not isinstance(value, str) or len(value) > width:
        raise refused("TAMANHO", f"O campo {name} tem {width} caracteres")
    return value.ljust(width)


def complete(row: Row, needed: Sequence[str]) -> None:
    """Refuse a row in which something is not filled.

    Raises:
        RestFault: naming it, in a log of several lines.
    """
    for name in needed:
        if str(row.get(name) or "").strip() == "":
            raise refused("OBRIGAT", "Um ou alguns campos obrigatorios nao foram preenchidos", f"Campo: {name}")
