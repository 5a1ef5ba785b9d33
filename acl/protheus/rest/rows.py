"""Rows put back as the database holds them, so that one mapping reads a table whichever way it came.

The framework hands out texts without the blanks that fill them up, and binary floats by their digits; the dictionary
says how wide a text is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from attrs import frozen

from acl.engine.owed import source_contract
from acl.mapping import Mapping as RecordMapping

T = TypeVar("T")
Row = dict[str, object]
NOT_IN_THE_DICTIONARY = "D_E_L_E_T_"
"""The mark of deletion: it cannot be asked for, and the framework leaves out what is deleted (PRO-DEL-01)."""


@frozen(kw_only=True)
class TableRows:
    """The rows of one table; *columns* are those that are needed, *widths* those of its texts."""

    table: str
    columns: tuple[str, ...]
    widths: Mapping[str, int]

    def row(self, cells: Mapping[str, object]) -> Row:
        """Give what came, by its columns, as a row of the database.

        Source: PRO-PAD-01, PRO-PAD-02, PRO-NUM-01.
        """
        alive = {NOT_IN_THE_DICTIONARY: " "} if NOT_IN_THE_DICTIONARY in self.columns else {}
        return {column: self._stored(column, value) for column, value in cells.items()} | alive

    def _stored(self, column: str, value: object) -> object:
        match value:
            case str():
                return value.ljust(self.widths.get(column, 0))
            case Decimal():
                return float(value)
        return value


def cells(rows: Sequence[Row], columns: Sequence[str]) -> list[tuple[object, ...]]:
    """Give *rows* as a mapping of these *columns* takes them."""
    return [tuple(row[column] for column in columns) for row in rows]


def rows_of(mapping: RecordMapping[T]) -> TableRows:
    """Give the rows that *mapping* reads."""
    owed = source_contract(mapping, kind="protheus", port="").columns
    widths = {each.path: each.facets.length for each in owed if each.facets.length is not None}
    return TableRows(table=mapping.record, columns=mapping.columns, widths=widths)
