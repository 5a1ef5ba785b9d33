"""The ports in memory keep every law."""

from __future__ import annotations

import pytest

from adapters.memory.quarantine import InMemoryQuarantine
from adapters.memory.suppliers import InMemorySuppliers
from contracts.laws.applicability import stated
from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.suppliers import SupplierLaws, SupplierSubject
from ports.quarantine import Refusal
from tests.laws import memory


class TestSuppliersInMemory(SupplierLaws):
    """All suppliers of the scenario."""

    @pytest.fixture
    def subject(self) -> SupplierSubject:
        return memory.suppliers()


class TestPurchaseOrdersInMemory(PurchaseOrderLaws):
    """All purchase orders of the scenario."""

    @pytest.fixture
    def subject(self) -> PurchaseOrderSubject:
        return memory.purchase_orders()


def test_a_collection_that_holds_one_key_twice_is_refused() -> None:
    supplier = stated(memory.suppliers())[0]

    with pytest.raises(ValueError, match="two records carry one key"):
        InMemorySuppliers([supplier, supplier], quarantine=InMemoryQuarantine())


def test_the_same_record_refused_again_replaces_its_refusal() -> None:
    quarantine = InMemoryQuarantine()
    first, second = memory.refusal("supplier", "1"), memory.refusal("supplier", "2")
    later = Refusal(first.source, first.problems, "as it was read later")

    for each in (first, second, later):
        quarantine.put(each)

    assert quarantine.refusals == (later, second)
