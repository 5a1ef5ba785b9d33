"""Calls are repeated, but nobody waits for it; and an SAP that may be written to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from tests.systems.sap_writing import Sap, running


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def sap() -> Iterator[Sap]:
    """An SAP of one's own, in which nothing has happened yet."""
    with running() as system:
        yield system
