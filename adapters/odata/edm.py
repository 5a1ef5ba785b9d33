"""What a service declares about its records: entity sets, properties, navigations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from ports.errors import Drifted


@frozen
class Property:
    """One property; *edm* is its type as the vendor writes it, such as ``Edm.DateTime``."""

    name: str
    edm: str
    nullable: bool


@frozen
class Navigation:
    """A way to other records; *target* is the qualified name of their type."""

    name: str
    target: str
    many: bool


@frozen
class EntityType:
    """The form of the records of a set; *keys* name the properties of the key, in their order."""

    name: str
    keys: tuple[str, ...]
    properties: Mapping[str, Property]
    navigations: Mapping[str, Navigation]


@frozen
class Metadata:
    """One service's declaration; *sets* leads from the name of a set to that of its type."""

    types: Mapping[str, EntityType]
    sets: Mapping[str, str]

    def entity_type(self, entity_set: str) -> EntityType:
        """Give the form of the records of a set.

        Raises:
            Drifted: the service has no such set.
        """
        if entity_set not in self.sets:
            raise Drifted(f"the service's $metadata has no entity set {entity_set}; compare the mapping with it")
        return self.types[self.sets[entity_set]]

    def property(self, entity_set: str, path: str) -> Property:
        """Give the property of one record at *path*, such as ``to_Supplier/SupplierName``.

        Raises:
            Drifted: no such property, or the way to it leads through a list.
        """
        *steps, name = path.split("/")
        kind, many = self._walked(entity_set, steps)
        if many is not None:
            raise Drifted(f"{entity_set}: {many} is a list, and OData V2 cannot compare {path} in one")
        if name not in kind.properties:
            raise Drifted(f"{entity_set}: the service's $metadata has no property {path}; compare the mapping with it")
        return kind.properties[name]

    def navigation_of(self, entity_set: str, path: str) -> str:
        """Give that part of *path* which leads through navigations; empty for a property of the record itself.

        Raises:
            Drifted: nothing of that name is there.
        """
        *steps, name = path.split("/")
        kind, _ = self._walked(entity_set, steps)
        if name in kind.navigations:
            return path
        if name not in kind.properties:
            raise Drifted(f"{entity_set}: the service's $metadata has no {path}; compare the mapping with it")
        return "/".join(steps)

    def _walked(self, entity_set: str, steps: Sequence[str]) -> tuple[EntityType, str | None]:
        """Follow navigations; say where they end, and name the first that leads to a list."""
        kind = self.entity_type(entity_set)
        many: str | None = None
        for step in steps:
            way = kind.navigations.get(step)
            if way is None:
                raise Drifted(
                    f"{entity_set}: the service's $metadata has no navigation {'/'.join(steps)}; "
                    "compare the mapping with it"
                )
            if way.many and many is None:
                many = step
            kind = self.types[way.target]
        return kind, many
