"""TOTVS Protheus, read from its database and never written there (PRO-WR-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import Attribute, field, frozen
from sqlalchemy import ColumnElement, GenerativeSelect, TableClause, column, select, table

from acl.collection import Collection
from acl.conditions import Where
from acl.protheus.purchase_orders import PURCHASE_ORDER
from acl.protheus.suppliers import SUPPLIER
from adapters.erp import Codes, Erp
from adapters.sql.conditions import rendered
from adapters.sql.database import Row, SqlDatabase
from adapters.sql.schema import require_columns
from ports.errors import Misconfigured
from ports.quarantine import Quarantine


def _two_signs(_: ProtheusScope, attribute: Attribute[str], value: str) -> None:
    if not re.fullmatch("[A-Z0-9]{2}", value):
        raise Misconfigured(f"{attribute.name} is {value!r}; it has two capitals or digits, such as 01")


@frozen
class ProtheusScope:
    """Whose records are read: the company is part of the tables' names, the branch stands in every row.

    *branch* is kept as it is written, blanks included.

    Source: PRO-TAB-01, PRO-FIL-01, PRO-FIL-02.
    """

    company: str = field(validator=_two_signs)
    branch: str


def protheus(
    name: str, database: SqlDatabase, scope: ProtheusScope, quarantine: Quarantine, codes: Mapping[str, Codes]
) -> Erp:
    """Open one company and branch of a Protheus database."""
    supplier = SUPPLIER.with_codes(codes.get("suppliers", {}))
    order = PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {}))
    suppliers = _table("SA2", scope, (*supplier.columns, "D_E_L_E_T_"))
    orders = _table("SC7", scope, (*order.columns, "D_E_L_E_T_", "C7_FILIAL", "C7_TIPO"))

    def supplier_pages(where: Sequence[Where]) -> Iterator[list[Row]]:
        return database.pages(_suppliers(suppliers, supplier.columns, where))

    def order_pages(where: Sequence[Where]) -> Iterator[list[Row]]:
        return database.pages(_orders(orders, order.columns, scope.branch, where))

    def check() -> None:
        for each in (suppliers, orders):
            require_columns(database, each.name, tuple(_cells(each)))

    return Erp(
        name=name,
        kind="protheus",
        place=database.name,
        suppliers=Collection(supplier, supplier_pages, system=name, quarantine=quarantine),
        purchase_orders=Collection(order, order_pages, system=name, quarantine=quarantine),
        quarantine=quarantine,
        check=check,
        close=database.close,
    )


def _table(alias: str, scope: ProtheusScope, columns: Sequence[str]) -> TableClause:
    """Name the company's own table: SA2 of company 01 is SA2010."""
    return table(f"{alias}{scope.company}0", *map(column, columns))


def _cells(source: TableClause) -> dict[str, ColumnElement[object]]:
    return dict(source.c.items())


def _suppliers(source: TableClause, columns: Sequence[str], where: Sequence[Where]) -> GenerativeSelect:
    """Select the live suppliers; the table is shared by all branches (PRO-FIL-01, PRO-DEL-01)."""
    cells = _cells(source)
    live = select(*map(cells.__getitem__, columns)).where(cells["D_E_L_E_T_"] == " ", *rendered(where, cells))
    return live.order_by(cells["A2_COD"], cells["A2_LOJA"])


def _orders(source: TableClause, columns: Sequence[str], branch: str, where: Sequence[Where]) -> GenerativeSelect:
    """Select all live rows of the orders that have, for each condition, a row which meets it.

    An order is read with all its rows or not at all: a condition on rows alone would hide some of them.

    Source: PRO-DEL-01, PRO-FIL-01, PRO-PO-06, PRO-PO-07.
    """
    cells = _cells(source)
    number = cells["C7_NUM"]
    ours = (cells["D_E_L_E_T_"] == " ", cells["C7_FILIAL"] == branch, cells["C7_TIPO"] == 1)
    met = [number.in_(select(number).where(*ours, each)) for each in rendered(where, cells)]
    return select(*map(cells.__getitem__, columns)).where(*ours, *met).order_by(number, cells["C7_ITEM"])
