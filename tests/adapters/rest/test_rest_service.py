"""Reading what was asked for, and writing once."""

from __future__ import annotations

from decimal import Decimal

import httpx2
import pytest
from attrs import evolve
from pydantic import SecretStr

from acl.conditions import AnyOf, Comparison, Condition
from adapters.rest.connection import Basic, Bearer, RestConnection
from adapters.rest.page_styles import NumberedPages
from adapters.rest.service import RestService
from ports.errors import AccessDenied, Misconfigured, OutcomeUnknown, Refused, Unavailable
from sandbox.web import PASSWORD, USER, Request, Response, Server, serve
from tests.adapters.rest.answering import CONNECTION, Api, render, totvs


def test_every_call_carries_the_scope_and_the_logon() -> None:
    api = Api(totvs(1, more=True), totvs(2, more=False))
    api.read(NumberedPages())

    assert [request.headers["tenantId"] for request in api.seen] == ["T1,D MG 01"] * 2
    assert all(request.headers["Authorization"].startswith("Basic ") for request in api.seen)
    assert str(api.seen[0].url).startswith("https://erp.example.com/rest/orders?")

    bearing = Api(totvs(more=False))
    with bearing.service(evolve(CONNECTION, logon=Bearer(SecretStr("abc")))) as service:
        list(service.pages("orders", page_style=NumberedPages()))
    assert bearing.seen[0].headers["Authorization"] == "Bearer abc"


def test_conditions_are_rendered_by_the_system_and_encoded_here() -> None:
    api = Api(totvs(more=False))
    where = [Condition("name", Comparison.EQ, "O'Neil&x=1#")]
    with api.service() as service:
        list(service.pages("orders", params={"fields": "id,name"}, where=where, page_style=NumberedPages()))

    assert api.asked("q", "fields") == [('name = "O\'Neil&x=1#"', "id,name")]


def test_the_empty_choice_needs_no_call() -> None:
    api = Api()
    with api.service() as service:
        assert list(service.pages("orders", where=[AnyOf(())], page_style=NumberedPages())) == []
    assert api.seen == []


def test_no_parameter_takes_anothers_place() -> None:
    some = [Condition("a", Comparison.EQ, "1")]
    with Api().service() as service:
        with pytest.raises(ValueError, match="q is given twice"):
            next(service.pages("orders", params={"q": "1"}, where=some, page_style=NumberedPages()))
        with pytest.raises(ValueError, match="page is given twice"):
            next(service.pages("orders", params={"page": "1"}, page_style=NumberedPages()))


def test_numbers_are_exact() -> None:
    body = httpx2.Response(200, content=b'{"items":[{"total":1234.10}],"hasNext":false}')

    assert Api(body).read(NumberedPages()) == [[{"total": Decimal("1234.10")}]]


def test_a_refusal_that_means_nothing_found_is_the_end_where_the_profile_says_so() -> None:
    def refusal() -> httpx2.Response:
        return httpx2.Response(500, content=b'{"errorCode":1,"errorMessage":"Sem Dados."}')

    with pytest.raises(Refused) as caught:
        Api(refusal()).read(NumberedPages())
    with Api(refusal()).service() as service:
        pages = service.pages("orders", page_style=NumberedPages(), means_nothing=caught.value.reasons)
        assert list(pages) == []


def test_reads_are_repeated_while_the_api_is_down() -> None:
    api = Api(httpx2.ReadTimeout("slow"), httpx2.Response(503), totvs(1, more=False))

    assert api.read(NumberedPages()) == [[{"id": 1}]]

    for failure, kind in ((httpx2.ConnectError("no"), Unavailable), (httpx2.Response(401), AccessDenied)):
        down = Api(failure, failure, failure)
        with pytest.raises(kind):
            down.read(NumberedPages())
        assert len(down.seen) == (3 if kind is Unavailable else 1)


def test_no_redirect_is_followed_with_our_credentials() -> None:
    api = Api(httpx2.Response(302, headers={"Location": "https://evil.example.com/"}), totvs(more=False))
    with pytest.raises(Misconfigured, match="redirect"):
        api.read(NumberedPages())

    assert len(api.seen) == 1


def test_a_wait_beyond_a_minute_is_not_sat_out() -> None:
    api = Api(httpx2.Response(429, headers={"Retry-After": "61"}))
    with pytest.raises(Unavailable) as caught:
        api.read(NumberedPages())

    assert caught.value.retry_after == 61


def test_writes_are_never_repeated() -> None:
    for failure in (httpx2.ReadError("reset"), httpx2.Response(503), httpx2.Response(200, content=b"<html>")):
        api = Api(failure)
        with api.service() as service, pytest.raises(OutcomeUnknown, match="POST of orders"):
            service.write("POST", "orders?x=1", {"id": 1})
        assert len(api.seen) == 1


def test_a_write_sends_json_and_gives_what_came_back() -> None:
    api = Api({"message": "success"}, httpx2.Response(204))
    with api.service() as service:
        posted = service.write("POST", "orders", {"nome": "São"})
        deleted = service.write("DELETE", "orders/1", record=True)

    assert (posted.status, posted.body) == (200, {"message": "success"})
    assert (deleted.status, deleted.body) == (204, None)
    assert api.seen[0].content == '{"nome": "São"}'.encode()
    assert api.seen[0].headers["Content-Type"] == "application/json"


def local(server: Server) -> RestConnection:
    return RestConnection(url=server.url, logon=Basic(USER, SecretStr(PASSWORD)), timeout=20)


def test_reads_keep_their_connection_and_writes_do_not() -> None:
    def answer(_: Request) -> Response:
        return Response(200, (("Content-Type", "application/json"),), b'{"items":[],"hasNext":false}')

    with serve(answer) as server, RestService(local(server), render=render) as service:
        for _ in range(2):
            list(service.pages("orders", page_style=NumberedPages()))
            service.write("POST", "orders", {})
        reading, writing = _idle(service)

        assert [request.method for request in server.seen] == ["GET", "POST"] * 2
        assert (reading, writing) == (1, 0)


def _idle(service: RestService) -> list[int]:
    """Count the connections that each client keeps; its pool is not public."""
    found = []
    for client in (service._reading, service._writing):
        transport = client._transport
        assert isinstance(transport, httpx2.HTTPTransport)
        found.append(len(transport._pool.connections))
    return found


def test_a_lost_answer_and_a_closed_port_differ_for_a_write() -> None:
    with serve(lambda _: Response(200)) as server:
        server.misbehaviour.drop(carried_out=True)
        with RestService(local(server), render=render) as service, pytest.raises(OutcomeUnknown):
            service.write("POST", "orders", {})
        connection = local(server)
    with RestService(connection, render=render) as service, pytest.raises(Unavailable, match="was not reached"):
        service.write("POST", "orders", {})
