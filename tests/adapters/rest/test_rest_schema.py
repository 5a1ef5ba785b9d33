"""OpenAPI documents, and bare JSON Schemas, become the neutral schema."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from adapters.rest.openapi import schema_of
from contracts.source.schema import Column, Form, Record, Schema
from ports.errors import Unintelligible

Json = Mapping[str, object]
ORDER: Json = {
    "type": "object",
    "required": ["id", "total", "buyer", "state"],
    "properties": {
        "id": {"type": "string", "maxLength": 10},
        "no": {"type": "integer", "format": "int64"},
        "total": {"type": "number", "multipleOf": 0.01},
        "rate": {"type": "number", "format": "double"},
        "money": {"type": "string", "format": "decimal"},
        "day": {"type": "string", "format": "date"},
        "made": {"type": "string", "format": "date-time", "nullable": True},
        "open": {"type": "boolean"},
        "state": {"type": "string", "enum": ["O", "C", None]},
        "level": {"enum": [1, 2]},
        "buyer": {"$ref": "#/components/schemas/Buyer"},
        "payer": {"allOf": [{"$ref": "#/components/schemas/Buyer"}], "nullable": True},
        "place": {"type": "object", "properties": {"city": {"type": ["string", "null"]}}},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"no": {"type": "integer"}}}},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 3}},
        "grid": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
        "above": {"$ref": "#/components/schemas/Order"},
        "code": {"$ref": "#/components/schemas/Code"},
        "either": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "any": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
        "free": {"type": "object"},
        "lost": {"$ref": "https://elsewhere.example/x.json#/definitions/Lost"},
    },
}
BUYER: Json = {
    "allOf": [
        {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}},
        {"properties": {"name": {"type": "string"}, "friend": {"$ref": "#/components/schemas/Buyer"}}},
    ]
}
SCHEMAS: Json = {"Order": ORDER, "Buyer": BUYER, "Code": {"type": "string", "enum": ["A"], "maxLength": 1}}


def answer(schema: Json) -> Json:
    return {"get": {"responses": {"200": {"content": {"application/json; charset=utf-8": {"schema": schema}}}}}}


def read(document: Json, files: Mapping[str, Json] | None = None) -> Schema:
    beside = {} if files is None else files

    def file(address: str) -> tuple[str, bytes] | None:
        name = address.rpartition("/")[2]
        return (name, json.dumps(beside[name]).encode()) if name in beside else None

    return schema_of("api.json", json.dumps(document).encode(), origin="the API", beside=file)


def orders() -> Schema:
    return read({"openapi": "3.1.0", "components": {"schemas": SCHEMAS}})


def columns(record: Record) -> dict[str, Column]:
    return {each.name: each for each in record.columns}


def test_every_named_object_is_a_record_and_one_without_a_name_stands_in_its_owner() -> None:
    assert set(orders().records) == {"Order", "Buyer", "Order/place", "Order/lines"}


def test_types_and_formats_tell_the_form() -> None:
    order = columns(orders().records["Order"])

    assert {name: column.form.value for name, column in order.items() if column.form is not Form.RECORD} == {
        "id": "text", "no": "integer", "total": "decimal", "rate": "float", "money": "decimal", "day": "date",
        "made": "timestamp", "open": "boolean", "state": "text", "level": "other", "tags": "text", "grid": "other",
        "code": "text", "either": "integer", "any": "other", "free": "other", "lost": "other",
    }  # fmt: skip
    assert (order["no"].native, order["any"].native, order["lost"].native) == ("integer (int64)", "", "")


def test_sizes_and_codes_are_told() -> None:
    order = columns(orders().records["Order"])

    assert (order["id"].length, order["tags"].length, order["total"].scale, order["rate"].scale) == (10, 3, 2, None)
    assert (order["state"].codes, order["level"].codes, order["code"].codes) == (("O", "C"), ("1", "2"), ("A",))
    assert order["id"].codes is None


def test_only_what_is_required_and_never_null_is_not_nullable() -> None:
    assert [name for name, column in columns(orders().records["Order"]).items() if column.nullable is False] == [
        "id", "total", "buyer",
    ]  # fmt: skip
    buyer = columns(orders().records["Buyer"])
    assert (buyer["code"].nullable, buyer["name"].nullable) == (False, True)


def test_paths_lead_through_references_parts_and_lists() -> None:
    schema = orders()
    order = columns(schema.records["Order"])

    assert (order["buyer"].of, order["payer"].of, order["above"].of) == ("Buyer", "Buyer", "Order")
    assert (order["lines"].many, order["lines"].of) == (True, "Order/lines")
    for path in ("above/above/buyer/friend/name", "place/city", "lines/no"):
        assert schema.column("Order", path) is not None, path


@pytest.mark.parametrize(
    "wrapped",
    [
        {"type": "array", "items": {"$ref": "#/components/schemas/Buyer"}},
        {"properties": {"hasNext": {"type": "boolean"}, "items": {"type": "array", "items": {"$ref": "#/x/Buyer"}}}},
        {"properties": {"d": {"properties": {"results": {"type": "array", "items": {"$ref": "#/x/Buyer"}}}}}},
        {"properties": {"data": {"$ref": "#/x/Buyer"}}},
        {"$ref": "#/x/Buyer"},
        {
            "allOf": [
                {"$ref": "#/x/Paging"},
                {"properties": {"items": {"type": "array", "items": {"$ref": "#/x/Buyer"}}}},
            ]
        },
    ],
)
def test_what_a_path_answers_with_is_a_record_under_the_path_and_pages_are_unwrapped(wrapped: Json) -> None:
    paging = {"type": "object", "properties": {"hasNext": {"type": "boolean"}}}
    text = json.dumps(wrapped).replace("#/x/", "#/components/schemas/")
    schema = read(
        {"paths": {"/buyers": answer(json.loads(text))}, "components": {"schemas": {**SCHEMAS, "Paging": paging}}}
    )

    assert list(columns(schema.records["/buyers"])) == ["code", "name", "friend"]


def test_a_record_that_has_items_is_no_page() -> None:
    document = {"properties": {"id": {"type": "string"}, "items": {"type": "array", "items": {"type": "string"}}}}
    schema = read({"paths": {"/orders/{id}": answer(document)}})

    assert list(columns(schema.records["/orders/{id}"])) == ["id", "items"]


def test_swagger_2_and_bare_schemas_say_the_same_in_other_places() -> None:
    response = {"get": {"responses": {"200": {"$ref": "#/responses/all"}}}}
    thing = {"type": "object", "properties": {"a": {"type": "string"}}}
    document = {
        "swagger": "2.0",
        "paths": {"/things": response},
        "responses": {"all": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Thing"}}}},
        "definitions": {"Thing": thing},
    }

    assert set(read(document).records) == {"Thing", "/things"}
    assert set(read({"$defs": {"Thing": thing}}).records) == {"Thing"}


def test_a_reference_into_a_file_beside_is_followed_and_its_own_references_stay_in_that_file() -> None:
    shop = {
        "definitions": {
            "Order": {"type": "object", "properties": {"code": {"$ref": "#/definitions/Code"}}},
            "Code": {"type": "string", "maxLength": 4},
            "Buyer": {"type": "object", "properties": {"b": {"type": "string"}}},
        }
    }
    page = {
        "type": "object",
        "properties": {
            "order": {"$ref": "https://raw.example/master/shop.json#/definitions/Order"},
            "buyer": {"$ref": "shop.json#/definitions/Buyer"},
        },
    }
    schema = read({"components": {"schemas": {"Page": page, "Buyer": BUYER}}}, {"shop.json": shop})

    code = schema.column("Page", "order/code")
    assert code is not None
    assert code.length == 4
    assert columns(schema.records["Page"])["buyer"].of == "shop.json#Buyer"
    assert schema.column("Page", "buyer/b") is not None


def test_schemas_of_one_name_are_told_apart() -> None:
    one, two, three = ({"Thing": {"properties": {each: {"type": "string"}}}} for each in "abc")
    records = read({"components": {"schemas": one}, "definitions": two, "$defs": three}).records

    assert [[each.name for each in record.columns] for record in records.values()] == [["a"], ["b"], ["c"]]


def test_what_lies_elsewhere_is_named_when_nothing_is_left_without_it() -> None:
    reference = {"$ref": "https://elsewhere.example/x.json#/definitions/Order"}
    with pytest.raises(Unintelligible) as caught:
        read({"openapi": "3.0.1", "paths": {"/orders": answer(reference)}})

    assert str(caught.value) == (
        "the API describes no record: it refers to https://elsewhere.example/x.json; put it beside the document"
    )


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/A"},
        {"allOf": [{"$ref": "#/components/schemas/A"}]},
        {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]},
        {"type": "array", "items": {"$ref": "#/components/schemas/A"}},
    ],
)
def test_a_schema_that_leads_to_itself_ends(schema: Json) -> None:
    good = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A"}}}
    document = {"components": {"schemas": {"A": schema, "Good": good}}, "paths": {"/a": answer(schema)}}

    assert list(read(document).records) == ["Good"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"{", "not one complete JSON document"),
        (b"[]", "no schema of an object"),
        (b"{}", "no schema of an object"),
        (b'{"components": {"schemas": []}, "paths": 7}', "no schema of an object"),
        (b"[" * 100_000, "not one complete JSON document"),
        (b'{"definitions": {"A": {"properties": {"a": {"$ref": "b.json"}}}}}', "not one complete JSON document"),
    ],
)
def test_what_is_no_such_document_is_refused_with_its_reason(body: bytes, why: str) -> None:
    with pytest.raises(Unintelligible, match=f"the API .*{why}"):
        schema_of("api.json", body, origin="the API", beside=lambda _: ("b.json", b"{"))


@pytest.mark.parametrize(
    "odd",
    [
        {"type": 7},
        {"type": ["string", "integer"]},
        {"type": "string", "maxLength": "ten"},
        {"type": "string", "maxLength": True},
        {"type": "number", "multipleOf": 0},
        {"type": "number", "multipleOf": 0.05},
        {"type": "array", "items": True},
        {"type": "array"},
        {"enum": "A"},
        {"$ref": 7},
        {"$ref": "#/components/schemas/Gone"},
        {"properties": []},
        {"allOf": "x"},
        {"allOf": [7]},
        True,
        None,
    ],
)
def test_a_property_that_says_nonsense_says_nothing(odd: object) -> None:
    schema = read({"definitions": {"A": {"properties": {"odd": odd, "good": {"type": "string"}}, "required": "odd"}}})
    column = columns(schema.records["A"])["odd"]

    assert (column.length, column.scale, column.codes, column.of) == (None, None, None, None)


def test_schemas_that_are_put_together_too_deeply_are_refused() -> None:
    chain: dict[str, Json] = {f"A{n}": {"$ref": f"#/definitions/A{n + 1}"} for n in range(2000)}
    with pytest.raises(Unintelligible, match="the API cannot be used: its schemas are put together too deeply"):
        read({"definitions": chain})
