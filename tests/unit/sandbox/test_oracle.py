"""The Oracle sandbox, asked by zeep as any integrator would, and by plain HTTP where zeep hides what is on the wire."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import requests
import zeep
from lxml import etree
from lxml.etree import _Element

from sandbox.misbehaviour import Misbehaviour
from sandbox.oracle import __main__ as command
from sandbox.oracle import broken, oracle_server
from sandbox.oracle.schema import ADF, PURCHASE_ORDER, SUPPLIER
from sandbox.scenario import Order, scenario
from sandbox.web import Server

NAMESPACE = {"Supplier": SUPPLIER, "PurchaseOrder": PURCHASE_ORDER}
KEY = {"Supplier": "SupplierNumber", "PurchaseOrder": "OrderNumber"}
FACTS = scenario()
ORDERS = (*FACTS.orders, *FACTS.deleted_orders)
SUPPLIERS = (*FACTS.suppliers, *FACTS.deleted_suppliers)


class Integrator:
    """Speaks to one server with the right password."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.auth = ("dragoman", "sandbox")

    def url(self, record: str) -> str:
        return f"{self.server.url}/fscmService/{record}Service"

    def zeep(self, record: str) -> zeep.proxy.ServiceProxy:
        transport = zeep.Transport(session=self.session)
        client = zeep.Client(f"{self.url(record)}?WSDL", transport=transport, settings=zeep.Settings(strict=True))
        return client.create_service(f"{{{NAMESPACE[record]}}}{record}ServiceSoapHttp", self.url(record))

    def post(self, record: str, body: bytes | str) -> requests.Response:
        data = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        return self.session.post(self.url(record), data=data, headers=headers, timeout=10)

    def call(self, record: str, content: str) -> _Element:
        """Send *content*, in which p is the service's namespace and a ADF's; gives the message in the body."""
        answer = self.post(record, envelope(record, content))
        return etree.fromstring(answer.content)[-1][0]

    def find(self, record: str, criteria: str = "") -> list[str]:
        """Give the keys of what is found, in the order of the answer."""
        content = f"<p:find{record}><p:findCriteria>{criteria}</p:findCriteria></p:find{record}>"
        return [row.findtext(f"{{*}}{KEY[record]}", "") for row in self.call(record, content)]


def envelope(record: str, content: str) -> str:
    return (
        f'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:p="{NAMESPACE[record]}"'
        f' xmlns:a="{ADF}"><e:Body>{content}</e:Body></e:Envelope>'
    )


def where(attribute: str, operator: str, *values: str, capitals: bool = False) -> str:
    asked = "".join(f"<a:value>{value}</a:value>" for value in values)
    compare = "<a:upperCaseCompare>true</a:upperCaseCompare>" if capitals else ""
    item = f"{compare}<a:attribute>{attribute}</a:attribute><a:operator>{operator}</a:operator>{asked}"
    return f"<a:filter><a:group><a:item>{item}</a:item></a:group></a:filter>"


def sorted_by(name: str, *, descending: bool = False) -> str:
    way = f"<a:descending>{str(descending).lower()}</a:descending>"
    return f"<a:sortOrder><a:sortAttribute><a:name>{name}</a:name>{way}</a:sortAttribute></a:sortOrder>"


@pytest.fixture(scope="module")
def oracle() -> Iterator[Integrator]:
    with oracle_server(page_limit=1000) as server:
        integrator = Integrator(server)
        with integrator.session:
            yield integrator


@pytest.fixture
def small_pages() -> Iterator[Integrator]:
    with oracle_server(page_limit=7) as server:
        integrator = Integrator(server)
        with integrator.session:
            yield integrator


def test_a_page_is_cut_to_the_limit_without_a_word(small_pages: Integrator) -> None:
    assert len(small_pages.find("PurchaseOrder")) == 7
    assert len(small_pages.find("PurchaseOrder", "<a:fetchSize>500</a:fetchSize>")) == 7
    assert len(small_pages.find("PurchaseOrder", "<a:fetchSize>3</a:fetchSize>")) == 3
    assert small_pages.find("PurchaseOrder", "<a:fetchSize>0</a:fetchSize>") == []


def test_pages_one_after_the_other_give_every_row_once(small_pages: Integrator) -> None:
    keys: list[str] = []
    while page := small_pages.find(
        "Supplier", f"<a:fetchStart>{len(keys)}</a:fetchStart>{sorted_by('SupplierNumber')}"
    ):
        keys += page

    assert keys == sorted([s.number for s in SUPPLIERS] + [fault.key for fault in broken() if fault.kind == "supplier"])


def test_rows_come_in_no_order_of_keys_unless_asked(oracle: Integrator) -> None:
    as_they_come = oracle.find("PurchaseOrder")

    assert as_they_come != sorted(as_they_come)
    assert as_they_come == oracle.find("PurchaseOrder")
    assert oracle.find("PurchaseOrder", sorted_by("OrderNumber", descending=True)) == sorted(as_they_come, reverse=True)


def test_absent_values_are_sorted_behind_the_others(oracle: Integrator) -> None:
    keys = oracle.find("PurchaseOrder", where("OrderNumber", "&lt;", "49") + sorted_by("SupplierOrderReference"))

    references = {order.number: order.reference for order in ORDERS}
    absent = [references[key] is None for key in keys]
    assert absent == sorted(absent)
    assert True in absent


SOME_DAY = FACTS.orders[50].ordered_on
ORDER_CONDITIONS: list[tuple[str, Callable[[Order], bool]]] = [
    (where("StatusCode", "=", "PARTIALLY RECEIVED"), lambda o: o.status == "partly_received"),
    (where("StatusCode", "IN", "OPEN", "CANCELED"), lambda o: o.status in ("open", "cancelled")),
    (where("CurrencyCode", "=", "KWD"), lambda o: o.currency == "KWD"),
    (where("CurrencyCode", "=", "kwd"), lambda o: False),
    (where("CurrencyCode", "=", "kwd", capitals=True), lambda o: o.currency == "KWD"),
    (where("OrderDate", "&gt;=", f"{SOME_DAY}"), lambda o: o.ordered_on >= SOME_DAY),
    (where("OrderDate", "&lt;=", f"{SOME_DAY}"), lambda o: o.ordered_on <= SOME_DAY),
    (where("OrderDate", "&gt;", f"{SOME_DAY}"), lambda o: o.ordered_on > SOME_DAY),
    (where("OrderDate", "&lt;", f"{SOME_DAY}"), lambda o: o.ordered_on < SOME_DAY),
    (where("OrderDate", "=", f"{SOME_DAY}+02:00"), lambda o: o.ordered_on == SOME_DAY),
    (where("OrderNumber", "&gt;", "450150"), lambda o: o.number > "450150"),
    (where("OrderNumber", "&lt;", "450150"), lambda o: o.number < "450150"),
    (where("SupplierOrderReference", "=", "REQ-00001"), lambda o: o.reference == "REQ-00001"),
    (where("PurchaseOrderLine.ItemNumber", "=", "A/B 1"), lambda o: any(n.product == "A/B 1" for n in o.lines)),
    (where("PurchaseOrderLine.Amount", "&gt;", "1000000.0"), lambda o: any(n.amount > 1_000_000 for n in o.lines)),
    (where("PurchaseOrderLine.LineNumber", "=", "300"), lambda o: any(n.number == 300 for n in o.lines)),
    (where("DeletedFlag", "=", "Y"), lambda o: o.deleted),
]


@pytest.mark.parametrize(("criteria", "expected"), ORDER_CONDITIONS, ids=[each[:90] for each, _ in ORDER_CONDITIONS])
def test_a_condition_finds_just_the_orders_that_meet_it(
    oracle: Integrator, criteria: str, expected: Callable[[Order], bool]
) -> None:
    known = {order.number for order in ORDERS}

    found = [key for key in oracle.find("PurchaseOrder", criteria) if key in known]

    assert sorted(found) == sorted(order.number for order in ORDERS if expected(order))


def test_all_conditions_must_hold(oracle: Integrator) -> None:
    items = "".join(
        f"<a:item><a:attribute>{name}</a:attribute><a:operator>=</a:operator><a:value>{value}</a:value></a:item>"
        for name, value in (("StatusCode", "CLOSED"), ("CurrencyCode", "EUR"))
    )

    found = oracle.find("PurchaseOrder", f"<a:filter><a:group>{items}</a:group></a:filter>")

    expected = {o.number for o in ORDERS if o.status == "closed" and o.currency == "EUR"}
    assert set(found) - {fault.key for fault in broken()} == expected
    assert expected


def test_suppliers_are_found_by_flags_however_they_are_written_and_by_words(oracle: Integrator) -> None:
    held = oracle.find("Supplier", where("HoldAllPaymentsFlag", "=", "true"))
    german = oracle.find("Supplier", where("SupplierAddress.Country", "=", "DE"))
    named = oracle.find("Supplier", where("SupplierName", "CONTAINS", "o'neil", capitals=True))

    assert set(held) == {s.number for s in SUPPLIERS if s.block in ("payment", "all")}
    assert set(german) == {s.number for s in SUPPLIERS if s.country == "DE"}
    assert set(named) == {s.number for s in SUPPLIERS if "O'Neil" in s.name}
    assert held
    assert named


def test_hostile_text_in_a_criterion_is_only_text(oracle: Integrator) -> None:
    assert oracle.find("Supplier", where("SupplierName", "=", "O'Neil'; DROP TABLE x --")) == []
    assert oracle.find("Supplier", where("SupplierName", "CONTAINS", "%")) == []


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        (where("Nonsense", "=", "1"), "JBO-25058"),
        (where("PurchaseOrderLine", "=", "1"), "JBO-25058"),
        (sorted_by("PurchaseOrderLine.ItemNumber"), "JBO-25058"),
        (where("OrderNumber", "LIKE", "45%"), "JBO-26061"),
        (where("OrderNumber", "="), "JBO-26061"),
        (where("OrderNumber", "=", "1", "2"), "JBO-26061"),
        ("<a:fetchStart>-1</a:fetchStart>", "JBO-26061"),
        (where("OrderDate", "=", "2024-02-30"), "JBO-25009"),
        (where("PurchaseOrderLine.Amount", "&gt;", "1.234,56"), "JBO-25009"),
    ],
)
def test_criteria_that_make_no_sense_are_refused_with_a_code(oracle: Integrator, criteria: str, code: str) -> None:
    content = f"<p:findPurchaseOrder><p:findCriteria>{criteria}</p:findCriteria></p:findPurchaseOrder>"
    fault = oracle.call("PurchaseOrder", content)

    assert fault.findtext("faultcode") == "env:Server"
    assert fault.findtext(f"detail/{{{ADF}}}ServiceErrorMessage/{{{ADF}}}code") == code


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
