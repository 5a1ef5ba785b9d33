"""The HTTP ground under the sandboxes: logon, kept connections, and every way to misbehave."""

from __future__ import annotations

import http.client
from base64 import b64encode
from collections.abc import Iterator

import pytest

from sandbox.misbehaviour import Drop, Fail, Garble, LogonPage, Misbehaviour, Slow
from sandbox.web import Request, Response, Server, serve

LOGON = {"Authorization": "Basic " + b64encode(b"dragoman:sandbox").decode()}


def _echo(request: Request) -> Response:
    said = f"{request.method} {request.path} {request.query} {request.body.decode()}"
    return Response(200, (("Content-Type", "text/plain"),), said.encode())


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(_echo) as running:
        yield running


@pytest.fixture
def connection(server: Server) -> Iterator[http.client.HTTPConnection]:
    opened = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    yield opened
    opened.close()


def _ask(
    connection: http.client.HTTPConnection, method: str = "GET", body: bytes | None = None
) -> tuple[int, str | None, str]:
    connection.request(method, "/a%2Fb?x=%27&y", body=body, headers=LOGON)
    answer = connection.getresponse()
    return answer.status, answer.getheader("Content-Type"), answer.read().decode()


def test_hands_path_and_query_to_the_app_as_they_stood_on_the_wire(connection: http.client.HTTPConnection) -> None:
    assert _ask(connection) == (200, "text/plain", "GET /a%2Fb x=%27&y ")


@pytest.mark.parametrize("method", ["POST", "PATCH", "MERGE", "PUT", "DELETE"])
def test_takes_a_body_with_every_method(connection: http.client.HTTPConnection, method: str) -> None:
    assert _ask(connection, method, "ação".encode())[2] == f"{method} /a%2Fb x=%27&y ação"


def test_answers_many_requests_on_one_connection(connection: http.client.HTTPConnection) -> None:
    connection.connect()
    first = connection.sock
    for _ in range(5):
        _ask(connection)

    assert connection.sock is first


def test_sends_the_length_but_no_body_for_head(connection: http.client.HTTPConnection) -> None:
    connection.request("HEAD", "/", headers=LOGON)
    answer = connection.getresponse()

    assert (answer.getheader("Content-Length"), answer.read()) == (str(len("HEAD /  ")), b"")


@pytest.mark.parametrize(
    "logon",
    [
        {},
        {"Authorization": "Basic " + b64encode(b"dragoman:wrong").decode()},
        {"Authorization": "Basic not-base64!"},
        {"Authorization": "Bearer " + b64encode(b"dragoman:sandbox").decode()},
    ],
)
def test_refuses_a_wrong_logon_with_an_html_page(connection: http.client.HTTPConnection, logon: dict[str, str]) -> None:
    connection.request("GET", "/", headers=logon)
    answer = connection.getresponse()

    assert (answer.status, answer.getheader("WWW-Authenticate")) == (401, 'Basic realm="sandbox"')
    assert b"<html>" in answer.read()


def test_remembers_what_arrived_without_the_logon_data(server: Server, connection: http.client.HTTPConnection) -> None:
    _ask(connection)

    (seen,) = server.seen
    assert (seen.method, seen.path, seen.header("Authorization")) == ("GET", "/a%2Fb", None)


def test_fails_as_often_as_asked_and_says_when_to_come_back(
    server: Server, connection: http.client.HTTPConnection
) -> None:
    server.misbehaviour.fail(429, times=2, retry_after=60)
    connection.request("GET", "/", headers=LOGON)
    refused = connection.getresponse()
    refused.read()

    assert (refused.status, refused.getheader("Retry-After")) == (429, "60")
    assert [_ask(connection)[0], _ask(connection)[0]] == [429, 200]


def test_sends_no_retry_after_when_none_is_given(server: Server, connection: http.client.HTTPConnection) -> None:
    server.misbehaviour.fail()
    connection.request("GET", "/", headers=LOGON)
    refused = connection.getresponse()
    refused.read()

    assert (refused.status, refused.getheader("Retry-After")) == (503, None)


@pytest.mark.parametrize(("carried_out", "executed"), [(False, 0), (True, 1)])
def test_drops_the_connection_before_or_after_carrying_the_request_out(*, carried_out: bool, executed: int) -> None:
    done: list[Request] = []

    def app(request: Request) -> Response:
        done.append(request)
        return Response(204)

    with serve(app) as server:
        server.misbehaviour.drop(carried_out=carried_out)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        with pytest.raises(http.client.RemoteDisconnected):
            _ask(connection, "POST", b"once")
        connection.close()

    assert len(done) == executed


def test_shows_a_logon_page_with_status_200(server: Server, connection: http.client.HTTPConnection) -> None:
    server.misbehaviour.logon_page()
    status, content_type, body = _ask(connection)

    assert (status, content_type) == (200, "text/html; charset=utf-8")
    assert "sap-password" in body


def test_cuts_the_body_in_the_middle(server: Server, connection: http.client.HTTPConnection) -> None:
    whole = _ask(connection)[2]
    server.misbehaviour.garble()

    assert _ask(connection)[2] == whole[: len(whole) // 2]


def test_a_slow_answer_outlasts_the_patience_of_the_client(server: Server) -> None:
    server.misbehaviour.slow(3600)
    hasty = http.client.HTTPConnection("127.0.0.1", server.port, timeout=0.05)
    with pytest.raises(TimeoutError):
        _ask(hasty)
    hasty.close()


def test_keeps_the_order_in_which_faults_were_asked_for() -> None:
    bad_days = Misbehaviour()
    bad_days.behave()
    bad_days.slow(0.5)
    bad_days.fail(500, times=2)
    bad_days.drop()
    bad_days.logon_page()
    bad_days.garble()

    met = [bad_days.next() for _ in range(8)]
    assert met == [None, Slow(0.5), Fail(500, None), Fail(500, None), Drop(False), LogonPage(), Garble(), None]


def test_refuses_a_fault_that_never_happens() -> None:
    with pytest.raises(ValueError, match="not 0 times"):
        Misbehaviour().fail(times=0)


def test_ends_kept_connections_when_it_ends() -> None:
    with serve(_echo) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        _ask(connection)
        connection.auto_open = 0

    with pytest.raises((http.client.HTTPException, ConnectionError)):
        _ask(connection)
    connection.close()


def test_has_no_address_before_it_runs() -> None:
    with pytest.raises(RuntimeError, match="with statement"):
        _ = serve(_echo).url
