"""A recording holds nothing that it may not, or it is not made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from acl.collection import Collection
from acl.sap.suppliers import SUPPLIER
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.recording.session import recording
from adapters.rest.connection import Basic, RestConnection
from adapters.rest.page_styles import LinkedPages
from adapters.rest.service import RestService
from adapters.settings import SystemSettings
from ports.errors import Misconfigured
from ports.suppliers import SupplierQuery
from sandbox.web import Request, Response, serve

PASSWORD = "correct horse battery staple"


class Settings(SystemSettings):
    """An API that knows SAP's suppliers."""

    kind: str = "api"
    url: str
    password: SecretStr


def a_supplier(**changes: object) -> dict[str, object]:
    return {
        "Supplier": "0010000001",
        "BusinessPartnerFullName": "Miller & Sons 1887",
        "SearchTerm1": "",
        "to_BusinessPartnerTax": [{"BPTaxType": "BR1", "BPTaxNumber": "11222333000181"}],
        "to_BusinessPartnerAddress": [
            {
                "StreetName": "Main Street",
                "HouseNumber": "12",
                "CityName": "Leeds",
                "Region": "",
                "PostalCode": "LS1 4DY",
                "Country": "GB",
                "to_EmailAddress": [{"EmailAddress": "sales@miller.example"}],
            }
        ],
        "to_BusinessPartnerBank": [],
        "to_Supplier": {"PurchasingIsBlocked": False, "PaymentIsBlockedForSupplier": False},
        **changes,
    }


@contextmanager
def recorded(place: Path, *suppliers: dict[str, object]) -> Iterator[Erp]:
    """Record an API over httpx2, whose answers are *suppliers*."""

    def answer(_: Request) -> Response:
        return Response(200, (("Content-Type", "application/json"),), json.dumps({"items": suppliers}).encode())

    with serve(answer, user="reader", password=PASSWORD) as server:
        settings = Settings(url=server.url, password=SecretStr(PASSWORD))
        with recording(place, settings) as kept:
            logon = Basic("reader", settings.password)
            service = RestService(RestConnection(url=server.url, logon=logon), render=lambda _: {})

            def pages(_: object) -> Iterator[Sequence[object]]:
                return service.pages("suppliers", page_style=LinkedPages())

            quarantine = InMemoryQuarantine()
            with Erp(
                name="api",
                kind="api",
                place=server.url,
                suppliers=Collection(SUPPLIER, pages, system="api", quarantine=quarantine),
                quarantine=quarantine,
                check=lambda: None,
                close=service.close,
            ) as erp:
                yield kept.of(erp)


def test_an_api_is_recorded_over_httpx2_too(tmp_path: Path) -> None:
    with recorded(tmp_path / "api", a_supplier()) as erp:
        (found,) = erp.suppliers.find(SupplierQuery())

    written = (tmp_path / "api" / "http.json").read_text(encoding="ascii")
    assert found.id.text == "10000001"
    assert found.name in written
    for personal in ("Miller", "Sons", "1887", "11222333000181", "Main Street", "LS1", "sales", PASSWORD):
        assert personal not in written


def test_a_secret_in_an_answer_is_never_kept(tmp_path: Path) -> None:
    where = [{**inner, "CityName": PASSWORD} for inner in address_of(a_supplier())]

    def ask() -> None:
        with recorded(tmp_path / "api", a_supplier(to_BusinessPartnerAddress=where)) as erp:
            list(erp.suppliers.find(SupplierQuery()))

    with pytest.raises(Misconfigured, match="a secret of api stands in what it answers; nothing was recorded"):
        ask()
    assert list(tmp_path.iterdir()) == []


def test_a_personal_value_that_also_stands_elsewhere_is_never_kept(tmp_path: Path) -> None:
    where = [{**inner, "CityName": "c/o Miller & Sons 1887, Leeds"} for inner in address_of(a_supplier())]

    def ask() -> None:
        with recorded(tmp_path / "api", a_supplier(to_BusinessPartnerAddress=where)) as erp:
            list(erp.suppliers.find(SupplierQuery()))

    with pytest.raises(Misconfigured, match="a value of name also stands where the mapping expects none"):
        ask()
    assert list(tmp_path.iterdir()) == []


def test_a_value_that_cannot_be_masked_stops_the_recording_even_if_somebody_catches_the_error(tmp_path: Path) -> None:
    strange = a_supplier(to_BusinessPartnerTax=[{"BPTaxType": "BR1", "BPTaxNumber": {"number": "11222333000181"}}])

    def ask() -> None:
        with recorded(tmp_path / "api", strange) as erp:
            with pytest.raises(Misconfigured, match="BPTaxNumber is personal and holds a dict"):
                list(erp.suppliers.find(SupplierQuery()))
            with pytest.raises(Misconfigured, match="BPTaxNumber is personal and holds a dict"):
                erp.check()

    with pytest.raises(Misconfigured, match="BPTaxNumber is personal and holds a dict"):
        ask()
    assert list(tmp_path.iterdir()) == []


def address_of(supplier: dict[str, object]) -> list[dict[str, object]]:
    found = supplier["to_BusinessPartnerAddress"]
    assert isinstance(found, list)
    return found
