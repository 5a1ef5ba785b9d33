"""Several changes as one unit of work: what is sent, and what the answer means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import stamina
from pydantic import SecretStr

from adapters.odata import service
from adapters.odata.connection import ODataConnection
from adapters.odata.service import ODataService
from adapters.odata.writes import WriteRequest, etag_of
from ports.errors import AccessDenied, Conflict, Locked, OutcomeUnknown, PortError, Refused, Unavailable
from sandbox.sap import sap_server
from sandbox.sap.journal import Change, Commit
from sandbox.web import PASSWORD, USER, Request, Response, Server, serve
from tests.real.vendor import vendor_file

ORDERS = "/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV"


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


def opened(server: Server, path: str) -> ODataService:
    return ODataService(
        ODataConnection(url=server.url, user=USER, password=SecretStr(PASSWORD), client="100", timeout=20), path
    )


@pytest.fixture
def journal() -> list[Commit]:
    return []


@pytest.fixture
def sap(journal: list[Commit]) -> Iterator[Server]:
    with sap_server(journal=journal) as server:
        yield server


@pytest.fixture
def orders(sap: Server) -> Iterator[ODataService]:
    with opened(sap, ORDERS) as its:
        yield its


def renamed(its: ODataService, number: int, text: str) -> WriteRequest:
    """Give the change of an order's reference."""
    columns = ["PurchaseOrder", "CorrespncInternalReference"]
    record = next(its.pages("A_PurchaseOrder", columns=columns))[number]
    return WriteRequest(
        method="MERGE",
        path=its.address("A_PurchaseOrder", {"PurchaseOrder": record["PurchaseOrder"]}),
        body={"CorrespncInternalReference": text},
        etag=etag_of(record),
    )


def references(its: ODataService) -> list[object]:
    columns = ["PurchaseOrder", "CorrespncInternalReference"]
    return [record["CorrespncInternalReference"] for record in next(its.pages("A_PurchaseOrder", columns=columns))]


def test_several_changes_are_made_in_one_unit_of_work(orders: ODataService, journal: list[Commit]) -> None:
    changes = [renamed(orders, 0, "eins"), renamed(orders, 1, "zwölf")]
    done = orders.write_together(changes)

    assert [each.status for each in done] == [204, 204]
    assert [each.etag for each in done] == [renamed(orders, 0, "").etag, renamed(orders, 1, "").etag]
    assert references(orders)[:2] == ["eins", "zwölf"]
    assert journal == [(Change("MERGE", changes[0].path), Change("MERGE", changes[1].path))]


def test_what_comes_after_a_failure_is_not_done_and_what_came_before_is_taken_back(
    orders: ODataService, journal: list[Commit]
) -> None:
    before, old = references(orders), renamed(orders, 1, "two")
    orders.write(old.method, old.path, old.body, etag=old.etag)
    with pytest.raises(Conflict, match="A_PurchaseOrder of API_PURCHASEORDER_PROCESS_SRV"):
        orders.write_together([renamed(orders, 0, "one"), old, renamed(orders, 2, "three")])

    assert references(orders) == [before[0], "two", *before[2:]]
    assert len(journal) == 1


def test_a_token_that_has_expired_is_renewed_and_the_batch_sent_again(sap: Server, orders: ODataService) -> None:
    orders.write_together([renamed(orders, 0, "one")])
    sap.misbehaviour.expire_csrf()
    orders.write_together([renamed(orders, 0, "two")])

    assert references(orders)[0] == "two"


def test_a_lost_answer_is_an_unknown_outcome_and_not_repeated(
    sap: Server, orders: ODataService, journal: list[Commit]
) -> None:
    change = renamed(orders, 0, "one")
    orders.write_together([renamed(orders, 1, "two")])
    sap.misbehaviour.drop(carried_out=True)
    with pytest.raises(OutcomeUnknown, match="may have happened"):
        orders.write_together([change])

    assert len(journal) == 2


def test_nothing_is_sent_after_its_time(sap: Server, orders: ODataService, journal: list[Commit]) -> None:
    with pytest.raises(Unavailable, match="not sent any more"):
        orders.write_together([renamed(orders, 0, "one")], until=0.0)

    assert journal == []
    assert not [request for request in sap.seen if request.method == "POST"]


class _Clock:
    """Jumps far ahead between two looks at it."""

    def __init__(self) -> None:
        self._looks = iter((0.0, 1000.0))

    def monotonic(self) -> float:
        return next(self._looks)


def test_nothing_is_sent_again_after_its_time(
    sap: Server, orders: ODataService, journal: list[Commit], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token had expired, and a new one was long in coming."""
    orders.write_together([renamed(orders, 0, "one")])
    change = renamed(orders, 0, "two")
    sap.misbehaviour.expire_csrf()
    monkeypatch.setattr(service, "time", _Clock())
    with pytest.raises(Unavailable, match="not sent any more"):
        orders.write_together([change], until=10.0)

    assert len(journal) == 1


def test_the_wildcard_is_no_version() -> None:
    with pytest.raises(ValueError, match="overwrite"):
        WriteRequest(method="DELETE", path="Things('1')", etag="*")


def answering(kind: str, body: bytes, status: int = 202) -> Callable[[Request], Response]:
    def app(request: Request) -> Response:
        if request.method == "HEAD":
            return Response(200, (("X-CSRF-Token", "t"),))
        return Response(status, (("Content-Type", kind),), body)

    return app


CHANGES = [WriteRequest(method="DELETE", path=f"Things('{key}')", etag="W/1") for key in "12"]
MIXED = "multipart/mixed; boundary=b"
GONE = b"--c\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n"
CHANGESET = b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
END = b"--c--\r\n--b--\r\n"


def failed(status: int, body: bytes = b"", header: bytes = b"") -> bytes:
    head = b"--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 %d No\r\n%s\r\n%s\r\n--b--\r\n"
    return head % (status, header, body)


def asked(app: Callable[[Request], Response]) -> object:
    with serve(app) as server, opened(server, "S") as its:
        return its.write_together(CHANGES)


@pytest.mark.parametrize("status", [202, 200])
def test_one_answer_for_each_change_is_a_success(status: int) -> None:
    """SAP-BATCH-01: most say 202, some 200."""
    done = asked(answering(MIXED, CHANGESET + GONE + GONE + END, status))

    assert isinstance(done, tuple)
    assert [each.status for each in done] == [204, 204]


LOCKED = b'{"error":{"code":"ME/006","message":{"value":"locked"}}}'


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (failed(400, b'{"error":{"code":"A/1","message":{"value":"no"}}}'), Refused),
        (failed(400, LOCKED), Locked),
        (failed(412), Conflict),
        (failed(403), AccessDenied),
        (failed(429), Unavailable),
        (failed(500), OutcomeUnknown),
        (CHANGESET + GONE.replace(b"204", b"412") + END, Conflict),
    ],
)
def test_one_failure_stands_for_all(part: bytes, kind: type[PortError]) -> None:
    """SAP-BATCH-02: there is one part for it, not one for each change."""
    with pytest.raises(PortError) as caught:
        asked(answering(MIXED, part))

    assert type(caught.value) is kind


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (MIXED, CHANGESET + GONE + END),
        (MIXED, CHANGESET + GONE * 3 + END),
        (MIXED, CHANGESET + GONE + GONE.replace(b"204", b"400") + END),
        (MIXED, CHANGESET + GONE + GONE),
        (MIXED, CHANGESET + GONE + GONE.replace(b"HTTP/1.1 204 No Content", b"HTTP/9 soon") + END),
        (MIXED, CHANGESET + GONE + GONE.replace(b"application/http", b"text/plain") + END),
        (MIXED, b"--b--\r\n"),
        (MIXED, b""),
        ("multipart/mixed", CHANGESET + GONE + GONE + END),
        ("application/json", b"{}"),
        ("text/html", b"<html>Logon</html>"),
    ],
)
def test_an_answer_that_does_not_fit_the_changes_is_an_unknown_outcome(kind: str, body: bytes) -> None:
    with pytest.raises(OutcomeUnknown, match="may have happened"):
        asked(answering(kind, body))


def test_every_change_goes_out_whole_with_its_version_and_length() -> None:
    sent: list[bytes] = []

    def app(request: Request) -> Response:
        sent.append(request.body)
        return answering(MIXED, CHANGESET + GONE + GONE + END)(request)

    changes = [
        WriteRequest(method="MERGE", path="Things('O''N%2F1')", body={"Text": "ação"}, etag="W/\"'0001'\""),
        WriteRequest(method="POST", path="Things", body={"Amount": "12.50"}),
    ]
    with serve(app) as server, opened(server, "S") as its:
        its.write_together(changes)

    whole = sent[-1].decode()
    boundary = re.findall(r"boundary=changeset_(\w+)", whole)[0]
    first, second = re.split(f"--changeset_{boundary}\r\n", whole)[1:]
    assert "MERGE Things('O''N%2F1') HTTP/1.1\r\n" in first
    assert "If-Match: W/\"'0001'\"\r\n" in first
    assert 'Content-Length: 18\r\n\r\n{"Text": "ação"}\r\n' in first
    assert "If-Match" not in second
    assert second.endswith(f"--changeset_{boundary}--\r\n\r\n--batch_{boundary}--\r\n")


def test_a_changeset_that_others_have_recorded_is_taken_apart() -> None:
    recorded = vendor_file("sap-s4-odata", "responses", "batch-with-changeset.txt").read_bytes()
    lines = recorded.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    boundary = lines.partition(b"\r\n")[0]
    changeset = next(part for part in lines.split(boundary) if b"201 Created" in part)
    body = boundary + changeset + boundary + b"--\r\n"
    kind = f"multipart/mixed; boundary={boundary.decode().removeprefix('--')}"
    with serve(answering(kind, body)) as server, opened(server, "S") as its:
        (done,) = its.write_together([WriteRequest(method="POST", path="TestEntities", body={})])

    assert (done.status, done.record) == (201, {"IntegerValue": 1337})
