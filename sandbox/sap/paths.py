"""Property paths such as ``to_Supplier/PurchasingIsBlocked``, checked against the declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.sap.edm import Comparable, comparable
from sandbox.sap.errors import bad_request
from sandbox.sap.model import Entity, EntitySet, Navigation, Property, Service


@dataclass(frozen=True)
class PropertyPath:
    """A checked way from an entity to one of its, or of its single neighbours', properties."""

    declared: Property
    value: Callable[[Entity], Comparable]


def property_path(service: Service, kind: EntitySet, path: str) -> PropertyPath:
    """Check *path* from *kind*.

    Raises:
        GatewayError: an unknown name, a way through a collection, or a property that may not be filtered or sorted.
    """
    *steps, name = path.split("/")
    ways: list[Navigation] = []
    for step in steps:
        navigation = kind.navigation(step)
        if navigation is None or navigation.many:
            raise bad_request(f"Property {step} not found in type {kind.name}Type", step)
        ways.append(navigation)
        kind = target(service, navigation)
    declared = kind.property(name)
    if declared is None:
        raise bad_request(f"Property {name} not found in type {kind.name}Type", name)
    if not declared.filterable:
        raise bad_request(f"Property {name} cannot be used for filtering or sorting", name)
    return PropertyPath(declared, _getter(tuple(ways), declared))


def target(service: Service, navigation: Navigation) -> EntitySet:
    """Give the set that *navigation* leads to."""
    found = service.set(navigation.target)
    if found is None:
        raise LookupError(f"{service.name} declares {navigation.name} but not {navigation.target}")
    return found


def _getter(ways: tuple[Navigation, ...], declared: Property) -> Callable[[Entity], Comparable]:
    def value(entity: Entity) -> Comparable:
        for way in ways:
            linked = entity.linked(way)
            if not linked:
                return None
            entity = linked[0]
        return comparable(declared, entity.values.get(declared.name))

    return value
