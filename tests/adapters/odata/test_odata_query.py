"""Reading requests and addresses, as they go over the wire."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote

import pytest

from acl.conditions import AnyOf, Comparison, Condition
from adapters.odata.edm import EntityType, Metadata, Navigation, Property
from adapters.odata.faults import Asked
from adapters.odata.query import asks_for_nothing, key_predicate, next_query, query_string, reading
from ports.errors import Drifted, Unintelligible

ASKED = Asked("Orders of SHOP", "https://sap.example.com")


def properties(**types: str) -> dict[str, Property]:
    return {name: Property(name, f"Edm.{edm}", False) for name, edm in types.items()}


METADATA = Metadata(
    {
        "S.Order": EntityType(
            "Order",
            ("Id",),
            properties(Id="String", Supplier="String", Day="DateTime", Total="Decimal"),
            {"to_Item": Navigation("to_Item", "S.Item", True), "to_Buyer": Navigation("to_Buyer", "S.Buyer", False)},
        ),
        "S.Item": EntityType(
            "Item",
            ("Id", "No"),
            properties(Id="String", No="String", Quantity="Decimal"),
            {"to_Schedule": Navigation("to_Schedule", "S.Schedule", True)},
        ),
        "S.Schedule": EntityType("Schedule", ("Id",), properties(Id="String", Day="DateTime"), {}),
        "S.Buyer": EntityType("Buyer", ("Id",), properties(Id="String", Name="String"), {}),
    },
    {"Orders": "S.Order", "Items": "S.Item"},
)


def test_columns_are_selected_and_the_ways_to_them_expanded() -> None:
    columns = ["Id", "to_Item/Quantity", "to_Item/to_Schedule/Day", "to_Item/No", "to_Buyer", "Id"]
    request = reading(METADATA, "Orders", columns=columns, where=(), order_by=())

    assert request.path == "Orders"
    assert request.headers == {"Accept": "application/json"}
    assert request.options == {
        "$select": "Id,to_Item/Quantity,to_Item/to_Schedule/Day,to_Item/No,to_Buyer",
        "$expand": "to_Item,to_Item/to_Schedule,to_Buyer",
        "$orderby": "Id",
    }


def test_conjuncts_are_joined_and_choices_stand_in_parentheses() -> None:
    either = AnyOf((Condition("Supplier", Comparison.EQ, "1"), Condition("to_Buyer/Name", Comparison.NE, None)))
    since = Condition("Day", Comparison.GE, "/Date(1704067200000)/")
    request = reading(METADATA, "Orders", columns=["Id"], where=[since, either], order_by=["Day", "Id"])

    assert request.options["$filter"] == (
        "Day ge datetime'2024-01-01T00:00:00' and (Supplier eq '1' or to_Buyer/Name ne null)"
    )
    assert request.options["$orderby"] == "Day,Id"


@pytest.mark.parametrize("sign", list(Comparison))
def test_every_comparison_has_its_operator(sign: Comparison) -> None:
    request = reading(METADATA, "Orders", columns=["Id"], where=[Condition("Total", sign, "1")], order_by=())

    assert request.options["$filter"] == f"Total {sign.name.lower()} 1M"


@pytest.mark.parametrize(
    ("columns", "where", "order_by"),
    [
        (["Nope"], (), ()),
        (["to_Nope/Id"], (), ()),
        (["to_Item/Nope"], (), ()),
        (["Id"], [Condition("Nope", Comparison.EQ, "1")], ()),
        (["Id"], [Condition("to_Item/Quantity", Comparison.EQ, "1")], ()),
        (["Id"], [AnyOf((Condition("Total", Comparison.EQ, "a lot"),))], ()),
        (["Id"], (), ["Nope"]),
    ],
)
def test_what_the_service_does_not_declare_is_drift(
    columns: list[str], where: list[Condition | AnyOf], order_by: list[str]
) -> None:
    with pytest.raises(Drifted):
        reading(METADATA, "Orders", columns=columns, where=where, order_by=order_by)


def test_nothing_in_a_value_can_leave_its_option() -> None:
    nasty = "a&b=c#d+e f%27'ü"
    request = reading(METADATA, "Orders", columns=["Id"], where=[Condition("Id", Comparison.EQ, nasty)], order_by=())
    sent = query_string(request.options)

    assert dict(parse_qsl(sent))["$filter"] == "Id eq 'a&b=c#d+e f%27''ü'"
    assert sent.count("&") == 2
    assert "+" not in sent


def test_only_the_empty_choice_asks_for_nothing() -> None:
    some = Condition("Id", Comparison.EQ, "1")

    assert asks_for_nothing([some, AnyOf(())])
    assert not asks_for_nothing([some, AnyOf((some,))])
    assert not asks_for_nothing([])


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("http://sapdev01.internal:8000/x/Orders?$top=5&$skiptoken=50", "$top=5&$skiptoken=50"),
        ("Orders?$skiptoken=a%2Bb+c%3D%3D&sap-client=800&$format=json", "$skiptoken=a%2Bb+c%3D%3D&$format=json"),
        ("//evil.example.com/?SAP%2DCLIENT=1&%24skiptoken=1", "%24skiptoken=1"),
    ],
)
def test_of_a_next_link_only_the_options_are_kept_byte_for_byte(link: str, expected: str) -> None:
    assert next_query(link, ASKED) == expected


@pytest.mark.parametrize(
    "link", ["http://h/Orders", "http://h/Orders?sap-client=100", "", 7, {}, "http://[/?$skiptoken=1"]
)
def test_a_next_link_that_leads_nowhere_is_unintelligible(link: object) -> None:
    with pytest.raises(Unintelligible, match="__next"):
        next_query(link, ASKED)


@pytest.mark.parametrize(
    ("entity_set", "key", "expected"),
    [
        ("Orders", {"Id": "4500000001"}, "Orders('4500000001')"),
        ("Orders", {"Id": "A/B 1"}, "Orders('A%2FB%201')"),
        ("Orders", {"Id": "O'Neil%\\?#&"}, "Orders('O''Neil%25%5C%3F%23%26')"),
        ("Items", {"No": "10", "Id": "1"}, "Items(Id='1',No='10')"),
    ],
)
def test_a_key_is_written_so_that_it_stays_one_segment(entity_set: str, key: dict[str, object], expected: str) -> None:
    found = key_predicate(METADATA, entity_set, key)

    assert found == expected
    assert "/" not in found
    assert all(str(value).replace("'", "''") in unquote(found) for value in key.values())


@pytest.mark.parametrize("key", [{}, {"Id": "1", "No": "1"}, {"No": "1"}, {"Id": 1}])
def test_a_key_that_the_service_does_not_declare_is_drift(key: dict[str, object]) -> None:
    with pytest.raises(Drifted):
        key_predicate(METADATA, "Orders", key)
