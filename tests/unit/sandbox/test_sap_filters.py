"""The SAP sandbox filters as a Gateway does, and refuses what it cannot read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sandbox.scenario import scenario
from tests.unit.sandbox.sap_client import ORDERS, PARTNERS, Client, Json, numbers


def _milliseconds(date: Json) -> int:
    """Read a stored date; before all of them if it is not one."""
    found = re.match(r"/Date\((\d+)", str(date))
    return -1 if found is None else int(found[1])


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("Supplier eq '10000102'", lambda row: row["Supplier"] == "0010000102"),
        ("Supplier eq '0010000102'", lambda row: row["Supplier"] == "0010000102"),
        ("PurchaseOrder lt '0000450012'", lambda row: str(row["PurchaseOrder"]).zfill(10) < "0000450012"),
        ("PurchaseOrder ge '45A'", lambda row: not str(row["PurchaseOrder"]).isdigit()),
        ("DocumentCurrency ne 'BRL'", lambda row: row["DocumentCurrency"] != "BRL"),
        ("ValidityEndDate eq null", lambda row: row["ValidityEndDate"] is None),
        (
            "not (DocumentCurrency eq 'BRL' or DocumentCurrency eq 'EUR') and PurchasingProcessingStatus gt '02'",
            lambda row: row["DocumentCurrency"] not in ("BRL", "EUR") and row["PurchasingProcessingStatus"] > "02",
        ),
        ("substringof('-0001',CorrespncInternalReference)", lambda row: "-0001" in row["CorrespncInternalReference"]),
        ("startswith(PurchaseOrder,'45A') eq true", lambda row: row["PurchaseOrder"].startswith("45A")),
        ("tolower(DocumentCurrency) eq 'kwd'", lambda row: row["DocumentCurrency"] == "KWD"),
        ("'JPY' eq toupper(DocumentCurrency)", lambda row: row["DocumentCurrency"] == "JPY"),
        (
            "LastChangeDateTime gt datetimeoffset'2024-06-01T00:00:00Z'",
            lambda row: int(row["LastChangeDateTime"][6:19]) > 1717200000000,
        ),
    ],
)
def test_filters_as_plain_python_would(
    client: Client, condition: str, holds: Callable[[dict[str, Json]], bool]
) -> None:
    everything = client.rows(ORDERS)
    expected = numbers([row for row in everything if holds(row)])

    assert 0 < len(expected) < len(everything)
    assert numbers(client.rows(ORDERS, filter=condition)) == expected


def test_filters_days_and_amounts_by_value(client: Client) -> None:
    items = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem"
    day = "PurchaseOrderDate ge datetime'2023-02-01T00:00:00' and PurchaseOrderDate lt datetime'2023-03-01T00:00:00'"
    february = range(1675209600000, 1677628800000)
    ordered = [row for row in client.rows(ORDERS) if _milliseconds(row["PurchaseOrderDate"]) in february]

    assert numbers(client.rows(ORDERS, filter=day)) == numbers(ordered) != []
    assert {row["NetPriceQuantity"] for row in client.rows(items, filter="NetPriceQuantity ge 100.0M")} == {
        "100",
        "1000",
    }


def test_filters_through_a_single_neighbour(client: Client) -> None:
    blocked = client.rows(PARTNERS, filter="to_Supplier/PurchasingIsBlocked eq true", select="Supplier")

    wanted = [s for s in (*scenario().suppliers, *scenario().deleted_suppliers) if s.block in ("purchasing", "all")]
    assert {row["Supplier"] for row in blocked} == {supplier.number for supplier in wanted}


def test_a_doubled_quote_is_part_of_the_text(client: Client) -> None:
    found = client.rows(PARTNERS, filter="startswith(BusinessPartnerFullName,'O''Neil')")

    wanted = [s for s in (*scenario().suppliers, *scenario().deleted_suppliers) if s.name.startswith("O'Neil")]
    assert [row["BusinessPartnerFullName"] for row in found] == [supplier.name for supplier in wanted] != []


def test_a_single_quote_ends_the_text_and_what_follows_is_read_as_a_filter(client: Client) -> None:
    everything = len(client.rows(PARTNERS))

    assert len(client.rows(PARTNERS, filter="BusinessPartnerFullName eq 'x' or 'a' eq 'a'")) == everything
    assert client.rows(PARTNERS, filter="BusinessPartnerFullName eq 'x'' or ''a'' eq ''a'") == []


@pytest.mark.parametrize(
    "condition",
    [
        "Nothing eq '1'",
        "Supplier eq 'O'Neil'",
        "Supplier eq 'open",
        "Supplier",
        "Supplier eq 10",
        "PurchaseOrderDate eq '2024-01-01'",
        "PurchaseOrderDate eq datetime'2024-13-01T00:00:00'",
        "PurchaseOrderDate eq datetime'2024-01-01'",
        "(Supplier eq '1'",
        "Supplier eq '1')",
        "Supplier eq '1' and",
        "to_PurchaseOrderItem/NetAmount gt 1",
        "substringof('x')",
        "indexof(Supplier,'x')",
        "",
        "(" * 500 + "Supplier eq '1'" + ")" * 500,
    ],
)
def test_refuses_a_filter_that_it_cannot_read(client: Client, condition: str) -> None:
    assert client.ask(ORDERS, filter=condition).status_code == 400


def test_refuses_to_filter_what_metadata_says_cannot_be_filtered(client: Client) -> None:
    items = "API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrderItem"

    assert client.ask(items, filter="YY1_ReceivedQuantity_PDI gt 0").status_code == 400


@pytest.mark.parametrize(
    "options",
    [
        {"top": "-1"},
        {"skip": "x"},
        {"inlinecount": "some"},
        {"select": "Nothing"},
        {"select": "to_PurchaseOrderItem/NetAmount"},
        {"expand": "to_Nothing"},
        {"expand": "to_PurchaseOrderItem/to_Nothing"},
        {"orderby": "Supplier up"},
        {"search": "x"},
    ],
)
def test_refuses_an_option_that_it_does_not_know(client: Client, options: dict[str, str]) -> None:
    assert client.ask(ORDERS, **options).status_code == 400


def test_refuses_an_option_that_is_given_twice(client: Client) -> None:
    assert client.ask(f"{ORDERS}?$top=1&%24top=2").status_code == 400
