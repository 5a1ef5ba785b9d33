"""Every question to an Oracle Fusion: what is asked of the vendor, and that the answer is what plain Python gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import cast

import pytest
from lxml import etree

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from domain.currency import Currency
from domain.identifiers import ProductId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import Supplier, SupplierBlock
from ports.purchase_orders import PurchaseOrderQuery
from ports.queries import criteria
from ports.suppliers import SupplierQuery
from sandbox.oracle import broken, oracle_server
from sandbox.web import Server
from tests.systems.oracle_reading import HOSTILE, ORDERS, SUPPLIERS, opened, posted


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sandbox with the usual page limit, which behaves."""
    with oracle_server() as running:
        yield running


@pytest.fixture
def erp(server: Server) -> Iterator[Erp]:
    with opened(server, InMemoryQuarantine()) as connected:
        yield connected


def _supplier_queries() -> Iterator[SupplierQuery]:
    yield from (SupplierQuery(tax_id=supplier.tax_ids[0]) for supplier in SUPPLIERS if supplier.tax_ids)
    yield from (SupplierQuery(name=supplier.name[2:7].swapcase()) for supplier in SUPPLIERS[:12])
    yield from (SupplierQuery(country=Country(code)) for code in ("BR", "DE", "KW", "NA"))
    yield from (SupplierQuery(block=block) for block in SupplierBlock)
    yield from (SupplierQuery(after=supplier.id) for supplier in SUPPLIERS[::9])
    yield from (SupplierQuery(after=SupplierId(text)) for text in HOSTILE)
    yield SupplierQuery(country=Country("BR"), block=SupplierBlock.PAYMENT, name="a")


def test_every_query_for_suppliers_gives_what_plain_python_gives(erp: Erp) -> None:
    for query in _supplier_queries():
        assert list(erp.suppliers.find(query)) == _matching(SUPPLIERS, query), query


def _order_queries() -> Iterator[PurchaseOrderQuery]:
    some = ORDERS[::31]
    yield from (PurchaseOrderQuery(status=status) for status in OrderStatus)
    yield from (PurchaseOrderQuery(supplier=order.supplier) for order in some)
    yield from (PurchaseOrderQuery(ordered_from=order.ordered_on) for order in some)
    yield from (PurchaseOrderQuery(ordered_until=order.ordered_on) for order in some)
    yield from (
        PurchaseOrderQuery(ordered_from=order.ordered_on, ordered_until=order.ordered_on) for order in ORDERS[:20]
    )
    yield from (PurchaseOrderQuery(currency=Currency(code)) for code in ("BRL", "EUR", "JPY", "KWD", "SEK"))
    yield from (PurchaseOrderQuery(reference=order.reference) for order in some if order.reference is not None)
    yield from (PurchaseOrderQuery(product=ProductId(text)) for text in ("A/B 1", "KB-204", "kb-204", "-"))
    yield from (PurchaseOrderQuery(after=order.id) for order in some)
    yield from (PurchaseOrderQuery(reference=text) for text in ("", "-", "\x00", "\ud800", "\n", *HOSTILE))
    yield PurchaseOrderQuery(status=OrderStatus.OPEN, supplier=ORDERS[0].supplier, currency=ORDERS[0].currency)


def test_every_query_for_orders_gives_what_plain_python_gives(erp: Erp) -> None:
    for query in _order_queries():
        assert list(erp.purchase_orders.find(query)) == _matching(ORDERS, query), query


def _matching(records: list[Supplier] | list[PurchaseOrder], query: object) -> list[object]:
    return [record for record in records if all(criterion.matches(record) for criterion in criteria(query))]


def test_a_query_fetches_no_more_than_what_matches(erp: Erp) -> None:
    """The vendor's own answer, before anything is checked here, is already the narrow one."""
    query = PurchaseOrderQuery(product=ProductId("KB-204"), status=OrderStatus.CLOSED)
    pages = erp.purchase_orders._fetch(erp.purchase_orders.plan(query).pushed)
    fetched = [cast("dict[str, object]", record)["OrderNumber"] for page in pages for record in page]
    matching = [order.id.text for order in erp.purchase_orders.find(query)]
    spoiled = {fault.key for fault in broken()}

    assert 0 < len(matching) < len(ORDERS) / 4
    assert [key for key in fetched if key not in spoiled] == matching


def test_criteria_are_escaped_and_their_sort_is_always_asked_for(erp: Erp, server: Server) -> None:
    list(erp.purchase_orders.find(PurchaseOrderQuery(status=OrderStatus.CLOSED, reference="a</value>&lt;")))
    sent = etree.fromstring(posted(server)[-1])

    asked = [[value.text for value in item.iterfind("{*}value")] for item in sent.iterfind(".//{*}item")]
    assert sorted(asked, key=len) == [["a</value>&lt;"], ["CLOSED", "FINALLY CLOSED"]]
    assert [item.findtext("{*}operator") for item in sent.iterfind(".//{*}item")] == ["IN", "="]
    assert [name.text for name in sent.iterfind(".//{*}sortAttribute/{*}name")] == ["OrderNumber"]


@pytest.mark.parametrize(
    "where",
    [
        AnyOf(()),
        Condition("OrderNumber", Comparison.EQ, "\x00"),
        AnyOf((Condition("OrderNumber", Comparison.EQ, "\x0b"), Condition("OrderNumber", Comparison.EQ, "\ufffe"))),
    ],
)
def test_what_no_record_can_meet_is_not_asked(erp: Erp, server: Server, where: Where) -> None:
    before = len(posted(server))

    assert list(erp.purchase_orders._fetch([where])) == []
    assert len(posted(server)) == before


@pytest.mark.parametrize(
    "where",
    [
        Condition("OrderNumber", Comparison.NE, ""),
        AnyOf((Condition("OrderNumber", Comparison.EQ, "450003"), Condition("SupplierNumber", Comparison.EQ, "1"))),
        AnyOf((Condition("OrderNumber", Comparison.GE, "450003"), Condition("OrderNumber", Comparison.LE, "4"))),
    ],
)
def test_what_the_service_has_no_words_for_narrows_nothing(erp: Erp, where: Where) -> None:
    everything = list(chain.from_iterable(erp.purchase_orders._fetch([])))

    assert list(chain.from_iterable(erp.purchase_orders._fetch([where]))) == everything
