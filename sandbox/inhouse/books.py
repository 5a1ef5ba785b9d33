"""The tables that the programs of the in-house system keep beside its records, and what kind of day they have.

========== ===========================================================================================================
table      meaning
========== ===========================================================================================================
acl_ref    what was written under which reference: the site made this table for whoever writes from outside
DIARIO     every write that was committed, by the number of its program's run; it is the sandbox's own
TRAVAS     who is editing which record; ``*`` stands for all of them
PARAMETROS settings of the programs; ``DIA`` is the day that they have, empty on a good one
========== ===========================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, create_engine, delete, func, select

BOOKS = MetaData()


def _book(name: str, *columns: Column[str] | Column[int]) -> Table:
    return Table(name, BOOKS, *columns, mysql_charset="utf8mb4", mariadb_charset="utf8mb4", mysql_collate="utf8mb4_bin")


ACL_REF = _book(
    "acl_ref",
    Column("id", String(12), primary_key=True),
    Column("table", String(30), primary_key=True),
    Column("key", String(30), primary_key=True),
)
DIARIO = _book(
    "DIARIO",
    Column("ID", Integer, primary_key=True, autoincrement=True),
    Column("REF", String(12)),
    Column("TABELA", String(30)),
    Column("CHAVE", String(30)),
)
TRAVAS = _book("TRAVAS", Column("TABELA", String(30)), Column("CHAVE", String(30)), Column("USUARIO", String(30)))
PARAMETROS = _book("PARAMETROS", Column("NOME", String(30)), Column("VALOR", String(30)))


class Day(Enum):
    """What kind of day the programs have, until they are given another."""

    GOOD = ""
    CLOSED = "FECHADO"
    """The period is closed, and every program says no by a number."""
    IN_USE = "EM USO"
    """Somebody is editing every record there is."""
    COLLIDING = "IMPASSE"
    """The database ends every run in favour of another."""
    FAILING = "DEFEITO"
    """Every run ends in an error of the database."""
    PRETENDING = "FINGE"
    """Every program says that it wrote, and writes nothing."""
    ERROR_INSIDE = "ERRO"
    """No program writes; the error stands in the text of a success."""
    COMPLAINING = "AVISO"
    """Every program writes, and adds a warning to its success."""
    COMMITS_AND_FAILS = "TARDE"
    """Every program commits by itself, and then ends in an error."""


@contextmanager
def _begun(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def have(url: str, day: Day) -> None:
    """Give the programs at *url* a day, which lasts until they are given the next."""
    with _begun(url) as connection:
        connection.execute(delete(PARAMETROS))
        connection.execute(delete(TRAVAS).where(TRAVAS.c["TABELA"] == "*"))
        if day is Day.IN_USE:
            connection.execute(TRAVAS.insert(), {"TABELA": "*", "CHAVE": "*", "USUARIO": "MARIA"})
        elif day is not Day.GOOD:
            connection.execute(PARAMETROS.insert(), {"NOME": "DIA", "VALOR": day.value})


def today(connection: Connection) -> Day:
    """Say what kind of day the programs have."""
    found = connection.execute(select(PARAMETROS.c["VALOR"]).where(PARAMETROS.c["NOME"] == "DIA")).scalar()
    return Day(found or "")


def committed(url: str) -> int:
    """Count the writes that the programs at *url* have committed."""
    with _begun(url) as connection:
        return connection.execute(select(func.count()).select_from(DIARIO)).scalar_one()
