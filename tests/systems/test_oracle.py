"""Oracle Fusion behind the ports: the whole scenario, every question, every broken record, and bad days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import cast

import pytest
import stamina
from lxml import etree
from pydantic import SecretStr

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.erp import Codes, Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from adapters.systems.oracle import oracle
from domain.currency import Currency
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import Supplier, SupplierBlock
from ports.errors import AccessDenied, NotFound, PortError, TranslationError, Unavailable, Unintelligible
from ports.purchase_orders import PurchaseOrderQuery
from ports.queries import criteria
from ports.suppliers import SupplierQuery
from sandbox.broken import Broken
from sandbox.misbehaviour import Misbehaviour
from sandbox.oracle import broken, oracle_server
from sandbox.scenario import scenario
from sandbox.web import PASSWORD, USER, Server
from tests.builders import purchase_order_of, supplier_of

SUPPLIERS = sorted(map(supplier_of, scenario().suppliers), key=lambda supplier: supplier.id)
ORDERS = sorted(map(purchase_order_of, scenario().orders), key=lambda order: order.id)
HOSTILE = ("O'Neil'; DROP TABLE PO", "]]><x/>", "&amp;", "<!DOCTYPE x>", "%", "*", "x" * 999)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sandbox with the usual page limit, which behaves."""
    with oracle_server() as running:
        yield running


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Repeat as often as ever, but at once."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(server: Server, quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    with opened(server, quarantine) as connected:
        yield connected


def opened(
    server: Server, quarantine: InMemoryQuarantine, *, password: str = PASSWORD, codes: dict[str, Codes] | None = None
) -> Erp:
    """Open the sandbox as a site would; the WSDL's own address leads nowhere."""

    suppliers, orders = (
        SoapService(connection_to(server, name, password)) for name in ("SupplierService", "PurchaseOrderService")
    )
    return oracle("fusion", suppliers, orders, quarantine, codes or {})


def connection_to(server: Server, name: str, password: str = PASSWORD) -> SoapConnection:
    endpoint = f"{server.url}/fscmService/{name}"
    return SoapConnection(wsdl=f"{endpoint}?WSDL", user=USER, password=SecretStr(password), endpoint=endpoint)


def posted(server: Server) -> list[bytes]:
    """Give what was asked of the services so far; documents that were fetched do not count."""
    return [request.body for request in server.seen if request.method == "POST"]


def test_every_supplier_is_the_scenarios_in_the_order_of_numbers(erp: Erp) -> None:
    assert list(erp.suppliers.find(SupplierQuery())) == SUPPLIERS


def test_every_order_is_the_scenarios_in_the_order_of_numbers(erp: Erp) -> None:
    assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == ORDERS


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_that_are_cut_without_a_word_lose_nothing(limit: int, quarantine: InMemoryQuarantine) -> None:
    """FUS-PAGE-01, FUS-PAGE-02."""
    with oracle_server(page_limit=limit) as server, opened(server, quarantine) as erp:
        assert list(erp.suppliers.find(SupplierQuery())) == SUPPLIERS
        if limit > 1:
            assert list(erp.purchase_orders.find(PurchaseOrderQuery())) == ORDERS


def test_each_record_is_found_by_its_key_with_one_request(erp: Erp, server: Server) -> None:
    erp.check()
    before = len(posted(server))

    assert [erp.suppliers.get(supplier.id) for supplier in SUPPLIERS] == SUPPLIERS
    assert [erp.purchase_orders.get(order.id) for order in ORDERS] == ORDERS
    assert len(posted(server)) - before == len(SUPPLIERS) + len(ORDERS)


def test_what_is_deleted_or_was_never_there_is_not_found(erp: Erp) -> None:
    for number in [*(gone.number for gone in scenario().deleted_suppliers), "99999999", "1000170", *HOSTILE]:
        with pytest.raises(NotFound):
            erp.suppliers.get(SupplierId(number))
    for number in [*(gone.number for gone in scenario().deleted_orders), "999999", "45000", *HOSTILE]:
        with pytest.raises(NotFound):
            erp.purchase_orders.get(PurchaseOrderId(number))


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


def test_the_quarantine_holds_the_broken_records_and_nothing_else(erp: Erp, quarantine: InMemoryQuarantine) -> None:
    list(erp.suppliers.find(SupplierQuery()))
    list(erp.purchase_orders.find(PurchaseOrderQuery()))

    kinds = {"supplier": "Supplier", "purchase_order": "PurchaseOrder"}
    assert {(refusal.source.record, refusal.source.key) for refusal in quarantine.refusals} == {
        (kinds[fault.kind], fault.key) for fault in broken()
    }
    assert len(quarantine.refusals) == 20


@pytest.mark.parametrize("fault", broken(), ids=lambda fault: f"{fault.key}-{fault.column}-{fault.quirk}")
def test_a_broken_record_is_refused_for_its_path_and_raw_value(
    erp: Erp, quarantine: InMemoryQuarantine, fault: Broken
) -> None:
    with pytest.raises(TranslationError) as caught:
        _get(erp, fault)

    (refusal,) = quarantine.refusals
    (problem,) = refusal.problems
    assert caught.value.problems == refusal.problems
    assert refusal.source.key == fault.key
    assert fault.column in problem.column
    raws = fault.raw if isinstance(fault.raw, tuple) else (fault.raw,)
    assert all(repr(raw) in problem.raw for raw in raws)
    assert all(raw is None or str(raw) in refusal.raw for raw in raws)


def _get(erp: Erp, fault: Broken) -> None:
    if fault.kind == "supplier":
        erp.suppliers.get(SupplierId(fault.key))
    else:
        erp.purchase_orders.get(PurchaseOrderId(fault.key))


class OneSupplier(SoapService):
    """A service that knows one supplier, the scenario's first, and changes one element of it."""

    def __init__(self, real: SoapConnection, element: str, raw: object) -> None:
        super().__init__(real)
        self._change = {element: raw}

    def pages(
        self, operation: str, build: Callable[[int], Mapping[str, object]], *, record: str, size: int
    ) -> Iterator[list[dict[str, object]]]:
        first = next(super().pages(operation, build, record=record, size=size))[0]
        yield [{**first, **self._change}]


@pytest.mark.parametrize("raw", [["2021-06-30", "2021-06-30"], "2021-06-31", "0000-00-00"])
def test_a_supplier_of_which_nobody_knows_whether_it_is_deleted_goes_to_the_quarantine(
    server: Server, quarantine: InMemoryQuarantine, raw: object
) -> None:
    service = OneSupplier(connection_to(server, "SupplierService"), "InactiveDate", raw)
    with oracle("fusion", service, SoapService(connection_to(server, "PurchaseOrderService")), quarantine, {}) as erp:
        assert list(erp.suppliers.find(SupplierQuery())) == []

    assert [problem.column for refusal in quarantine.refusals for problem in refusal.problems] == ["InactiveDate"]


def test_a_site_may_add_its_own_codes(server: Server, quarantine: InMemoryQuarantine) -> None:
    codes: dict[str, Codes] = {"purchase_orders": {"status": {"AWAITING FUNDS": OrderStatus.PENDING_APPROVAL}}}
    (fault,) = (fault for fault in broken() if fault.raw == "AWAITING FUNDS")

    with opened(server, quarantine, codes=codes) as erp:
        assert erp.purchase_orders.get(PurchaseOrderId(fault.key)).status is OrderStatus.PENDING_APPROVAL


def test_a_check_reaches_both_services_and_gives_nothing(erp: Erp, server: Server) -> None:
    before = len(posted(server))
    erp.check()

    assert len(posted(server)) - before == 2


def test_a_wrong_password_is_said_so_and_never_shown(server: Server, quarantine: InMemoryQuarantine) -> None:
    with opened(server, quarantine, password="hunter2") as erp, pytest.raises(AccessDenied) as caught:
        erp.check()

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("trouble", "error"),
    [("fail", Unavailable), ("drop", Unavailable), ("logon_page", Unintelligible), ("garble", PortError)],
)
def test_a_bad_day_of_the_service_is_an_error_of_the_port(
    trouble: str, error: type[PortError], quarantine: InMemoryQuarantine
) -> None:
    misbehaviour = Misbehaviour()
    with oracle_server(misbehaviour=misbehaviour) as server, opened(server, quarantine) as erp:
        erp.check()
        getattr(misbehaviour, trouble)(times=20)

        with pytest.raises(error):
            list(erp.suppliers.find(SupplierQuery()))
        with pytest.raises(error):
            erp.purchase_orders.get(ORDERS[0].id)
    assert quarantine.refusals == ()


def test_a_service_that_is_not_there_is_unavailable(quarantine: InMemoryQuarantine) -> None:
    with oracle_server() as server:
        erp = opened(server, quarantine)
    with erp, pytest.raises(Unavailable):
        erp.check()
