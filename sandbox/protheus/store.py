"""A Protheus database to read from: the scenario, what a reader must not see, and what it must refuse.

``sandbox.protheus.tables`` says what each table and column holds. Spoiled suppliers carry the numbers 900001xx and
up, spoiled orders 900001 and up; none of them is one of the scenario's.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import create_engine

from sandbox.broken import Broken
from sandbox.protheus.noise import order_noise, supplier_noise
from sandbox.protheus.rows import Row, order_rows, supplier_row
from sandbox.protheus.spoiled import order_faults, supplier_faults
from sandbox.protheus.tables import METADATA, SA2, SC7
from sandbox.scenario import scenario

_STRIDE = 3  # rows of one order lie apart, as in a table that people have worked in for years


def broken() -> tuple[Broken, ...]:
    """Give the twenty spoiled records, with what a SQL driver returns for the spoiled column."""
    return tuple(fault for fault, _ in supplier_faults()) + tuple(fault for fault, _ in order_faults())


def install(url: str) -> None:
    """Create both tables at *url* and fill them, replacing earlier ones.

    *url* is SQLAlchemy's; an in-memory SQLite database would be gone on return.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database is not there or lets nobody create tables.
    """
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            METADATA.drop_all(connection)
            METADATA.create_all(connection)
            connection.execute(SA2.insert(), _numbered(_suppliers()))
            connection.execute(SC7.insert(), _numbered(_orders()))
    finally:
        engine.dispose()


def _suppliers() -> Iterator[Row]:
    facts = scenario()
    yield from supplier_noise()
    yield from map(supplier_row, facts.suppliers + facts.deleted_suppliers)
    yield from (row for _, row in supplier_faults())


def _orders() -> Iterator[Row]:
    facts = scenario()
    yield from order_noise()
    for order in facts.orders + facts.deleted_orders:
        yield from order_rows(order)
    for _, rows in order_faults():
        yield from rows


def _numbered(rows: Iterator[Row]) -> list[Row]:
    """Scatter the rows and give each its number, leaving gaps; a deleted row repeats it (PRO-DEL-01)."""
    ordered = list(rows)
    scattered = [row for start in range(_STRIDE) for row in ordered[start::_STRIDE]]
    return [
        row | {"R_E_C_N_O_": number, "R_E_C_D_E_L_": number if row["D_E_L_E_T_"] == "*" else 0}
        for number, row in zip(range(1042, 1042 + 2 * len(scattered), 2), scattered, strict=True)
    ]
