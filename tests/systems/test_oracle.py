"""Oracle Fusion behind the ports: the whole scenario, every broken record, and bad days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from adapters.erp import Codes, Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from adapters.systems.oracle import oracle
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import OrderStatus
from ports.errors import AccessDenied, NotFound, PortError, TranslationError, Unavailable, Unintelligible
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from sandbox.broken import Broken
from sandbox.misbehaviour import Misbehaviour
from sandbox.oracle import broken, oracle_server
from sandbox.scenario import scenario
from sandbox.web import Server
from tests.systems.oracle_reading import HOSTILE, ORDERS, SUPPLIERS, connection_to, opened, posted


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A sandbox with the usual page limit, which behaves."""
    with oracle_server() as running:
        yield running


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(server: Server, quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    with opened(server, quarantine) as connected:
        yield connected


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
