"""One PostgreSQL database for all tests of the ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import POSTGRESQL, own_database, url_of


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the URL of a database that lasts as long as the tests; `in_sql` empties it."""
    with own_database(POSTGRESQL, "ledger") as database:
        yield url_of(POSTGRESQL, database)
