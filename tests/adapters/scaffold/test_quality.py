"""How good the guesses are on every schema of which people have made a mapping: often right, and never surely wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

import acl.inhouse.purchase_orders
import acl.inhouse.suppliers
import acl.oracle.purchase_orders
import acl.oracle.suppliers
import acl.protheus.purchase_orders
import acl.protheus.suppliers
import acl.sap.purchase_orders
import acl.sap.suppliers
from acl.mapping import Mapping
from adapters.embedded import Embedded
from adapters.introspection import from_edmx
from adapters.odata.connection import ODataConnection
from adapters.odata.service import ODataService
from adapters.scaffold.places import Family
from adapters.scaffold.proposal import Proposal, proposed
from adapters.scaffold.sources import from_database, from_file
from adapters.settings import Aggregates
from adapters.systems.inhouse import InHouseSettings
from adapters.systems.protheus import ProtheusSettings
from adapters.systems.sap import SapSettings
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from tests.adapters.scaffold.truths import Score, judged
from tests.databases import MARIADB, POSTGRESQL, url_of
from tests.real import frontaccounting as by_hand_frontaccounting
from tests.real import mywind as by_hand_mywind
from tests.real import northwind as by_hand_northwind
from tests.real.vendor import vendor_file

WSDLS = Path(__file__).parents[3] / "sandbox" / "oracle" / "schemas"


@frozen
class ByHand:
    """The mappings of one system that people made."""

    supplier: Mapping[Supplier]
    order: Mapping[PurchaseOrder]


NORTHWIND = ByHand(by_hand_northwind.SUPPLIER, by_hand_northwind.PURCHASE_ORDER)
MYWIND = ByHand(by_hand_mywind.SUPPLIER, by_hand_mywind.PURCHASE_ORDER)
FRONTACCOUNTING = ByHand(by_hand_frontaccounting.SUPPLIER, by_hand_frontaccounting.PURCHASE_ORDER)
PROTHEUS = ByHand(acl.protheus.suppliers.SUPPLIER, acl.protheus.purchase_orders.PURCHASE_ORDER)
INHOUSE = ByHand(acl.inhouse.suppliers.SUPPLIER, acl.inhouse.purchase_orders.PURCHASE_ORDER)
SAP = ByHand(acl.sap.suppliers.SUPPLIER, acl.sap.purchase_orders.PURCHASE_ORDER)
ORACLE = ByHand(acl.oracle.suppliers.SUPPLIER, acl.oracle.purchase_orders.PURCHASE_ORDER)


def score(proposal: Proposal, made: ByHand, *, tables_have_names: bool = True) -> Score:
    if proposal.port == "suppliers":
        return judged(proposal, made.supplier, tables_have_names=tables_have_names)
    return judged(proposal, made.order, tables_have_names=tables_have_names)


def drafted(url: str, port: Aggregates, record: str | None = None) -> Proposal:
    (proposal,) = from_database("acme", url, (port,), {} if record is None else {port: record}).proposals
    return proposal


def require(found: Score, *, least: int) -> None:
    """Nothing is taken that a person took from elsewhere, and so many attributes at least are found."""
    assert found.wrong == ()
    assert found.right >= least


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[Embedded]:
    site = Embedded()
    yield site
    site.close()


@pytest.mark.parametrize(("port", "record", "least"), [("suppliers", None, 7), ("purchase_orders", "orders", 8)])
def test_of_northwind(northwind: str, port: Aggregates, record: str | None, least: int) -> None:
    require(score(drafted(url_of(POSTGRESQL, northwind), port, record), NORTHWIND), least=least)


@pytest.mark.parametrize(("port", "least"), [("suppliers", 7), ("purchase_orders", 7)])
def test_of_mywind(mywind: str, port: Aggregates, least: int) -> None:
    require(score(drafted(url_of(MARIADB, mywind), port), MYWIND), least=least)


@pytest.mark.parametrize(("port", "least"), [("suppliers", 2), ("purchase_orders", 12)])
def test_of_frontaccounting(frontaccounting: str, port: Aggregates, least: int) -> None:
    """Its suppliers have an address in one text of many lines, and numbers of which nobody says what they are."""
    require(score(drafted(url_of(MARIADB, frontaccounting), port), FRONTACCOUNTING), least=least)


@pytest.mark.parametrize(("port", "least"), [("suppliers", 11), ("purchase_orders", 14)])
def test_of_protheus(sandboxes: Embedded, port: Aggregates, least: int) -> None:
    settings = sandboxes.settings("protheus")
    assert isinstance(settings, ProtheusSettings)

    require(score(drafted(settings.url.get_secret_value(), port), PROTHEUS), least=least)


@pytest.mark.parametrize(("port", "least"), [("suppliers", 12), ("purchase_orders", 9)])
def test_of_the_in_house_system(sandboxes: Embedded, port: Aggregates, least: int) -> None:
    """Its adapter gives the columns of its three tables as if they were of one."""
    settings = sandboxes.settings("inhouse")
    assert isinstance(settings, InHouseSettings)

    proposal = drafted(settings.url.get_secret_value(), port)

    require(score(proposal, INHOUSE, tables_have_names=False), least=least)


@pytest.mark.parametrize(
    ("port", "service", "record", "least"),
    [
        ("suppliers", "API_BUSINESS_PARTNER", "A_BusinessPartner", 5),
        ("purchase_orders", "API_PURCHASEORDER_PROCESS_SRV", "A_PurchaseOrder", 10),
    ],
)
def test_of_sap(sandboxes: Embedded, port: Aggregates, service: str, record: str, least: int) -> None:
    settings = sandboxes.settings("sap")
    assert isinstance(settings, SapSettings)
    connection = ODataConnection(url=settings.url, user=settings.user, password=settings.password, client="100")
    with ODataService(connection, f"/sap/opu/odata/sap/{service}") as opened:
        schema = opened.schema()

    proposal = proposed(schema, port, Family.ODATA, lambda _: {}, record)

    require(score(proposal, SAP, tables_have_names=False), least=least)


def test_of_sap_as_it_is_published() -> None:
    schema = from_edmx(vendor_file("sap-s4-odata", "edmx", "API_BUSINESS_PARTNER.edmx"))

    proposal = proposed(schema, "suppliers", Family.ODATA, lambda _: {}, "A_BusinessPartner")

    require(score(proposal, SAP), least=6)


@pytest.mark.parametrize(
    ("port", "wsdl", "least"),
    [("suppliers", "SupplierService.wsdl", 7), ("purchase_orders", "PurchaseOrderService.wsdl", 7)],
)
def test_of_oracle(port: Aggregates, wsdl: str, least: int) -> None:
    (proposal,) = from_file("acme", WSDLS / wsdl, Family.SOAP, (port,), {}).proposals

    require(score(proposal, ORACLE, tables_have_names=False), least=least)


def test_a_wrong_guess_would_be_noticed(sandboxes: Embedded) -> None:
    settings = sandboxes.settings("protheus")
    assert isinstance(settings, ProtheusSettings)

    found = judged(drafted(settings.url.get_secret_value(), "suppliers"), INHOUSE.supplier)

    assert "name: A2_NOME" in found.wrong
