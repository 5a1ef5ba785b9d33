"""The SOAP driver, and Oracle Fusion behind the ports, against PHP's SoapServer instead of our own sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina
from pydantic import SecretStr

from adapters.bootstrap import open_system
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from adapters.systems.oracle import OracleSettings
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus, PurchaseOrder
from domain.suppliers import Supplier, SupplierBlock
from ports.errors import AccessDenied, Drifted, NotFound, Refused, Unavailable
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from sandbox.oracle import oracle_server
from sandbox.oracle.schema import documents
from sandbox.web import PASSWORD, USER
from tests.real.servers.php import PhpServer, php_server


@pytest.fixture(autouse=True)
def _impatient() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PhpServer]:
    with php_server(tmp_path_factory.mktemp("php"), page_limit=30) as running:
        yield running


@pytest.fixture
def quarantine() -> InMemoryQuarantine:
    return InMemoryQuarantine()


@pytest.fixture
def erp(server: PhpServer, quarantine: InMemoryQuarantine) -> Iterator[Erp]:
    with opened(server.url, quarantine) as connected:
        yield connected


@pytest.fixture(scope="module")
def ours() -> Iterator[Erp]:
    """The same business in our own sandbox, whose server shares no line with PHP's."""
    with oracle_server() as running, opened(running.url, InMemoryQuarantine()) as connected:
        yield connected


def opened(url: str, quarantine: InMemoryQuarantine, password: str = PASSWORD) -> Erp:
    settings = OracleSettings(url=url, user=USER, password=SecretStr(password))
    return open_system("fusion", settings, quarantine)


def service(server: PhpServer, wsdl: str = "", *, not_found: frozenset[str] = frozenset()) -> SoapService:
    """Open the supplier service; *wsdl* is another document than the server's own."""
    endpoint = f"{server.url}/fscmService/SupplierService"
    place = wsdl if wsdl != "" else f"{endpoint}?WSDL"
    connection = SoapConnection(wsdl=place, endpoint=endpoint, user=USER, password=SecretStr(PASSWORD))
    return SoapService(connection, not_found=not_found)


def changed(folder: Path, *changes: tuple[str, str]) -> str:
    """Write the supplier service's documents with *changes* in them; gives the WSDL's path."""
    for name, document in documents().items():
        text = document.decode()
        for old, new in changes:
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder / "SupplierService.wsdl")


SUPPLIER_QUERIES = (
    SupplierQuery(),
    SupplierQuery(name="a"),
    SupplierQuery(country=Country("BR")),
    SupplierQuery(block=SupplierBlock.PAYMENT),
    SupplierQuery(block=SupplierBlock.NONE, country=Country("DE")),
    SupplierQuery(after=SupplierId("10000800")),
)
ORDER_QUERIES = (
    PurchaseOrderQuery(),
    *(PurchaseOrderQuery(status=status) for status in OrderStatus),
    PurchaseOrderQuery(product=ProductId("KB-204")),
    PurchaseOrderQuery(after=PurchaseOrderId("450100")),
)


@pytest.mark.parametrize("query", SUPPLIER_QUERIES, ids=str)
def test_every_question_about_suppliers_has_the_answer_of_our_own_sandbox(
    erp: Erp, ours: Erp, query: SupplierQuery
) -> None:
    answer = list(erp.suppliers.find(query))

    assert answer == list(ours.suppliers.find(query))
    assert len(answer) > 0


@pytest.mark.parametrize("query", ORDER_QUERIES, ids=str)
def test_every_question_about_orders_has_the_answer_of_our_own_sandbox(
    erp: Erp, ours: Erp, query: PurchaseOrderQuery
) -> None:
    answer = list(erp.purchase_orders.find(query))

    assert answer == list(ours.purchase_orders.find(query))
    assert len(answer) > 0


def test_days_and_suppliers_narrow_orders_as_they_do_in_our_own_sandbox(erp: Erp, ours: Erp) -> None:
    some: list[PurchaseOrder] = list(ours.purchase_orders.find(PurchaseOrderQuery()))[::40]
    assert len(some) > 3
    for order in some:
        for query in (
            PurchaseOrderQuery(supplier=order.supplier, ordered_from=order.ordered_on),
            PurchaseOrderQuery(ordered_until=order.ordered_on, currency=order.currency),
        ):
            assert list(erp.purchase_orders.find(query)) == list(ours.purchase_orders.find(query))


def test_each_record_is_found_by_its_key_and_nothing_is_refused(
    erp: Erp, ours: Erp, quarantine: InMemoryQuarantine
) -> None:
    suppliers: list[Supplier] = list(ours.suppliers.find(SupplierQuery()))
    orders: list[PurchaseOrder] = list(ours.purchase_orders.find(PurchaseOrderQuery()))[::7]

    assert [erp.suppliers.get(each.id) for each in suppliers] == suppliers
    assert [erp.purchase_orders.get(each.id) for each in orders] == orders
    assert quarantine.refusals == ()


def test_its_check_passes_and_an_unknown_key_is_not_found(erp: Erp) -> None:
    erp.check()

    with pytest.raises(NotFound):
        erp.suppliers.get(SupplierId("99999999"))
    with pytest.raises(NotFound):
        erp.purchase_orders.get(PurchaseOrderId("999999"))


def test_a_wrong_password_is_said_so_and_never_shown(server: PhpServer, quarantine: InMemoryQuarantine) -> None:
    with opened(server.url, quarantine, "hunter2") as erp, pytest.raises(AccessDenied) as caught:
        erp.check()

    assert "hunter2" not in str(caught.value)


def test_a_fault_with_a_declared_detail_gives_its_sentences(server: PhpServer) -> None:
    with service(server) as suppliers, pytest.raises(Refused) as caught:
        list(suppliers.call("getSupplier", {"SupplierNumber": "99999999"}, record="result"))

    outer = "There is no Supplier 99999999."
    assert caught.value.reasons == (
        f"JBO-25020: {outer}",
        f"JBO-25020: {outer}: SEVERITY_ERROR",
        "ORA-01403: no data found: SEVERITY_ERROR",
    )


def test_a_code_of_the_fault_may_mean_that_there_is_no_such_record(server: PhpServer) -> None:
    with service(server, not_found=frozenset({"ORA-01403"})) as suppliers, pytest.raises(NotFound):
        list(suppliers.call("getSupplier", {"SupplierNumber": "99999999"}, record="result"))


def test_criteria_that_the_service_does_not_know_are_refused(server: PhpServer) -> None:
    item = {"attribute": "SupplierNumber", "operator": "SOUNDS LIKE", "value": ["1"]}
    criteria = {"findCriteria": {"filter": {"group": [{"item": [item]}]}}}
    with service(server) as suppliers, pytest.raises(Refused) as caught:
        list(suppliers.call("findSupplier", criteria, record="result"))

    assert caught.value.reasons[0] == "JBO-26061: There is no operator SOUNDS LIKE."


def test_an_operation_that_the_service_does_not_have_is_refused(server: PhpServer, tmp_path: Path) -> None:
    newer = changed(tmp_path, ("getSupplier", "weighSupplier"))
    with service(server, newer) as suppliers, pytest.raises(Refused) as caught:
        list(suppliers.call("weighSupplier", {"SupplierNumber": "10000101"}, record="result"))

    assert "weighSupplier" in " ".join(caught.value.reasons)


def test_a_request_that_the_service_cannot_read_is_refused(server: PhpServer, tmp_path: Path) -> None:
    laxer = changed(tmp_path, ('name="findCriteria"', 'name="findCriteria" minOccurs="0"'))
    with service(server, laxer) as suppliers, pytest.raises(Refused) as caught:
        list(suppliers.call("findSupplier", {}, record="result"))

    assert "must be of type object, null given" in caught.value.reasons[0]


def test_an_element_that_our_document_does_not_know_is_drift(server: PhpServer, tmp_path: Path) -> None:
    older = changed(tmp_path, ('<xsd:element name="BusinessRelationship" type="xsd:string"/>', ""))
    with service(server, older) as suppliers, pytest.raises(Drifted, match="holds BusinessRelationship"):
        list(suppliers.call("findSupplier", {"findCriteria": {"fetchSize": 3}}, record="result"))


def test_an_element_that_the_mapping_reads_and_the_service_lost_is_drift(
    tmp_path: Path, quarantine: InMemoryQuarantine
) -> None:
    with php_server(tmp_path) as server:
        changed(tmp_path, ('<xsd:element name="BankNumber" type="xsd:string"/>', ""))
        with opened(server.url, quarantine) as erp, pytest.raises(Drifted, match="BankAccount/BankNumber"):
            erp.check()


def test_the_driver_speaks_soap_1_2_with_it_as_well(erp: Erp, tmp_path: Path, quarantine: InMemoryQuarantine) -> None:
    with php_server(tmp_path) as server:
        changed(tmp_path, ("http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"))
        with opened(server.url, quarantine) as newer:
            assert list(newer.suppliers.find(SupplierQuery())) == list(erp.suppliers.find(SupplierQuery()))
        with service(server) as suppliers, pytest.raises(Refused) as caught:
            list(suppliers.call("getSupplier", {"SupplierNumber": "99999999"}, record="result"))

    assert "ORA-01403: no data found: SEVERITY_ERROR" in caught.value.reasons


def test_a_server_that_stops_half_way_is_unavailable(tmp_path: Path, ours: Erp, quarantine: InMemoryQuarantine) -> None:
    with php_server(tmp_path, page_limit=5) as server, opened(server.url, quarantine) as erp:
        begun = iter(erp.suppliers.find(SupplierQuery()))
        came = [next(begun)]
        server.stop()

        with pytest.raises(Unavailable, match="was not reached"):
            came.extend(begun)
        for question in (
            lambda: erp.suppliers.get(SupplierId("10000102")),
            lambda: erp.purchase_orders.get(PurchaseOrderId("450003")),
            erp.check,
        ):
            with pytest.raises(Unavailable):
                question()
    everything = list(ours.suppliers.find(SupplierQuery()))
    assert came == everything[: len(came)]
    assert 0 < len(came) <= 5
    assert quarantine.refusals == ()
