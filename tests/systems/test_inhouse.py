"""The in-house system behind the ports, on three databases: the whole scenario, every question, every broken record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.systems.inhouse import inhouse
from domain.currency import Currency
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import Supplier, SupplierBlock
from ports.errors import NotFound, TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.queries import criteria
from ports.suppliers import SupplierQuery
from sandbox.broken import Broken
from sandbox.inhouse.duplicates import duplicates
from sandbox.inhouse.store import broken, install
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of
from tests.databases import KINDS, installed

SUPPLIERS = sorted(map(supplier_of, scenario().suppliers), key=lambda supplier: supplier.id)
ORDERS = sorted(map(purchase_order_of, scenario().orders), key=lambda order: order.id)


@pytest.fixture(scope="module", params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole sandbox in each kind of database; nobody changes it."""
    with installed(request.param, install, tmp_path_factory.mktemp("inhouse")) as found:
        yield found


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(url: str, quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    with inhouse("inhouse", SqlDatabase(SqlConnection(url, timeout=10)), quarantine, {}) as opened:
        yield opened


def refusal_of(quarantine: InMemoryQuarantine, key: str) -> Refusal:
    (found,) = (refusal for refusal in quarantine.refusals if refusal.source.key == key)
    return found


def test_every_supplier_is_the_scenarios_in_the_order_of_numbers(erp: Erp) -> None:
    assert list(erp.suppliers.find(SupplierQuery())) == SUPPLIERS


def test_every_order_is_the_scenarios_in_the_order_of_numbers(erp: Erp) -> None:
    assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == ORDERS


def test_each_record_is_found_by_its_key(erp: Erp) -> None:
    for supplier in SUPPLIERS:
        assert erp.suppliers.get(supplier.id) == supplier
    for order in ORDERS[::7]:
        assert erp.purchase_orders.get(order.id) == order


def test_what_is_deleted_or_a_duplicate_or_nobody_is_not_there(erp: Erp) -> None:
    gone = [supplier.number for supplier in scenario().deleted_suppliers]
    for number in [*gone, *map(str, duplicates()), "00000000", "00000001", "10001701x"]:
        with pytest.raises(NotFound):
            erp.suppliers.get(SupplierId(number))
    for order in scenario().deleted_orders:
        with pytest.raises(NotFound):
            erp.purchase_orders.get(PurchaseOrderId(order.number))


def _supplier_queries() -> Iterator[SupplierQuery]:
    yield from (SupplierQuery(tax_id=supplier.tax_ids[0]) for supplier in SUPPLIERS if supplier.tax_ids)
    yield from (SupplierQuery(name=supplier.name[2:7].swapcase()) for supplier in SUPPLIERS[:12])
    yield from (SupplierQuery(country=Country(code)) for code in ("BR", "DE", "KW", "NA"))
    yield from (SupplierQuery(block=block) for block in SupplierBlock)
    yield from (SupplierQuery(after=supplier.id) for supplier in SUPPLIERS[::9])
    yield SupplierQuery(after=SupplierId("12'; DROP TABLE PEDIDOS; --"))


def test_every_query_for_suppliers_gives_what_plain_python_gives(erp: Erp) -> None:
    for query in _supplier_queries():
        assert list(erp.suppliers.find(query)) == _matching(SUPPLIERS, query), query


def _order_queries() -> Iterator[PurchaseOrderQuery]:
    some = ORDERS[::31]
    yield from (PurchaseOrderQuery(status=status) for status in OrderStatus)
    yield from (PurchaseOrderQuery(supplier=order.supplier) for order in some)
    yield from (PurchaseOrderQuery(ordered_from=order.ordered_on) for order in some)
    yield from (PurchaseOrderQuery(ordered_until=order.ordered_on) for order in some)
    yield from (PurchaseOrderQuery(currency=Currency(code)) for code in ("BRL", "EUR", "JPY", "KWD", "SEK"))
    yield from (PurchaseOrderQuery(reference=order.reference) for order in some if order.reference is not None)
    yield from (PurchaseOrderQuery(product=ProductId(text)) for text in ("A/B 1", "KB-204", "kb-204", "-"))
    yield from (PurchaseOrderQuery(after=order.id) for order in some)
    yield from (
        PurchaseOrderQuery(reference=text) for text in ("", "-", "N/A", "O'Neil'; --", "\x00", "\ud800", "x" * 999)
    )
    yield PurchaseOrderQuery(status=OrderStatus.OPEN, supplier=ORDERS[0].supplier, currency=ORDERS[0].currency)


def test_every_query_for_orders_gives_what_plain_python_gives(erp: Erp) -> None:
    for query in _order_queries():
        assert list(erp.purchase_orders.find(query)) == _matching(ORDERS, query), query


def _matching(records: list[Supplier] | list[PurchaseOrder], query: object) -> list[object]:
    return [record for record in records if all(criterion.matches(record) for criterion in criteria(query))]


def test_the_quarantine_holds_the_broken_records_and_nothing_else(erp: Erp, quarantine: InMemoryQuarantine) -> None:
    _read_everything(erp)

    kinds = {"supplier": "FORNECEDORES", "purchase_order": "PEDIDOS"}
    assert {(refusal.source.record, refusal.source.key) for refusal in quarantine.refusals} == {
        (kinds[fault.kind], fault.key) for fault in broken()
    }
    assert len(quarantine.refusals) == 20


@pytest.mark.parametrize("fault", broken(), ids=lambda fault: f"{fault.key}-{fault.column}-{fault.quirk}")
def test_a_broken_record_is_refused_for_its_column_and_raw_value(
    erp: Erp, quarantine: InMemoryQuarantine, fault: Broken
) -> None:
    with pytest.raises(TranslationError) as caught:
        _get(erp, fault)

    refusal = refusal_of(quarantine, fault.key)
    assert refusal.problems == caught.value.problems
    (blamed,) = (each for each in refusal.problems if each.column == fault.column)
    assert blamed.raw == repr(fault.raw)
    assert blamed.quirk is not None
    assert str(fault.raw) in refusal.raw
    if fault.column != "NUMERO":
        assert refusal.problems == (blamed,)


def _get(erp: Erp, fault: Broken) -> None:
    if fault.kind == "supplier":
        erp.suppliers.get(SupplierId(fault.key))
    else:
        erp.purchase_orders.get(PurchaseOrderId(fault.key))


def test_a_check_passes_on_every_database(erp: Erp) -> None:
    erp.check()


def _read_everything(erp: Erp) -> None:
    assert list(erp.suppliers.find(SupplierQuery())) == SUPPLIERS
    assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == ORDERS
