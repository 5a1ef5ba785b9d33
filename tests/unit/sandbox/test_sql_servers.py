"""The SQL sandboxes give the same rows on PostgreSQL and MariaDB as on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine

from sandbox.inhouse import store as inhouse
from sandbox.inhouse.tables import METADATA as INHOUSE_TABLES
from sandbox.protheus import store as protheus
from sandbox.protheus.tables import METADATA as PROTHEUS_TABLES
from tests.databases import installed

SYSTEMS = {"protheus": (protheus.install, PROTHEUS_TABLES), "inhouse": (inhouse.install, INHOUSE_TABLES)}


@pytest.fixture(params=["postgresql", "mariadb"])
def server_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a URL of an empty database of our own."""
    with installed(request.param, lambda url: None, tmp_path) as url:
        yield url


def _contents(url: str, tables: MetaData) -> dict[str, set[tuple[object, ...]]]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return {
                table.name: {tuple(row) for row in connection.execute(table.select())} for table in tables.sorted_tables
            }
    finally:
        engine.dispose()


@pytest.mark.parametrize(("install", "tables"), SYSTEMS.values(), ids=SYSTEMS.keys())
def test_a_server_holds_the_same_rows_as_a_file(
    server_url: str, tmp_path: Path, install: Callable[[str], None], tables: MetaData
) -> None:
    file_url = f"sqlite:///{tmp_path / 'erp.db'}"
    install(file_url)
    install(server_url)
    install(server_url)

    assert _contents(server_url, tables) == _contents(file_url, tables)
