"""The Oracle sandbox, asked by zeep as any integrator would, and by plain HTTP where zeep hides what is on the wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
import zeep
from lxml import etree

from sandbox.misbehaviour import Misbehaviour
from sandbox.oracle import __main__ as command
from sandbox.oracle import oracle_server
from sandbox.oracle.schema import ADF
from tests.unit.sandbox.oracle_caller import Integrator, envelope


@pytest.fixture(scope="module")
def oracle() -> Iterator[Integrator]:
    with oracle_server() as server, Integrator(server) as integrator:
        yield integrator


def test_a_key_that_nobody_has_is_a_fault_with_nested_messages(oracle: Integrator) -> None:
    with pytest.raises(zeep.exceptions.Fault, match="JBO-25020") as caught:
        oracle.zeep("Supplier").getSupplier("1' OR '1'='1")

    codes = [element.text for element in caught.value.detail.iter(f"{{{ADF}}}code")]
    severities = [element.text for element in caught.value.detail.iter(f"{{{ADF}}}severity")]
    assert codes == ["JBO-25020", "ORA-01403"]
    assert severities == ["SEVERITY_ERROR", "SEVERITY_ERROR"]


BOMB = '<!DOCTYPE e [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + envelope(
    "Supplier", "<p:getSupplier><p:SupplierNumber>&b;</p:SupplierNumber></p:getSupplier>"
)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no XML",
        "<a/>",
        BOMB,
        envelope("Supplier", ""),
        envelope("Supplier", "<p:getSupplier/>"),
        envelope("Supplier", "<p:dropSupplier/>"),
        envelope("Supplier", "<p:findSupplierResponse/>"),
        envelope("Supplier", "<getSupplier><SupplierNumber>10000102</SupplierNumber></getSupplier>"),
        envelope("Supplier", "<p:getSupplier><p:SupplierNumber>1</p:SupplierNumber></p:getSupplier>" * 2),
        envelope(
            "Supplier",
            "<p:findSupplier><p:findCriteria><a:filter><a:conjunction>Or</a:conjunction></a:filter></p:findCriteria>"
            "</p:findSupplier>",
        ),
    ],
)
def test_a_request_that_cannot_be_read_is_the_clients_fault(oracle: Integrator, body: str) -> None:
    answer = oracle.post("Supplier", body)

    fault = etree.fromstring(answer.content)[-1][0]
    assert answer.status_code == 500
    assert fault.findtext("faultcode") == "env:Client"
    assert fault.find("detail") is None


def test_the_documents_name_an_internal_host_and_each_other_by_relative_places(oracle: Integrator) -> None:
    wsdl = oracle.session.get(f"{oracle.url('PurchaseOrder')}?wsdl", timeout=10).text

    assert 'location="http://fusion-internal:7001/fscmService/PurchaseOrderService"' in wsdl
    assert 'schemaLocation="PurchaseOrderService.xsd"' in wsdl


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/fscmService/PurchaseOrderService.xsd", 200),
        ("GET", "/fscmService/PurchaseOrderService", 404),
        ("GET", "/fscmService/..%2fserver.py", 404),
        ("GET", "/", 404),
        ("POST", "/fscmService/InvoiceService", 404),
        ("PUT", "/fscmService/SupplierService", 405),
        ("POST", "/fscmService/SupplierService", 415),
    ],
)
def test_only_the_services_and_their_documents_are_there(
    oracle: Integrator, method: str, path: str, status: int
) -> None:
    assert oracle.session.request(method, oracle.server.url + path, timeout=10).status_code == status


def test_a_wrong_password_meets_a_page_in_html(oracle: Integrator) -> None:
    answer = requests.get(f"{oracle.url('Supplier')}?WSDL", auth=("dragoman", "wrong"), timeout=10)

    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("text/html")


def test_bad_days_come_in_the_order_in_which_they_were_asked_for() -> None:
    bad_days = Misbehaviour()
    with oracle_server(misbehaviour=bad_days) as server:
        oracle = Integrator(server)
        key = "<p:getSupplier><p:SupplierNumber>10000102</p:SupplierNumber></p:getSupplier>"
        request = envelope("Supplier", key)
        bad_days.fail(429, retry_after=3)
        bad_days.drop()
        bad_days.logon_page()
        bad_days.garble()
        with oracle.session:
            busy = oracle.post("Supplier", request)
            assert (busy.status_code, busy.headers["Retry-After"]) == (429, "3")
            with pytest.raises(requests.ConnectionError):
                oracle.post("Supplier", request)
            page = oracle.post("Supplier", request)
            assert (page.status_code, page.headers["Content-Type"][:9]) == (200, "text/html")
            with pytest.raises(etree.XMLSyntaxError):
                etree.fromstring(oracle.post("Supplier", request).content)
            assert oracle.post("Supplier", request).status_code == 200


def test_a_page_without_rows_is_refused_at_the_door() -> None:
    with pytest.raises(ValueError, match="one row or more"):
        oracle_server(page_limit=0)


def test_the_command_serves_until_it_is_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupted:
        def wait(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.argv", ["oracle", "--port", "0"])
    monkeypatch.setattr(command, "Event", Interrupted)
    command.main()

    assert capsys.readouterr().out.startswith('[systems.oracle]\nkind = "oracle"\nurl = "http://127.0.0.1:')
