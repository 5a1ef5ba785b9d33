"""The vendors' databases, each loaded once per run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import MARIADB, POSTGRESQL, own_database, run_script
from tests.real.frontaccounting_rows import SCRIPT
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
