"""Protheus behind the ports, on three databases: the whole scenario, every trap of its tables, every broken record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.systems.protheus import ProtheusScope, protheus
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.purchasing import OrderStatus
from ports.errors import Drifted, Misconfigured, NotFound
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from sandbox.protheus.store import broken, install
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of
from tests.databases import KINDS, installed

SUPPLIERS = sorted(map(supplier_of, scenario().suppliers), key=lambda supplier: supplier.id)
ORDERS = sorted(map(purchase_order_of, scenario().orders), key=lambda order: order.id)
COMPANY_01 = ProtheusScope("01", "01")


@pytest.fixture(scope="module", params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole sandbox in each kind of database; nobody changes it."""
    with installed(request.param, install, tmp_path_factory.mktemp("protheus")) as found:
        yield found


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(url: str, quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    with protheus("protheus", SqlDatabase(SqlConnection(url, timeout=10)), COMPANY_01, quarantine, {}) as opened:
        yield opened


def test_the_tables_are_those_the_mappings_were_written_for(erp: Erp) -> None:
    erp.check()


def test_everything_is_the_scenarios_in_the_order_of_keys(erp: Erp, quarantine: InMemoryQuarantine) -> None:
    assert list(erp.suppliers.find(SupplierQuery())) == SUPPLIERS
    assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == ORDERS
    assert {each.source.key.replace("/", "") for each in quarantine.refusals} == {each.key for each in broken()}


def test_dead_rows_other_branches_and_other_documents_are_not_there(erp: Erp) -> None:
    for gone in ("800001", "800002", *(order.number for order in scenario().deleted_orders)):
        with pytest.raises(NotFound):
            erp.purchase_orders.get(PurchaseOrderId(gone))


def test_a_question_about_a_line_gives_the_order_with_all_its_lines(erp: Erp) -> None:
    product = ProductId("A/B 1")

    found = list(erp.purchase_orders.find(PurchaseOrderQuery(product=product)))

    assert found == [order for order in ORDERS if any(line.product == product for line in order.lines)]
    assert any(line.product != product for order in found for line in order.lines)


@pytest.mark.parametrize("status", OrderStatus)
def test_a_status_that_no_column_holds_can_be_asked_for(erp: Erp, status: OrderStatus) -> None:
    found = list(erp.purchase_orders.find(PurchaseOrderQuery(status=status)))

    assert found == [order for order in ORDERS if order.status is status]


def test_a_condition_never_hides_that_the_rows_of_an_order_disagree(erp: Erp, quarantine: InMemoryQuarantine) -> None:
    (torn,) = [each for each in broken() if each.quirk == "PRO-PO-07"]

    found = list(erp.purchase_orders.find(PurchaseOrderQuery(ordered_from=ORDERS[0].ordered_on)))

    assert torn.key not in {str(order.id) for order in found}
    assert torn.key in {each.source.key for each in quarantine.refusals}


def test_sql_in_a_criterion_is_a_text_like_any_other(erp: Erp) -> None:
    hostile = "O'Neil'; DROP TABLE"

    assert list(erp.purchase_orders.find(PurchaseOrderQuery(reference="x' OR '1'='1"))) == []
    assert list(erp.purchase_orders.find(PurchaseOrderQuery(supplier=SupplierId(hostile)))) == []
    assert list(erp.suppliers.find(SupplierQuery(name=hostile))) == []
    assert len(list(erp.suppliers.find(SupplierQuery()))) == len(SUPPLIERS)


def test_another_company_has_tables_of_its_own(url: str, quarantine: InMemoryQuarantine) -> None:
    elsewhere = ProtheusScope("99", "01")

    with (
        protheus("protheus", SqlDatabase(SqlConnection(url, timeout=10)), elsewhere, quarantine, {}) as erp,
        pytest.raises(Drifted, match="SA2990"),
    ):
        erp.check()


@pytest.mark.parametrize("company", ["", "1", "0x", "01; DROP", "01'"])
def test_a_company_that_is_none_is_refused_before_it_names_a_table(company: str) -> None:
    with pytest.raises(Misconfigured, match="two capitals or digits"):
        ProtheusScope(company, "01")
