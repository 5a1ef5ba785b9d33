"""What the vendor owes us, told by a mapping: each column, what is made of it, and how it must stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import TypeVar

from attrs import evolve, frozen

from acl.engine.fields import Field, Scalar
from acl.engine.gathered import Gathered
from acl.engine.mapping import Mapping
from acl.engine.nested import Many, Only
from acl.engine.parts import Part
from acl.engine.provenance import Provenance
from acl.engine.rows import EachRow, OverRows
from contracts.source.owed import ANYTHING, Facets, OwedColumn, SourceContract, Use

T = TypeVar("T")
Place = Callable[[str], Sequence[tuple[str, str]]]
"""Leads from a column of a mapping to where it really stands: records, and the path in each."""


def source_contract(
    mapping: Mapping[T],
    *,
    kind: str,
    port: str,
    place: Place | None = None,
    beside: Sequence[OwedColumn] = (),
    writes: bool = False,
    by_name: bool = True,
) -> SourceContract:
    """Say what *port* on a system of *kind* relies on, read through *mapping*.

    *place* is for systems whose columns stand elsewhere than in the mapping's record under their own names. *beside*
    are columns that only decide which records count. *writes* says that the system writes through the mapping, which
    needs every column that is not read only.
    """

    def stands(column: str) -> Sequence[tuple[str, str]]:
        return [(mapping.record, column)]

    found: dict[tuple[str, str], OwedColumn] = {}
    for claim in _claims(mapping.root, _Way()):
        for record, path in (place or stands)(claim.column):
            use = claim.use(writes=writes)
            _put(found, OwedColumn(record=record, path=path, fields=(claim.field,), use=use, facets=claim.facets))
    for owed in beside:
        _put(found, owed)
    return SourceContract(kind=kind, port=port, columns=tuple(found.values()), by_name=by_name)


def _put(found: dict[tuple[str, str], OwedColumn], owed: OwedColumn) -> None:
    known = found.setdefault((owed.record, owed.path), owed)
    if known is not owed:
        found[owed.record, owed.path] = evolve(
            known,
            fields=tuple(dict.fromkeys((*known.fields, *owed.fields))),
            use=max(known.use, owed.use),
            facets=_both(known.facets, owed.facets),
        )


@frozen
class _Claim:
    """One attribute's claim on one column."""

    field: str
    column: str
    facets: Facets
    optional: bool
    read_only: bool

    def use(self, *, writes: bool) -> Use:
        if writes and not self.read_only:
            return Use.WRITE
        return Use.OPTIONAL_READ if self.optional else Use.READ


@frozen
class _Way:
    """Where in the domain and in the record the walk is, and what it knows by then."""

    path: str = ""
    prefix: str = ""
    optional: bool = False
    read_only: bool = False

    def at(self, name: str) -> _Way:
        dot = "." if self.path != "" and not name.startswith("[") else ""
        return evolve(self, path=f"{self.path}{dot}{name}")

    def inside(self, column: str) -> _Way:
        return evolve(self, prefix=f"{self.prefix}{column}/")

    def through(self, field: Field) -> _Way:
        optional, read_only = field.optional, field.read_only is not None
        return evolve(self, optional=self.optional or optional, read_only=self.read_only or read_only)


def _claims(field: Field, before: _Way) -> Iterator[_Claim]:
    way = before.through(field)
    if isinstance(field, Scalar | OverRows):
        stated = field.codec.facets
        understood = None in field.codec.absent and way.optional
        for place, column in enumerate(field.columns):
            each = stated[place if len(stated) > 1 else 0]
            nullable = understood if each.nullable is None else each.nullable
            yield from _claimed(way, column, evolve(each, nullable=nullable))
    elif isinstance(field, Provenance):
        for column in field.columns:
            yield from _claimed(way, column, ANYTHING)
    for inner, further in _within(field, way):
        yield from _claims(inner, further)


def _claimed(way: _Way, column: str, facets: Facets) -> Iterator[_Claim]:
    path = f"{way.prefix}{column}"
    yield _Claim(way.path, path, evolve(facets, inside=()), way.optional, way.read_only)
    for inner in facets.inside:
        yield _Claim(way.path, f"{path}/{inner}", ANYTHING, way.optional, read_only=True)


def _within(field: Field, way: _Way) -> Iterator[tuple[Field, _Way]]:
    """Give the fields that a field is made of, and where each of them stands."""
    match field:
        case Part():
            yield from ((part, way.at(name)) for name, part in field.parts.items())
        case Gathered():
            yield from ((member, way.at(f"[{index}]")) for index, member in enumerate(field.members))
        case Many():
            yield field.item, way.at("[]").inside(field.column)
        case EachRow():
            yield field.item, way.at("[]")
        case Only():
            yield field.item, way.inside(field.column)


def _both(left: Facets, right: Facets) -> Facets:
    """Give what satisfies two attributes that are made of one column."""
    forms = [each.forms for each in (left, right) if each.forms]
    return Facets(
        forms=tuple(form for form in forms[0] if all(form in others for others in forms)) if forms else (),
        nullable=left.nullable is not False and right.nullable is not False,
        length=_most(left.length, right.length),
        scale=_most(left.scale, right.scale),
        exact=left.exact or right.exact,
        codes=_shared([each.codes for each in (left, right) if each.codes is not None]),
    )


def _most(left: int | None, right: int | None) -> int | None:
    return max((each for each in (left, right) if each is not None), default=None)


def _shared(codes: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    if len(codes) == 0:
        return None
    return reduce(lambda known, more: tuple(code for code in known if code in more), codes)
