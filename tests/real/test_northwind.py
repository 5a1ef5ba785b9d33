"""Northwind on PostgreSQL: every supplier and every order, equal to what plain SQL says, and all the laws."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.suppliers import SupplierLaws, SupplierSubject
from domain.places import Country
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import ProblemKind, TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from tests.databases import POSTGRESQL, rows, url_of
from tests.real import northwind as site
from tests.real.expectations import orders_of, supplier_of
from tests.real.tables import Counter

PASSWORD = "correct horse battery staple"
NOWHERE = SqlConnection(f"postgresql://root:{PASSWORD}@127.0.0.1:9/northwind", timeout=2)

SUPPLIERS = """
SELECT supplier_id AS id, company_name AS name, NULL AS trade_name, address AS street, city, region, postal_code,
  'none' AS block, CASE country WHEN 'UK' THEN 'GB' WHEN 'Japan' THEN 'JP' WHEN 'Spain' THEN 'ES'
    WHEN 'Sweden' THEN 'SE' WHEN 'Netherlands' THEN 'NL' WHEN 'Singapore' THEN 'SG' WHEN 'Germany' THEN 'DE'
    WHEN 'Denmark' THEN 'DK' WHEN 'Australia' THEN 'AU' ELSE upper(left(country, 2)) END AS country
FROM suppliers ORDER BY supplier_id
"""
ORDERS = """
SELECT o.order_id AS id, customer_id AS supplier, order_date AS ordered_on, 'USD' AS currency, NULL AS reference,
  CASE WHEN shipped_date IS NULL THEN 'open' ELSE 'received' END AS status,
  product_id AS line, product_id AS product, product_name AS description, 'H87' AS unit, quantity AS ordered,
  CASE WHEN shipped_date IS NULL THEN 0 ELSE quantity END AS received, 0 AS invoiced, d.unit_price::text AS price,
  round(d.unit_price::text::numeric * quantity * (1 - discount::text::numeric), 2) AS worth,
  required_date AS due_on, CASE WHEN shipped_date IS NULL THEN 'open' ELSE 'received' END AS line_status
FROM orders o JOIN order_details d USING (order_id) JOIN products p USING (product_id)
ORDER BY o.order_id, product_id
"""


@pytest.fixture(scope="module")
def expected_suppliers(northwind: str) -> tuple[Supplier, ...]:
    return tuple(map(supplier_of, rows(POSTGRESQL, northwind, SUPPLIERS)))


@pytest.fixture(scope="module")
def expected_orders(northwind: str) -> tuple[PurchaseOrder, ...]:
    return orders_of(rows(POSTGRESQL, northwind, ORDERS))


@pytest.fixture
def database(northwind: str) -> Iterator[SqlDatabase]:
    with SqlDatabase(SqlConnection(url_of(POSTGRESQL, northwind), timeout=10)) as opened:
        yield opened


@pytest.fixture
def nowhere() -> Iterator[SqlDatabase]:
    with SqlDatabase(NOWHERE) as opened:
        yield opened


class TestSuppliersOfNorthwind(SupplierLaws):
    """All suppliers of the database."""

    @pytest.fixture
    def subject(
        self, database: SqlDatabase, nowhere: SqlDatabase, expected_suppliers: tuple[Supplier, ...]
    ) -> SupplierSubject:
        quarantine, counter = InMemoryQuarantine(), Counter()
        return SupplierSubject(
            port=site.suppliers(database, quarantine, counter),
            expected=expected_suppliers,
            quarantined=lambda: quarantine.refusals,
            down=site.suppliers(nowhere, quarantine, Counter()),
            fetched=lambda: counter.count,
            secrets=(PASSWORD,),
            is_sandbox=True,
        )


class TestPurchaseOrdersOfNorthwind(PurchaseOrderLaws):
    """All orders of the database."""

    @pytest.fixture
    def subject(
        self, database: SqlDatabase, nowhere: SqlDatabase, expected_orders: tuple[PurchaseOrder, ...]
    ) -> PurchaseOrderSubject:
        quarantine, counter = InMemoryQuarantine(), Counter()
        return PurchaseOrderSubject(
            port=site.purchase_orders(database, quarantine, counter),
            expected=expected_orders,
            quarantined=lambda: quarantine.refusals,
            down=site.purchase_orders(nowhere, quarantine, Counter()),
            fetched=lambda: counter.count,
            secrets=(PASSWORD,),
            is_sandbox=True,
        )


def test_all_29_suppliers_equal_what_plain_sql_says(
    database: SqlDatabase, expected_suppliers: tuple[Supplier, ...]
) -> None:
    quarantine = InMemoryQuarantine()

    found = tuple(site.suppliers(database, quarantine, Counter()).find(SupplierQuery()))

    assert len(found) == 29
    assert found == expected_suppliers
    assert quarantine.refusals == ()


def test_all_830_orders_with_2155_lines_equal_what_plain_sql_says(
    database: SqlDatabase, expected_orders: tuple[PurchaseOrder, ...]
) -> None:
    quarantine = InMemoryQuarantine()

    found = tuple(site.purchase_orders(database, quarantine, Counter()).find(PurchaseOrderQuery()))

    assert (len(found), sum(len(order.lines) for order in found)) == (830, 2155)
    assert found == expected_orders
    assert quarantine.refusals == ()


def test_what_is_not_shipped_is_asked_of_the_database(database: SqlDatabase) -> None:
    port = site.purchase_orders(database, InMemoryQuarantine(), counter := Counter())
    query = PurchaseOrderQuery(status=OrderStatus.OPEN)

    found = list(port.find(query))

    assert (len(found), counter.count) == (21, 1)
    assert str(port.plan(query)) == "ask for shipped_date is null; check here: status is open"


def test_a_country_that_the_site_has_no_code_for_is_refused_by_name(northwind: str) -> None:
    row = rows(POSTGRESQL, northwind, "SELECT * FROM suppliers WHERE supplier_id = 1")[0] | {"country": "Atlantis"}
    strange = tuple(row[name] for name in site.SUPPLIER.columns)

    with pytest.raises(TranslationError) as caught:
        site.SUPPLIER.read(strange)

    (problem,) = caught.value.problems
    assert (problem.field, problem.column, problem.raw) == ("address.country", "country", "'Atlantis'")
    assert problem.kind is ProblemKind.INVALID_CODE
    extended = site.SUPPLIER.with_codes({"address.country": {"Atlantis": Country("GR")}})
    assert extended.read(strange).address.country == Country("GR")
