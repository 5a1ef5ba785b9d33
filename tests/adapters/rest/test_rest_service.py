"""Reading page by page in each style, and writing once."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import httpx2
import pytest
import stamina
from attrs import evolve
from pydantic import SecretStr

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.rest.connection import Basic, Bearer, RestConnection
from adapters.rest.page_styles import LinkedPages, NumberedPages, OffsetPages, PageStyle
from adapters.rest.service import RestService
from ports.errors import AccessDenied, Misconfigured, OutcomeUnknown, Refused, Unavailable, Unintelligible
from sandbox.web import PASSWORD, USER, Request, Response, Server, serve

CONNECTION = RestConnection(
    url="https://erp.example.com/rest/",
    logon=Basic("buyer", SecretStr("s3cret")),
    headers={"tenantId": "T1,D MG 01"},
)
Handler = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


def render(where: Sequence[Where]) -> Mapping[str, str]:
    return {"q": ";".join(map(str, where))} if where else {}


class Api:
    """Answers with the given bodies in turn, and remembers what it was asked."""

    def __init__(self, *bodies: object) -> None:
        self.waiting = iter(bodies)
        self.seen: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        body = next(self.waiting)
        if isinstance(body, Exception):
            raise body
        return body if isinstance(body, httpx2.Response) else httpx2.Response(200, content=json.dumps(body).encode())

    def service(self, connection: RestConnection = CONNECTION) -> RestService:
        return RestService(connection, render=render, transport=httpx2.MockTransport(self))

    def read(self, style: PageStyle) -> list[list[dict[str, object]]]:
        with self.service() as service:
            return list(service.pages("orders", page_style=style))

    def asked(self, *names: str) -> list[tuple[str | None, ...]]:
        return [tuple(request.url.params.get(name) for name in names) for request in self.seen]


def totvs(*ids: int, more: object) -> dict[str, object]:
    return {"items": [{"id": number} for number in ids], "hasNext": more}


def fusion(*ids: int, more: object = False) -> dict[str, object]:
    return {"items": [{"id": number} for number in ids], "hasMore": more}


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


def test_numbered_pages_begin_at_one_and_follow_the_flag() -> None:
    api = Api(totvs(1, 2, more=True), totvs(3, more=False))

    assert api.read(NumberedPages(size=("pageSize", 2))) == [[{"id": 1}, {"id": 2}], [{"id": 3}]]
    assert api.asked("page", "pageSize") == [("1", "2"), ("2", "2")]


def test_one_empty_page_that_promises_more_is_passed_over_but_not_two() -> None:
    assert Api(totvs(more=True), totvs(1, more=True), totvs(more=True), totvs(more=False)).read(NumberedPages()) == [
        [{"id": 1}]
    ]
    with pytest.raises(Unintelligible, match="two empty pages"):
        Api(totvs(1, more=True), totvs(more=True), totvs(more=True)).read(NumberedPages())


def test_custom_services_have_their_own_names() -> None:
    style = NumberedPages(items="itens", more="temMais", page="pagina", size=("tamanho", 5))
    api = Api({"itens": [{"id": 1}], "temMais": False})

    assert api.read(style) == [[{"id": 1}]]
    assert api.asked("pagina", "tamanho") == [("1", "5")]


def test_windows_end_at_a_short_page_without_the_flag_only() -> None:
    full_without_flag = Api(fusion(1, 2), fusion(3, more=True), fusion(4))

    assert full_without_flag.read(OffsetPages(key=["id"], limit=2)) == [
        [{"id": 1}, {"id": 2}],
        [{"id": 3}],
        [{"id": 4}],
    ]
    assert full_without_flag.asked("offset", "limit", "orderBy") == [
        ("0", "2", "id"),
        ("2", "2", "id"),
        ("3", "2", "id"),
    ]


def test_an_empty_window_is_the_end_even_if_it_promises_more(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert Api(fusion(1, 2), fusion(more=True)).read(OffsetPages(key=["id"], limit=2)) == [[{"id": 1}, {"id": 2}]]
    assert "promises more" in caplog.text


def test_a_record_that_comes_twice_is_handed_on_once() -> None:
    api = Api(fusion(1, 2), fusion(2, 3), fusion())

    assert api.read(OffsetPages(key=["id"], limit=2)) == [[{"id": 1}, {"id": 2}], [{"id": 3}]]
    assert api.asked("offset") == [("0",), ("2",), ("4",)]


@pytest.mark.parametrize("limit", [0, -1, 500, 1000])
def test_a_limit_that_is_cut_silently_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="cut silently"):
        OffsetPages(key=["id"], limit=limit)


def test_links_are_followed_on_the_same_host_until_there_is_none() -> None:
    api = Api(
        {"items": [{"id": 1}], "nextLink": "https://erp.example.com:443/rest/orders?token=a%2Fb"},
        {"items": [{"id": 2}], "nextLink": "/rest/orders?token=c"},
        {"items": [{"id": 3}]},
    )

    assert api.read(LinkedPages()) == [[{"id": 1}], [{"id": 2}], [{"id": 3}]]
    assert [str(request.url) for request in api.seen[1:]] == [
        "https://erp.example.com/rest/orders?token=a%2Fb",
        "https://erp.example.com/rest/orders?token=c",
    ]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example.com/rest/orders",
        "http://erp.example.com/rest/orders",
        "https://erp.example.com:8443/rest/orders",
        "//evil.example.com/rest",
        "https://u:p@erp.example.com/rest",
        "https://[",
        7,
    ],
)
def test_a_link_to_anywhere_else_is_not_followed(link: object) -> None:
    api = Api({"items": [], "nextLink": link})
    with pytest.raises(Unintelligible):
        api.read(LinkedPages())

    assert len(api.seen) == 1


def test_the_same_link_twice_is_unintelligible() -> None:
    page = {"items": [{"id": 1}], "nextLink": "?t=1"}
    with pytest.raises(Unintelligible, match="twice"):
        Api(page, page, page).read(LinkedPages())


@pytest.mark.parametrize("style", [NumberedPages(), OffsetPages(key=["id"]), LinkedPages()])
@pytest.mark.parametrize("body", [[], {}, None, {"items": None}, {"items": [1]}, {"items": {}}, {"itens": []}])
def test_an_answer_of_another_form_is_unintelligible(style: PageStyle, body: object) -> None:
    with pytest.raises(Unintelligible, match="orders"):
        Api(body).read(style)


@pytest.mark.parametrize("flag", [None, "true", 1])
def test_a_flag_is_a_truth_value_or_nothing_is_known(flag: object) -> None:
    with pytest.raises(Unintelligible, match="hasNext"):
        Api(totvs(1, more=flag)).read(NumberedPages())
    with pytest.raises(Unintelligible, match="hasMore"):
        Api(fusion(1, more=flag)).read(OffsetPages(key=["id"]))


def test_a_record_without_its_key_is_unintelligible() -> None:
    with pytest.raises(Unintelligible, match="key"):
        Api({"items": [{"name": "x"}], "hasMore": False}).read(OffsetPages(key=["id"]))


def test_a_page_is_not_asked_for_before_it_is_needed() -> None:
    api = Api(totvs(1, more=True), totvs(2, more=False))
    with api.service() as service:
        pages = service.pages("orders", page_style=NumberedPages())
        assert api.seen == []
        next(pages)
        assert len(api.seen) == 1


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


def test_nothing_secret_is_shown() -> None:
    assert "s3cret" not in f"{CONNECTION!r} {Bearer(SecretStr('s3cret'))!r}"


@pytest.mark.parametrize(
    "url", ["", "erp.example.com", "ftp://h", "https://u:s3cret@h", "https://h?a=1", "https://h:port", "http://"]
)
def test_an_address_that_cannot_be_right_is_one_sentence_without_it(url: str) -> None:
    with pytest.raises(Misconfigured, match=r"^url: ") as caught:
        evolve(CONNECTION, url=url)

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("value", ["", " ", "a\r\nX: y", "São"])
def test_a_scope_that_cannot_be_sent_as_it_is_is_refused(value: str) -> None:
    with pytest.raises(Misconfigured, match="tenantId"):
        evolve(CONNECTION, headers={"tenantId": value})


def test_waits_and_certificates_are_checked_at_once(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="timeout"):
        evolve(CONNECTION, timeout=0)
    with pytest.raises(Misconfigured, match="verify"):
        evolve(CONNECTION, verify=str(tmp_path / "missing.pem"))
