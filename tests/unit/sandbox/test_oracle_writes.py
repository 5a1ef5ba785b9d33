"""The Oracle sandbox when it is written to: by zeep and by plain JSON, as any integrator would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import requests
import zeep
from lxml import etree

from sandbox.misbehaviour import Complain, Hold, InnerError, Locked, Pretend, Repeat
from sandbox.oracle import LEGAL_ENTITY, SEGMENT, Books, Commit, oracle_server
from sandbox.oracle.schema import PURCHASE_ORDER, SUPPLIER, Form
from sandbox.scenario import scenario
from sandbox.web import Server

ACTION = "application/vnd.oracle.adf.action+json"
BUYER = {"ProcurementBusinessUnit": "P", "RequisitioningBusinessUnit": "R", "BuyerEmail": "a@example.com"}
NEW = {
    "SupplierName": "Neu", "TaxOrganizationType": "CORPORATION", "BusinessRelationship": "SPEND_AUTHORIZED",
    "SupplierAddress": {"Operation": "CREATE", "Country": "DE", "City": "Köln"}, "DFF": {SEGMENT: "R1"},
}  # fmt: skip


class Integrator:
    """Speaks to one server with the right password."""

    def __init__(self, server: Server, books: Books) -> None:
        self.server, self.books = server, books
        self.session = requests.Session()
        self.session.auth = ("dragoman", "sandbox")

    def service(self, record: str) -> zeep.proxy.ServiceProxy:
        url = f"{self.server.url}/fscmService/{record}Service"
        namespace = {"Supplier": SUPPLIER, "PurchaseOrder": PURCHASE_ORDER}[record]
        client = zeep.Client(f"{url}?WSDL", transport=zeep.Transport(session=self.session))
        return client.create_service(f"{{{namespace}}}{record}ServiceSoapHttp", url)

    def order(self, number: str) -> Mapping[str, Any]:
        found: Mapping[str, object] = zeep.helpers.serialize_object(
            self.service("PurchaseOrder").getPurchaseOrder(number)
        )
        return found

    def item(self, resource: str, number: str) -> str:
        url = f"{self.server.url}/fscmRestApi/resources/11.13.18.05/{resource}"
        (item,) = self.session.get(url, params={"q": f"OrderNumber='{number}'"}, timeout=10).json()["items"]
        (link,) = item["links"]
        assert link["properties"]["changeIndicator"].startswith("ACED0005")
        return str(link["href"])

    def act(self, number: str, action: str, told: Mapping[str, object], kind: str = ACTION) -> requests.Response:
        resource = "draftPurchaseOrders" if action == "submit" else "purchaseOrders"
        address = f"{self.item(resource, number)}/action/{action}"
        return self.session.post(address, json=told, headers={"Content-Type": kind}, timeout=10)


@pytest.fixture
def oracle() -> Iterator[Integrator]:
    books = Books()
    with oracle_server(books=books) as server:
        yield Integrator(server, books)


def number(status: str) -> str:
    return next(each.number for each in scenario().orders if each.status == status)


def an_order(**changes: object) -> dict[str, object]:
    """Give the entry of an order that is created without objections."""
    supplier = next(each.number for each in scenario().suppliers if each.block == "none")
    schedule = {"ShipToLocationCode": "D", "NeedByDate": None, "Quantity": {"_value_1": 3, "unitCode": "Ea"}}
    line = {
        "LineNumber": 1, "ItemNumber": "21", "UOMCode": "Ea", "Price": {"_value_1": "2.505", "currencyCode": "EUR"},
        "DFF": {"PriceBasisQuantity": 1}, "PurchaseOrderEntrySchedule": [schedule],
    }  # fmt: skip
    return {
        **BUYER, "SoldToLegalEntity": LEGAL_ENTITY, "SupplierNumber": supplier, "CurrencyCode": "EUR",
        "DFF": {SEGMENT: "R2"}, "PurchaseOrderEntryLine": [line], **changes,
    }  # fmt: skip


def test_creates_a_supplier_and_does_not_say_which(oracle: Integrator) -> None:
    service = oracle.service("Supplier")

    assert service.createSupplier(NEW) == "SUCCESS"
    (commit,) = oracle.books.journal
    found = service.getSupplier(commit.key)
    assert (found.SupplierName, found.SupplierAddress.City, found.DFF[SEGMENT]) == ("Neu", "Köln", "R1")
    assert found.Alias is None


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"SupplierName": None}, "SupplierName"), ({"TaxOrganizationType": None}, "TaxOrganizationType"),
        ({"SupplierName": scenario().suppliers[0].name}, "already exists"),
        ({"SupplierAddress": {"Operation": "CREATE"}}, "Country"),
    ],
)  # fmt: skip
def test_refuses_a_supplier_far_inside_the_fault(oracle: Integrator, changes: dict[str, object], told: str) -> None:
    """FUS-SOAP-01: the fault's own sentence is always the same."""
    with pytest.raises(zeep.exceptions.Fault, match="JBO-27024") as caught:
        oracle.service("Supplier").createSupplier({**NEW, **changes})
    assert told not in str(caught.value)
    assert told in "".join(caught.value.detail.itertext())
    assert oracle.books.journal == []


def test_who_comes_last_is_right(oracle: Integrator) -> None:
    """FUS-ETAG-02: there is no version to send."""
    service, key = oracle.service("Supplier"), scenario().suppliers[0].number
    for alias in ("one", "two"):
        service.updateSupplier({"SupplierNumber": key, "Alias": alias})

    assert service.getSupplier(key).Alias == "two"
    assert oracle.books.journal == [Commit("updateSupplier", key)] * 2


def test_creates_an_order_that_fits_its_own_schema(oracle: Integrator) -> None:
    answer = oracle.service("PurchaseOrder").createPurchaseOrder(an_order(ApprovalActionCode="SUBMIT"))
    stored = oracle.order(answer.OrderNumber)

    assert (answer.RequestStatus, answer.ChangeOrderNumber) == ("SUCCESS", None)
    assert (stored["StatusCode"], stored["DFF"]) == ("PENDING APPROVAL", {SEGMENT: "R2"})
    (line,) = stored["PurchaseOrderLine"]
    assert str(line["Amount"]["_value_1"]) == "7.52"  # to even, as always
    response = etree.Element(f"{{{PURCHASE_ORDER}}}getPurchaseOrderResponse")
    response.append(oracle.books.sheet("PurchaseOrder", answer.OrderNumber).element)
    assert Form("PurchaseOrderService").objection(response) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"SupplierNumber": "1"}, {"BuyerEmail": None}, {"SoldToLegalEntity": "X"}, {"PurchaseOrderEntryLine": []},
        {"SupplierNumber": next(each.number for each in scenario().suppliers if each.block == "all")},
        {"SupplierNumber": scenario().deleted_suppliers[0].number},
    ],
)  # fmt: skip
def test_refuses_an_order_that_breaks_a_rule(oracle: Integrator, changes: dict[str, object]) -> None:
    with pytest.raises(zeep.exceptions.Fault):
        oracle.service("PurchaseOrder").createPurchaseOrder(an_order(**changes))
    assert oracle.books.journal == []


def test_a_change_order_waits_and_a_forgotten_one_blocks(oracle: Integrator) -> None:
    """FUS-PO-01."""
    service, key = oracle.service("PurchaseOrder"), number("open")
    entry = {"OrderNumber": key, "SoldToLegalEntity": LEGAL_ENTITY, "DocumentDescription": "new"}
    first = service.changePurchaseOrder(entry)

    assert (first.ChangeOrderNumber, oracle.order(key)["DocumentDescription"]) == ("1", None)
    assert oracle.order(key)["ChangeOrderStatusCode"] == "INCOMPLETE"
    with pytest.raises(zeep.exceptions.Fault):
        service.changePurchaseOrder({**entry, "ApprovalActionCode": "BYPASS"})


def test_an_action_wants_its_own_type_and_texts(oracle: Integrator) -> None:
    """FUS-ACT-01, FUS-PO-03."""
    key, told = number("open"), {"cancelReason": "x", "cancelUnfulfilledDemandFlag": "True"}

    assert oracle.act(key, "cancel", told, kind="application/json").status_code == 415
    for wrong in ({"cancelReason": "x"}, {**told, "cancelUnfulfilledDemandFlag": True}):
        answer = oracle.act(key, "cancel", wrong)
        assert answer.status_code == 400
        assert answer.json()["title"] == "Bad Request"
        assert len(answer.json()["o:errorDetails"]) == 2
    assert oracle.act(key, "cancel", told).json() == {"result": "Success"}
    assert oracle.order(key)["StatusCode"] == "OPEN"
    oracle.books.decide()
    assert oracle.order(key)["StatusCode"] == "CANCELED"


def test_goods_that_came_are_not_given_up(oracle: Integrator) -> None:
    told = {"cancelReason": "x", "cancelUnfulfilledDemandFlag": "True"}

    assert oracle.act(number("partly_received"), "cancel", told).status_code == 400
    assert oracle.act(number("partly_received"), "close", {"closeAction": "close"}).status_code == 200
    assert oracle.act(number("closed"), "close", {"closeAction": "close"}).status_code == 400


@pytest.mark.parametrize(
    ("fault", "status", "written", "told"),
    [
        (None, 200, 1, "Success"), (Pretend(), 200, 0, "Success"), (InnerError(), 200, 0, "failed"),
        (Complain(), 200, 1, "messages"), (Locked(), 400, 0, "JBO-26030"), (Repeat(), 400, 1, "PO-2055190"),
    ],
)  # fmt: skip
def test_bad_days_reach_actions_too(oracle: Integrator, fault: object, status: int, written: int, told: str) -> None:
    oracle.server.misbehaviour.writing(fault)  # type: ignore[arg-type]  # one of the above
    answer = oracle.act(number("open"), "close", {"closeAction": "close"})

    assert (answer.status_code, len(oracle.books.journal)) == (status, written)
    assert told in answer.text


def test_what_is_held_is_carried_out_later(oracle: Integrator) -> None:
    oracle.server.misbehaviour.writing(Hold())
    with pytest.raises(requests.ConnectionError):
        oracle.service("Supplier").createSupplier(NEW)
    assert oracle.books.journal == []
    oracle.server.misbehaviour.release()

    assert len(oracle.books.journal) == 1


def test_every_server_has_books_of_its_own(oracle: Integrator) -> None:
    oracle.service("Supplier").createSupplier(NEW)
    with oracle_server(books=(other := Books())):
        assert len(oracle.books.rows("Supplier")) == len(other.rows("Supplier")) + 1
