"""FrontAccounting on MariaDB: the demo company, and rows that hold what such a database holds after some years."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.suppliers import SupplierLaws, SupplierSubject
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import ProblemKind, TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.suppliers import SupplierQuery
from tests.databases import MARIADB, rows, url_of
from tests.real import frontaccounting as site
from tests.real import frontaccounting_rows as own
from tests.real.expectations import orders_of, supplier_of
from tests.real.tables import Counter

PASSWORD = "correct horse battery staple"
NOWHERE = SqlConnection(f"mariadb://root:{PASSWORD}@127.0.0.1:9/company", timeout=2)

SUPPLIERS = """
SELECT supplier_id AS id, supp_name AS name, NULLIF(supp_ref, '') AS trade_name,
  NULLIF(NULLIF(REPLACE(address, '\r\n', ', '), 'N/A'), '') AS street, NULL AS city, NULL AS region,
  NULL AS postal_code, 'US' AS country, IF(inactive, 'all', 'none') AS block
FROM `0_suppliers` WHERE supplier_id NOT IN (13, 14, 15) ORDER BY supplier_id
"""
ORDERS = """
SELECT o.order_no AS id, o.supplier_id AS supplier, ord_date AS ordered_on, curr_code AS currency,
  NULLIF(o.reference, '') AS reference,
  CASE WHEN MAX(quantity_received) OVER one = 0 THEN 'open'
    WHEN MIN(quantity_received - quantity_ordered) OVER one >= 0 THEN 'received' ELSE 'partly_received' END AS status,
  po_detail_item AS line, item_code AS product, d.description, IF(units = 'each', 'EA', 'HUR') AS unit,
  CAST(quantity_ordered AS DECIMAL(20, 4)) AS ordered, CAST(quantity_received AS DECIMAL(20, 4)) AS received,
  CAST(qty_invoiced AS DECIMAL(20, 4)) AS invoiced, CAST(unit_price AS DECIMAL(20, 4)) AS price,
  IF(curr_code = 'JPY', CAST(ROUND(CAST(unit_price * quantity_ordered AS DECIMAL(20, 4))) AS CHAR),
    CAST(ROUND(CAST(unit_price * quantity_ordered AS DECIMAL(20, 4)), 2) AS CHAR)) AS worth,
  NULLIF(delivery_date, '0000-00-00') AS due_on,
  CASE WHEN quantity_received = 0 THEN 'open' WHEN quantity_received >= quantity_ordered THEN 'received'
    ELSE 'partly_received' END AS line_status
FROM `0_purch_orders` o JOIN `0_purch_order_details` d USING (order_no) JOIN `0_suppliers` s USING (supplier_id)
  JOIN `0_stock_master` i ON stock_id = item_code
WHERE order_no < 20 WINDOW one AS (PARTITION BY o.order_no) ORDER BY o.order_no, po_detail_item
"""


@pytest.fixture(scope="module")
def expected_suppliers(frontaccounting: str) -> tuple[Supplier, ...]:
    return tuple(map(supplier_of, rows(MARIADB, frontaccounting, SUPPLIERS)))


@pytest.fixture(scope="module")
def expected_orders(frontaccounting: str) -> tuple[PurchaseOrder, ...]:
    return orders_of(rows(MARIADB, frontaccounting, ORDERS))


@pytest.fixture
def database(frontaccounting: str) -> Iterator[SqlDatabase]:
    with SqlDatabase(SqlConnection(url_of(MARIADB, frontaccounting), timeout=10)) as opened:
        yield opened


@pytest.fixture
def nowhere() -> Iterator[SqlDatabase]:
    with SqlDatabase(NOWHERE) as opened:
        yield opened


class TestSuppliersOfFrontAccounting(SupplierLaws):
    """The demo's suppliers and ours."""

    @pytest.fixture
    def subject(
        self, database: SqlDatabase, nowhere: SqlDatabase, expected_suppliers: tuple[Supplier, ...]
    ) -> SupplierSubject:
        quarantine, counter = InMemoryQuarantine(), Counter()
        return SupplierSubject(
            port=site.suppliers(database, quarantine, counter),
            expected=expected_suppliers,
            quarantined=lambda: quarantine.refusals,
            refused=own.REFUSED_SUPPLIERS,
            down=site.suppliers(nowhere, quarantine, Counter()),
            fetched=lambda: counter.count,
            secrets=(PASSWORD,),
            is_sandbox=True,
        )


class TestPurchaseOrdersOfFrontAccounting(PurchaseOrderLaws):
    """The demo's orders and ours."""

    @pytest.fixture
    def subject(
        self, database: SqlDatabase, nowhere: SqlDatabase, expected_orders: tuple[PurchaseOrder, ...]
    ) -> PurchaseOrderSubject:
        quarantine, counter = InMemoryQuarantine(), Counter()
        return PurchaseOrderSubject(
            port=site.purchase_orders(database, quarantine, counter),
            expected=expected_orders,
            quarantined=lambda: quarantine.refusals,
            refused=own.REFUSED_ORDERS,
            down=site.purchase_orders(nowhere, quarantine, Counter()),
            fetched=lambda: counter.count,
            secrets=(PASSWORD,),
            is_sandbox=True,
        )


def told(refusals: tuple[Refusal, ...]) -> dict[str, set[tuple[str, str, ProblemKind]]]:
    return {each.source.key: {(its.column, its.raw, its.kind) for its in each.problems} for each in refusals}


def test_every_supplier_is_equal_to_plain_sql_or_refused_by_column(
    database: SqlDatabase, expected_suppliers: tuple[Supplier, ...]
) -> None:
    quarantine = InMemoryQuarantine()

    found = tuple(site.suppliers(database, quarantine, Counter()).find(SupplierQuery()))

    assert [supplier.id.text for supplier in found] == ["1", "2", "11", "12"]
    assert found == expected_suppliers
    assert told(quarantine.refusals) == own.SPOILED_SUPPLIERS


def test_every_order_is_equal_to_plain_sql_or_refused_by_column(
    database: SqlDatabase, expected_orders: tuple[PurchaseOrder, ...]
) -> None:
    quarantine = InMemoryQuarantine()

    found = tuple(site.purchase_orders(database, quarantine, Counter()).find(PurchaseOrderQuery()))

    assert [order.id.text for order in found] == ["1", "2", "3", "11", "12", "13"]
    assert found == expected_orders
    assert told(quarantine.refusals) == own.SPOILED_ORDERS


def test_the_demo_s_address_that_says_nothing_is_not_an_address(database: SqlDatabase) -> None:
    port = site.suppliers(database, InMemoryQuarantine(), Counter())

    assert port.get(SupplierId("1")).address.street is None
    assert port.get(SupplierId("11")).address.street == "Hafenstr. 1, Haus B"


def test_an_order_of_a_supplier_that_is_gone_is_refused_and_not_lost(database: SqlDatabase) -> None:
    port = site.purchase_orders(database, InMemoryQuarantine(), Counter())

    with pytest.raises(TranslationError, match="curr_code=None"):
        port.get(PurchaseOrderId("23"))
