"""The whole table from what a REST API and the network do to what the caller of a port may do next."""

from __future__ import annotations

import json
from ssl import SSLCertVerificationError
from typing import TypeAlias

import httpx2
import pytest

from adapters.rest.faults import Asked, json_of, no_answer, port_error
from ports.errors import (
    AccessDenied,
    Conflict,
    Locked,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    PortError,
    Refused,
    Unavailable,
    Unintelligible,
)

Kind: TypeAlias = type[PortError]
READING = Asked("purchaseorders", "https://erp.example.com")
WRITING = Asked("PATCH of purchaseorders", "https://erp.example.com", writing=True, record=True)
SECRET = "s3cret-4711"
PAGE = b"<html><body>" + SECRET.encode() + b"</body></html>"
OLD = b'{"errorCode":7,"errorMessage":"Pedido inv\xc3\xa1lido"}'
NEW = json.dumps(
    {
        "code": "MAT-1",
        "message": "invalid order",
        "detailedMessage": "branch is closed",
        "helpUrl": "",
        "details": [{"code": "MAT-2", "message": "line 1", "details": [{"code": "MAT-3", "message": "quantity"}]}],
    }
).encode()
PROBLEM = b'{"title":"Bad Request","detail":"no such supplier","status":"400","o:errorDetails":[{"detail":"Site"}]}'


def answer(status: int, body: bytes = b"", **headers: str) -> httpx2.Response:
    return httpx2.Response(
        status, content=body, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


STATUSES: list[tuple[str, httpx2.Response, Kind, Kind]] = [
    ("redirect", answer(302, Location="https://login.example.com"), Misconfigured, Misconfigured),
    ("odd status", answer(199), Unintelligible, OutcomeUnknown),
    ("problem document", answer(400, PROBLEM), Refused, Refused),
    ("old form", answer(400, OLD), Refused, Refused),
    ("new form", answer(422, NEW), Refused, Refused),
    ("refusal as a page", answer(400, PAGE), Unintelligible, Refused),
    ("refusal without a word", answer(400), Unintelligible, Refused),
    ("wrong logon", answer(401, NEW), AccessDenied, AccessDenied),
    ("not allowed", answer(403, NEW), AccessDenied, AccessDenied),
    ("no record, as the API says", answer(404, NEW), Refused, NotFound),
    ("nothing at that path", answer(404, PAGE), Misconfigured, Misconfigured),
    ("wrong verb", answer(405, NEW), Misconfigured, Misconfigured),
    ("gave up", answer(408), Unavailable, OutcomeUnknown),
    ("conflict", answer(409, NEW), Refused, Conflict),
    ("old version", answer(412, NEW), Refused, Conflict),
    ("locked", answer(423), Locked, Locked),
    ("too many", answer(429), Unavailable, Unavailable),
    ("refusal without a status of its own", answer(500, OLD), Refused, OutcomeUnknown),
    ("crash", answer(500, PAGE), Unavailable, OutcomeUnknown),
    ("not implemented", answer(501, NEW), Refused, Refused),
    ("bad gateway", answer(502, PAGE), Unavailable, OutcomeUnknown),
    ("down", answer(503, NEW), Unavailable, OutcomeUnknown),
    ("gateway time-out", answer(504), Unavailable, OutcomeUnknown),
]


@pytest.mark.parametrize(
    ("given", "reading", "writing"), [row[1:] for row in STATUSES], ids=[row[0] for row in STATUSES]
)
def test_a_status_says_what_to_do_next(given: httpx2.Response, reading: Kind, writing: Kind) -> None:
    for asked, kind in ((READING, reading), (WRITING, writing)):
        error = port_error(given, asked)

        assert type(error) is kind
        assert asked.what in str(error)
        assert SECRET not in str(error)


def distrusted() -> httpx2.ConnectError:
    """Wrap a certificate's rejection as the library does: into the arguments of its transport's own error."""
    error = httpx2.ConnectError(SECRET)
    error.__cause__ = OSError(SSLCertVerificationError(1, "self-signed"))
    return error


EXCEPTIONS: list[tuple[str, httpx2.RequestError | httpx2.InvalidURL, Kind, Kind]] = [
    ("refused", httpx2.ConnectError(SECRET), Unavailable, Unavailable),
    ("connect time-out", httpx2.ConnectTimeout(SECRET), Unavailable, Unavailable),
    ("no free connection", httpx2.PoolTimeout(SECRET), Unavailable, Unavailable),
    (
        "untrusted certificate",
        distrusted(),
        Misconfigured,
        Misconfigured,
    ),
    ("no answer in time", httpx2.ReadTimeout(SECRET), Unavailable, OutcomeUnknown),
    ("could not send in time", httpx2.WriteTimeout(SECRET), Unavailable, OutcomeUnknown),
    ("could not send", httpx2.WriteError(SECRET), Unavailable, OutcomeUnknown),
    ("reset", httpx2.ReadError(SECRET), Unavailable, OutcomeUnknown),
    ("closed without an answer", httpx2.RemoteProtocolError(SECRET), Unavailable, OutcomeUnknown),
    ("closing failed", httpx2.CloseError(SECRET), Unavailable, OutcomeUnknown),
    ("proxy", httpx2.ProxyError(SECRET), Unavailable, OutcomeUnknown),
    ("broken compression", httpx2.DecodingError(SECRET), Unintelligible, OutcomeUnknown),
    ("odd scheme", httpx2.UnsupportedProtocol(SECRET), Misconfigured, Misconfigured),
    ("odd header", httpx2.LocalProtocolError(SECRET), Misconfigured, Misconfigured),
    ("no address", httpx2.InvalidURL(SECRET), Misconfigured, Misconfigured),
    ("anything else", httpx2.RequestError(SECRET), Unavailable, OutcomeUnknown),
]


@pytest.mark.parametrize(
    ("error", "reading", "writing"), [row[1:] for row in EXCEPTIONS], ids=[row[0] for row in EXCEPTIONS]
)
def test_a_failure_says_whether_the_request_may_have_arrived(
    error: httpx2.RequestError | httpx2.InvalidURL, reading: Kind, writing: Kind
) -> None:
    for asked, kind in ((READING, reading), (WRITING, writing)):
        assert type(no_answer(error, asked)) is kind
        assert SECRET not in str(no_answer(error, asked))


NONSENSE = [
    ("page", answer(200, PAGE, Content_Type="text/html")),
    ("page under another name", answer(200, b"\n<!DOCTYPE html>" + SECRET.encode())),
    ("not JSON", answer(200, SECRET.encode())),
    ("cut", answer(200, b'{"items":[{"s":"' + SECRET.encode())),
    ("two documents", answer(200, b'{"a":1}{"a":2}')),
    ("neither UTF-8 nor CP1252", answer(200, b'{"a":"\x81\xe3"}')),
    ("not a number", answer(200, b'{"a":Infinity}')),
]


@pytest.mark.parametrize("given", [row[1] for row in NONSENSE], ids=[row[0] for row in NONSENSE])
def test_a_success_without_data_is_none(given: httpx2.Response) -> None:
    for asked, kind in ((READING, Unintelligible), (WRITING, OutcomeUnknown)):
        with pytest.raises(PortError) as caught:
            json_of(given, asked)

        assert type(caught.value) is kind
        assert SECRET not in str(caught.value)


def test_an_empty_answer_is_data_of_a_write_only() -> None:
    assert json_of(answer(204), WRITING) is None
    with pytest.raises(Unintelligible):
        json_of(answer(204), READING)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-8-sig"])
def test_text_is_read_in_the_encoding_that_it_really_has(encoding: str) -> None:
    given = answer(200, '{"nome":"São João"}'.encode(encoding), Content_Type="application/json; charset=utf-8")

    assert json_of(given, READING) == {"nome": "São João"}


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        (OLD, ("7: Pedido inválido",)),
        (OLD.decode().encode("cp1252"), ("7: Pedido inválido",)),
        (NEW, ("MAT-1: invalid order", "MAT-1: branch is closed", "MAT-2: line 1", "MAT-3: quantity")),
        (PROBLEM, ("Bad Request", "no such supplier", "Site")),
        (b'{"message":"no","message2":"x"}', ("no",)),
    ],
)
def test_a_refusal_carries_every_sentence_of_every_level(body: bytes, reasons: tuple[str, ...]) -> None:
    error = port_error(answer(400, body), READING)

    assert isinstance(error, Refused)
    assert error.reasons == reasons
    assert not any(reason in str(error) for reason in reasons)


@pytest.mark.parametrize(("wish", "expected"), [("60", 60.0), ("0", 0.0), ("", None), ("soon", None), ("-1", None)])
def test_the_wish_for_a_wait_is_read_in_seconds(wish: str, expected: float | None) -> None:
    error = port_error(answer(429, Retry_After=wish), WRITING)

    assert isinstance(error, Unavailable)
    assert error.retry_after == expected
