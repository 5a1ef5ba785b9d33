"""The embedded wake-ups and those of DBOS keep every law."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.laws.wakeups import WakeUpLaws, WakeUpSubject
from tests.adapters.waking.engines import by_dbos, embedded
from tests.databases import POSTGRESQL, own_database, url_of


class TestEmbedded(WakeUpLaws):
    """A bell, and a worker that sweeps."""

    @pytest.fixture
    def subject(self) -> Iterator[WakeUpSubject]:
        with embedded() as subject:
            yield subject


@pytest.mark.filterwarnings("default")  # of DBOS's own threads and connections
class TestDbosInSqlite(WakeUpLaws):
    """One file."""

    @pytest.fixture
    def subject(self, tmp_path: Path) -> Iterator[WakeUpSubject]:
        pytest.importorskip("dbos", reason="the extra `dbos` is not installed")
        with by_dbos(f"sqlite:///{tmp_path / 'dbos.db'}") as subject:
            yield subject


@pytest.mark.filterwarnings("default")  # as above
class TestDbosInPostgresql(WakeUpLaws):
    """One database."""

    @pytest.fixture
    def subject(self) -> Iterator[WakeUpSubject]:
        pytest.importorskip("dbos", reason="the extra `dbos` is not installed")
        with own_database(POSTGRESQL, "dbos") as database, by_dbos(url_of(POSTGRESQL, database)) as subject:
            yield subject
