"""A ledger that an earlier version made is brought up to date, and holds what it held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from attrs import evolve
from sqlalchemy import Engine, create_engine, insert, inspect, text

from adapters.ledger.rows import Seals, recorded
from adapters.ledger.schema import MIGRATIONS
from adapters.ledger.tables import INTENTS, RECORDS
from application.audit import VerifyAudit
from contracts.laws.ledgers import EVERYTHING, entry
from domain.audit import GENESIS, Record, sealed
from tests.adapters.ledger.ledgers import some_intents
from tests.adapters.ledger.site import KEY, opened


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    url = request.getfixturevalue("postgresql")
    emptied(create_engine(url))
    yield url
    emptied(create_engine(url))


def emptied(engine: Engine) -> None:
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE {name}"))
    engine.dispose()


def made(url: str, version: str, record: Record) -> None:
    """Make a ledger as *version* did, with three intents and a record."""
    engine, config = create_engine(url), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for number, intent in enumerate(some_intents(), start=1):
            connection.execute(insert(INTENTS), Seals(KEY.encode()).added(intent, number))
        connection.execute(insert(RECORDS), recorded(record))
    engine.dispose()


def test_what_the_first_version_kept_is_kept_and_verified(url: str, tmp_path: Path) -> None:
    """Its records told no fences, and it knew no standings."""
    record = sealed(entry(some_intents()[0]), key=KEY.encode(), number=1, previous=GENESIS)
    made(url, "0001", record)

    with opened(url, tmp_path) as ledger:
        assert tuple(ledger.intents(EVERYTHING)) == some_intents()
        assert list(ledger.standings()) == []
        assert list(ledger.records(record.stream)) == [record]


def test_a_record_of_the_first_version_accuses_nobody(url: str, tmp_path: Path) -> None:
    first = some_intents()[0]
    told = sealed(evolve(entry(first), stream=first.stream), key=KEY.encode(), number=1, previous=GENESIS)
    assert json.loads(told.body)["fence"] is None
    made(url, "0001", told)

    with opened(url, tmp_path) as ledger:
        findings = VerifyAudit(ledger=ledger, key=KEY.encode())({})
    assert f"intent {first.id}" not in [finding.about for finding in findings]
