"""The laws of every port and mapping of tryton, on the system that erp.toml names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from acl.mapping import Mapping
from adapters.bootstrap import open_system
from adapters.config.site import site_at
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from contracts.laws.mappings import MappingLaws
from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.suppliers import SupplierLaws, SupplierSubject
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier

SITE = Path(__file__).parents[1] / "erp.toml"


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    with open_system("tryton", site_at(SITE).settings("tryton"), quarantine) as opened:
        yield opened


class TestSuppliers(SupplierLaws):
    @pytest.fixture
    def subject(self, erp: Erp, quarantine: InMemoryQuarantine) -> SupplierSubject:
        return SupplierSubject(
            port=erp.suppliers,
            quarantined=lambda: quarantine.refusals,
            expected=None,  # write down by hand what stands there, and more laws are judged
            refused=None,
        )


class TestSupplierMapping(MappingLaws):
    @pytest.fixture
    def mapping(self, erp: Erp) -> Mapping[Supplier]:
        return erp.suppliers.mapping


class TestPurchaseOrders(PurchaseOrderLaws):
    @pytest.fixture
    def subject(self, erp: Erp, quarantine: InMemoryQuarantine) -> PurchaseOrderSubject:
        return PurchaseOrderSubject(
            port=erp.purchase_orders,
            quarantined=lambda: quarantine.refusals,
            expected=None,  # write down by hand what stands there, and more laws are judged
            refused=None,
        )


class TestPurchaseOrderMapping(MappingLaws):
    @pytest.fixture
    def mapping(self, erp: Erp) -> Mapping[PurchaseOrder]:
        return erp.purchase_orders.mapping
