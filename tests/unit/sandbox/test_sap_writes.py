"""The SAP sandbox takes writes as a Gateway does, misbehaves on demand, and keeps books of what it committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from sandbox import misbehaviour as bad
from sandbox.sap import sap_server
from sandbox.sap.journal import Change, Commit
from sandbox.scenario import scenario
from sandbox.web import Server
from tests.unit.sandbox.sap_client import ORDERS, PARTNERS, Client, Json

ITEM = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem(PurchaseOrder='450000',PurchaseOrderItem='10')"
SUPPLIER = next(each.number for each in scenario().suppliers if each.block == "none")
BLOCKED = next(each.number for each in scenario().suppliers if each.block == "purchasing")


@pytest.fixture
def journal() -> list[Commit]:
    return []


@pytest.fixture
def server(journal: list[Commit]) -> Iterator[Server]:
    with sap_server(journal=journal) as running:
        yield running


@pytest.fixture
def writer(server: Server) -> Iterator[Client]:
    with Client(server) as opened:
        opened.headers["X-CSRF-Token"] = opened.token()
        yield opened


def an_order(**changes: Json) -> Json:
    """Give what an order to be placed needs."""
    item: dict[str, Json] = {
        "Plant": "1010",
        "Material": "000000000000000021",
        "OrderQuantity": "3.000",
        "PurchaseOrderQuantityUnit": "PC",
        "NetPriceAmount": "1.2500",
    }
    return {
        "CompanyCode": "1010",
        "PurchasingOrganization": "1010",
        "PurchasingGroup": "001",
        "Supplier": SUPPLIER,
        "DocumentCurrency": "EUR",
        "to_PurchaseOrderItem": {"results": [item]},
        **changes,
    }


def test_an_order_is_created_whole_and_numbered_by_the_system(writer: Client, journal: list[Commit]) -> None:
    answer = writer.write("POST", ORDERS, an_order())
    number = answer.json()["d"]["PurchaseOrder"]
    items = writer.rows(f"{ORDERS}('{number}')/to_PurchaseOrderItem")

    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"A_PurchaseOrder('{number}')")
    assert [(item["PurchaseOrderItem"], item["NetAmount"], item["PurchaseOrderItemText"]) for item in items] == [
        ("10", "3.75", "Parafuso sextavado M8")
    ]
    assert journal == [(Change("POST", f"A_PurchaseOrder('{number}')"),)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Supplier": "77"}, "06/321"),
        ({"Supplier": BLOCKED}, "06/023"),
        ({"Supplier": scenario().deleted_suppliers[0].number}, "06/024"),
        ({"PurchasingGroup": ""}, "ME/083"),
        ({"to_PurchaseOrderItem": []}, "06/019"),
        ({"to_PurchaseOrderItem": [{"Plant": "1010"}]}, "ME/083"),
        ({"to_PurchaseOrderItem": "x"}, "/IWFND/CM_MGW/400"),
        ({"Supplier": 7}, "/IWFND/CM_MGW/400"),
        ({"CorrespncExternalReference": "a reference that is too long"}, "/IWFND/CM_MGW/400"),
    ],
)
def test_a_rule_that_is_broken_leaves_nothing(
    writer: Client, journal: list[Commit], changes: dict[str, Json], code: str
) -> None:
    answer = writer.write("POST", ORDERS, an_order(**changes))

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert journal == []


def test_a_partner_in_both_roles_becomes_a_supplier_and_one_without_does_not(writer: Client) -> None:
    roles: Json = {"results": [{"BusinessPartnerRole": role} for role in ("FLVN00", "FLVN01")]}
    partner: dict[str, Json] = {
        "BusinessPartnerGrouping": "BP02",
        "OrganizationBPName1": "Schrauben",
        "OrganizationBPName2": "KG",
        "BusinessPartnerFullName": "ignored",
    }
    without = writer.write("POST", PARTNERS, partner).json()["d"]
    supplier = writer.write("POST", PARTNERS, {**partner, "to_BusinessPartnerRole": roles}).json()["d"]
    role = writer.ask(f"{PARTNERS}('{supplier['BusinessPartner']}')/to_Supplier").json()["d"]

    assert (without["Supplier"], without["BusinessPartnerFullName"]) == ("", "Schrauben KG")
    assert (role["Supplier"], role["SupplierName"]) == (supplier["Supplier"], "Schrauben KG")


def test_what_the_system_keeps_itself_is_ignored_without_a_word(writer: Client) -> None:
    """SAP-HTTP-09: a success says nothing of read-only fields."""
    change: Json = {"NetAmount": "1.00", "YY1_ReceivedQuantity_PDI": "9.000", "PurchaseOrderItemText": "new"}
    before = writer.ask(ITEM).json()["d"]
    assert writer.write("MERGE", ITEM, change, If_Match="*").status_code == 204
    after = writer.ask(ITEM).json()["d"]

    assert after["PurchaseOrderItemText"] == "new"
    assert [after[name] for name in ("NetAmount", "YY1_ReceivedQuantity_PDI")] == [
        before[name] for name in ("NetAmount", "YY1_ReceivedQuantity_PDI")
    ]


def test_an_account_goes_and_comes_and_the_partner_is_another_version(writer: Client) -> None:
    (partner,) = writer.rows(PARTNERS, filter=f"Supplier eq '{scenario().suppliers[2].number}'")
    path, number = f"{PARTNERS}('{partner['BusinessPartner']}')", partner["BusinessPartner"]
    before = writer.ask(path).headers["ETag"]
    account = f"API_BUSINESS_PARTNER/A_BusinessPartnerBank(BusinessPartner='{number}',BankIdentification='0001')"
    new: Json = {"BusinessPartner": number, "BankIdentification": "0002", "BankAccount": "9"}
    assert writer.write("DELETE", account, If_Match="*").status_code == 204
    assert writer.write("POST", "API_BUSINESS_PARTNER/A_BusinessPartnerBank", new).status_code == 201
    assert writer.write("POST", "API_BUSINESS_PARTNER/A_BusinessPartnerBank", new).status_code == 400

    rows = writer.rows(f"{path}/to_BusinessPartnerBank")
    assert [(row["BankIdentification"], row["BankAccount"]) for row in rows] == [("0002", "9")]
    assert writer.ask(path).headers["ETag"] != before
    assert writer.ask(account).status_code == 404


def batch(*requests_: str) -> tuple[str, str]:
    """Put requests into one changeset, and give the type and the body of the batch."""
    parts = "".join(
        f"--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{each}\r\n"
        for each in requests_
    )
    body = f"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{parts}--c--\r\n--b--\r\n"
    return "multipart/mixed; boundary=b", body


def merge(path: str, body: str, version: str | None) -> str:
    """Write one change as it stands in a batch."""
    condition = "" if version is None else f"If-Match: {version}\r\n"
    return f"MERGE {path} HTTP/1.1\r\n{condition}Content-Length: {len(body)}\r\n\r\n{body}"


def send(writer: Client, *requests_: str) -> requests.Response:
    kind, body = batch(*requests_)
    return writer.post(
        f"{writer._root}API_PURCHASEORDER_PROCESS_SRV/$batch", data=body, headers={"Content-Type": kind}, timeout=10
    )


def test_a_changeset_answers_part_by_part(writer: Client, journal: list[Commit]) -> None:
    answer = send(
        writer,
        merge("A_PurchaseOrder('450000')", '{"CompanyCode":"2020"}', "W/\"'0001'\""),
        merge("A_PurchaseOrder('450003')", '{"CompanyCode":"2020"}', "W/\"'0001'\""),
    )

    assert (answer.status_code, answer.text.count("HTTP/1.1 204")) == (202, 2)
    assert [len(commit) for commit in journal] == [2]


@pytest.mark.parametrize("version", ["W/\"'0007'\"", None])
def test_a_changeset_that_fails_answers_once_and_takes_everything_back(
    writer: Client, journal: list[Commit], version: str | None
) -> None:
    """SAP-BATCH-02."""
    good = merge("A_PurchaseOrder('450000')", '{"CompanyCode":"2020"}', "W/\"'0001'\"")
    answer = send(writer, good, merge("A_PurchaseOrder('450003')", '{"CompanyCode":"2020"}', version))
    stands = writer.ask(f"{ORDERS}('450000')")

    assert (answer.status_code, answer.text.count("HTTP/1.1")) == (202, 1)
    assert "HTTP/1.1 412" in answer.text or "HTTP/1.1 428" in answer.text
    assert (stands.json()["d"]["CompanyCode"], stands.headers["ETag"]) == ("1010", "W/\"'0001'\"")
    assert journal == []


def test_a_batch_may_overlook_versions(server: Server, writer: Client, journal: list[Commit]) -> None:
    server.misbehaviour.ignores_etag_in_batch = True
    send(writer, merge("A_PurchaseOrder('450000')", '{"CompanyCode":"2020"}', "W/\"'0007'\""))

    assert len(journal) == 1


@pytest.mark.parametrize(
    ("kind", "body"),
    [("application/json", "{}"), ("multipart/mixed", ""), ("multipart/mixed; boundary=b", "--b\r\n\r\nGET\r\n--b--")],
)
def test_what_is_no_batch_of_changesets_is_a_bad_request(writer: Client, kind: str, body: str) -> None:
    answer = writer.post(
        f"{writer._root}API_BUSINESS_PARTNER/$batch", data=body, headers={"Content-Type": kind}, timeout=10
    )

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("fault", "status", "commits"),
    [
        (None, 201, 1),
        (bad.Drop(carried_out=True), None, 1),
        (bad.Drop(carried_out=False), None, 0),
        (bad.Fail(503, None), 503, 0),
        (bad.Fail(429, 1), 429, 0),
        (bad.LogonPage(), 200, 0),
        (bad.Garble(), 201, 1),
        (bad.Repeat(), 201, 2),
        (bad.Echo(), 201, 1),
        (bad.Locked(), 400, 0),
        (bad.Refuse(), 400, 0),
        (bad.InnerError(), 202, 0),
        (bad.Complain(), 201, 1),
        (bad.Pretend(), 201, 0),
    ],
)
def test_a_bad_day_is_what_it_is_called(
    server: Server,
    writer: Client,
    journal: list[Commit],
    fault: bad.WriteFault | None,
    status: int | None,
    commits: int,
) -> None:
    before = len(writer.rows(ORDERS, select="PurchaseOrder"))
    server.misbehaviour.writing(fault)
    try:
        answered: int | None = writer.write("POST", ORDERS, an_order()).status_code
    except requests.ConnectionError:
        answered = None

    assert (answered, len(journal)) == (status, commits)
    assert len(writer.rows(ORDERS, select="PurchaseOrder")) == before + commits
    assert server.misbehaviour.writes_met == 1
    assert writer.write("POST", ORDERS, an_order()).status_code == 201


def test_a_write_that_is_held_is_carried_out_when_it_is_released(
    server: Server, writer: Client, journal: list[Commit]
) -> None:
    server.misbehaviour.writing(bad.Hold())
    with pytest.raises(requests.ConnectionError):
        writer.write("POST", ORDERS, an_order())
    assert journal == []
    server.misbehaviour.release()
    server.misbehaviour.release()

    assert len(journal) == 1


def test_an_item_for_which_goods_have_come_stays_and_one_of_an_order_that_was_given_up_too(writer: Client) -> None:
    came = next(order for order in scenario().orders if order.status == "partly_received")
    gone = next(order for order in scenario().orders if order.status == "cancelled")
    items = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem(PurchaseOrder='{}',PurchaseOrderItem='10')"
    kept = writer.write("DELETE", items.format(came.number), If_Match="*")
    changed = writer.write("MERGE", items.format(gone.number), {"OrderQuantity": "1.000"}, If_Match="*")

    assert [answer.json()["error"]["code"] for answer in (kept, changed)] == ["06/115", "06/269"]


def test_a_seed_draws_the_same_faults_everywhere() -> None:
    first, again, other = (bad.Misbehaviour().plague(seed, 50) for seed in (7, 7, 8))

    assert first == again != other
    assert set(first) <= set(bad.WRITE_FAULTS)
