"""The SAP sandbox speaks OData V2 as a Gateway does: reading, paging, filtering, CSRF, versions, errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

import pytest
import requests
from lxml import etree

from sandbox.sap import sap_server
from sandbox.scenario import scenario
from sandbox.web import Server

Json: TypeAlias = "dict[str, Json] | list[Json] | str | bool | int | None"
ORDERS = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrder"
PARTNERS = "API_BUSINESS_PARTNER/A_BusinessPartner"
INTERNAL = "http://sapdev01.internal:8000"
META = "{http://schemas.microsoft.com/ado/2007/08/dataservices/metadata}"


class Client(requests.Session):
    """A bare client of one sandbox, logged on to client 100."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.auth = ("dragoman", "sandbox")
        self.headers.update({"Accept": "application/json", "sap-client": "100"})
        self._root = f"{server.url}/sap/opu/odata/sap/"

    def ask(self, path: str, **options: str) -> requests.Response:
        return self.get(self._root + path, params={f"${name}": value for name, value in options.items()}, timeout=10)

    def rows(self, path: str, **options: str) -> list[dict[str, Json]]:
        """Give every row, page by page."""
        answer = self.ask(path, **options)
        found: list[dict[str, Json]] = []
        while True:
            assert answer.status_code == 200, answer.text
            page = answer.json()["d"]
            found += page["results"]
            if "__next" not in page:
                return found
            answer = self.get(page["__next"].replace(INTERNAL, self._root.partition("/sap/")[0]), timeout=10)

    def write(self, method: str, path: str, body: Json = None, **headers: str) -> requests.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request(method, self._root + path, json=body, headers=sent, timeout=10)

    def token(self) -> str:
        answer = self.get(f"{self._root}API_PURCHASEORDER_PROCESS_SRV/", headers={"X-CSRF-Token": "Fetch"}, timeout=10)
        return answer.headers["x-csrf-token"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sap_server(page_size=7) as running:
        yield running


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    with Client(server) as opened:
        yield opened


@pytest.fixture
def own_server() -> Iterator[Server]:
    with sap_server() as running:
        yield running


@pytest.fixture
def writer(own_server: Server) -> Iterator[Client]:
    with Client(own_server) as opened:
        yield opened


def _numbers(rows: list[dict[str, Json]]) -> list[str]:
    return [str(row["PurchaseOrder"]).lstrip("0") for row in rows]


def _milliseconds(date: Json) -> int:
    """Read a stored date; before all of them if it is not one."""
    found = re.match(r"/Date\((\d+)", str(date))
    return -1 if found is None else int(found[1])


def _error(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["message"]["value"]


def test_pages_through_everything_once(client: Client) -> None:
    numbers = _numbers(client.rows(ORDERS))

    known = scenario()
    assert len(numbers) == len(set(numbers)) == len(known.orders) + len(known.deleted_orders) + 15


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
    newest = _numbers(client.rows(ORDERS, orderby="PurchaseOrderDate desc,PurchaseOrder"))

    assert (
        _numbers(client.rows(ORDERS, orderby="PurchaseOrderDate desc,PurchaseOrder", skip="3", top="10"))
        == newest[3:13]
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


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("Supplier eq '10000102'", lambda row: row["Supplier"] == "0010000102"),
        ("Supplier eq '0010000102'", lambda row: row["Supplier"] == "0010000102"),
        ("PurchaseOrder lt '0000450012'", lambda row: str(row["PurchaseOrder"]).zfill(10) < "0000450012"),
        ("PurchaseOrder ge '45A'", lambda row: not str(row["PurchaseOrder"]).isdigit()),
        ("DocumentCurrency ne 'BRL'", lambda row: row["DocumentCurrency"] != "BRL"),
        ("ValidityEndDate eq null", lambda row: row["ValidityEndDate"] is None),
        (
            "not (DocumentCurrency eq 'BRL' or DocumentCurrency eq 'EUR') and PurchasingProcessingStatus gt '02'",
            lambda row: row["DocumentCurrency"] not in ("BRL", "EUR") and row["PurchasingProcessingStatus"] > "02",
        ),
        ("substringof('-0001',CorrespncInternalReference)", lambda row: "-0001" in row["CorrespncInternalReference"]),
        ("startswith(PurchaseOrder,'45A') eq true", lambda row: row["PurchaseOrder"].startswith("45A")),
        ("tolower(DocumentCurrency) eq 'kwd'", lambda row: row["DocumentCurrency"] == "KWD"),
        ("'JPY' eq toupper(DocumentCurrency)", lambda row: row["DocumentCurrency"] == "JPY"),
        (
            "LastChangeDateTime gt datetimeoffset'2024-06-01T00:00:00Z'",
            lambda row: int(row["LastChangeDateTime"][6:19]) > 1717200000000,
        ),
    ],
)
def test_filters_as_plain_python_would(
    client: Client, condition: str, holds: Callable[[dict[str, Json]], bool]
) -> None:
    everything = client.rows(ORDERS)
    expected = _numbers([row for row in everything if holds(row)])

    assert 0 < len(expected) < len(everything)
    assert _numbers(client.rows(ORDERS, filter=condition)) == expected


def test_filters_days_and_amounts_by_value(client: Client) -> None:
    items = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem"
    day = "PurchaseOrderDate ge datetime'2023-02-01T00:00:00' and PurchaseOrderDate lt datetime'2023-03-01T00:00:00'"
    february = range(1675209600000, 1677628800000)
    ordered = [row for row in client.rows(ORDERS) if _milliseconds(row["PurchaseOrderDate"]) in february]

    assert _numbers(client.rows(ORDERS, filter=day)) == _numbers(ordered) != []
    assert {row["NetPriceQuantity"] for row in client.rows(items, filter="NetPriceQuantity ge 100.0M")} == {
        "100",
        "1000",
    }


def test_filters_through_a_single_neighbour(client: Client) -> None:
    blocked = client.rows(PARTNERS, filter="to_Supplier/PurchasingIsBlocked eq true", select="Supplier")

    wanted = [s for s in (*scenario().suppliers, *scenario().deleted_suppliers) if s.block in ("purchasing", "all")]
    assert {row["Supplier"] for row in blocked} == {supplier.number for supplier in wanted}


def test_a_doubled_quote_is_part_of_the_text(client: Client) -> None:
    found = client.rows(PARTNERS, filter="startswith(BusinessPartnerFullName,'O''Neil')")

    wanted = [s for s in (*scenario().suppliers, *scenario().deleted_suppliers) if s.name.startswith("O'Neil")]
    assert [row["BusinessPartnerFullName"] for row in found] == [supplier.name for supplier in wanted] != []


def test_a_single_quote_ends_the_text_and_what_follows_is_read_as_a_filter(client: Client) -> None:
    everything = len(client.rows(PARTNERS))

    assert len(client.rows(PARTNERS, filter="BusinessPartnerFullName eq 'x' or 'a' eq 'a'")) == everything
    assert client.rows(PARTNERS, filter="BusinessPartnerFullName eq 'x'' or ''a'' eq ''a'") == []


@pytest.mark.parametrize(
    "condition",
    [
        "Nothing eq '1'",
        "Supplier eq 'O'Neil'",
        "Supplier eq 'open",
        "Supplier",
        "Supplier eq 10",
        "PurchaseOrderDate eq '2024-01-01'",
        "PurchaseOrderDate eq datetime'2024-13-01T00:00:00'",
        "PurchaseOrderDate eq datetime'2024-01-01'",
        "(Supplier eq '1'",
        "Supplier eq '1')",
        "Supplier eq '1' and",
        "to_PurchaseOrderItem/NetAmount gt 1",
        "substringof('x')",
        "indexof(Supplier,'x')",
        "",
        "(" * 500 + "Supplier eq '1'" + ")" * 500,
    ],
)
def test_refuses_a_filter_that_it_cannot_read(client: Client, condition: str) -> None:
    assert client.ask(ORDERS, filter=condition).status_code == 400


def test_refuses_to_filter_what_metadata_says_cannot_be_filtered(client: Client) -> None:
    items = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem"

    assert client.ask(items, filter="YY1_ReceivedQuantity_PDI gt 0").status_code == 400


@pytest.mark.parametrize(
    "options",
    [
        {"top": "-1"},
        {"skip": "x"},
        {"inlinecount": "some"},
        {"select": "Nothing"},
        {"select": "to_PurchaseOrderItem/NetAmount"},
        {"expand": "to_Nothing"},
        {"expand": "to_PurchaseOrderItem/to_Nothing"},
        {"orderby": "Supplier up"},
        {"search": "x"},
    ],
)
def test_refuses_an_option_that_it_does_not_know(client: Client, options: dict[str, str]) -> None:
    assert client.ask(ORDERS, **options).status_code == 400


def test_refuses_an_option_that_is_given_twice(client: Client) -> None:
    assert client.ask(f"{ORDERS}?$top=1&%24top=2").status_code == 400


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


def test_refuses_a_write_without_token_and_executes_nothing(writer: Client) -> None:
    refused = writer.write("PATCH", f"{ORDERS}('450000')", {"CompanyCode": "2020"}, If_Match="*")

    assert (refused.status_code, refused.headers["x-csrf-token"]) == (403, "Required")
    assert writer.ask(f"{ORDERS}('450000')").json()["d"]["CompanyCode"] == "1010"


def test_refuses_a_token_without_the_cookies_it_came_with(writer: Client) -> None:
    token = writer.token()
    writer.cookies.clear()

    assert writer.write("PATCH", f"{ORDERS}('450000')", {}, X_CSRF_Token=token, If_Match="*").status_code == 403


@pytest.mark.parametrize("cookie", ["SAP_SESSIONID_DEV_100", "sap-XSRF_DEV_100"])
def test_needs_each_of_the_two_cookies(writer: Client, cookie: str) -> None:
    token = writer.token()
    del writer.cookies[cookie]

    assert writer.write("PATCH", f"{ORDERS}('450000')", {}, X_CSRF_Token=token, If_Match="*").status_code == 403


@pytest.mark.parametrize("expire", ["expire_csrf", "expire_session"])
def test_an_expired_token_is_refused_until_another_is_fetched(own_server: Server, writer: Client, expire: str) -> None:
    old = writer.token()
    getattr(own_server.misbehaviour, expire)()
    change: Json = {"CompanyCode": "2020"}
    path = f"{ORDERS}('450000')"

    assert writer.write("PATCH", path, change, X_CSRF_Token=old, If_Match="*").status_code == 403
    new = writer.token()
    assert new != old
    assert writer.write("PATCH", path, change, X_CSRF_Token=new, If_Match="*").status_code == 204


def test_gives_the_same_token_for_the_same_session(writer: Client) -> None:
    assert writer.token() == writer.token()


def test_changes_only_the_version_that_the_writer_saw(writer: Client) -> None:
    token, path = writer.token(), f"{ORDERS}('450000')"
    seen = writer.ask(path).headers["ETag"]
    change: Json = {"CorrespncInternalReference": "NEW"}

    assert writer.write("PATCH", path, change, X_CSRF_Token=token).status_code == 428
    done = writer.write("PATCH", path, change, X_CSRF_Token=token, If_Match=seen)
    assert (done.status_code, done.content) == (204, b"")
    assert writer.write("MERGE", path, change, X_CSRF_Token=token, If_Match=seen).status_code == 412
    after = writer.ask(path)
    assert after.headers["ETag"] == done.headers["ETag"] != seen
    assert (after.json()["d"]["CorrespncInternalReference"], after.json()["d"]["CompanyCode"]) == ("NEW", "1010")


def test_deletes_an_item_by_marking_it_and_makes_the_order_another_version(writer: Client) -> None:
    token = writer.token()
    item = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem(PurchaseOrder='450000',PurchaseOrderItem='10')"
    before = writer.ask(f"{ORDERS}('450000')").headers["ETag"]

    assert writer.write("DELETE", item, X_CSRF_Token=token, If_Match="*").status_code == 204
    assert writer.ask(item).json()["d"]["PurchasingDocumentDeletionCode"] == "L"
    assert writer.ask(f"{ORDERS}('450000')").headers["ETag"] != before


@pytest.mark.parametrize(
    ("method", "body", "status"),
    [
        ("PATCH", {"Nothing": "1"}, 400),
        ("PATCH", {"PurchaseOrder": "1"}, 400),
        ("PATCH", {"Supplier": None}, 400),
        ("PATCH", {"Supplier": True}, 400),
        ("PATCH", {"Supplier": 5}, 400),
        ("PATCH", [], 400),
        ("PUT", {}, 405),
        ("POST", {}, 405),
        ("DELETE", None, 405),
    ],
)
def test_refuses_a_write_that_it_does_not_take(writer: Client, method: str, body: Json, status: int) -> None:
    answer = writer.write(method, f"{ORDERS}('450000')", body, X_CSRF_Token=writer.token(), If_Match="*")

    assert answer.status_code == status


def test_takes_a_merge_that_is_tunnelled_through_post(writer: Client) -> None:
    sent = {"X_CSRF_Token": writer.token(), "If_Match": "*", "X_HTTP_Method": "MERGE"}

    assert writer.write("POST", f"{ORDERS}('450000')", {"CompanyCode": "2020"}, **sent).status_code == 204


def test_every_server_has_its_own_records(writer: Client, client: Client) -> None:
    path = f"{ORDERS}('450003')"
    writer.write("PATCH", path, {"CompanyCode": "2020"}, X_CSRF_Token=writer.token(), If_Match="*")

    assert writer.ask(path).json()["d"]["CompanyCode"] == "2020"
    assert client.ask(path).json()["d"]["CompanyCode"] == "1010"


def test_misbehaves_on_demand_and_then_behaves(own_server: Server, writer: Client) -> None:
    bad_days = own_server.misbehaviour
    bad_days.logon_page()
    assert writer.ask(ORDERS).headers["Content-Type"].startswith("text/html")
    bad_days.fail(429, retry_after=60)
    assert writer.ask(ORDERS).headers["Retry-After"] == "60"
    bad_days.garble()
    with pytest.raises(requests.JSONDecodeError):
        writer.ask(ORDERS).json()
    bad_days.drop()
    with pytest.raises(requests.ConnectionError):
        writer.ask(ORDERS)
    assert writer.ask(ORDERS).json()["d"]["results"]
