"""SAP keeps the laws of writing, and what only SAP does is told rightly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from contracts.laws.execution import ExecutionLaws
from contracts.laws.executions import ExecutionSubject
from tests.systems.sap_writing import Sap, out_of_reach, running, subject


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def sap() -> Iterator[Sap]:
    with running() as system:
        yield system


class TestSapKeepsTheLaws(ExecutionLaws):
    @pytest.fixture
    def subject(self, request: pytest.FixtureRequest) -> Iterator[ExecutionSubject]:
        late = "late" in request.node.name
        with running(timeout=0.3 if late else 20) as system:
            down = out_of_reach(system)
            yield subject(system, down)
            down.close()
