"""From the path of an address to what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.sap.errors import GatewayError, bad_request
from sandbox.sap.model import Entity, EntitySet
from sandbox.sap.paths import target
from sandbox.sap.store import Store

_SEGMENT = re.compile(r"(?P<name>\w+)(?:\((?P<key>.*)\))?", re.ASCII | re.DOTALL)
_KEY_PART = re.compile(r"\s*(?:(?P<name>\w+)\s*=\s*)?'(?P<value>(?:[^']|'')*)'\s*(?:,|$)", re.ASCII)


@dataclass(frozen=True)
class Resource:
    """Entities of one set; *one* says that the address means a single entity, which may not be there."""

    kind: EntitySet
    entities: list[Entity]
    one: bool


def resolve(store: Store, segments: Sequence[str]) -> Resource:
    """Follow decoded path segments from an entity set.

    Raises:
        GatewayError: an unknown name, an unreadable key, or nothing of that key (404).
    """
    resource: Resource | None = None
    for segment in segments:
        match = _SEGMENT.fullmatch(segment)
        if match is None:
            raise _not_found(segment)
        resource = _first(store, match["name"]) if resource is None else _next(store, resource, match["name"])
        if match["key"] is not None:
            resource = _keyed(store, resource, match["key"])
        if resource.one and not resource.entities:
            raise GatewayError(404, "/IWBEP/CM_MGW_RT/020", f"Resource not found for segment '{match['name']}'")
    if resource is None:
        raise _not_found("")
    return resource


def _not_found(segment: str) -> GatewayError:
    return GatewayError(404, "/IWFND/CM_BEC/026", f"Resource not found for segment '{segment}'")


def _first(store: Store, name: str) -> Resource:
    kind = store.service.set(name)
    if kind is None:
        raise _not_found(name)
    return Resource(kind, store.entities(kind), one=False)


def _next(store: Store, resource: Resource, name: str) -> Resource:
    navigation = resource.kind.navigation(name)
    if navigation is None or not resource.one:
        raise _not_found(name)
    linked = resource.entities[0].linked(navigation)
    return Resource(target(store.service, navigation), linked, one=not navigation.many)


def _keyed(store: Store, resource: Resource, source: str) -> Resource:
    if resource.one:
        raise bad_request("A key is given for a single entity")
    found = store.find(resource.kind, _key(resource.kind, source))
    return Resource(resource.kind, [found] if found in resource.entities else [], one=True)


def _key(kind: EntitySet, source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(source) or not found:
        match = _KEY_PART.match(source, at)
        if match is None:
            raise bad_request("Malformed URI: invalid key predicate")
        name = kind.keys[0].name if match["name"] is None and len(kind.keys) == 1 else match["name"]
        if name is None or name in found:
            raise bad_request("Malformed URI: invalid key predicate")
        found[name] = match["value"].replace("''", "'")
        at = match.end()
    if set(found) != {declared.name for declared in kind.keys}:
        raise bad_request("Malformed URI: the key predicate does not name exactly the key properties")
    return found
