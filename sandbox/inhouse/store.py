"""An in-house database to read from: the scenario, what a reader must not see, and what it must refuse.

``sandbox.inhouse.tables`` says what each table and column holds. Spoiled suppliers carry the numbers 900001xx and up,
duplicate masters 990000xx, spoiled orders 900001 and up; none of them is one of the scenario's.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, create_engine

from sandbox.broken import Broken
from sandbox.inhouse.books import BOOKS
from sandbox.inhouse.duplicates import duplicate_row, duplicates, ordered_from, phantom_rows
from sandbox.inhouse.rows import Row, line_rows, order_row, supplier_row
from sandbox.inhouse.spoiled import order_faults, supplier_faults
from sandbox.inhouse.tables import FORNECEDORES, METADATA, PEDIDOS, PEDIDOS_ITENS
from sandbox.scenario import scenario

_SCRIPTS = {"postgresql": "postgresql.sql", "mysql": "mariadb.sql", "mariadb": "mariadb.sql"}
_STRIDE = 3  # lines of one order lie apart, as in a table that people have worked in for years


def broken() -> tuple[Broken, ...]:
    """Give the twenty spoiled records, with what a SQL driver returns for the spoiled column."""
    return tuple(fault for fault, _ in supplier_faults()) + tuple(fault for fault, _, _ in order_faults())


def install(url: str) -> None:
    """Create the three tables at *url* and fill them, replacing earlier ones, and put the programs' books beside them.

    The programs are stored procedures where the database has such; on SQLite there are those of the drop folder alone.
    *url* is SQLAlchemy's; an in-memory SQLite database would be gone on return.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database is not there or lets nobody create tables.
    """
    headers, lines = _orders()
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            METADATA.drop_all(connection)
            METADATA.create_all(connection)
            BOOKS.drop_all(connection)
            BOOKS.create_all(connection)
            _install_procedures(connection)
            connection.execute(FORNECEDORES.insert(), _scattered(_suppliers()))
            connection.execute(PEDIDOS.insert(), _scattered(headers))
            connection.execute(PEDIDOS_ITENS.insert(), _scattered(lines))
    finally:
        engine.dispose()


def _install_procedures(connection: Connection) -> None:
    name = _SCRIPTS.get(connection.dialect.name)
    if name is not None:
        script = (Path(__file__).parent / name).read_text(encoding="utf-8")
        for statement in script.split("\n$$\n"):
            connection.execution_options(no_parameters=True).exec_driver_sql(statement)


def _suppliers() -> list[Row]:
    facts = scenario()
    return [
        *phantom_rows(),
        *(duplicate_row(code, principal) for code, principal in duplicates().items()),
        *map(supplier_row, facts.suppliers + facts.deleted_suppliers),
        *(row for _, row in supplier_faults()),
    ]


def _orders() -> tuple[list[Row], list[Row]]:
    headers: list[Row] = []
    lines: list[Row] = []
    for order in scenario().orders + scenario().deleted_orders:
        headers.append(order_row(order, ordered_from(order)))
        lines.extend(line_rows(order))
    for _, spoiled_headers, spoiled_lines in order_faults():
        headers.extend(spoiled_headers)
        lines.extend(spoiled_lines)
    return headers, lines


def _scattered(rows: list[Row]) -> list[Row]:
    return [row for start in range(_STRIDE) for row in rows[start::_STRIDE]]
