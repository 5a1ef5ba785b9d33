"""Writing once: what goes out, until when, and every line of what comes back."""

from __future__ import annotations

import time
from decimal import Decimal

import httpx2
import pytest
from pydantic import SecretStr

from adapters.rest.complaints import complaint
from adapters.rest.connection import Basic, RestConnection
from adapters.rest.service import RestService, Written
from ports.errors import NotWritable, Unavailable

CONNECTION = RestConnection(url="https://erp.example.com/rest", logon=Basic("buyer", SecretStr("s3cret")))


class Api:
    """Takes every write, and keeps it."""

    def __init__(self) -> None:
        self.seen: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        return httpx2.Response(201, content=b'{"C7_NUM":"450001"}')

    def service(self) -> RestService:
        return RestService(CONNECTION, render=lambda where: {}, transport=httpx2.MockTransport(self))


def test_a_decimal_is_sent_as_a_number() -> None:
    api = Api()
    with api.service() as service:
        written = service.write("PUT", "/orders/450001", {"C7_PRECO": Decimal("11.35")})

    assert written == Written(201, {"C7_NUM": "450001"})
    assert (api.seen[0].method, api.seen[0].content) == ("PUT", b'{"C7_PRECO": 11.35}')


def test_a_number_that_the_api_cannot_read_is_not_sent() -> None:
    api = Api()
    with api.service() as service, pytest.raises(NotWritable, match="C7_PRECO"):
        service.write("POST", "orders", {"C7_PRECO": Decimal("0.12345678901234567890")})

    assert api.seen == []


def test_what_comes_too_late_is_not_sent() -> None:
    api = Api()
    with api.service() as service:
        with pytest.raises(Unavailable, match="not sent any more"):
            service.write("POST", "orders", {}, until=time.monotonic() - 1)
        service.write("POST", "orders", {}, until=time.monotonic() + 60)

    assert len(api.seen) == 1


def test_every_line_of_a_log_is_a_sentence_of_its_own() -> None:
    """PRO-WR-03: the first line is decoration, as often as not."""
    log = b'{"errorCode":400,"errorMessage":"AJUDA:OBRIGAT\\r\\n\\r\\n Campo: C7_COND \\r\\n"}'

    assert complaint(log) == ("400: AJUDA:OBRIGAT", "400: Campo: C7_COND")
