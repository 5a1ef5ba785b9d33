"""Reading from a service: the sandbox for what SAP does, canned answers for what only some systems do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
import stamina
from attrs import evolve
from pydantic import SecretStr

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.odata.connection import ODataConnection
from adapters.odata.service import ODataService
from adapters.odata.writes import etag_of
from ports.errors import AccessDenied, Drifted, Misconfigured, Refused, Unavailable, Unintelligible
from sandbox.misbehaviour import Misbehaviour
from sandbox.sap import sap_server
from sandbox.web import PASSWORD, USER, Request, Response, Server, serve

ORDERS = "/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV"
PARTNERS = "/sap/opu/odata/sap/API_BUSINESS_PARTNER"
EDMX = b"""<Edmx Version="1.0" xmlns="http://schemas.microsoft.com/ado/2007/06/edmx"><DataServices>
<Schema Namespace="S" xmlns="http://schemas.microsoft.com/ado/2008/09/edm"><EntityType Name="T"><Key><PropertyRef
Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType><EntityContainer Name="C"><EntitySet Name="Things"
EntityType="S.T"/></EntityContainer></Schema></DataServices></Edmx>"""


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def sap() -> Iterator[Server]:
    with sap_server(misbehaviour=Misbehaviour(), page_size=10) as server:
        yield server


def connection(server: Server) -> ODataConnection:
    return ODataConnection(url=server.url, user=USER, password=SecretStr(PASSWORD), client="100", timeout=20)


@pytest.fixture
def orders(sap: Server) -> Iterator[ODataService]:
    with ODataService(connection(sap), ORDERS) as service:
        yield service


def ids(service: ODataService, *where: Condition | AnyOf) -> list[str]:
    pages = service.pages("A_PurchaseOrder", columns=["PurchaseOrder"], where=where)
    return [str(record["PurchaseOrder"]) for page in pages for record in page]


def sent(server: Server) -> list[Request]:
    return [request for request in server.seen if not request.path.endswith("$metadata")]


def test_all_pages_come_in_the_order_of_the_key_though_their_links_name_another_host(
    sap: Server, orders: ODataService
) -> None:
    found = ids(orders)

    assert len(found) > 200
    assert len(set(found)) == len(found)
    assert len(sent(sap)) == -(-len(found) // 10)
    assert all("sap-client=100" in request.query for request in sap.seen)
    assert all("$orderby=PurchaseOrder" in request.query for request in sent(sap))


def test_a_page_is_not_asked_for_before_it_is_needed(sap: Server, orders: ODataService) -> None:
    pages = orders.pages("A_PurchaseOrder", columns=["PurchaseOrder"])
    assert len(sap.seen) == 0

    next(pages)
    assert len(sent(sap)) == 1

    next(pages)
    assert len(sent(sap)) == 2


def test_records_stay_as_they_came_with_nulls_and_wrapped_lists(orders: ODataService) -> None:
    columns = [
        "PurchaseOrder",
        "PurchaseOrderDate",
        "ValidityEndDate",
        "to_PurchaseOrderItem/OrderQuantity",
        "to_PurchaseOrderItem/to_ScheduleLine/ScheduleLineDeliveryDate",
    ]
    record = next(orders.pages("A_PurchaseOrder", columns=columns))[0]
    lines = record["to_PurchaseOrderItem"]

    assert record.keys() == {"__metadata", *columns[:3], "to_PurchaseOrderItem"}
    assert str(record["PurchaseOrderDate"]).startswith("/Date(")
    assert record["ValidityEndDate"] is None
    assert etag_of(record) is not None
    assert isinstance(lines, dict)
    assert isinstance(lines["results"][0]["OrderQuantity"], str)
    assert list(lines["results"][0]["to_ScheduleLine"]) == ["results"]


def test_conditions_are_asked_of_sap(orders: ODataService) -> None:
    columns = ["PurchaseOrder", "DocumentCurrency", "PurchaseOrderDate"]
    day = "/Date(1714521600000)/"
    where: list[Where] = [
        AnyOf(tuple(Condition("DocumentCurrency", Comparison.EQ, code) for code in ("JPY", "KWD"))),
        Condition("PurchaseOrderDate", Comparison.GE, day),
    ]
    pages = orders.pages("A_PurchaseOrder", columns=columns, where=where)
    found = {str(record["PurchaseOrder"]) for page in pages for record in page}
    everything = [record for page in orders.pages("A_PurchaseOrder", columns=columns) for record in page]

    assert len(found) > 0
    assert found == {
        str(record["PurchaseOrder"])
        for record in everything
        if record["DocumentCurrency"] in ("JPY", "KWD") and _ticks(record["PurchaseOrderDate"]) >= _ticks(day)
    }


def _ticks(raw: object) -> int:
    found = re.fullmatch(r"/Date\((\d+)(?:\+0000)?\)/", str(raw))
    return -1 if found is None else int(found[1])


def test_a_quote_in_a_criterion_is_data(sap: Server, orders: ODataService) -> None:
    assert ids(orders, Condition("Supplier", Comparison.EQ, "x' or PurchaseOrder ne '")) == []
    assert "x''%20or%20PurchaseOrder%20ne%20'''" in sent(sap)[-1].query


def test_the_empty_choice_needs_no_call(sap: Server, orders: ODataService) -> None:
    assert ids(orders, AnyOf(())) == []
    assert len(sap.seen) == 0


def test_an_unknown_column_is_drift_before_any_record_is_asked_for(sap: Server, orders: ODataService) -> None:
    with pytest.raises(Drifted, match="Nope"):
        next(orders.pages("A_PurchaseOrder", columns=["Nope"]))

    assert sent(sap) == []


def test_a_read_is_repeated_while_sap_is_down_and_then_given_up(sap: Server, orders: ODataService) -> None:
    sap.misbehaviour.fail(503, times=2, retry_after=1)
    assert orders.metadata.sets

    sap.misbehaviour.drop()
    assert len(ids(orders)) > 200

    sap.misbehaviour.fail(503, times=3, retry_after=7)
    before = len(sap.seen)
    with pytest.raises(Unavailable, match="A_PurchaseOrder") as caught:
        ids(orders)

    assert caught.value.retry_after == 7
    assert len(sap.seen) == before + 3


def test_a_wait_beyond_a_minute_is_not_sat_out(sap: Server, orders: ODataService) -> None:
    sap.misbehaviour.fail(429, retry_after=61)
    with pytest.raises(Unavailable) as caught:
        assert orders.metadata.sets

    assert caught.value.retry_after == 61
    assert len(sap.seen) == 1


def test_what_a_retry_logs_holds_no_arguments_and_no_password(sap: Server, orders: ODataService) -> None:
    logged: list[stamina.instrumentation.RetryDetails] = []

    def note(details: stamina.instrumentation.RetryDetails) -> None:
        logged.append(details)

    stamina.instrumentation.set_on_retry_hooks([note])
    try:
        sap.misbehaviour.drop()
        ids(orders, Condition("Supplier", Comparison.EQ, "a name"))
    finally:
        stamina.instrumentation.set_on_retry_hooks(None)

    assert [details.args for details in logged] == [()]
    assert "a name" not in repr(logged)
    assert PASSWORD not in repr(logged[0].caused_by)


def test_other_failures_are_not_repeated(sap: Server, orders: ODataService) -> None:
    sap.misbehaviour.logon_page()
    with pytest.raises(AccessDenied, match="logon page"):
        assert orders.metadata.sets
    assert len(sap.seen) == 1

    assert orders.metadata.sets
    sap.misbehaviour.garble()
    with pytest.raises(Unintelligible, match="A_PurchaseOrder"):
        ids(orders)
    assert len(sap.seen) == 3


def test_no_answer_in_time_is_unavailable(sap: Server) -> None:
    sap.misbehaviour.slow(600, times=3)
    with (
        ODataService(evolve(connection(sap), timeout=0.05), ORDERS) as service,
        pytest.raises(Unavailable, match="time"),
    ):
        ids(service)


def test_a_wrong_password_a_wrong_path_and_a_closed_port_are_three_sentences(sap: Server) -> None:
    right = connection(sap)
    wrong = evolve(right, password=SecretStr("s3cret"))
    with ODataService(wrong, ORDERS) as service, pytest.raises(AccessDenied, match="password") as denied:
        ids(service)
    with ODataService(right, ORDERS + "X") as service, pytest.raises(Misconfigured, match="no active service"):
        ids(service)
    with serve(lambda _: Response(200)) as gone:
        closed = evolve(right, url=gone.url)
    with ODataService(closed, ORDERS) as service, pytest.raises(Unavailable, match="was not reached"):
        ids(service)

    assert "s3cret" not in str(denied.value)


def test_another_client_is_refused_in_saps_words(sap: Server) -> None:
    with ODataService(evolve(connection(sap), client="800"), ORDERS) as service, pytest.raises(Refused) as caught:
        ids(service)

    assert "Client 800" in caught.value.reasons[0]


def test_single_neighbours_can_be_filtered_on(sap: Server) -> None:
    with ODataService(connection(sap), PARTNERS) as service:
        where = [Condition("to_Supplier/PurchasingIsBlocked", Comparison.EQ, True)]
        columns = ["BusinessPartner", "to_Supplier/PurchasingIsBlocked"]
        found = [each for page in service.pages("A_BusinessPartner", columns=columns, where=where) for each in page]

    assert len(found) > 0
    assert all(
        each["to_Supplier"]["PurchasingIsBlocked"] is True for each in found if isinstance(each["to_Supplier"], dict)
    )


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
