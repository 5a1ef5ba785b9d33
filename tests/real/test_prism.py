"""The REST driver against a mock that answers by TOTVS's own OpenAPI documents, and refuses what they forbid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import httpx2
import pytest
import stamina
from pydantic import SecretStr

from adapters.introspection import from_openapi
from adapters.rest.connection import Bearer, RestConnection
from adapters.rest.page_styles import NumberedPages, Record
from adapters.rest.service import RestService
from contracts.source.schema import Form
from ports.errors import Misconfigured, Refused, Unavailable
from tests.real.servers.openapi import MockServer, mock_server

TOKEN = "hidden-2297"
PAGES = NumberedPages(size=("pageSize", 2))


@pytest.fixture(autouse=True)
def _impatient() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture(scope="module")
def vendors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockServer]:
    with mock_server(tmp_path_factory.mktemp("vendors"), "CustomerVendor_v1_000.json") as running:
        yield running


@pytest.fixture(scope="module")
def products(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockServer]:
    with mock_server(tmp_path_factory.mktemp("products"), "Products_v2_000.json") as running:
        yield running


class WithoutLogon(httpx2.HTTPTransport):
    """Loses the header with the token on the way."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        del request.headers["Authorization"]
        return super().handle_request(request)


def opened(
    server: MockServer, *, headers: Mapping[str, str] | None = None, transport: httpx2.BaseTransport | None = None
) -> RestService:
    connection = RestConnection(url=server.url, logon=Bearer(SecretStr(TOKEN)), headers=headers or {})
    return RestService(connection, render=lambda where: {}, transport=transport)


def read(service: RestService, path: str) -> list[Record]:
    return list(chain.from_iterable(service.pages(path, page_style=PAGES)))


@pytest.mark.parametrize("path", ["customerVendor", "customerVendor/Vendor"])
def test_customers_and_vendors_come_in_totvs_s_pages(vendors: MockServer, path: str) -> None:
    with opened(vendors) as service:
        (record,) = read(service, path)

    assert (record["code"], record["storeId"], record["name"]) == ("000001", "01", "JOHN & MARY CO")
    address = record["address"]
    assert isinstance(address, dict)
    assert (address["zipCode"], address["mainAddress"]) == ("02022010", True)


def test_products_come_in_totvs_s_pages(products: MockServer) -> None:
    with opened(products) as service:
        (record,) = read(service, "Products")

    assert (record["BatchControl"], record["ProductId"], record["Inactive"]) == (True, 0, "1")


@pytest.mark.parametrize(("server", "path"), [("vendors", "customerVendor"), ("products", "Products")])
def test_what_comes_is_what_our_reading_of_the_document_promises(
    server: str, path: str, request: pytest.FixtureRequest
) -> None:
    running: MockServer = request.getfixturevalue(server)
    promised = from_openapi(running.document).records[f"/{path}"]
    with opened(running) as service:
        (record,) = read(service, path)

    assert len(record) > 20
    assert [name for name in record if promised.column(name) is None] == []
    flags = {column.name for column in promised.columns if column.form is Form.BOOLEAN}
    assert flags >= {name for name, value in record.items() if isinstance(value, bool)}


def test_a_refusal_that_is_asked_for_comes_with_totvs_s_sentences(vendors: MockServer) -> None:
    with opened(vendors, headers={"Prefer": "code=400"}) as service, pytest.raises(Refused, match="HTTP 400") as caught:
        read(service, "customerVendor")

    assert caught.value.reasons == ("string: string",)  # as in the document's example, once


def test_a_header_that_is_lost_is_refused(vendors: MockServer) -> None:
    with opened(vendors, transport=WithoutLogon()) as service:
        with pytest.raises(Refused, match="HTTP 400"):
            read(service, "customerVendor")
        with pytest.raises(Refused, match="HTTP 422") as caught:  # where the document knows no refusal
            read(service, "customerVendor/Vendor")

    assert caught.value.reasons[0] == "Invalid request"


def test_a_parameter_of_the_wrong_form_is_refused(vendors: MockServer) -> None:
    unsized = NumberedPages(size=("limit", 2))
    with opened(vendors) as service, pytest.raises(Refused, match="HTTP 400"):
        list(service.pages("customerVendor", page_style=unsized, params={"pageSize": "many"}))


def test_a_record_of_the_wrong_form_is_refused_and_the_token_never_shown(vendors: MockServer) -> None:
    with opened(vendors) as service, pytest.raises(Refused) as caught:
        service.write("POST", "customerVendor", {"code": 1})

    assert caught.value.reasons == ("string: string",)
    assert TOKEN not in str(caught.value)


def test_a_verb_that_the_document_does_not_have_is_told_to_whoever_configured_it(vendors: MockServer) -> None:
    with opened(vendors) as service, pytest.raises(Misconfigured, match="does not allow this HTTP method"):
        service.write("PATCH", "customerVendor/2/1", {}, record=True)


def test_an_answer_that_breaks_the_document_is_refused_by_the_mock_and_not_read(tmp_path: Path) -> None:
    """TOTVS's own examples of warehouses are not of the types that the same document declares."""
    with (
        mock_server(tmp_path, "Warehouse_v1_002.json") as server,
        opened(server) as service,
        pytest.raises(Refused, match="HTTP 500") as caught,
    ):
        read(service, "Warehouses")

    assert caught.value.reasons[0] == "Request/Response not valid"


def test_a_mock_that_stopped_is_unavailable(tmp_path: Path) -> None:
    with mock_server(tmp_path, "CustomerVendor_v1_000.json") as server, opened(server) as service:
        assert len(read(service, "customerVendor")) == 1
        server.stop()

        with pytest.raises(Unavailable, match="was not reached"):
            read(service, "customerVendor")
