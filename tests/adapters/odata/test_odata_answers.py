"""Answers that only some systems give, canned: every envelope is opened or refused, and no host is trusted."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from adapters.odata.service import ODataService
from ports.errors import Misconfigured, Refused, Unintelligible
from sandbox.web import Request, Response, Server, serve
from tests.adapters.odata.connecting import connection

EDMX = b"""<Edmx Version="1.0" xmlns="http://schemas.microsoft.com/ado/2007/06/edmx"><DataServices>
<Schema Namespace="S" xmlns="http://schemas.microsoft.com/ado/2008/09/edm"><EntityType Name="T"><Key><PropertyRef
Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType><EntityContainer Name="C"><EntitySet Name="Things"
EntityType="S.T"/></EntityContainer></Schema></DataServices></Edmx>"""


def canned(*bodies: str, headers: tuple[tuple[str, str], ...] = ()) -> Callable[[Request], Response]:
    """Answer $metadata, and then each read with the next of *bodies*."""
    waiting = iter(bodies)

    def answer(request: Request) -> Response:
        if request.path.endswith("$metadata"):
            return Response(200, (("Content-Type", "application/xml"),), EDMX)
        return Response(200, (("Content-Type", "application/json"), *headers), next(waiting).encode())

    return answer


def things(server: Server) -> list[list[dict[str, object]]]:
    with ODataService(connection(server), "/odata/SHOP") as service:
        return list(service.pages("Things", columns=["Id"]))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"d":{"results":[]}}', []),
        ('{"d":[]}', []),
        ('{"d":[{"Id":"1"}]}', [[{"Id": "1"}]]),
        ('{"d":{"Id":"1"}}', [[{"Id": "1"}]]),
        ('{"d":{"results":[{"Id":null,"N":1.10}],"__count":"1"}}', [[{"Id": None, "N": Decimal("1.10")}]]),
        ('\ufeff{"d":[{"Id":"São"}]}', [[{"Id": "São"}]]),
    ],
)
def test_every_envelope_is_opened(body: str, expected: list[list[dict[str, object]]]) -> None:
    with serve(canned(body)) as server:
        assert things(server) == expected


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{}",
        "null",
        '{"d":null}',
        '{"d":"x"}',
        '{"d":{"results":{}}}',
        '{"d":[1]}',
        '{"d":{"results":[[]]}}',
        '{"value":[]}',
        '{"d":{"results":[],"__next":7}}',
        '{"d":{"results":[],"__next":""}}',
    ],
)
def test_any_other_envelope_is_unintelligible(body: str) -> None:
    with serve(canned(body)) as server, pytest.raises(Unintelligible, match="Things of SHOP"):
        things(server)


def test_the_same_next_page_twice_is_unintelligible() -> None:
    page = json.dumps({"d": {"results": [{"Id": "1"}], "__next": "http://elsewhere.example.com/Things?$skiptoken=1"}})
    with serve(canned(page, page, page)) as server, pytest.raises(Unintelligible, match="twice"):
        things(server)


def test_credentials_stay_with_the_configured_host() -> None:
    elsewhere: list[str] = []

    def other(request: Request) -> Response:
        elsewhere.append(request.path)
        return Response(200, (("Content-Type", "application/json"),), b'{"d":[]}')

    with serve(other) as stranger:
        page = json.dumps({"d": {"results": [{"Id": "1"}], "__next": f"{stranger.url}/odata/SHOP/Things?$skiptoken=1"}})
        with serve(canned(page, '{"d":[{"Id":"2"}]}')) as server:
            assert things(server) == [[{"Id": "1"}], [{"Id": "2"}]]
        moved = (("Location", f"{stranger.url}/odata/SHOP/$metadata"),)
        with serve(lambda _: Response(302, moved)) as server, pytest.raises(Misconfigured, match="redirect"):
            things(server)

    assert elsewhere == []


def test_an_empty_page_in_between_is_no_end() -> None:
    bodies = ('{"d":{"results":[],"__next":"http://h/Things?$skiptoken=1"}}', '{"d":{"results":[{"Id":"1"}]}}')
    with serve(canned(*bodies)) as server:
        assert things(server) == [[{"Id": "1"}]]


def test_an_error_in_the_message_header_of_a_read_is_a_no() -> None:
    header = ("sap-message", '{"code":"A/1","message":"cut off","severity":"error"}')
    with serve(canned('{"d":[]}', headers=(header,))) as server, pytest.raises(Refused) as caught:
        things(server)

    assert caught.value.reasons == ("cut off [A/1]",)
