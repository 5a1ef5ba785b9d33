"""The body of a write, checked against the declaration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from sandbox.sap.errors import bad_request
from sandbox.sap.model import EntitySet, Json, Property


def sent(body: bytes) -> dict[str, Json]:
    """Read the object that was sent, in its envelope or without.

    Raises:
        GatewayError: it is none.
    """
    try:
        found = json.loads(body)
    except ValueError:
        raise bad_request("The request body is not JSON") from None
    if isinstance(found, dict) and set(found) == {"d"}:
        found = found["d"]
    if not isinstance(found, dict):
        raise bad_request("The request body is not an object")
    return found


def changes(kind: EntitySet, body: bytes) -> dict[str, Json]:
    """Read the properties that are to be changed; what the system keeps itself is left out without a word.

    Raises:
        GatewayError: a property that cannot be changed, or a value that is not of its type.
    """
    found = properties(kind, sent(body))
    for declared in kind.keys:
        if declared.name in found:
            raise bad_request(f"Property {declared.name} cannot be changed", declared.name)
    return found


def properties(kind: EntitySet, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Check the values of properties.

    Raises:
        GatewayError: the set has no such property, or the value is not of its type.
    """
    found: dict[str, Json] = {}
    for name, value in fields.items():
        if name == "__metadata":
            continue
        declared = kind.property(name)
        if declared is None:
            raise bad_request(f"Property {name} cannot be changed", name)
        _fits(declared, value)
        if not declared.own:
            found[name] = value
    return found


def _fits(declared: Property, value: Json) -> None:
    name = declared.name
    if value is None and not declared.nullable:
        raise bad_request(f"Property {name} must not be null", name)
    if value is not None and isinstance(value, bool) is not (declared.edm == "Edm.Boolean"):
        raise bad_request(f"Property {name} has a value that is not of type {declared.edm}", name)
    if not isinstance(value, bool | str | None):
        raise bad_request(f"Property {name} has a value that is not of type {declared.edm}", name)
    if isinstance(value, str) and declared.length is not None and len(value) > declared.length:
        raise bad_request(f"Property {name} has a value of more than {declared.length} characters", name)


def inner(fields: Mapping[str, Json], navigation: str) -> list[Mapping[str, Json]]:
    """Give the entities that were sent inline under *navigation*.

    Raises:
        GatewayError: they do not stand in a list.
    """
    raw = fields.get(navigation, [])
    found = raw.get("results") if isinstance(raw, Mapping) else raw
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise bad_request(f"Navigation property {navigation} has a value that is not a list", navigation)
    return cast("list[Mapping[str, Json]]", found)


def without_inner(kind: EntitySet, fields: Mapping[str, Json]) -> dict[str, Json]:
    """Give the properties alone of what was sent."""
    ways = {navigation.name for navigation in kind.navigations}
    return {name: value for name, value in fields.items() if name not in ways}
