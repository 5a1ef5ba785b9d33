"""Logging on for a token that ends (PREST-12)."""

from __future__ import annotations

import json

import httpx2
import pytest
from attrs import evolve
from pydantic import SecretStr

from adapters.rest.connection import Password, RestConnection
from adapters.rest.page_styles import NumberedPages
from adapters.rest.service import RestService
from adapters.rest.tokens import Tokens
from ports.errors import AccessDenied, OutcomeUnknown, PortError, Unavailable, Unintelligible

LOGON = Password("buyer", SecretStr("s3crét"), "api/oauth2/v1/token")
CONNECTION = RestConnection(
    url="https://erp.example.com/rest",
    logon=LOGON,
    headers={"tenantId": "01,01"},
)


class Api:
    """Gives tokens that the next ones make worthless, and answers those who bring the last one."""

    def __init__(self, *, life: object = 3600, logon: httpx2.Response | Exception | None = None) -> None:
        self.given = 0
        self.dead: set[str] = set()
        self.logons: list[httpx2.Request] = []
        self.seen: list[httpx2.Request] = []
        self._life = life
        self._logon = logon

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/token"):
            return self._token(request)
        self.seen.append(request)
        token = request.headers["Authorization"].removeprefix("Bearer ")
        if token in self.dead or token != f"t{self.given}":
            return httpx2.Response(401, content=b'{"code":401,"message":"expired"}')
        return httpx2.Response(200, content=b'{"items":[],"hasNext":false}')

    def _token(self, request: httpx2.Request) -> httpx2.Response:
        self.logons.append(request)
        if isinstance(self._logon, Exception):
            raise self._logon
        if self._logon is not None:
            return self._logon
        self.given += 1
        body = {"access_token": f"t{self.given}", "expires_in": self._life}
        return httpx2.Response(201, content=json.dumps(body).encode())

    def service(self) -> RestService:
        return RestService(CONNECTION, render=lambda where: {}, transport=httpx2.MockTransport(self))


def read(service: RestService) -> None:
    for _ in service.pages("orders", page_style=NumberedPages()):
        pass


def test_one_token_serves_many_calls_and_the_password_stands_in_no_address() -> None:
    api = Api()
    with api.service() as service:
        read(service)
        service.write("POST", "orders", {})

    (logon,) = api.logons
    assert logon.url.params["grant_type"] == "password"
    assert "s3cr" not in str(logon.url)
    assert logon.headers.raw[[name for name, _ in logon.headers.raw].index(b"password")][1] == "s3crét".encode()
    assert [each.headers["tenantId"] for each in (*api.logons, *api.seen)] == ["01,01"] * 3
    assert not any("password" in each.headers for each in api.seen)


@pytest.mark.parametrize(
    ("life", "moments"),
    [(3600, {0.0: "t1", 3539.0: "t1", 3541.0: "t2"}), (40, {0.0: "t1", 19.0: "t1", 21.0: "t2"})],
    ids=["a minute before", "half of a short life"],
)
def test_a_token_is_renewed_before_it_ends(life: int, moments: dict[float, str]) -> None:
    now = {"is": 0.0}
    with httpx2.Client(transport=httpx2.MockTransport(Api(life=life))) as client:
        tokens = Tokens(LOGON, CONNECTION.url, client, now=lambda: now["is"])
        for moment, text in moments.items():
            now["is"] = moment
            assert tokens.current().text == text


@pytest.mark.parametrize("writing", [False, True])
def test_a_token_that_died_is_replaced_once(writing: bool) -> None:
    api = Api()
    with api.service() as service:
        read(service)
        api.dead.add("t1")
        if writing:
            service.write("POST", "orders", {})
        else:
            read(service)

    assert api.given == 2
    assert len(api.seen) == 3


def test_a_new_token_that_is_not_accepted_either_is_an_end() -> None:
    api = Api()
    api.dead.update(("t1", "t2", "t3"))
    with api.service() as service, pytest.raises(AccessDenied):
        service.write("POST", "orders", {})

    assert len(api.seen) == 2


LOGONS: list[tuple[httpx2.Response | Exception, type[PortError]]] = [
    (httpx2.Response(401, content=b"{}"), AccessDenied),
    (httpx2.Response(400, content=b'{"code":400,"message":"invalid_grant"}'), AccessDenied),
    (httpx2.Response(503), Unavailable),
    (httpx2.ReadTimeout("s3crét"), Unavailable),
    (httpx2.ConnectError("s3crét"), Unavailable),
    (httpx2.Response(200, content=b"<html>"), Unintelligible),
    (httpx2.Response(200, content=b'{"access_token":"t","expires_in":"soon"}'), Unintelligible),
    (httpx2.Response(200, content=b'{"access_token":7,"expires_in":3600}'), Unintelligible),
    (httpx2.Response(200, content=b'{"access_token":"t","expires_in":true}'), Unintelligible),
    (httpx2.Response(200, content='{"access_token":"é","expires_in":1}'.encode()), Unintelligible),
    (httpx2.Response(200, content=b'{"access_token":"","expires_in":3600}'), Unintelligible),
    (httpx2.Response(200, content=b'{"access_token":"a b","expires_in":3600}'), Unintelligible),
    (httpx2.Response(200, content=b"[]"), Unintelligible),
]


@pytest.mark.parametrize(("logon", "kind"), LOGONS)
def test_without_a_token_nothing_is_sent_and_a_write_is_never_in_doubt(
    logon: httpx2.Response | Exception, kind: type[PortError]
) -> None:
    api = Api(logon=logon)
    with api.service() as service:
        for attempt in (lambda: read(service), lambda: service.write("POST", "orders", {})):
            with pytest.raises(PortError) as caught:
                attempt()
            assert type(caught.value) is kind
            assert not isinstance(caught.value, OutcomeUnknown)
            assert "s3cr" not in str(caught.value)

    assert api.seen == []


def test_the_logon_is_asked_at_the_address_of_the_api() -> None:
    api = Api()
    other = evolve(CONNECTION, logon=Password("buyer", SecretStr("x"), "/other/token"))
    with RestService(other, render=lambda where: {}, transport=httpx2.MockTransport(api)) as service:
        read(service)

    assert str(api.logons[0].url).startswith("https://erp.example.com/rest/other/token?")
