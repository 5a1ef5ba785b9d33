"""The SAP sandbox is read as a Gateway is: pages, keys, neighbours, errors, clients."""

from __future__ import annotations

from dataclasses import replace

import pytest
import requests
from lxml import etree

from sandbox.sap import sap_server
from sandbox.scenario import scenario
from tests.unit.sandbox.sap_client import INTERNAL, ORDERS, PARTNERS, Client, numbers

META = "{http://schemas.microsoft.com/ado/2007/08/dataservices/metadata}"


def _error(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["message"]["value"]


def test_pages_through_everything_once(client: Client) -> None:
    found = numbers(client.rows(ORDERS))

    known = scenario()
    assert len(found) == len(set(found)) == len(known.orders) + len(known.deleted_orders) + 15


def test_points_to_the_next_page_on_a_host_that_only_it_knows(client: Client) -> None:
    page = client.ask(ORDERS, filter="DocumentCurrency eq 'BRL'", select="PurchaseOrder").json()["d"]

    assert len(page["results"]) == 7
    assert page["__next"].startswith(f"{INTERNAL}/sap/opu/odata/sap/{ORDERS}?")
    assert page["__next"].endswith("&$skiptoken=7")
    assert "DocumentCurrency" in page["__next"]


def test_counts_all_that_match_as_text_whatever_the_page(client: Client) -> None:
    page = client.ask(ORDERS, inlinecount="allpages", top="2", filter="PurchaseOrderType eq 'NB'").json()["d"]

    assert (len(page["results"]), page["__count"]) == (2, str(len(client.rows(ORDERS))))
    assert client.ask(f"{ORDERS}/$count").text == page["__count"]


def test_top_and_skip_cut_the_ordered_rows(client: Client) -> None:
    newest = numbers(client.rows(ORDERS, orderby="PurchaseOrderDate desc,PurchaseOrder"))

    assert (
        numbers(client.rows(ORDERS, orderby="PurchaseOrderDate desc,PurchaseOrder", skip="3", top="10")) == newest[3:13]
    )


def test_sends_only_what_is_selected_and_defers_what_is_not_expanded(client: Client) -> None:
    answer = client.ask(f"{ORDERS}('450000')", select="PurchaseOrder,to_PurchaseOrderItem").json()["d"]

    assert set(answer) == {"__metadata", "PurchaseOrder", "to_PurchaseOrderItem"}
    assert answer["to_PurchaseOrderItem"] == {
        "__deferred": {"uri": f"{INTERNAL}/sap/opu/odata/sap/{ORDERS}('450000')/to_PurchaseOrderItem"}
    }


def test_expands_two_levels_and_selects_in_each(client: Client) -> None:
    answer = client.ask(
        f"{ORDERS}('450000')",
        expand="to_PurchaseOrderItem/to_ScheduleLine",
        select="Supplier,to_PurchaseOrderItem/NetAmount,to_PurchaseOrderItem/to_ScheduleLine/ScheduleLine",
    ).json()["d"]

    (item,) = answer["to_PurchaseOrderItem"]["results"]
    assert set(answer) == {"__metadata", "Supplier", "to_PurchaseOrderItem"}
    assert set(item) == {"__metadata", "NetAmount", "to_ScheduleLine"}
    assert [set(line) for line in item["to_ScheduleLine"]["results"]] == [{"__metadata", "ScheduleLine"}] * 2


def test_expands_a_single_neighbour_as_an_object(client: Client) -> None:
    partner = client.ask(PARTNERS, expand="to_Supplier,to_BusinessPartnerTax", top="1").json()["d"]["results"][0]

    assert partner["to_Supplier"]["Supplier"] == partner["Supplier"] != partner["BusinessPartner"]
    assert len(partner["to_BusinessPartnerTax"]["results"]) == 1


@pytest.mark.parametrize("path", ["('0000450000')", "('450000')", "(PurchaseOrder='450000')", "%28%27450000%27%29"])
def test_finds_one_order_by_any_spelling_of_its_key(client: Client, path: str) -> None:
    answer = client.ask(ORDERS + path)

    assert answer.json()["d"]["PurchaseOrder"] == "450000"
    assert answer.headers["ETag"] == answer.json()["d"]["__metadata"]["etag"] == "W/\"'0001'\""


def test_finds_an_item_by_its_two_keys_and_its_schedule_through_it(client: Client) -> None:
    item = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem(PurchaseOrder='450000',PurchaseOrderItem='00010')"

    assert client.ask(item).json()["d"]["PurchaseOrderItem"] == "10"
    lines = client.rows(f"{item}/to_ScheduleLine")
    assert [line["PurchasingDocumentItem"] for line in lines] == ["00010", "00010"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{ORDERS}('499999')", 404),
        (f"{ORDERS}('A%2FB%201')", 404),
        (f"{ORDERS}('A/B')", 404),
        (f"{ORDERS}('O'N')", 400),
        (f"{ORDERS}('O''N')", 404),
        (f"{ORDERS}(Supplier='1')", 400),
        ("API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem('450000')", 400),
        ("API_PURCHASEORDER_PROCESS_SRV/A_Nothing", 404),
        (f"{ORDERS}('450000')/to_Nothing", 404),
        ("API_UNKNOWN_SRV/A_PurchaseOrder", 404),
    ],
)
def test_says_what_is_wrong_with_an_address(client: Client, path: str, status: int) -> None:
    assert client.ask(path).status_code == status


def test_a_key_may_hold_a_doubled_quote_and_an_encoded_slash() -> None:
    odd = replace(scenario().orders[0], number="O'N/1")
    with sap_server(facts=replace(scenario(), orders=(odd,))) as server, Client(server) as client:
        answer = client.ask(f"{ORDERS}('O''N%2F1')")

        assert answer.json()["d"]["PurchaseOrder"] == "O'N/1"
        assert answer.json()["d"]["__metadata"]["uri"].endswith("A_PurchaseOrder('O''N%2F1')")


def test_reports_an_error_with_code_detail_and_transaction(client: Client) -> None:
    error = client.ask(ORDERS, filter="Nothing eq '1'").json()["error"]

    assert error["message"] == {"lang": "en", "value": "Property Nothing not found in type A_PurchaseOrderType"}
    assert error["innererror"]["errordetails"][0]["propertyref"] == "Nothing"
    assert len(error["innererror"]["transactionid"]) == 32


def test_reports_an_error_in_xml_to_those_who_did_not_ask_for_json(client: Client) -> None:
    client.headers["Accept"] = "*/*"
    answer = client.ask(f"{ORDERS}('499999')")

    root = etree.fromstring(answer.content)
    assert (answer.status_code, root.tag, root.findtext(f"{META}code")) == (404, f"{META}error", "/IWBEP/CM_MGW_RT/020")


def test_gives_json_for_the_format_option_and_refuses_what_it_cannot_give(client: Client) -> None:
    client.headers["Accept"] = "*/*"

    assert client.ask(ORDERS, format="json").json()["d"]["results"]
    assert client.ask(ORDERS).status_code == 406


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (None, "Client not set: send sap-client with every request"),
        ("200", "Client 200 is not available in this system"),
    ],
)
def test_answers_no_other_client(client: Client, sent: str | None, message: str) -> None:
    client.headers["sap-client"] = sent  # type: ignore[assignment]  # None removes the header

    assert _error(client.ask(ORDERS)) == (400, message)


def test_takes_the_client_from_the_address_too_and_keeps_it_in_the_next_page(client: Client) -> None:
    client.headers["sap-client"] = None  # type: ignore[assignment]  # None removes the header
    answer = client.ask(f"{ORDERS}?sap-client=100")

    assert "sap-client=100" in answer.json()["d"]["__next"]


def test_lists_its_sets_and_knows_no_other_service(client: Client) -> None:
    listed = client.ask("API_BUSINESS_PARTNER/").json()["d"]["EntitySets"]

    assert "A_Supplier" in listed
    assert client.ask("API_UNKNOWN_SRV/").json()["error"]["code"] == "/IWFND/MED/170"
