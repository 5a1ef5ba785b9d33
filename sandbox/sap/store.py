"""What one service holds in memory: every entity set, and each entity by its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from sandbox.sap.edm import alpha
from sandbox.sap.model import Entity, EntitySet, Json, Service

Key = tuple[str, ...]


class Store:
    """The entities of one service, made from *roots* and all that they lead to."""

    def __init__(self, service: Service, roots: Iterable[Entity]) -> None:
        self.service = service
        self._sets: dict[str, dict[Key, Entity]] = {declared.name: {} for declared in service.sets}
        self._roots: dict[int, Entity] = {}
        self._undo: list[Callable[[], object]] = []
        for root in sorted(roots, key=lambda root: key_of(root.kind, root.values)):
            self._add(root, root)
        self._undo.clear()

    def entities(self, kind: EntitySet) -> list[Entity]:
        """Give a whole set, roots in the order of their keys."""
        return list(self._sets[kind.name].values())

    def find(self, kind: EntitySet, key: Mapping[str, str]) -> Entity | None:
        """Look an entity up by its key, spelt with or without leading zeros."""
        return self._sets[kind.name].get(key_of(kind, key))

    def root(self, entity: Entity) -> Entity:
        """Give the document that an entity belongs to."""
        return self._roots[id(entity)]

    @contextmanager
    def unit_of_work(self) -> Iterator[None]:
        """Take everything back that was written inside, if it ends in an error."""
        self._undo.clear()
        try:
            yield
        except BaseException:  # whatever ends it, an interruption too, half of it may not stay
            while self._undo:
                self._undo.pop()()
            raise

    def change(self, entity: Entity, values: Mapping[str, Json]) -> None:
        """Put new *values* into an entity; it and the document that it belongs to become another version."""
        before = entity.values
        self._undo.append(lambda: setattr(entity, "values", before))
        entity.values = {**before, **values}
        for changed in {id(touched): touched for touched in (entity, self.root(entity))}.values():
            self._touch(changed)

    def add(self, entity: Entity, *, below: Entity | None = None, by: str = "") -> None:
        """Put a new entity in, with all that it leads to; *below* another one if it is reached *by* a navigation."""
        self._add(entity, entity if below is None else self.root(below))
        if below is not None:
            siblings = below.links.setdefault(by, [])
            siblings.append(entity)
            self._undo.append(lambda: siblings.remove(entity))
            self._touch(self.root(below))

    def remove(self, entity: Entity) -> None:
        """Take an entity out of its document."""
        root, key = self.root(entity), key_of(entity.kind, entity.values)
        del self._sets[entity.kind.name][key]
        self._undo.append(lambda: self._sets[entity.kind.name].__setitem__(key, entity))
        for siblings in _lists(root):
            if entity in siblings:
                place = siblings.index(entity)
                siblings.remove(entity)
                self._undo.append(partial(siblings.insert, place, entity))
        self._touch(root)

    def _touch(self, entity: Entity) -> None:
        version = entity.version
        self._undo.append(lambda: setattr(entity, "version", version))
        entity.version += 1

    def _add(self, entity: Entity, root: Entity) -> None:
        key = key_of(entity.kind, entity.values)
        known = self._sets[entity.kind.name]
        known[key] = entity
        self._undo.append(lambda: known.pop(key))
        self._roots[id(entity)] = root
        for linked in entity.links.values():
            for below in linked:
                self._add(below, root)


def _lists(entity: Entity) -> Iterator[list[Entity]]:
    for linked in entity.links.values():
        yield linked
        for below in linked:
            yield from _lists(below)


def key_of(kind: EntitySet, values: Mapping[str, object]) -> Key:
    """Give the key as the system stores it, padded where the field is."""
    return tuple(
        str(values[declared.name]) if declared.alpha is None else alpha(str(values[declared.name]), declared.alpha)
        for declared in kind.keys
    )
