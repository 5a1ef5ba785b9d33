"""What one service holds in memory: every entity set, and each entity by its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sandbox.sap.edm import alpha
from sandbox.sap.model import Entity, EntitySet, Json, Service

Key = tuple[str, ...]


class Store:
    """The entities of one service, made from *roots* and all that they lead to."""

    def __init__(self, service: Service, roots: Iterable[Entity]) -> None:
        self.service = service
        self._sets: dict[str, dict[Key, Entity]] = {declared.name: {} for declared in service.sets}
        self._roots: dict[int, Entity] = {}
        for root in sorted(roots, key=lambda root: key_of(root.kind, root.values)):
            self._add(root, root)

    def entities(self, kind: EntitySet) -> list[Entity]:
        """Give a whole set, roots in the order of their keys."""
        return list(self._sets[kind.name].values())

    def find(self, kind: EntitySet, key: Mapping[str, str]) -> Entity | None:
        """Look an entity up by its key, spelt with or without leading zeros."""
        return self._sets[kind.name].get(key_of(kind, key))

    def change(self, entity: Entity, values: Mapping[str, Json]) -> None:
        """Put new *values* into an entity; it and the document that it belongs to become another version."""
        entity.values = {**entity.values, **values}
        for changed in {id(touched): touched for touched in (entity, self._roots[id(entity)])}.values():
            changed.version += 1

    def _add(self, entity: Entity, root: Entity) -> None:
        self._sets[entity.kind.name][key_of(entity.kind, entity.values)] = entity
        self._roots[id(entity)] = root
        for linked in entity.links.values():
            for below in linked:
                self._add(below, root)


def key_of(kind: EntitySet, values: Mapping[str, object]) -> Key:
    """Give the key as the system stores it, padded where the field is."""
    return tuple(
        str(values[declared.name]) if declared.alpha is None else alpha(str(values[declared.name]), declared.alpha)
        for declared in kind.keys
    )
