"""Keys sort and compare by their bytes on every database, whatever the collation of their column."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, String, Table, create_engine, select

from acl.conditions import Comparison, Condition
from adapters.sql.conditions import bytewise, rendered
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from tests.databases import KINDS, installed

KEYS = ["A00001", "C00001", "a00002", "b00001", "450000", "45A011"]
COLLATIONS = {"sqlite": "NOCASE", "postgresql": "en-x-icu", "mariadb": "utf8mb4_general_ci"}


def the_table(kind: str) -> Table:
    return Table("BYTE_ORDER", MetaData(), Column("CODE", String(6, collation=COLLATIONS[kind])))


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_is_lost_between_two_pages(kind: str, tmp_path: Path) -> None:
    table = the_table(kind)

    def install(url: str) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            table.create(connection)
            connection.execute(table.insert(), [{"CODE": key} for key in KEYS])
        engine.dispose()

    with installed(kind, install, tmp_path) as url, SqlDatabase(SqlConnection(url)) as database:
        found: list[str] = [""]
        while True:
            after = rendered([Condition("CODE", Comparison.GT, found[-1])], dict(table.c.items()), by_bytes=("CODE",))
            page = next(database.pages(select(table.c.CODE).where(*after).order_by(bytewise(table.c.CODE)), size=1), [])
            if not page:
                break
            found.append(str(page[0][0]))

    assert found[1:] == sorted(KEYS)
