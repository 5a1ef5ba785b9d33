"""TOTVS Protheus, read from its database and never written there (PRO-WR-01)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Literal

from attrs import Attribute, field, frozen
from sqlalchemy import ColumnElement, GenerativeSelect, TableClause, column, select, table, tuple_

from acl.collection import Collection
from acl.conditions import Where
from acl.engine.owed import source_contract
from acl.protheus.purchase_orders import PURCHASE_ORDER
from acl.protheus.suppliers import SUPPLIER
from adapters.erp import Codes, Erp, Published
from adapters.kinds import Kind
from adapters.secrets import Secret
from adapters.settings import SystemSettings
from adapters.sql.conditions import bytewise, rendered
from adapters.sql.database import Row, SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.sql.owed import owed_tables, standing_in
from adapters.sql.schema import require_columns
from contracts.source.owed import Facets, OwedColumn
from contracts.source.schema import Form
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


class ProtheusSettings(SystemSettings):
    """One company and branch of a TOTVS Protheus database."""

    kind: Literal["protheus"] = "protheus"
    url: Secret
    company: str
    branch: str


def opened(name: str, settings: ProtheusSettings, quarantine: Quarantine, codes: Mapping[str, Codes]) -> Erp:
    """Open one company and branch by its settings.

    Raises:
        Misconfigured: they cannot be right.
    """
    database = SqlDatabase(SqlConnection(settings.url.get_secret_value(), settings.timeout))
    return protheus(name, database, ProtheusScope(settings.company, settings.branch), quarantine, codes)


def protheus(
    name: str, database: SqlDatabase, scope: ProtheusScope, quarantine: Quarantine, codes: Mapping[str, Codes]
) -> Erp:
    """Open one company and branch of a Protheus database."""
    supplier = SUPPLIER.with_codes(codes.get("suppliers", {}))
    order = PURCHASE_ORDER.with_codes(codes.get("purchase_orders", {}))
    suppliers = _table("SA2", scope, supplier.columns)
    orders = _table("SC7", scope, (*order.columns, "C7_FILIAL"))
    branch = OwedColumn(record=orders.name, path="C7_FILIAL", facets=Facets(forms=(Form.TEXT,), length=2, exact=True))
    sources = (
        source_contract(supplier, kind="protheus", port="suppliers", place=standing_in(suppliers)),
        source_contract(order, kind="protheus", port="purchase_orders", place=standing_in(orders), beside=(branch,)),
    )

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
        published=(Published(schema=partial(owed_tables, database, sources), sources=sources),),
        close=database.close,
    )


def _table(alias: str, scope: ProtheusScope, columns: Sequence[str]) -> TableClause:
    """Name the company's own table: SA2 of company 01 is SA2010."""
    return table(f"{alias}{scope.company}0", *map(column, columns))


def _cells(source: TableClause) -> dict[str, ColumnElement[object]]:
    return dict(source.c.items())


def _suppliers(source: TableClause, columns: Sequence[str], where: Sequence[Where]) -> GenerativeSelect:
    """Select all rows of the suppliers that have, for each condition, a row which meets it.

    Two live rows under one key come both, so that neither is taken for the truth. The table is shared by all branches.

    Source: PRO-DEL-01, PRO-DEL-02, PRO-FIL-01.
    """
    cells = _cells(source)
    key = (cells["A2_COD"], cells["A2_LOJA"])
    ours = (_is_not_deleted(cells),)
    met = [
        tuple_(*key).in_(select(*key).where(*ours, each).correlate(None))
        for each in rendered(where, cells, by_bytes=("A2_COD",))
    ]
    return select(*map(cells.__getitem__, columns)).where(*ours, *met).order_by(*map(bytewise, key))


def _orders(source: TableClause, columns: Sequence[str], branch: str, where: Sequence[Where]) -> GenerativeSelect:
    """Select all live rows of the orders that have, for each condition, a row which meets it.

    An order is read with all its rows or not at all: a condition on rows alone would hide some of them.

    Source: PRO-DEL-01, PRO-FIL-01, PRO-PO-06, PRO-PO-07.
    """
    cells = _cells(source)
    number = cells["C7_NUM"]
    ours = (_is_not_deleted(cells), cells["C7_FILIAL"] == branch, cells["C7_TIPO"].is_distinct_from(_AUTHORISATION))
    met = [
        number.in_(select(number).where(*ours, each).correlate(None))
        for each in rendered(where, cells, by_bytes=("C7_NUM",))
    ]
    rows = select(*map(cells.__getitem__, columns)).where(*ours, *met)
    return rows.order_by(bytewise(number), bytewise(cells["C7_ITEM"]))


_AUTHORISATION = 2
"""The kind of a delivery authorisation, which is no order; any other strange kind is read, and refused (PRO-PO-06)."""


def _is_not_deleted(cells: dict[str, ColumnElement[object]]) -> ColumnElement[bool]:
    """Leave out what is marked as deleted, and nothing else: a row with a strange mark is read, and refused."""
    return cells["D_E_L_E_T_"].is_distinct_from("*")


KIND = Kind(ProtheusSettings, opened)
