"""Exchanges over HTTP, recorded from a server and replayed without it, whatever client asks."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx2
import pytest
import requests
from requests.auth import HTTPBasicAuth

from acl.sap.suppliers import SUPPLIER
from adapters.http.tapped import session, tapped
from adapters.recording.cassettes import Exchanges
from adapters.recording.http import RecordingHttp, ReplayingHttp
from adapters.recording.masks import Masks
from adapters.recording.pseudonyms import Pseudonyms
from adapters.recording.rules import rules_of
from adapters.rest.tapped import way
from ports.errors import Misconfigured
from sandbox.web import PASSWORD, USER, Request, Response, Server, serve

Ask = Callable[..., tuple[int, bytes]]
JSON = ("Content-Type", "application/json")
NAME = "Miller & Sons"


def with_requests(method: str, url: str, *, password: str = PASSWORD, body: bytes = b"") -> tuple[int, bytes]:
    with session() as asking:
        headers = {"Cookie": "a=secret-cookie", "Content-Type": "text/xml" if body[:1] == b"<" else "application/json"}
        answer = asking.request(method, url, auth=HTTPBasicAuth(USER, password), headers=headers, data=body, timeout=5)
        return answer.status_code, answer.content


def with_httpx(method: str, url: str, *, password: str = PASSWORD, body: bytes = b"") -> tuple[int, bytes]:
    transport = way(None, lambda: httpx2.HTTPTransport(trust_env=False))
    headers = {"Cookie": "a=secret-cookie", "Content-Type": "application/json"}
    with httpx2.Client(transport=transport, auth=(USER, password), trust_env=False, timeout=5) as asking:
        answer = asking.request(method, url, headers=headers, content=body)
        return answer.status_code, answer.content


@pytest.fixture(params=[with_requests, with_httpx], ids=["requests", "httpx2"])
def ask(request: pytest.FixtureRequest) -> Ask:
    found: Ask = request.param
    return found


class Vendor:
    """A server that answers with a supplier, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.seen: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.asked += 1
        self.seen.append(request)
        if request.path == "/busy" and self.asked == 1:
            return Response(503, (("Retry-After", "0"),), b"")
        if request.path == "/page":
            return Response(200, (("Content-Type", "text/html"),), b"<html><p>Miller</html>")
        record = {"Supplier": "7", "BusinessPartnerFullName": NAME, "Number": self.asked}
        packed = gzip.compress(json.dumps({"d": [record]}).encode())
        cookie = ("Set-Cookie", "session=secret-session; HttpOnly")
        return Response(200, (JSON, ("Content-Encoding", "gzip"), cookie, ("X-CSRF-Token", "secret-token")), packed)


@pytest.fixture
def vendor() -> Vendor:
    return Vendor()


@pytest.fixture
def server(vendor: Vendor) -> Iterator[Server]:
    with serve(vendor) as running:
        yield running


@pytest.fixture
def exchanges() -> Exchanges:
    return Exchanges.empty()


@pytest.fixture
def recording(exchanges: Exchanges) -> RecordingHttp:
    masks = Masks([rules_of(SUPPLIER)], Pseudonyms(b"a seed of these tests"))
    return RecordingHttp(exchanges, lambda: masks)


def replay(exchanges: Exchanges, folder: Path) -> ReplayingHttp:
    exchanges.save(folder / "http.json")
    return ReplayingHttp(Exchanges.at(folder / "http.json"), "the recording", [])


def test_a_replay_gives_what_the_driver_saw_and_asks_nobody(
    ask: Ask, server: Server, vendor: Vendor, recording: RecordingHttp, exchanges: Exchanges, tmp_path: Path
) -> None:
    url = f"{server.url}/suppliers?$top=1"
    with tapped(recording):
        seen = ask("GET", url)
    vendor.asked = 0

    with tapped(replay(exchanges, tmp_path)):
        again = [ask("GET", url) for _ in range(3)]

    assert vendor.asked == 0
    assert again == [seen] * 3
    assert seen[0] == 200
    assert NAME.encode() not in seen[1]
    assert b'"Supplier":"7"' in seen[1]


def test_nothing_secret_or_personal_is_written(
    ask: Ask, server: Server, recording: RecordingHttp, exchanges: Exchanges, tmp_path: Path
) -> None:
    with tapped(recording):
        ask("GET", f"{server.url}/suppliers")
    exchanges.save(tmp_path / "http.json")

    written = (tmp_path / "http.json").read_text(encoding="ascii")
    logon = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    for secret in (logon, PASSWORD, "secret-cookie", "secret-session", "secret-token", "Miller", "Sons"):
        assert secret not in written


def test_the_header_of_a_soap_message_is_neither_written_nor_compared(
    server: Server, recording: RecordingHttp, exchanges: Exchanges, tmp_path: Path
) -> None:
    def message(password: str) -> bytes:
        return (
            '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><Security>'
            f"<Password>{password}</Password></Security></e:Header><e:Body><find/></e:Body></e:Envelope>"
        ).encode()

    with tapped(recording):
        seen = with_requests("POST", server.url, body=message("secret-in-xml"))

    with tapped(replay(exchanges, tmp_path)):
        assert with_requests("POST", server.url, body=message("another")) == seen
    assert "secret-in-xml" not in (tmp_path / "http.json").read_text(encoding="ascii")


def test_another_question_is_not_answered_with_what_was_said_to_the_first(
    ask: Ask, server: Server, recording: RecordingHttp, exchanges: Exchanges, tmp_path: Path
) -> None:
    with tapped(recording):
        ask("POST", f"{server.url}/suppliers", body=b'{"country": "DE"}')

    tap = replay(exchanges, tmp_path)
    for method, path, body in [
        ("POST", "/suppliers", b'{"country": "FR"}'),
        ("POST", "/suppliers?page=2", b'{"country": "DE"}'),
        ("PUT", "/suppliers", b'{"country": "DE"}'),
        ("POST", "/orders", b'{"country": "DE"}'),
    ]:
        with tapped(tap), pytest.raises(Misconfigured, match=f"holds no answer to this {method} .*; record it again"):
            ask(method, f"{server.url}{path}", body=body)


def test_another_logon_gets_the_answer_that_it_got_then(
    ask: Ask, server: Server, recording: RecordingHttp, exchanges: Exchanges, tmp_path: Path
) -> None:
    with tapped(recording):
        codes = [ask("GET", server.url, password=each)[0] for each in (PASSWORD, "wrong-password", PASSWORD)]

    with tapped(replay(exchanges, tmp_path)):
        again = [ask("GET", server.url, password=each)[0] for each in ("recorded", "not it", "not it", "recorded")]
    assert codes == [200, 401, 200]
    assert again == [200, 401, 401, 200]


def test_different_answers_to_one_question_come_in_their_order_and_the_last_one_stays(
    ask: Ask, server: Server, recording: RecordingHttp, exchanges: Exchanges, tmp_path: Path
) -> None:
    with tapped(recording):
        codes = [ask("GET", f"{server.url}/busy")[0] for _ in range(2)]

    with tapped(replay(exchanges, tmp_path)):
        assert [ask("GET", f"{server.url}/busy")[0] for _ in range(4)] == [*codes, 200, 200] == [503, 200, 200, 200]


def test_the_same_answer_once_more_is_kept_once(server: Server, recording: RecordingHttp, exchanges: Exchanges) -> None:
    with tapped(recording):
        for _ in range(3):
            with_requests("GET", f"{server.url}/page")

    assert len(exchanges) == 1


def test_a_body_that_nobody_can_mask_is_left_out(
    ask: Ask, server: Server, recording: RecordingHttp, exchanges: Exchanges
) -> None:
    with tapped(recording):
        assert ask("GET", f"{server.url}/page") == (200, b"")


@pytest.mark.parametrize(
    ("asking", "error"), [(with_requests, requests.ConnectionError), (with_httpx, httpx2.ConnectError)]
)
def test_a_server_that_was_not_reached_then_is_not_reached_now(
    asking: Ask, error: type[Exception], recording: RecordingHttp, exchanges: Exchanges, tmp_path: Path
) -> None:
    asked = partial(asking, "GET", "http://127.0.0.1:9/")
    with tapped(recording), pytest.raises(error):
        asked()

    with tapped(replay(exchanges, tmp_path)), pytest.raises(error):
        asked()


def test_the_vendor_is_asked_for_the_value_behind_a_pseudonym(
    ask: Ask, server: Server, vendor: Vendor, exchanges: Exchanges
) -> None:
    masks = Masks([rules_of(SUPPLIER)], Pseudonyms(b"a seed of these tests"))
    (unit,) = rules_of(SUPPLIER).units["to_BusinessPartnerTax/"]
    raws = {"BPTaxType": "BR1", "BPTaxNumber": "11222333000181"}
    pseudonym = masks.pseudonyms.masked(unit, raws, omits_absent=False)["BPTaxNumber"]

    with tapped(RecordingHttp(exchanges, lambda: masks)):
        ask("POST", f"{server.url}/?vat={pseudonym}", body=json.dumps({"vat": pseudonym}).encode())

    (seen,) = vendor.seen
    assert seen.query == "vat=11222333000181"
    assert json.loads(seen.body) == {"vat": "11222333000181"}
    assert "11222333000181" not in "".join(exchanges.texts())


def test_cookies_of_the_vendor_reach_the_session_while_it_is_recorded(
    server: Server, vendor: Vendor, recording: RecordingHttp
) -> None:
    with tapped(recording), session() as asking:
        for _ in range(2):
            asking.get(server.url, auth=HTTPBasicAuth(USER, PASSWORD), timeout=5)

    assert vendor.seen[1].header("Cookie") == "session=secret-session"


def test_a_client_that_was_made_outside_is_not_touched(server: Server, recording: RecordingHttp) -> None:
    with session() as before, tapped(recording):
        answer = before.get(server.url, auth=HTTPBasicAuth(USER, PASSWORD), timeout=5)

    assert answer.json()["d"][0]["BusinessPartnerFullName"] == NAME
