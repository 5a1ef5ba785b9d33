"""Tryton 8.2, a schema that nobody here wrote: the scaffold's package keeps the laws with its mapping edited alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from pydantic import SecretStr

from acl.mapping import Mapping
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from contracts.laws.mappings import MappingLaws
from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.suppliers import SupplierLaws, SupplierSubject
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from tests.real.tryton import plain
from tests.real.tryton.package.dragoman_tryton.adapter import KIND, Settings

PASSWORD = "correct horse battery staple"
NOWHERE = f"postgresql://root:{PASSWORD}@127.0.0.1:9/tryton"
HOMELESS = {"1": "no country", "3": "two addresses", "15": "no country"}
UNTOLD = {key: PurchaseOrderId(key) for key in "5 6 13 14 16 21 22 26 29 30".split()}
"""Partly received or invoiced, of which moves and invoices tell more; or with a line that has no unit."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return cast("str", request.getfixturevalue(f"tryton_{request.param}"))


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(url: str, quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    with KIND.open("tryton", Settings(url=SecretStr(url.replace("+psycopg", ""))), quarantine, {}) as opened:
        yield opened


@pytest.fixture
def nowhere() -> Iterator[Erp]:
    settings = Settings(url=SecretStr(NOWHERE), timeout=2)
    with KIND.open("tryton", settings, InMemoryQuarantine(), {}) as opened:
        yield opened


class TestSuppliersOfTryton(SupplierLaws):
    """All active parties."""

    @pytest.fixture
    def subject(self, url: str, erp: Erp, nowhere: Erp, quarantine: InMemoryQuarantine) -> SupplierSubject:
        return SupplierSubject(
            port=erp.suppliers,
            expected=plain.suppliers(url),
            quarantined=lambda: quarantine.refusals,
            refused={key: SupplierId(key) for key in HOMELESS},
            down=nowhere.suppliers,
            secrets=(PASSWORD,),
            is_sandbox=True,
        )


class TestPurchaseOrdersOfTryton(PurchaseOrderLaws):
    """All purchases."""

    @pytest.fixture
    def subject(self, url: str, erp: Erp, nowhere: Erp, quarantine: InMemoryQuarantine) -> PurchaseOrderSubject:
        return PurchaseOrderSubject(
            port=erp.purchase_orders,
            expected=plain.purchase_orders(url),
            quarantined=lambda: quarantine.refusals,
            refused=UNTOLD,
            down=nowhere.purchase_orders,
            secrets=(PASSWORD,),
            is_sandbox=True,
        )


class TestMappingOfSuppliers(MappingLaws):
    """The edited mapping."""

    @pytest.fixture
    def mapping(self) -> Mapping[Supplier]:
        from tests.real.tryton.package.dragoman_tryton.suppliers import SUPPLIER

        return SUPPLIER


class TestMappingOfPurchaseOrders(MappingLaws):
    """The edited mapping."""

    @pytest.fixture
    def mapping(self) -> Mapping[PurchaseOrder]:
        from tests.real.tryton.package.dragoman_tryton.purchase_orders import PURCHASE_ORDER

        return PURCHASE_ORDER


def test_the_tables_are_as_the_mappings_expect_them(erp: Erp) -> None:
    erp.check()


def test_what_was_expected_is_not_nothing(url: str) -> None:
    assert (len(plain.suppliers(url)), len(plain.purchase_orders(url))) == (12, 22)
