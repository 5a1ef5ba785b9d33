"""The ledgers in memory, in SQLite and in PostgreSQL keep every law."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.laws.ledger import LedgerLaws, LedgerSubject
from tests.adapters.ledger.ledgers import in_memory, in_sql


class TestInMemory(LedgerLaws):
    """It forgets, and has no anchors."""

    @pytest.fixture
    def subject(self) -> LedgerSubject:
        return in_memory()


class TestInSqlite(LedgerLaws):
    """One file."""

    @pytest.fixture
    def subject(self, tmp_path: Path) -> Iterator[LedgerSubject]:
        with in_sql(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path) as subject:
            yield subject


class TestInPostgresql(LedgerLaws):
    """One database, emptied for each law."""

    @pytest.fixture
    def subject(self, postgresql: str, tmp_path: Path) -> Iterator[LedgerSubject]:
        with in_sql(postgresql, tmp_path) as subject:
            yield subject
