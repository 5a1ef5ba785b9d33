"""The generic query: fields of one table, filtered, sorted, in pages counted from one."""

from __future__ import annotations

from urllib.parse import parse_qsl

from sandbox.protheus.rows import Cell, Row
from sandbox.protheus_rest.errors import answered, fault
from sandbox.protheus_rest.filter import parsed
from sandbox.protheus_rest.tables import Store, Table
from sandbox.web import Response

PATH = "/api/framework/v1/genericQuery"


def queried(store: Store, query: str, branch: str, most: int) -> Response:
    """Answer a query as a *branch* sees it, with *most* rows in a page however many are asked for.

    A field that the dictionary does not have is left out, and nobody says so.

    Raises:
        RestFault: there is no such table, or the filter cannot be read.
    """
    asked = dict(parse_qsl(query, keep_blank_values=True))
    table = store.tables.get(asked.get("tables", ""))
    if table is None:
        raise fault(400, "Tabela nao informada ou inexistente", asked.get("tables", ""))
    rows = _selected(table, branch, asked.get("filter", ""), asked.get("order", ""))
    fields = [name.upper() for name in asked.get("fields", ",".join(table.fields)).split(",")]
    size = min(int(asked.get("pageSize", "10")), most)
    start = (int(asked.get("page", "1")) - 1) * size
    items = [_item(table, row, fields) for row in rows[start : start + size]]
    left = max(0, len(rows) - start - size)
    return answered(200, {"items": items, "hasNext": left > 0, "remainingRecords": left})


def _selected(table: Table, branch: str, source: str, order: str) -> list[Row]:
    question = (branch, source, order)
    if question not in table.selections:
        rows = table.live(branch)
        if source:
            rows = list(filter(parsed(source, table.fields), rows))
        names = [name for name in order.upper().split(",") if name in table.fields]
        table.selections[question] = sorted(rows, key=lambda row: tuple(str(row[name]) for name in names))
    return table.selections[question]


def _item(table: Table, row: Row, fields: list[str]) -> dict[str, Cell]:
    return {name.lower(): _trimmed(row[name]) for name in fields if name in table.fields}


def _trimmed(cell: Cell) -> Cell:
    return cell.rstrip(" ") if isinstance(cell, str) else cell
