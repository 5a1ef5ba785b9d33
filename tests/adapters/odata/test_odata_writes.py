"""Writing to a service: the token, the version, and never a second time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina
from attrs import evolve
from pydantic import SecretStr

from adapters.odata.connection import ODataConnection
from adapters.odata.service import ODataService
from adapters.odata.writes import Method, etag_of
from ports.errors import (
    AccessDenied,
    Conflict,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    Refused,
    Unavailable,
    Unintelligible,
)
from sandbox.sap import sap_server
from sandbox.web import PASSWORD, USER, Request, Response, Server, serve

ORDERS = "/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV"
CHANGE = {"CorrespncInternalReference": "ação"}


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def sap() -> Iterator[Server]:
    with sap_server() as server:
        yield server


def connection(server: Server) -> ODataConnection:
    return ODataConnection(url=server.url, user=USER, password=SecretStr(PASSWORD), client="100", timeout=20)


@pytest.fixture
def orders(sap: Server) -> Iterator[ODataService]:
    with ODataService(connection(sap), ORDERS) as service:
        yield service


def first(service: ODataService) -> tuple[str, dict[str, object]]:
    record = next(service.pages("A_PurchaseOrder", columns=["PurchaseOrder", "CorrespncInternalReference"]))[0]
    return service.address("A_PurchaseOrder", {"PurchaseOrder": record["PurchaseOrder"]}), record


def writes(server: Server) -> list[Request]:
    return [request for request in server.seen if request.method not in ("GET", "HEAD")]


@pytest.mark.parametrize("method", ["PATCH", "MERGE"])
def test_a_change_is_made_with_token_and_version_and_gives_the_next_version(
    sap: Server, orders: ODataService, method: Method
) -> None:
    path, record = first(orders)
    done = orders.write(method, path, CHANGE, etag=etag_of(record))
    _, after = first(orders)

    assert (done.status, done.record, done.messages) == (204, None, ())
    assert done.etag == etag_of(after) != etag_of(record)
    assert after["CorrespncInternalReference"] == "ação"
    assert "sap-client=100" in writes(sap)[0].query
    assert writes(sap)[0].header("if-match") == etag_of(record)


def test_one_token_serves_many_writes_until_it_expires(sap: Server, orders: ODataService) -> None:
    path, record = first(orders)
    etag = orders.write("PATCH", path, CHANGE, etag=etag_of(record)).etag
    etag = orders.write("PATCH", path, CHANGE, etag=etag).etag
    assert [request.method for request in sap.seen].count("HEAD") == 1

    sap.misbehaviour.expire_session()
    assert orders.write("PATCH", path, CHANGE, etag=etag).status == 204
    assert [request.method for request in sap.seen[-3:]] == ["PATCH", "HEAD", "PATCH"]


def test_an_old_version_is_a_conflict_and_none_is_a_refusal(orders: ODataService) -> None:
    path, record = first(orders)
    orders.write("PATCH", path, CHANGE, etag=etag_of(record))

    with pytest.raises(Conflict, match="A_PurchaseOrder"):
        orders.write("PATCH", path, CHANGE, etag=etag_of(record))
    with pytest.raises(Refused, match="version"):
        orders.write("PATCH", path, CHANGE)
    with pytest.raises(ValueError, match="overwrite"):
        orders.write("PATCH", path, CHANGE, etag="*")


def test_a_refusal_names_the_set_and_carries_saps_reason(orders: ODataService) -> None:
    path, record = first(orders)
    with pytest.raises(Refused, match="PATCH of A_PurchaseOrder of API_PURCHASEORDER_PROCESS_SRV") as caught:
        orders.write("PATCH", path, {"Nope": "x"}, etag=etag_of(record))

    assert "Nope" in caught.value.reasons[0]
    assert str(record["PurchaseOrder"]) not in str(caught.value)


def test_a_missing_record_is_not_found_unless_its_key_may_have_been_changed_on_the_way(orders: ODataService) -> None:
    with pytest.raises(NotFound):
        orders.write("PATCH", orders.address("A_PurchaseOrder", {"PurchaseOrder": "X1"}), CHANGE, etag="W/1")
    with pytest.raises(Unintelligible, match="key"):
        orders.write("PATCH", orders.address("A_PurchaseOrder", {"PurchaseOrder": "A/B"}), CHANGE, etag="W/1")
    with pytest.raises(Misconfigured, match="method"):
        orders.write("POST", "A_PurchaseOrderScheduleLine", CHANGE)


def test_a_lost_answer_is_never_repeated(sap: Server, orders: ODataService) -> None:
    path, record = first(orders)
    etag = orders.write("PATCH", path, CHANGE, etag=etag_of(record)).etag
    for fault in ("drop", "503", "logon"):
        before = len(writes(sap))
        match fault:
            case "drop":
                sap.misbehaviour.drop(carried_out=True)
            case "503":
                sap.misbehaviour.fail(503, retry_after=1)
            case _:
                sap.misbehaviour.logon_page()
        with pytest.raises(OutcomeUnknown, match="may have happened"):
            orders.write("PATCH", path, CHANGE, etag=etag)

        assert len(writes(sap)) == before + 1


def test_what_never_left_may_be_repeated(sap: Server, orders: ODataService) -> None:
    path, record = first(orders)
    sap.misbehaviour.fail(503, times=3)  # the token cannot be had, so nothing is written
    with pytest.raises(Unavailable):
        orders.write("PATCH", path, CHANGE, etag=etag_of(record))
    assert writes(sap) == []

    with serve(lambda _: Response(200)) as gone:
        closed = evolve(connection(sap), url=gone.url)
    with ODataService(closed, ORDERS) as service, pytest.raises(Unavailable):
        service.write("PATCH", path, CHANGE, etag=etag_of(record))


class Picky:
    """A system that gives its token in one way only, and answers a write as it is told."""

    def __init__(self, way: tuple[str, str] | None, written: Response, *, tokens: int = 9) -> None:
        self.way = way
        self.written = written
        self.tokens = tokens
        self.expired = False

    def __call__(self, request: Request) -> Response:
        if request.header("x-csrf-token") == "Fetch":
            if (request.method, request.path) != self.way:
                return Response(404, (("X-CSRF-Token", "Required"),))
            self.tokens -= 1
            self.expired = False
            return Response(200, (("X-CSRF-Token", f"t{self.tokens}"), ("Set-Cookie", f"s={self.tokens}; path=/")))
        fits = request.header("cookie") == f"s={(request.header('x-csrf-token') or '').removeprefix('t')}"
        if self.expired or self.tokens < 1 or not fits:
            return Response(403, (("X-CSRF-Token", "Required"),))
        return self.written


DONE = Response(201, (("Content-Type", "application/json"), ("ETag", 'W/"1"')), b'{"d":{"Id":"7"}}')


@pytest.mark.parametrize("way", [("HEAD", "/S/"), ("HEAD", "/S"), ("GET", "/S/"), ("GET", "/S")])
def test_every_way_to_a_token_is_tried_and_the_good_one_remembered(way: tuple[str, str]) -> None:
    system = Picky(way, DONE)
    with serve(system) as server, ODataService(connection(server), "S") as service:
        done = service.write("POST", "Things", {"Id": "7"})
        system.expired = True
        service.write("POST", "Things", {"Id": "8"})

        assert (done.record, done.etag) == ({"Id": "7"}, 'W/"1"')
        assert [(each.method, each.path) for each in server.seen[-3:]] == [
            ("POST", "/S/Things"),
            way,
            ("POST", "/S/Things"),
        ]


def test_without_a_token_nothing_is_sent() -> None:
    with serve(Picky(None, DONE)) as server, ODataService(connection(server), "S") as service:
        with pytest.raises(Misconfigured, match="CSRF token"):
            service.write("POST", "Things", {})

        assert writes(server) == []
    with serve(lambda _: Response(200)) as server, ODataService(connection(server), "S") as service:
        with pytest.raises(Unintelligible, match="CSRF token"):
            service.write("POST", "Things", {})

        assert writes(server) == []


def test_a_token_is_renewed_once_only() -> None:
    with serve(Picky(("HEAD", "/S/"), DONE, tokens=1)) as server, ODataService(connection(server), "S") as service:
        with pytest.raises(AccessDenied, match="CSRF"):
            service.write("POST", "Things", {})

        assert [request.method for request in server.seen] == ["HEAD", "POST", "HEAD", "POST"]


@pytest.mark.parametrize(
    ("written", "etag"),
    [
        (Response(204, (("ETag", 'W/"2"'),)), 'W/"2"'),
        (Response(204), None),
        (Response(200, (), b'{"d":{"__metadata":{"etag":"W/3"}}}'), "W/3"),
        (Response(200, (("ETag", "W/3"),), b'{"d":{"__metadata":{"etag":"W/3"}}}'), "W/3"),
        (Response(200, (("ETag", "W/4"),), b'{"d":{"__metadata":{"etag":"W/3"}}}'), None),
    ],
)
def test_the_next_version_is_told_only_if_it_is_clear(written: Response, etag: str | None) -> None:
    with serve(Picky(("HEAD", "/S/"), written)) as server, ODataService(connection(server), "S") as service:
        assert service.write("PATCH", "Things('1')", {}, etag="W/2").etag == etag


@pytest.mark.parametrize("body", [b'{"d":[', b"{}", b'{"d":[]}', b"<html>", b"ok"])
def test_a_success_that_makes_no_sense_is_an_unknown_outcome(body: bytes) -> None:
    nonsense = Picky(("HEAD", "/S/"), Response(200, (), body))
    with serve(nonsense) as server, ODataService(connection(server), "S") as service, pytest.raises(OutcomeUnknown):
        service.write("POST", "Things", {})


def test_an_error_in_the_message_header_is_handed_on() -> None:
    header = (
        '{"code":"A/1","message":"done","severity":"info","details":[{"code":"B/2","message":"no","severity":"error"}]}'
    )
    written = Response(204, (("sap-message", header),))
    with serve(Picky(("HEAD", "/S/"), written)) as server, ODataService(connection(server), "S") as service:
        done = service.write("DELETE", "Things('1')", etag="W/2")

    assert [message.severity for message in done.messages] == ["info", "error"]
