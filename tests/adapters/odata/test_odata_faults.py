"""The whole table from what SAP and the network do to what the caller of a port may do next."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ssl import SSLCertVerificationError
from typing import TypeAlias

import pytest
import requests
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError, ProtocolError, ReadTimeoutError
from urllib3.exceptions import SSLError as TlsError

from adapters.http.waits import retry_after
from adapters.odata.faults import Asked, checked, json_of, no_answer, port_error, wants_token
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
READING = Asked("A_PurchaseOrder of API", "https://sap.example.com")
WRITING = Asked("PATCH of A_PurchaseOrder of API", "https://sap.example.com", writing=True, key="'1')")
SECRET = "s3cret-4711"


def answer(status: int, body: bytes = b"", **headers: str) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = body
    for name, value in headers.items():
        made.headers[name.replace("_", "-")] = value
    return made


def read(given: requests.Response, asked: Asked) -> object:
    checked(given, asked)
    return json_of(given, asked)


def said(code: str = "ME/083", text: str = "Enter a plant", *details: tuple[str, str, str]) -> bytes:
    inner = {
        "transactionid": "4B72",
        "errordetails": [{"code": each, "message": words, "severity": severity} for each, words, severity in details],
    }
    return json.dumps({"error": {"code": code, "message": {"lang": "en", "value": text}, "innererror": inner}}).encode()


PAGE = b"<html><body>" + SECRET.encode() + b"</body></html>"
NO_SERVICE = said("/IWFND/MED/170", "No service found")
STATUSES: list[tuple[str, requests.Response, Kind, Kind]] = [
    ("redirect to a logon", answer(302, Location="https://login.example.com"), Misconfigured, Misconfigured),
    ("not modified", answer(304), Misconfigured, Misconfigured),
    ("an odd status", answer(199), Unintelligible, OutcomeUnknown),
    ("business refusal", answer(400, said()), Refused, Refused),
    ("refusal of a proxy", answer(400, PAGE), Unintelligible, Refused),
    ("wrong password", answer(401, PAGE), AccessDenied, AccessDenied),
    ("no authorisation", answer(403, said("/IWBEP/CM/1", "No authorization")), AccessDenied, AccessDenied),
    ("a second refused token", answer(403, b"", X_CSRF_Token="Required"), AccessDenied, AccessDenied),
    ("no service, as 403", answer(403, NO_SERVICE), Misconfigured, Misconfigured),
    ("no service, as 404", answer(404, NO_SERVICE), Misconfigured, Misconfigured),
    ("no such collection or record", answer(404, said("/IWBEP/CM_MGW_RT/020")), Misconfigured, NotFound),
    ("nothing at that path", answer(404, PAGE), Misconfigured, Misconfigured),
    ("wrong verb", answer(405, said()), Misconfigured, Misconfigured),
    ("wrong format asked", answer(406, said()), Refused, Refused),
    ("the server gave up", answer(408), Unavailable, OutcomeUnknown),
    ("it exists already", answer(409, said()), Refused, Refused),
    ("gone", answer(410, said()), Refused, Refused),
    ("old version, none sent", answer(412, said()), Refused, Refused),
    ("locked, by status", answer(423), Locked, Locked),
    ("locked order", answer(400, said("ME/006")), Locked, Locked),
    ("locked material", answer(400, said("M3/897")), Locked, Locked),
    ("locked draft", answer(500, said("MMPUR_INTEGRATION_PO/002")), Locked, Locked),
    ("locked, in a detail", answer(400, said("/IWBEP/CX_X", "wrapped", ("ME/006", "", "error"))), Locked, Locked),
    ("a lock only mentioned", answer(400, said("X/1", "no", ("ME/006", "", "warning"))), Refused, Refused),
    ("closed period", answer(400, said("M7/053", "posting only possible in ...")), Refused, Refused),
    ("version required", answer(428, said()), Refused, Refused),
    ("too many requests", answer(429), Unavailable, Unavailable),
    ("a dump", answer(500, said("SY/530")), Unavailable, OutcomeUnknown),
    ("a dump as a page", answer(500, PAGE), Unavailable, OutcomeUnknown),
    ("not implemented", answer(501, said()), Refused, Refused),
    ("bad gateway", answer(502, PAGE), Unavailable, OutcomeUnknown),
    ("down", answer(503, PAGE), Unavailable, OutcomeUnknown),
    ("gateway time-out", answer(504), Unavailable, OutcomeUnknown),
]


@pytest.mark.parametrize(
    ("given", "reading", "writing"), [row[1:] for row in STATUSES], ids=[row[0] for row in STATUSES]
)
def test_a_status_says_what_to_do_next(given: requests.Response, reading: Kind, writing: Kind) -> None:
    for asked, kind in ((READING, reading), (WRITING, writing)):
        error = port_error(given, asked)

        assert type(error) is kind
        assert asked.what in str(error)
        assert SECRET not in str(error)


@pytest.mark.parametrize("status", [409, 412])
def test_an_old_version_is_a_conflict_if_one_was_sent(status: int) -> None:
    assert type(port_error(answer(status, said()), Asked("x", "h", writing=True, versioned=True))) is Conflict


@pytest.mark.parametrize("key", ["'A%2FB')", "'A%2fB')", "'A%5CB')", "'100%25')"])
def test_a_missing_record_whose_key_a_proxy_may_have_changed_is_not_proof(key: str) -> None:
    missing = answer(404, said("/IWBEP/CM_MGW_RT/020"))

    assert type(port_error(missing, Asked("x", "h", writing=True, key=key))) is Unintelligible


def refused(reason: Exception) -> requests.ConnectionError:
    return requests.ConnectionError(MaxRetryError(None, "/?q=" + SECRET, reason))  # type: ignore[arg-type]  # unused


LINE = HTTPConnection("sap.example.com")
DISTRUST = requests.exceptions.SSLError(
    MaxRetryError(None, "/", TlsError(SSLCertVerificationError(1, "self-signed")))  # type: ignore[arg-type]  # unused
)
EXCEPTIONS: list[tuple[str, requests.RequestException, Kind, Kind]] = [
    ("refused", refused(NewConnectionError(LINE, "refused")), Unavailable, Unavailable),
    ("no such host", refused(NameResolutionError("sap", LINE, OSError("unknown"))), Unavailable, Unavailable),  # type: ignore[arg-type]  # its own class is not public
    ("connect time-out", requests.ConnectTimeout(), Unavailable, Unavailable),
    ("untrusted certificate", DISTRUST, Misconfigured, Misconfigured),
    ("broken encryption", requests.exceptions.SSLError(TlsError("bad record")), Unavailable, OutcomeUnknown),
    ("no answer in time", requests.ReadTimeout(), Unavailable, OutcomeUnknown),
    ("body stalls", requests.ConnectionError(ReadTimeoutError(None, "/", "slow")), Unavailable, OutcomeUnknown),  # type: ignore[arg-type]  # unused
    ("closed without an answer", requests.ConnectionError(ProtocolError("closed")), Unavailable, OutcomeUnknown),
    ("reset", requests.ConnectionError(ProtocolError("x", ConnectionResetError())), Unavailable, OutcomeUnknown),
    ("body cut", requests.exceptions.ChunkedEncodingError(), Unavailable, OutcomeUnknown),
    ("broken compression", requests.exceptions.ContentDecodingError(), Unintelligible, OutcomeUnknown),
    ("no address", requests.exceptions.InvalidURL(), Misconfigured, Misconfigured),
    ("no scheme", requests.exceptions.MissingSchema(), Misconfigured, Misconfigured),
    ("odd scheme", requests.exceptions.InvalidSchema(), Misconfigured, Misconfigured),
    ("odd header", requests.exceptions.InvalidHeader(), Misconfigured, Misconfigured),
    ("proxy", requests.exceptions.ProxyError(), Unavailable, OutcomeUnknown),
    ("anything else", requests.RequestException(), Unavailable, OutcomeUnknown),
]


@pytest.mark.parametrize(
    ("error", "reading", "writing"), [row[1:] for row in EXCEPTIONS], ids=[row[0] for row in EXCEPTIONS]
)
def test_a_failure_says_whether_the_request_may_have_arrived(
    error: requests.RequestException, reading: Kind, writing: Kind
) -> None:
    for asked, kind in ((READING, reading), (WRITING, writing)):
        assert type(no_answer(error, asked)) is kind
        assert SECRET not in str(no_answer(error, asked))


def test_an_earlier_failure_does_not_make_a_lost_answer_look_unsent() -> None:
    lost = requests.ConnectionError(ProtocolError("closed"))
    lost.__context__ = lost.__cause__ = refused(NewConnectionError(LINE, "refused"))

    assert type(no_answer(lost, WRITING)) is OutcomeUnknown


JSON = {"Content_Type": "application/json"}
PROBLEM = (
    '{"code":"A/1","message":"done","severity":"info","details":[{"code":"B/2","message":"no","severity":"error"}]}'
)
SUCCESSES: list[tuple[str, requests.Response, Kind, Kind]] = [
    ("logon page", answer(200, PAGE, Content_Type="text/html; charset=utf-8"), AccessDenied, OutcomeUnknown),
    ("logon page under another name", answer(200, b" <!DOCTYPE HTML>"), AccessDenied, OutcomeUnknown),
    ("not JSON", answer(200, b"<feed/>", **JSON), Unintelligible, OutcomeUnknown),
    ("cut", answer(200, b'{"d":{"results":[{"a":"', **JSON), Unintelligible, OutcomeUnknown),
    ("two documents", answer(200, b'{"d":[]}{"d":[]}', **JSON), Unintelligible, OutcomeUnknown),
    ("empty", answer(200, b"", **JSON), Unintelligible, OutcomeUnknown),
    ("not UTF-8", answer(200, b'{"d":"\xe3"}', **JSON), Unintelligible, OutcomeUnknown),
    ("not a number", answer(200, b'{"d":NaN}', **JSON), Unintelligible, OutcomeUnknown),
    ("nested without end", answer(200, b"[" * 200_000, **JSON), Unintelligible, OutcomeUnknown),
]


@pytest.mark.parametrize(
    ("given", "reading", "writing"), [row[1:] for row in SUCCESSES], ids=[row[0] for row in SUCCESSES]
)
def test_a_success_without_data_is_none(given: requests.Response, reading: Kind, writing: Kind) -> None:
    for asked, kind in ((READING, reading), (WRITING, writing)):
        with pytest.raises(PortError) as caught:
            read(given, asked)

        assert type(caught.value) is kind
        assert SECRET not in str(caught.value)


def test_a_read_with_an_error_in_its_message_header_is_a_no() -> None:
    with pytest.raises(Refused) as caught:
        checked(answer(200, b"{}", sap_message=PROBLEM), READING)

    assert caught.value.reasons == ("no [B/2]",)
    checked(answer(204, b"", sap_message=PROBLEM), WRITING)  # done: the caller reads the messages, and compares


def test_a_refusal_carries_every_sentence_of_sap_once_and_no_wrapper() -> None:
    body = said(
        "SY/530",
        "An exception was raised",
        ("ME/083", "Enter a plant", "error"),
        ("/IWBEP/CX_MGW_BUSI_EXCEPTION", "An exception was raised", "error"),
        ("SY/530", "An exception was raised", "error"),
    )
    error = port_error(answer(400, body), READING)

    assert isinstance(error, Refused)
    assert error.reasons == ("An exception was raised [SY/530]", "Enter a plant [ME/083]", "SAP transaction 4B72")
    assert "plant" not in str(error)


def test_only_required_in_the_header_asks_for_a_new_token() -> None:
    assert wants_token(answer(403, b"", X_CSRF_Token="required"))
    assert not wants_token(answer(403))
    assert not wants_token(answer(400, b"", X_CSRF_Token="Required"))


@pytest.mark.parametrize(
    ("wish", "expected"), [("60", 60.0), ("0", 0.0), ("", None), ("soon", None), ("-1", None), ("1e9", None)]
)
def test_the_wish_for_a_wait_is_read_in_seconds(wish: str, expected: float | None) -> None:
    error = port_error(answer(503, b"", Retry_After=wish), READING)

    assert isinstance(error, Unavailable)
    assert error.retry_after == expected


def test_the_wish_for_a_wait_may_be_a_moment() -> None:
    coming, past = (datetime.now(UTC) + timedelta(hours=sign) for sign in (1, -1))
    found = retry_after(answer(429, b"", Retry_After=format_datetime(coming, usegmt=True)).headers)

    assert found is not None
    assert 3000 < found <= 3600
    assert retry_after(answer(429, b"", Retry_After=format_datetime(past, usegmt=True)).headers) == 0.0
