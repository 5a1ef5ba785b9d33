"""What an OData V2 service declares: entity sets, their properties, and how one leads to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"
"""A value as it stands in a JSON body; no floats, because SAP sends its decimals as text."""

EdmType = Literal["Edm.String", "Edm.Boolean", "Edm.Decimal", "Edm.DateTime", "Edm.DateTimeOffset"]


@dataclass(frozen=True)
class Property:
    """One declared property; *alpha* is the field's width if it undergoes ALPHA conversion.

    One that is the system's *own* is kept by it: what a client sends for it is ignored, and nobody is told.
    """

    name: str
    edm: EdmType
    label: str
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    key: bool = False
    nullable: bool = True
    alpha: int | None = None
    filterable: bool = True
    concurrency: bool = False
    own: bool = False


@dataclass(frozen=True)
class Navigation:
    """A way from one entity to the entities of the set *target*."""

    name: str
    target: str
    many: bool


@dataclass(frozen=True)
class EntitySet:
    """One entity set; its type carries the same name and ``Type`` behind it."""

    name: str
    properties: tuple[Property, ...]
    navigations: tuple[Navigation, ...] = ()
    creatable: bool = False
    deletable: bool = False

    @property
    def keys(self) -> tuple[Property, ...]:
        """The key properties in their declared order."""
        return tuple(declared for declared in self.properties if declared.key)

    def property(self, name: str) -> Property | None:
        """Look a property up; None if the type has no such one."""
        return next((declared for declared in self.properties if declared.name == name), None)

    def navigation(self, name: str) -> Navigation | None:
        """Look a navigation up; None if the type has no such one."""
        return next((declared for declared in self.navigations if declared.name == name), None)


@dataclass(frozen=True)
class Service:
    """One service below ``/sap/opu/odata/sap/``."""

    name: str
    sets: tuple[EntitySet, ...]

    @property
    def path(self) -> str:
        """The service's path on any host, with the slash at its end."""
        return f"/sap/opu/odata/sap/{self.name}/"

    def set(self, name: str) -> EntitySet | None:
        """Look an entity set up; None if the service has no such one."""
        return next((declared for declared in self.sets if declared.name == name), None)


@dataclass(eq=False)
class Entity:
    """One stored entity.

    *values* holds what is sent for each property; a property that is not in it is not sent at all. *withheld* names
    the navigations whose entities are never put inline, whatever is asked.
    """

    kind: EntitySet
    values: dict[str, Json]
    links: dict[str, list[Entity]] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    version: int = 1

    def linked(self, navigation: Navigation) -> list[Entity]:
        """Give the entities that *navigation* leads to, none or one of them for a navigation to one."""
        return self.links.get(navigation.name, [])

    @property
    def etag(self) -> str:
        """The version as an opaque weak tag, its inner quotes included."""
        return f"W/\"'{self.version:04d}'\""

    @property
    def predicate(self) -> str:
        """The key as it stands in an address, with brackets, not yet percent-encoded."""
        parts = [
            (declared.name, str(self.values.get(declared.name, "")).replace("'", "''")) for declared in self.kind.keys
        ]
        if len(parts) == 1:
            return f"('{parts[0][1]}')"
        return "(" + ",".join(f"{name}='{value}'" for name, value in parts) + ")"


def text(
    name: str,
    length: int,
    label: str,
    *,
    key: bool = False,
    nullable: bool = True,
    alpha: bool = False,
    filterable: bool = True,
    own: bool = False,
) -> Property:
    """Declare a text of at most *length* characters; *alpha* pads it with zeros inside the system."""
    return Property(
        name,
        "Edm.String",
        label,
        length=length,
        key=key,
        nullable=nullable and not key,
        alpha=length if alpha else None,
        filterable=filterable,
        own=own,
    )


def flag(name: str, label: str) -> Property:
    """Declare a boolean, which is never null."""
    return Property(name, "Edm.Boolean", label, nullable=False)


def number(
    name: str, precision: int, scale: int, label: str, *, filterable: bool = True, own: bool = False
) -> Property:
    """Declare a decimal, which is never null."""
    return Property(
        name,
        "Edm.Decimal",
        label,
        precision=precision,
        scale=scale,
        nullable=False,
        filterable=filterable,
        own=own,
    )


def day(name: str, label: str, *, nullable: bool = True) -> Property:
    """Declare a calendar day, which V2 can only carry as midnight of a date and time."""
    return Property(name, "Edm.DateTime", label, precision=0, nullable=nullable)


def instant(name: str, label: str, *, concurrency: bool = False) -> Property:
    """Declare a point in time."""
    return Property(name, "Edm.DateTimeOffset", label, precision=7, nullable=False, concurrency=concurrency)
