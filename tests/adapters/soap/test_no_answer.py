"""Where no answer comes, or only a part of one: what may have happened, what did not, and how long to wait."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Thread

import pytest
import requests

from adapters.http.waits import retry_after
from adapters.soap.asked import Asked
from adapters.soap.faults import no_answer
from adapters.soap.service import SoapService
from ports.errors import Misconfigured, OutcomeUnknown, PortError, Unavailable
from tests.adapters.soap.conftest import SOAP12, XML, Script, answer, connection, envelope


def a_response(**headers: str) -> requests.Response:
    response = requests.Response()
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


@pytest.mark.parametrize(("wish", "seconds"), [("7", 7.0), (" 0 ", 0.0), ("soon", None), ("", None), ("-1", None)])
def test_the_wait_that_was_asked_for(wish: str, seconds: float | None) -> None:
    assert retry_after(a_response(Retry_After=wish).headers) == seconds


def test_the_wait_may_be_a_moment() -> None:
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)

    assert retry_after(a_response(Retry_After=past).headers) == 0.0
    assert 3000 < (retry_after(a_response(Retry_After=later).headers) or 0) <= 3600


def the_error(call: Callable[[], object]) -> PortError:
    with pytest.raises(PortError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(("writing", "expected"), [(False, Unavailable), (True, OutcomeUnknown)])
@pytest.mark.parametrize(
    "error",
    [
        requests.ReadTimeout(),
        requests.ConnectionError("reset"),
        requests.exceptions.ChunkedEncodingError(),
    ],
    ids=repr,
)
def test_what_breaks_after_the_request_left_may_have_happened(
    error: requests.RequestException, writing: bool, expected: type[PortError]
) -> None:
    assert type(no_answer(error, Asked("find", "host", writing))) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (requests.ConnectTimeout(), Unavailable),
        (requests.exceptions.InvalidURL(), Misconfigured),
        (requests.exceptions.InvalidHeader(), Misconfigured),
    ],
    ids=repr,
)
def test_what_breaks_before_did_not_happen(error: requests.RequestException, expected: type[PortError]) -> None:
    assert type(no_answer(error, Asked("find", "host", writing=True))) is expected


@pytest.mark.parametrize("writing", [False, True])
def test_a_closed_port_and_an_unknown_host_are_unavailable_even_for_a_write(script: Script, writing: bool) -> None:
    for endpoint in ("http://127.0.0.1:9/service", "http://erp.invalid/service"):
        with SoapService(connection(script.url, endpoint=endpoint)) as service:
            error = the_error(lambda s=service: list(s.call("find", {"name": "x"}, record="row", writing=writing)))  # type: ignore[misc]  # bound for the loop
        assert type(error) is Unavailable
        assert "was not reached" in str(error)


@pytest.mark.parametrize(("writing", "expected"), [(False, Unavailable), (True, OutcomeUnknown)])
@pytest.mark.parametrize("part", [b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 9999\r\n\r\n<e>"])
def test_a_connection_that_is_cut(script: Script, part: bytes, writing: bool, expected: type[PortError]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        cutter = Thread(target=_cut, args=(listening, part), daemon=True)
        cutter.start()
        endpoint = f"http://127.0.0.1:{listening.getsockname()[1]}/service"
        with SoapService(connection(script.url, endpoint=endpoint)) as service:
            error = the_error(lambda: list(service.call("find", {"name": "x"}, record="row", writing=writing)))
        assert type(error) is expected


def _cut(listening: socket.socket, part: bytes) -> None:
    try:
        while True:
            connected, _ = listening.accept()
            connected.recv(65_536)
            connected.sendall(part)
            connected.close()
    except OSError:  # the test is over
        return


def test_an_answer_that_never_comes_is_unavailable(script: Script) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        endpoint = f"http://127.0.0.1:{listening.getsockname()[1]}/service"
        with SoapService(connection(script.url, endpoint=endpoint, timeout=0.05)) as service:
            error = the_error(lambda: list(service.call("find", {"name": "x"}, record="row")))

    assert str(error) == "find: no answer came in time"


def test_an_answer_beyond_the_limits_of_the_parser_names_the_setting(script: Script) -> None:
    script.answers.append(answer(envelope("<t:findResponse>" + "<t:row>" * 300, SOAP12), kind=XML))
    with SoapService(connection(script.url)) as service:
        error = the_error(lambda: list(service.call("find", {"name": "x"}, record="row")))

    assert "set huge_answers" in str(error)
