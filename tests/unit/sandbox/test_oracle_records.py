"""What stands in the Oracle sandbox: the scenario in Fusion's spelling and twenty spoilt records, read by zeep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

import pytest
import requests
import zeep
from lxml import etree
from lxml.etree import _Element

from sandbox.broken import Broken
from sandbox.oracle import broken, oracle_server
from sandbox.oracle.schema import PURCHASE_ORDER, SUPPLIER, Form
from sandbox.scenario import Bank, Line, Order, Supplier, scenario
from sandbox.web import Server

XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
NAMESPACE = {"Supplier": SUPPLIER, "PurchaseOrder": PURCHASE_ORDER}
KEY = {"Supplier": "SupplierNumber", "PurchaseOrder": "OrderNumber"}
STATUS = {
    "INCOMPLETE": "draft", "PENDING APPROVAL": "pending_approval", "REJECTED": "rejected", "OPEN": "open",
    "PARTIALLY RECEIVED": "partly_received", "CLOSED FOR RECEIVING": "received", "CLOSED": "closed",
    "CANCELED": "cancelled",
}  # fmt: skip
UNIT = {"Ea": "H87", "KG": "KGM", "M": "MTR", "L": "LTR", "BOX": "XBX", "HR": "HUR"}
ORDERS = (*scenario().orders, *scenario().deleted_orders)
SUPPLIERS = (*scenario().suppliers, *scenario().deleted_suppliers)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with oracle_server(page_limit=1000) as running:
        yield running


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        opened.auth = ("dragoman", "sandbox")
        yield opened


def _zeep(server: Server, session: requests.Session, record: str) -> zeep.proxy.ServiceProxy:
    url = f"{server.url}/fscmService/{record}Service"
    client = zeep.Client(f"{url}?WSDL", transport=zeep.Transport(session=session), settings=zeep.Settings(strict=True))
    return client.create_service(f"{{{NAMESPACE[record]}}}{record}ServiceSoapHttp", url)


@pytest.fixture(scope="module")
def supplier_service(server: Server, session: requests.Session) -> zeep.proxy.ServiceProxy:
    return _zeep(server, session, "Supplier")


@pytest.fixture(scope="module")
def order_service(server: Server, session: requests.Session) -> zeep.proxy.ServiceProxy:
    return _zeep(server, session, "PurchaseOrder")


def _everything(server: Server, session: requests.Session, record: str) -> _Element:
    """Give the answer that holds every row, as it stood on the wire."""
    envelope = "http://schemas.xmlsoap.org/soap/envelope/"
    body = f'<find{record} xmlns="{NAMESPACE[record]}"><findCriteria/></find{record}>'
    request = f'<e:Envelope xmlns:e="{envelope}"><e:Body>{body}</e:Body></e:Envelope>'
    url, headers = f"{server.url}/fscmService/{record}Service", {"Content-Type": "text/xml; charset=utf-8"}
    answer = session.post(url, data=request.encode(), headers=headers, timeout=10)
    return etree.fromstring(answer.content)[-1][0]


@pytest.fixture(scope="module")
def wire(server: Server, session: requests.Session) -> Mapping[str, _Element]:
    return {record: _everything(server, session, record) for record in KEY}


def below(record: str, number: str) -> Mapping[str, object]:
    item = {"attribute": KEY[record], "operator": "<", "value": [number]}
    return {"filter": {"group": [{"item": [item]}]}}


def order_of(found: zeep.xsd.CompoundValue) -> Order:
    never = date(4712, 12, 31)
    return Order(
        number=found.OrderNumber,
        supplier=found.SupplierNumber,
        ordered_on=found.OrderDate,
        currency=found.CurrencyCode,
        status=STATUS[found.StatusCode],  # type: ignore[arg-type]  # a plain text that is one of the literals
        reference=found.SupplierOrderReference,
        valid_from=found.StartDate,
        valid_until="open end" if found.EndDate == never else found.EndDate,
        lines=tuple(line_of(line, found.CurrencyCode) for line in found.PurchaseOrderLine),
        deleted=found.DeletedFlag == "Y",
    )


def line_of(found: zeep.xsd.CompoundValue, currency: str) -> Line:
    schedules = found.PurchaseOrderSchedule
    (due_on,) = {schedule.NeedByDate for schedule in schedules}
    assert {schedule.Quantity.unitCode for schedule in schedules} == {found.UOMCode}
    assert found.Price.currencyCode == found.Amount.currencyCode == currency
    return Line(
        number=found.LineNumber,
        product=found.ItemNumber,
        description=found.ItemDescription,
        unit=UNIT[found.UOMCode],
        ordered=sum((schedule.Quantity["_value_1"] for schedule in schedules), Decimal(0)),
        received=sum((schedule.QuantityReceived for schedule in schedules), Decimal(0)),
        invoiced=sum((schedule.QuantityBilled for schedule in schedules), Decimal(0)),
        price=found.Price["_value_1"],
        price_per=int(found.DFF.PriceBasisQuantity),
        amount=found.Amount["_value_1"],
        due_on=due_on,
        status=STATUS[found.LineStatusCode],  # type: ignore[arg-type]  # a plain text that is one of the literals
    )


def supplier_of(found: zeep.xsd.CompoundValue) -> Supplier:
    place, bank = found.SupplierAddress, found.BankAccount
    vat, local = found.TaxRegistrationNumber, found.TaxpayerId
    kind = "CPF" if found.TaxOrganizationType == "INDIVIDUAL" else "CNPJ"
    assert (local is None) == (found.TaxpayerCountry is None)
    blocks = {(0, 0): "none", (0, 1): "purchasing", (1, 0): "payment", (1, 1): "all"}
    return Supplier(
        number=found.SupplierNumber,
        name=found.SupplierName,
        trade_name=found.Alias,
        tax=("VAT", vat) if vat is not None else None if local is None else (kind, local),  # type: ignore[arg-type]  # as above
        street=place.AddressLine1,
        city=place.City,
        region=place.State,
        postal_code=place.PostalCode,
        country=place.Country,
        email=place.EmailAddress,
        bank=None if bank is None else Bank(bank.BankNumber, bank.BranchNumber, bank.AccountNumber, bank.IBAN),
        block=blocks[found.HoldAllPaymentsFlag, found.PurchasingHoldFlag],  # type: ignore[arg-type]  # as above
        deleted=found.InactiveDate is not None,
    )


def test_every_order_of_the_scenario_is_there_with_all_its_facts(order_service: zeep.proxy.ServiceProxy) -> None:
    found = order_service.findPurchaseOrder(below("PurchaseOrder", "49"))

    assert {order.number: order for order in map(order_of, found)} == {order.number: order for order in ORDERS}


def test_every_supplier_of_the_scenario_is_there_with_all_its_facts(supplier_service: zeep.proxy.ServiceProxy) -> None:
    found = supplier_service.findSupplier(below("Supplier", "99"))

    assert {s.number: s for s in map(supplier_of, found)} == {s.number: s for s in SUPPLIERS}


def test_each_record_is_reached_by_its_key(
    order_service: zeep.proxy.ServiceProxy, supplier_service: zeep.proxy.ServiceProxy
) -> None:
    assert [order_of(order_service.getPurchaseOrder(order.number)) for order in ORDERS[:30]] == list(ORDERS[:30])
    assert [supplier_of(supplier_service.getSupplier(s.number)) for s in SUPPLIERS] == list(SUPPLIERS)


@pytest.mark.parametrize("record", ["Supplier", "PurchaseOrder"])
def test_good_records_are_what_the_published_schema_promises(wire: Mapping[str, _Element], record: str) -> None:
    spoilt = {fault.key for fault in broken()}
    answer = etree.fromstring(etree.tostring(wire[record]))
    for row in list(answer):
        if row.findtext(f"{{*}}{KEY[record]}") in spoilt:
            answer.remove(row)

    assert len(answer) == len(ORDERS if record == "PurchaseOrder" else SUPPLIERS)
    assert Form(f"{record}Service").objection(answer) is None


def test_row_ids_are_long_and_unlike_each_other(wire: Mapping[str, _Element]) -> None:
    for record, name, digits in (("Supplier", "SupplierId", 15), ("PurchaseOrder", "POHeaderId", 18)):
        ids = {row.findtext(f"{{*}}{name}", "") for row in wire[record]}
        assert len(ids) == len(wire[record])
        assert {len(text) for text in ids} == {digits}


def _way(row: _Element, name: str) -> str:
    element = row.find(f".//{{*}}{name}")
    if element is None:
        return "left out"
    if element.get(XSI_NIL) == "true":
        return "nil"
    return "empty" if element.text is None else "there"


def test_absent_values_are_left_out_empty_or_nil(wire: Mapping[str, _Element]) -> None:
    suppliers, orders = wire["Supplier"], wire["PurchaseOrder"]

    assert {_way(row, "Alias") for row in suppliers} == {"left out", "empty", "nil", "there"}
    assert {_way(row, "TaxpayerId") for row in suppliers} == {"left out", "there"}
    assert {_way(row, "StartDate") for row in orders} == {"left out", "nil", "there"}
    assert {_way(row, "NeedByDate") for row in orders} == {"left out", "nil", "there"}


def test_some_days_carry_a_zone_and_some_lines_two_schedules(wire: Mapping[str, _Element]) -> None:
    orders = wire["PurchaseOrder"]

    days = [row.findtext("{*}OrderDate", "") for row in orders]
    schedules = [len(line.findall("{*}PurchaseOrderSchedule")) for line in orders.iterfind(".//{*}PurchaseOrderLine")]
    assert {day[10:] for day in days} == {"", "-03:00"}
    assert set(schedules) == {1, 2}


def test_twenty_records_are_spoilt_and_none_of_them_is_of_the_scenario() -> None:
    kinds = [fault.kind for fault in broken()]
    keys = {fault.key for fault in broken()}

    assert (kinds.count("supplier"), kinds.count("purchase_order"), len(keys)) == (7, 13, 20)
    assert keys.isdisjoint(order.number for order in ORDERS)
    assert keys.isdisjoint(supplier.number for supplier in SUPPLIERS)


@pytest.mark.parametrize("fault", broken(), ids=lambda fault: f"{fault.key} {fault.column}")
def test_what_is_spoilt_stands_on_the_wire(wire: Mapping[str, _Element], fault: Broken) -> None:
    record = "Supplier" if fault.kind == "supplier" else "PurchaseOrder"
    (parent,) = (row for row in wire[record] if row.findtext(f"{{*}}{KEY[record]}") == fault.key)
    path, _, attribute = fault.column.partition("@")
    parent_path, _, name = path.rpartition("/")
    for step in filter(None, parent_path.split("/")):
        parent = parent.findall(f"{{*}}{step}")[0]

    found = parent.findall(f"{{*}}{name}")
    if fault.raw is None:
        assert not found or found[0].get(XSI_NIL) == "true"
    elif attribute:
        assert found[0].get(attribute) == fault.raw
    else:
        assert tuple(element.text for element in found) in (fault.raw, (fault.raw,))


def test_one_spoilt_price_costs_zeep_the_answer(order_service: zeep.proxy.ServiceProxy) -> None:
    (key,) = (fault.key for fault in broken() if fault.raw == "1.234,56")

    with pytest.raises(InvalidOperation):
        order_service.getPurchaseOrder(key)
