"""The verbose JSON of OData V2: entities with their metadata, what is expanded and what is deferred."""

from __future__ import annotations

from urllib.parse import quote

from sandbox.sap.model import Entity, EntitySet, Json, Service
from sandbox.sap.query import Shape

INTERNAL_HOST = "http://sapdev01.internal:8000"
"""What the system takes itself for: every address in a body starts with it, whatever host was asked."""


def address(service: Service, entity: Entity) -> str:
    """Give the entity's own address, on the internal host."""
    predicate = quote(entity.predicate, safe="()',=")
    return f"{INTERNAL_HOST}{service.path}{entity.kind.name}{predicate}"


def entity_json(service: Service, entity: Entity, shape: Shape) -> dict[str, Json]:
    """Write one entity in *shape*."""
    own = address(service, entity)
    metadata = {"id": own, "uri": own, "type": f"{service.name}.{entity.kind.name}Type", "etag": entity.etag}
    written: dict[str, Json] = {"__metadata": metadata}
    wanted = entity.values.keys() if shape.properties is None else shape.properties
    written.update({name: value for name, value in entity.values.items() if name in wanted})
    for navigation in entity.kind.navigations:
        name = navigation.name
        if shape.navigations is not None and name not in shape.navigations:
            continue
        inner = shape.inline.get(name)
        if inner is None or name in entity.withheld:
            written[name] = deferred(service, entity, name)
            continue
        below = [entity_json(service, linked, inner) for linked in entity.linked(navigation)]
        if navigation.many:
            written[name] = {"results": below}
        else:
            written[name] = below[0] if below else None
    return written


def deferred(service: Service, entity: Entity, navigation: str) -> Json:
    """Write a navigation that is not put inline."""
    return {"__deferred": {"uri": f"{address(service, entity)}/{navigation}"}}


def set_names(sets: tuple[EntitySet, ...]) -> Json:
    """Write the service document."""
    return {"EntitySets": [declared.name for declared in sets]}
