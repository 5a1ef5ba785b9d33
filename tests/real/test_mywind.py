"""The newer Northwind on MariaDB: its purchase orders, and suppliers of whom nobody wrote down the country."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acl.collection import Collection
from acl.mapping import Origin
from adapters.erp import SupplierCollection
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.suppliers import SupplierLaws, SupplierSubject
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import ProblemKind
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from tests.databases import MARIADB, rows, url_of
from tests.real import mywind as site
from tests.real.expectations import orders_of, supplier_of
from tests.real.tables import Counter

SUPPLIERS = """
SELECT id, company AS name, NULL AS trade_name, address AS street, city, state_province AS region,
  zip_postal_code AS postal_code, 'US' AS country, 'none' AS block
FROM suppliers ORDER BY id
"""
ORDERS = """
SELECT o.id, supplier_id AS supplier, DATE(creation_date) AS ordered_on, 'USD' AS currency, NULL AS reference,
  CASE WHEN status_id = 1 THEN 'pending_approval' WHEN MAX(date_received) OVER one IS NULL THEN 'open'
    WHEN COUNT(date_received) OVER one = COUNT(*) OVER one THEN 'received' ELSE 'partly_received' END AS status,
  d.id AS line, product_id AS product, product_name AS description, 'H87' AS unit, quantity AS ordered,
  IF(date_received IS NULL, 0, quantity) AS received, 0 AS invoiced, unit_cost AS price,
  ROUND(unit_cost * quantity, 2) AS worth, DATE(expected_date) AS due_on,
  IF(date_received IS NULL, 'open', 'received') AS line_status
FROM purchase_orders o JOIN purchase_order_details d ON purchase_order_id = o.id JOIN products p ON p.id = product_id
WINDOW one AS (PARTITION BY o.id) ORDER BY o.id, d.id
"""


@pytest.fixture(scope="module")
def expected_suppliers(mywind: str) -> tuple[Supplier, ...]:
    return tuple(map(supplier_of, rows(MARIADB, mywind, SUPPLIERS)))


@pytest.fixture(scope="module")
def expected_orders(mywind: str) -> tuple[PurchaseOrder, ...]:
    return orders_of(rows(MARIADB, mywind, ORDERS))


@pytest.fixture
def database(mywind: str) -> Iterator[SqlDatabase]:
    with SqlDatabase(SqlConnection(url_of(MARIADB, mywind), timeout=10)) as opened:
        yield opened


class TestSuppliersOfMywind(SupplierLaws):
    """All suppliers of the database."""

    @pytest.fixture
    def subject(self, database: SqlDatabase, expected_suppliers: tuple[Supplier, ...]) -> SupplierSubject:
        quarantine, counter = InMemoryQuarantine(), Counter()
        return SupplierSubject(
            port=site.suppliers(database, quarantine, counter),
            expected=expected_suppliers,
            quarantined=lambda: quarantine.refusals,
            fetched=lambda: counter.count,
        )


class TestPurchaseOrdersOfMywind(PurchaseOrderLaws):
    """All purchase orders of the database."""

    @pytest.fixture
    def subject(self, database: SqlDatabase, expected_orders: tuple[PurchaseOrder, ...]) -> PurchaseOrderSubject:
        quarantine, counter = InMemoryQuarantine(), Counter()
        return PurchaseOrderSubject(
            port=site.purchase_orders(database, quarantine, counter),
            expected=expected_orders,
            quarantined=lambda: quarantine.refusals,
            fetched=lambda: counter.count,
        )


def test_all_28_purchase_orders_equal_what_plain_sql_says(
    database: SqlDatabase, expected_orders: tuple[PurchaseOrder, ...]
) -> None:
    quarantine = InMemoryQuarantine()

    found = tuple(site.purchase_orders(database, quarantine, Counter()).find(PurchaseOrderQuery()))

    assert len(found) == 28
    assert found == expected_orders
    assert quarantine.refusals == ()
    assert {order.status for order in found} == {
        OrderStatus.OPEN,
        OrderStatus.PARTLY_RECEIVED,
        OrderStatus.RECEIVED,
        OrderStatus.PENDING_APPROVAL,
    }


def test_a_supplier_without_a_country_is_refused_until_the_site_says_where_it_is(
    mywind: str, expected_suppliers: tuple[Supplier, ...]
) -> None:
    plain = rows(MARIADB, mywind, "SELECT * FROM suppliers ORDER BY id")
    page = [tuple(row[name] for name in site.SUPPLIER.columns) for row in plain]
    quarantine = InMemoryQuarantine()
    port: SupplierCollection = Collection(site.SUPPLIER, lambda _: [page], system="mywind", quarantine=quarantine)

    assert list(port.find(SupplierQuery())) == []

    told = {(its.column, its.raw, its.kind) for each in quarantine.refusals for its in each.problems}
    assert (len(quarantine.refusals), told) == (10, {("country_region", "None", ProblemKind.MISSING)})
    columns = site.DOMESTIC_SUPPLIER.columns
    domestic = [tuple(row[name] for name in columns) for row in plain]
    origin = Origin("mywind", quarantine.refusals[0].source.read_at)
    found = site.DOMESTIC_SUPPLIER.read_all([domestic], origin=origin, quarantine=InMemoryQuarantine())
    assert tuple(found) == expected_suppliers
