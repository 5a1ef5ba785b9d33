"""Reading from the sandbox of SAP: pages, conditions, retries, refusals."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import stamina
from attrs import evolve
from pydantic import SecretStr

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.odata.service import ODataService
from adapters.odata.writes import etag_of
from ports.errors import AccessDenied, Drifted, Misconfigured, Refused, Unavailable, Unintelligible
from sandbox.misbehaviour import Misbehaviour
from sandbox.sap import sap_server
from sandbox.web import PASSWORD, Request, Response, Server, serve
from tests.adapters.odata.connecting import connection

ORDERS = "/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV"


PARTNERS = "/sap/opu/odata/sap/API_BUSINESS_PARTNER"


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def sap() -> Iterator[Server]:
    with sap_server(misbehaviour=Misbehaviour(), page_size=10) as server:
        yield server


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
