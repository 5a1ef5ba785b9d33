"""The contracts as an OpenAPI 3.1 document: the reading paths that a service over the ports would offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from contracts.published.contract import Contract, Port, Version
from contracts.published.schemas import DIALECT, Schema, json_schema, query_schema
from ports.queries import asked_paths

_HEAD = ("$schema", "$id", "$defs")
_SIZE = {
    "name": "size",
    "in": "query",
    "description": "How many records a page has at most.",
    "schema": {"type": "integer", "minimum": 1, "default": 50},
}


def openapi(version: Version) -> Schema:
    """Give the document of *version*; every contract is a component under its own name."""
    components: Schema = {}
    paths: Schema = {}
    published = {each.of.__name__: each.name for each in version.contracts if isinstance(each.of, type)}
    for contract in version.contracts:
        schema = json_schema(version, contract)
        components |= cast("Schema", schema.get("$defs", {}))
        components[contract.name] = {name: value for name, value in schema.items() if name not in _HEAD}
        if contract.port is not None:
            asked = query_schema(version, contract.port.query)
            components |= cast("Schema", asked.pop("$defs", {}))
            paths |= _paths(version, contract, contract.port, cast("dict[str, Schema]", asked["properties"]))
    document = {
        "openapi": "3.1.1",
        "info": {"title": "Dragoman", "version": version.name, "summary": "The records of any ERP, in the same words."},
        "jsonSchemaDialect": DIALECT,
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {name: each for name, each in components.items() if name not in published}},
    }
    return cast("Schema", _moved(document, published))


def _paths(version: Version, contract: Contract, port: Port, asked: dict[str, Schema]) -> Schema:
    place = f"/{version.name}/{port.name.replace('_', '-')}"
    parameters = [_parameter(name, schema) for name, schema in asked.items()]
    for parameter, path in zip(parameters, asked_paths(port.query), strict=True):
        parameter["description"] = f"Asks about {path}. {parameter['description']}".strip()
    key = cast("dict[str, Schema]", json_schema(version, contract)["properties"])["id"]
    every = {"application/json": _component(port.page), "application/jsonl": _component(contract.name)}
    return {
        place: {
            "get": {
                "operationId": f"find_{port.name}",
                "summary": "Records that match all that is asked, in the order of their keys.",
                "description": "As JSON a page with its cursor; as JSON Lines all of them, one record a line.",
                "parameters": [*parameters, _SIZE],
                "responses": {"200": {"description": contract.meaning, "content": every}, **_failures("400")},
            }
        },
        f"{place}/{{id}}": {
            "get": {
                "operationId": f"get_{port.name}",
                "summary": "The one record of a key.",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": key}],
                "responses": {
                    "200": {
                        "description": contract.meaning,
                        "content": {"application/json": _component(contract.name)},
                    },
                    **_failures("404"),
                },
            }
        },
    }


def _parameter(name: str, schema: Schema) -> Schema:
    """Make a parameter of a query's field: what is left out is not asked, so that null is none of its values."""
    asked = [each for each in cast("list[Schema]", schema["anyOf"]) if each != {"type": "null"}]
    told: Schema = {"name": name, "in": "query", "description": str(schema.get("description", "")), "schema": asked[0]}
    if "$ref" in asked[0]:
        told |= {"style": "deepObject", "explode": True}
    return told


def _failures(expected: str) -> Schema:
    answer = {"description": "Why nothing came.", "content": {"application/json": _component("error")}}
    return {expected: answer, "default": answer}


def _component(name: str) -> Schema:
    return {"schema": {"$ref": f"#/$defs/{name}"}}


def _moved(value: object, published: Mapping[str, str]) -> object:
    """Lead the references of schemas to the components: a class that has a contract stands there under its name."""
    if isinstance(value, list):
        return [_moved(each, published) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _place(str(each), published) if name == "$ref" else _moved(each, published)
        for name, each in value.items()
    }


def _place(reference: str, published: Mapping[str, str]) -> str:
    name = reference.removeprefix("#/$defs/")
    return f"#/components/schemas/{published.get(name, name)}"
