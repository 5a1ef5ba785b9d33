"""The tables of company 01 in memory, as the dictionary knows them.

They are those of ``sandbox.protheus.tables``, with one more field each: the site's own reference of whoever wrote the
record, twelve characters wide. The mark of deletion and the row's number are no fields of the dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import String
from sqlalchemy import Table as Declared

from sandbox.protheus.noise import order_noise, supplier_noise
from sandbox.protheus.rows import Row, order_rows, supplier_row
from sandbox.protheus.spoiled import order_faults, supplier_faults
from sandbox.protheus.tables import SA2, SC7
from sandbox.scenario import scenario

SUPPLIER_REFERENCE, ORDER_REFERENCE = "A2_XIDEXT", "C7_XIDEXT"
REFERENCE_WIDTH = 12
_HIDDEN = ("D_E_L_E_T_", "R_E_C_N_O_", "R_E_C_D_E_L_")


@dataclass(frozen=True)
class Change:
    """One row before and after; *before* is None for a new one."""

    before: Row | None
    after: Row


class Table:
    """One table; *fields* are the dictionary's, each with the width of its text, None for a number."""

    def __init__(self, alias: str, fields: dict[str, int | None], rows: Iterable[Row]) -> None:
        self.alias = alias
        self.fields = fields
        blank: Row = {name: " " * width for name, width in fields.items() if width is not None}
        self.rows: Sequence[Row] = tuple(blank | row for row in rows)
        self.selections: dict[tuple[str, ...], list[Row]] = {}
        """What was found by a question, kept for its further pages until somebody writes."""

    @property
    def branch(self) -> str:
        """The field of the branch: A2_FILIAL of SA2."""
        return f"{self.alias[1:]}_FILIAL"

    def live(self, branch: str) -> list[Row]:
        """Give the rows that are not deleted and that a branch sees, shared ones among them."""
        return [row for row in self.rows if row["D_E_L_E_T_"] != "*" and str(row[self.branch]).strip() in ("", branch)]

    def apply(self, changes: Sequence[Change]) -> None:
        """Carry out one unit of work."""
        self.selections.clear()
        after = {id(each.before): each.after for each in changes if each.before is not None}
        kept = (after.get(id(row), row) for row in self.rows)
        self.rows = (*kept, *(each.after for each in changes if each.before is None))


@dataclass(frozen=True)
class Commit:
    """One unit of work that stands: the routine, its operation, and the key of the document."""

    routine: str
    operation: str
    key: str


class Store:
    """Both tables of one server; *journal* gets every unit of work that was committed."""

    def __init__(self, references: Sequence[str], journal: list[Commit]) -> None:
        facts = scenario()
        suppliers = [
            *supplier_noise(),
            *map(supplier_row, (*facts.suppliers, *facts.deleted_suppliers)),
            *(row for _, row in supplier_faults()),
        ]
        orders = [
            *order_noise(),
            *(row for order in (*facts.orders, *facts.deleted_orders) for row in order_rows(order)),
            *(row for _, rows in order_faults() for row in rows),
        ]
        self.suppliers = Table("SA2", _dictionary(SA2, references, "A2_"), suppliers)
        self.orders = Table("SC7", _dictionary(SC7, references, "C7_"), orders)
        self.tables = {each.alias: each for each in (self.suppliers, self.orders)}
        self.journal = journal
        self.lock = Lock()


def _dictionary(declared: Declared, references: Sequence[str], prefix: str) -> dict[str, int | None]:
    own = {
        column.name: column.type.length if isinstance(column.type, String) else None
        for column in declared.columns
        if column.name not in _HIDDEN
    }
    return own | {name: REFERENCE_WIDTH for name in references if name.startswith(prefix)}
