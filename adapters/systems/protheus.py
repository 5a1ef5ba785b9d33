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
    supplier_table = _table("SA2", scope, (*SUPPLIER.columns, "D_E_L_E_T_"))
    order_table = _table("SC7", scope, (*PURCHASE_ORDER.columns, "D_E_L_E_T_", "C7_FILIAL", "C7_TIPO"))

    def supplier_pages(where: Sequence[Where]) -> Iterator[list[Row]]:
        alive = supplier_table.c["D_E_L_E_T_"] == " "
        statement = _select(supplier_table, SUPPLIER.columns, where, alive)
        return database.pages(statement.order_by(supplier_table.c["A2_COD"], supplier_table.c["A2_LOJA"]))

    def order_pages(where: Sequence[Where]) -> Iterator[list[Row]]:
        cells = order_table.c
        ours = (cells["D_E_L_E_T_"] == " ", cells["C7_FILIAL"] == scope.branch, cells["C7_TIPO"] == 1)
        statement = _select(order_table, PURCHASE_ORDER.columns, where, *ours)
        return database.pages(statement.order_by(cells["C7_NUM"], cells["C7_ITEM"]))

    def check() -> None:
        for pages in (supplier_pages, order_pages):
            next(iter(pages(())), None)

    return Erp(
        name=name,
        kind="protheus",
        place=database.name,
        suppliers=Collection(
            SUPPLIER.with_codes(codes.get("suppliers", {})), supplier_pages, system=name, quarantine=quarantine
        ),
        purchase_orders=Collection(
            PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {})), order_pages, system=name, quarantine=quarantine
        ),
        quarantine=quarantine,
        check=check,
        close=database.close,
    )


def _table(alias: str, scope: ProtheusScope, columns: Sequence[str]) -> TableClause:
    """Name the company's own table: SA2 of company 01 is SA2010."""
    return table(f"{alias}{scope.company}0", *map(column, columns))


def _select(
    source: TableClause, columns: Sequence[str], where: Sequence[Where], *ours: ColumnElement[bool]
) -> GenerativeSelect:
    """Select the mapping's columns, in their order, of the rows that are ours and meet the conditions."""
    cells: dict[str, ColumnElement[object]] = {name: source.c[name] for name in columns}
    return select(*cells.values()).where(*ours, *rendered(where, cells))
