"""What was proved of names counts for the master that it was proved on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.certificates import Certificate
from domain.identifiers import SupplierId
from domain.questions import Proof
from domain.scope import Scope

PROVEN = Certificate(
    bound=Decimal("0.01"), confidence=Decimal("0.95"), threshold=Decimal("0.9"), asked=400, answered=200, wrong=0,
    upper=Decimal("0.0075"),
)  # fmt: skip


@pytest.mark.parametrize(("records", "counts"), [(89, False), (90, True), (100, True), (110, True), (111, False)])
def test_a_master_that_grew_or_shrank_by_more_than_a_tenth_needs_another_proof(records: int, counts: bool) -> None:
    proof = Proof(scope=Scope("erp", "1"), kind=SupplierId, model="m1", records=100, certificate=PROVEN)

    assert proof.is_for(records) is counts
