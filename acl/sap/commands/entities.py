"""SAP's documents as the entities that they are made of: what is read whole is written entity by entity.

Source: SAP-WR-01 (no deep updates), SAP-HTTP-06, SAP-HTTP-08.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, TypeVar, cast

from attrs import field, frozen

from acl.commands import cannot
from acl.sap.codecs import RESULTS, SINGLE

A = TypeVar("A")
T = TypeVar("T")
Raw = Mapping[str, object]


@frozen(kw_only=True)
class EntityWrite:
    """One entity that is to be created, changed or deleted.

    *record* is the entity as it was read, ``None`` if it is to be created; *body* is what shall stand in it, ``None``
    if it is to be deleted. Its key stands in *keys*.
    """

    entity_set: str
    keys: tuple[str, ...] = ()
    record: Raw | None = None
    body: Raw | None = None


@frozen(kw_only=True)
class Part:
    """One kind of entity in a document.

    *below* are the kinds that it leads to, by navigation. One that is *single* stands alone behind its navigation.
    Several are told apart by *place*; where that is ``None`` they all say the same. A new one takes *inherits* from the
    entity above it, and begins with *starts*; without either, none is created.
    """

    entity_set: str
    keys: tuple[str, ...]
    below: Mapping[str, Part] = field(factory=dict)
    single: bool = False
    place: str | None = None
    inherits: tuple[str, ...] = ()
    starts: Mapping[str, str] = field(factory=dict)

    def columns(self, path: str = "") -> Iterator[str]:
        """Give the paths of all keys: without them nothing can be written."""
        yield from (path + key for key in self.keys)
        for way, part in self.below.items():
            yield from part.columns(f"{path}{way}/")

    def entities(self, raw: Raw, way: str) -> Sequence[Raw]:
        """Give what stands behind a navigation of *raw*."""
        envelope = SINGLE if self.below[way].single else RESULTS
        return cast("Sequence[Raw]", envelope.unwrap(raw[way]))

    def changed(self, raw: Raw, patch: Raw) -> Iterator[EntityWrite]:
        """Give what must be written so that *patch*, a part of a document, stands in the document *raw*.

        Raises:
            NotWritable: there is nothing that could be changed, and nothing is created here.
        """
        own = {column: value for column, value in patch.items() if column not in self.below and column != self.place}
        if own:
            yield EntityWrite(entity_set=self.entity_set, keys=self.keys, record=raw, body=own)
        for way in (each for each in self.below if each in patch):
            part, stored, wanted = self.below[way], self.entities(raw, way), self.entities(patch, way)
            if not wanted:
                yield from (part.deleted(each) for each in stored)
            for each in wanted:
                same = [it for it in stored if part.place is None or _alike(it[part.place], each[part.place])]
                for entity in same:
                    yield from part.changed(entity, each)
                if not same:
                    yield part.created(raw, each)

    def deleted(self, raw: Raw) -> EntityWrite:
        """Say that an entity is to be deleted."""
        return EntityWrite(entity_set=self.entity_set, keys=self.keys, record=raw)

    def created(self, above: Raw, body: Raw) -> EntityWrite:
        """Say that a new entity is to stand below *above*.

        Raises:
            NotWritable: none is created here.
        """
        if not self.inherits:
            raise cannot("", f"SAP has no {self.entity_set} there that could be changed")
        inherited = {column: above[column] for column in self.inherits}
        return EntityWrite(entity_set=self.entity_set, body={**inherited, **self.starts, **body})


def _alike(stored: object, wanted: object) -> bool:
    """Compare the numbers of two items, one of which may be filled with zeros (Source: SAP-ID-04)."""
    return str(stored).lstrip("0") == str(wanted).lstrip("0")


@frozen(kw_only=True)
class Stored(Generic[A]):
    """A document that stands in SAP: as it came, and what it means."""

    raw: Raw
    value: A
