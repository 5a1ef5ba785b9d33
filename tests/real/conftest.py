"""The vendors' databases, each loaded once per run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial

import pytest

from tests.databases import MARIADB, POSTGRESQL, own_database, run_script, url_of
from tests.real.frontaccounting_rows import SCRIPT
from tests.real.servers import tryton
from tests.real.servers.cache import run
from tests.real.servers.needed import needed
from tests.real.vendor import vendor_file


@pytest.fixture(scope="session")
def northwind() -> Iterator[str]:
    """The name of a PostgreSQL database with Northwind in it."""
    script = vendor_file("sql", "northwind-postgres", "northwind.sql").read_text(encoding="utf-8")
    with own_database(POSTGRESQL, "northwind") as database:
        run_script(POSTGRESQL, database, script)
        yield database


@pytest.fixture(scope="session")
def frontaccounting() -> Iterator[str]:
    """The name of a MariaDB database with FrontAccounting's demo company in it, and some rows of our own."""
    script = vendor_file("sql", "frontaccounting", "en_US-demo.sql").read_text(encoding="utf-8")
    with own_database(MARIADB, "frontaccounting") as database:
        run_script(MARIADB, database, script)
        run_script(MARIADB, database, SCRIPT)
        yield database


@pytest.fixture(scope="session")
def mywind() -> Iterator[str]:
    """The name of a MariaDB database with the newer Northwind in it, whose orders are purchase orders."""
    files = (vendor_file("sql", "mywind", name) for name in ("northwind.sql", "northwind-data.sql"))
    script = "\n".join(path.read_text(encoding="utf-8") for path in files)
    with own_database(MARIADB, "mywind") as database:
        run_script(MARIADB, database, script.replace("`northwind`", f"`{database}`"))  # the script names its own
        yield database


@pytest.fixture(scope="session")
def tryton_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of Tryton's database on SQLite, a copy of our own."""
    copy = tmp_path_factory.mktemp("tryton") / "tryton.sqlite"
    shutil.copyfile(needed(tryton.sqlite_file), copy)
    return f"sqlite:///{copy}"


@pytest.fixture(scope="session")
def tryton_postgresql() -> Iterator[str]:
    """The URL of Tryton's database on PostgreSQL, a copy of our own."""
    with own_database(POSTGRESQL, "tryton") as database:
        url = url_of(POSTGRESQL, database)
        plain = url.replace("+psycopg", "")  # as PostgreSQL's own programs know it
        server = plain.removesuffix(f"/{database}")
        dump = needed(partial(tryton.postgresql_dump, server))
        run("pg_restore", "--single-transaction", "--no-owner", "--dbname", plain, dump)
        yield url
