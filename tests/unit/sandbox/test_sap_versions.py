"""The SAP sandbox takes writes from those who have a token and saw the version that they change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from sandbox.sap import sap_server
from sandbox.web import Server
from tests.unit.sandbox.sap_client import ORDERS, Client, Json


@pytest.fixture
def own_server() -> Iterator[Server]:
    with sap_server() as running:
        yield running


@pytest.fixture
def writer(own_server: Server) -> Iterator[Client]:
    with Client(own_server) as opened:
        yield opened


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
