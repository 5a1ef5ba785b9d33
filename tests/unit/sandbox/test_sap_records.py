"""What stands in the SAP sandbox: the scenario in SAP's spelling and twenty spoiled records; pyodata reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

import pyodata
import pytest
import requests
from pyodata.v2.model import Config

from sandbox.broken import Broken
from sandbox.sap import broken, sap_server
from sandbox.scenario import OPEN_END, Line, Order, Supplier, scenario
from sandbox.web import Server

Json: TypeAlias = "dict[str, Json] | list[Json] | str | bool | int | None"
Record: TypeAlias = "dict[str, Json]"
PARTNER_PARTS = "to_BusinessPartnerAddress/to_EmailAddress,to_BusinessPartnerBank,to_BusinessPartnerTax,to_Supplier"
TAX = {"BR1": "CNPJ", "BR2": "CPF", "DE0": "VAT"}
UNITS = {"PC": "H87", "ST": "H87", "KG": "KGM", "M": "MTR", "L": "LTR", "CAR": "XBX", "H": "HUR"}
SCENARIO = scenario()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with sap_server(page_size=10_000) as running:
        yield running


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        opened.auth = ("dragoman", "sandbox")
        opened.headers.update({"Accept": "application/json", "sap-client": "100"})
        yield opened


def _all(server: Server, session: requests.Session, path: str, expand: str) -> list[Record]:
    answer = session.get(f"{server.url}/sap/opu/odata/sap/{path}", params={"$expand": expand}, timeout=30)
    found: list[Record] = answer.json()["d"]["results"]
    return found


@pytest.fixture(scope="module")
def orders(server: Server, session: requests.Session) -> dict[str, Record]:
    path = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrder"
    rows = _all(server, session, path, "to_PurchaseOrderItem/to_ScheduleLine")
    return {_unpadded(row["PurchaseOrder"]): row for row in rows}


@pytest.fixture(scope="module")
def partners(server: Server, session: requests.Session) -> dict[str, Record]:
    rows = _all(server, session, "API_BUSINESS_PARTNER/A_BusinessPartner", PARTNER_PARTS)
    return {str(row["Supplier"]): row for row in rows}


def _unpadded(value: Json) -> str:
    text = str(value)
    return text.lstrip("0") if text.isdigit() else text


def _inline(record: Record, navigation: str) -> list[Record]:
    value = record[navigation]
    assert isinstance(value, dict)
    results = value["results"]
    assert isinstance(results, list)
    return [row for row in results if isinstance(row, dict)]


def _day(value: Json) -> date | None:
    if value is None:
        return None
    milliseconds = int(str(value).removeprefix("/Date(").removesuffix(")/").removesuffix("+0000"))
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).date()


def _line_facts(item: Record) -> tuple[object, ...]:
    (due_on,) = {_day(line["ScheduleLineDeliveryDate"]) for line in _inline(item, "to_ScheduleLine")}
    received, ordered = Decimal(str(item["YY1_ReceivedQuantity_PDI"])), Decimal(str(item["OrderQuantity"]))
    if item["PurchasingDocumentDeletionCode"] == "L":
        status = "cancelled"
    elif item["IsCompletelyDelivered"]:
        status = "received" if received == ordered else "closed"
    else:
        status = "open" if received == 0 else "partly_received"
    return (
        int(str(item["PurchaseOrderItem"])),
        _unpadded(item["Material"]) or None,
        item["PurchaseOrderItemText"],
        UNITS[str(item["PurchaseOrderQuantityUnit"])],
        ordered,
        received,
        Decimal(str(item["YY1_InvoicedQuantity_PDI"])),
        Decimal(str(item["NetPriceAmount"])),
        int(str(item["NetPriceQuantity"])),
        Decimal(str(item["NetAmount"])),
        due_on,
        status,
    )


def _facts_of_line(line: Line) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in Line.__dataclass_fields__)


@pytest.mark.parametrize("order", SCENARIO.orders, ids=lambda order: str(order.number))
def test_holds_every_order_of_the_scenario(orders: dict[str, Record], order: Order) -> None:
    row = orders[order.number]

    end = _day(row["ValidityEndDate"])
    assert _unpadded(row["Supplier"]) == order.supplier
    assert (_day(row["PurchaseOrderDate"]), row["DocumentCurrency"]) == (order.ordered_on, order.currency)
    assert (row["CorrespncInternalReference"] or None) == order.reference
    assert _day(row["ValidityStartDate"]) == order.valid_from
    assert (OPEN_END if end == date(9999, 12, 31) else end) == order.valid_until
    assert [_line_facts(item) for item in _inline(row, "to_PurchaseOrderItem")] == [*map(_facts_of_line, order.lines)]


@pytest.mark.parametrize(
    ("status", "codes"),
    [("draft", {"01"}), ("pending_approval", {"03"}), ("rejected", {"08"}), ("open", {"02", "05"})],
)
def test_spells_the_processing_status(orders: dict[str, Record], status: str, codes: set[str]) -> None:
    spelt = {
        str(orders[order.number]["PurchasingProcessingStatus"]) for order in SCENARIO.orders if order.status == status
    }

    assert spelt == codes


def test_cancels_an_order_through_its_items_only(orders: dict[str, Record]) -> None:
    cancelled = [orders[order.number] for order in SCENARIO.orders if order.status == "cancelled"]

    assert {row["PurchasingDocumentDeletionCode"] for row in cancelled} == {""}
    assert {
        item["PurchasingDocumentDeletionCode"] for row in cancelled for item in _inline(row, "to_PurchaseOrderItem")
    } == {"L"}


def test_marks_what_the_scenario_deleted(orders: dict[str, Record], partners: dict[str, Record]) -> None:
    gone = {number for number, row in orders.items() if row["PurchasingDocumentDeletionCode"] == "L"}
    archived = {number for number, row in partners.items() if row["IsMarkedForArchiving"] is True}

    assert gone == {order.number for order in SCENARIO.deleted_orders}
    assert archived == {supplier.number for supplier in SCENARIO.deleted_suppliers}


@pytest.mark.parametrize("supplier", SCENARIO.suppliers, ids=lambda supplier: str(supplier.number))
def test_holds_every_supplier_of_the_scenario(partners: dict[str, Record], supplier: Supplier) -> None:
    row = partners[supplier.number]
    (address,) = _inline(row, "to_BusinessPartnerAddress")
    role = row["to_Supplier"]
    assert isinstance(role, dict)

    assert (row["BusinessPartnerFullName"], row["SearchTerm1"] or None) == (supplier.name, supplier.trade_name)
    assert f"{address['StreetName']}, {address['HouseNumber']}" == supplier.street
    assert (address["CityName"], address["Country"]) == (supplier.city, supplier.country)
    assert (address["Region"] or None, address["PostalCode"] or None) == (supplier.region, supplier.postal_code)
    assert [row["EmailAddress"] for row in _inline(address, "to_EmailAddress")] == _or_none(supplier.email)
    taxes = [(TAX[str(tax["BPTaxType"])], tax["BPTaxNumber"]) for tax in _inline(row, "to_BusinessPartnerTax")]
    assert taxes == _or_none(supplier.tax)
    assert (role["PurchasingIsBlocked"], role["PaymentIsBlockedForSupplier"]) == (
        supplier.block in ("purchasing", "all"),
        supplier.block in ("payment", "all"),
    )


def _or_none(value: object) -> list[object]:
    return [] if value is None else [value]


@pytest.mark.parametrize(
    "supplier", [s for s in SCENARIO.suppliers if s.bank], ids=lambda supplier: str(supplier.number)
)
def test_writes_bank_and_branch_as_one_number(partners: dict[str, Record], supplier: Supplier) -> None:
    (bank,) = _inline(partners[supplier.number], "to_BusinessPartnerBank")

    assert supplier.bank is not None
    assert bank["BankNumber"] == supplier.bank.bank + ("" if supplier.bank.branch is None else supplier.bank.branch)
    assert (bank["BankAccount"], bank["IBAN"] or None) == (supplier.bank.account, supplier.bank.iban)
    assert bank["BankCountryKey"] == supplier.country


def test_mixes_the_spellings_that_a_real_system_mixes(orders: dict[str, Record]) -> None:
    items = [item for row in orders.values() for item in _inline_or_none(row)]

    assert {len(str(row["PurchaseOrder"])) for row in orders.values()} == {6, 10}
    assert {len(str(item["Material"])) for item in items if str(item["Material"]).endswith("7731")} == {4, 18}
    assert {str(row["PurchaseOrderDate"]).endswith("+0000)/") for row in orders.values()} == {True, False}
    assert {len(_inline(item, "to_ScheduleLine")) for item in items} == {1, 2}
    assert {"PC", "ST"} <= {item["PurchaseOrderQuantityUnit"] for item in items}


def _inline_or_none(row: Record) -> list[Record]:
    value = row["to_PurchaseOrderItem"]
    return _inline(row, "to_PurchaseOrderItem") if isinstance(value, dict) and "results" in value else []


def test_lists_twenty_spoiled_records_each_with_a_fault_of_its_own() -> None:
    faults = broken()

    assert len(faults) == len({fault.key for fault in faults}) == 20
    assert len({(fault.column, json.dumps(fault.raw)) for fault in faults}) == 20


def _standing_at(record: Record, path: str) -> list[Json]:
    """Collect what stands at a path in every branch, a property that is not sent as nothing."""
    name, _, rest = path.partition("/")
    if name not in record:
        return []
    value = record[name]
    if not rest:
        return [value]
    assert isinstance(value, dict)
    branches = value.get("results", [value])
    assert isinstance(branches, list)
    return [found for branch in branches if isinstance(branch, dict) for found in _standing_at(branch, rest)]


@pytest.mark.parametrize("fault", broken(), ids=lambda fault: f"{fault.key}-{fault.column}")
def test_sends_every_fault_over_the_wire(orders: dict[str, Record], partners: dict[str, Record], fault: Broken) -> None:
    record = (partners if fault.kind == "supplier" else orders)[fault.key]
    standing = _standing_at(record, fault.column)

    missing = fault.column == "to_BusinessPartnerAddress/Country"
    assert standing == [] if missing else fault.raw in standing


def test_gives_two_delivery_dates_to_one_line(orders: dict[str, Record]) -> None:
    first = _inline(orders["490015"], "to_PurchaseOrderItem")[0]

    assert len({_day(line["ScheduleLineDeliveryDate"]) for line in _inline(first, "to_ScheduleLine")}) == 2


def test_breaks_no_record_of_the_scenario(orders: dict[str, Record], partners: dict[str, Record]) -> None:
    spoiled = {fault.key for fault in broken()}

    assert not spoiled & {order.number for order in (*SCENARIO.orders, *SCENARIO.deleted_orders)}
    known = {order.number for order in (*SCENARIO.orders, *SCENARIO.deleted_orders)}
    known |= {supplier.number for supplier in (*SCENARIO.suppliers, *SCENARIO.deleted_suppliers)}
    assert set(orders) | set(partners) == spoiled | known


def _pyodata(server: Server, session: requests.Session, service: str) -> pyodata.Client:
    return pyodata.Client(f"{server.url}/sap/opu/odata/sap/{service}/", session, config=Config(retain_null=True))


def test_pyodata_reads_the_metadata_of_both_services(server: Server, session: requests.Session) -> None:
    orders = _pyodata(server, session, "API_PURCHASEORDER_PROCESS_SRV").schema
    partners = _pyodata(server, session, "API_BUSINESS_PARTNER").schema

    item = orders.entity_type("A_PurchaseOrderItemType")
    assert [key.name for key in item.key_proprties] == ["PurchaseOrder", "PurchaseOrderItem"]
    assert (item.proprty("OrderQuantity").precision, item.proprty("OrderQuantity").scale) == (13, 3)
    assert not item.proprty("YY1_ReceivedQuantity_PDI").filterable
    assert len(partners.entity_sets) == 7
    assert partners.entity_type("A_BusinessPartnerType").nav_proprty("to_Supplier").to_role.multiplicity == "0..1"


def test_pyodata_reads_an_order_with_its_items(server: Server, session: requests.Session) -> None:
    sets = _pyodata(server, session, "API_PURCHASEORDER_PROCESS_SRV").entity_sets
    known = SCENARIO.orders[1]

    order = sets.A_PurchaseOrder.get_entity(known.number).expand("to_PurchaseOrderItem").execute()
    assert order.PurchaseOrderDate.date() == known.ordered_on
    assert order.etag == "W/\"'0001'\""
    assert [Decimal(item.NetAmount) for item in order.to_PurchaseOrderItem] == [line.amount for line in known.lines]


def test_pyodata_filters_orders_counts_them_and_is_told_of_the_next_page(
    session: requests.Session, orders: dict[str, Record]
) -> None:
    number = SCENARIO.suppliers[0].number
    all_of_them = sum(_unpadded(row["Supplier"]) == number for row in orders.values())
    with sap_server(page_size=2) as server:
        sets = _pyodata(server, session, "API_PURCHASEORDER_PROCESS_SRV").entity_sets
        asked = sets.A_PurchaseOrder.get_entities().filter(f"Supplier eq '{number}'").count(inline=True).execute()

        assert (len(asked), asked.total_count) == (2, all_of_them)
        assert asked.next_url.startswith("http://sapdev01.internal:8000/")


def test_pyodata_meets_the_gateway_error(server: Server, session: requests.Session) -> None:
    sets = _pyodata(server, session, "API_PURCHASEORDER_PROCESS_SRV").entity_sets

    with pytest.raises(pyodata.exceptions.HttpError) as caught:
        sets.A_PurchaseOrder.get_entities().filter("Supplier eq 'O'Neil'").execute()
    assert caught.value.response.status_code == 400
