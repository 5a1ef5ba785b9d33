"""What a change of a JSON Schema breaks, and for whom.

Two schemas are compared place by place, with references followed. Objects, lists, lists of values, null and the usual
limits are understood; a difference in any other word that restricts values counts as an exchanged limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import cast

from attrs import evolve, frozen

from contracts.published.alternatives import Alternative, alternatives
from contracts.published.changes import Change, Difference, Role
from contracts.published.limits import changed_limits
from contracts.published.schemas import Schema

_PARTS = frozenset({"properties", "required", "items"})


def breaks(old: Schema, new: Schema, role: Role) -> tuple[Difference, ...]:
    """Give what breaks whoever has the *role* and relied on *old*, now that *new* holds; empty if nothing does.

    Raises:
        ValueError: a reference leads out of a schema, or stands where schemas are not compared.
    """
    return tuple(each for each in differences(old, new) if role.is_broken_by(each.change))


def differences(old: Schema, new: Schema) -> tuple[Difference, ...]:
    """Give all that changed from *old* to *new*, whomever it breaks; words that restrict nothing are not compared."""
    return tuple(_Comparison(old, new, frozenset()).of(old, new, ""))


@frozen
class _Comparison:
    """Two documents under comparison; *open* holds the pairs of definitions inside of which we are."""

    old: Schema
    new: Schema
    open: frozenset[tuple[str, str]]

    def of(self, old: object, new: object, path: str) -> Iterator[Difference]:
        befores, afters = list(alternatives(old, self.old)), list(alternatives(new, self.new))
        yield from _types(befores, afters, path)
        for before, after in _pairs(befores, afters):
            yield from self._alternative(before, after, path)
        for lost in befores:
            yield Difference(path, Change.TYPE_NARROWED, _told(lost))
        for gained in afters:
            yield Difference(path, Change.TYPE_WIDENED, _told(gained))

    def _alternative(self, old: Alternative, new: Alternative, path: str) -> Iterator[Difference]:
        inside = self
        if old.ref is not None and new.ref is not None:
            if (old.ref, new.ref) in self.open:
                return
            inside = evolve(self, open=self.open | {(old.ref, new.ref)})
        yield from _values(old, new, path)
        for change, detail in changed_limits(_limits(old), _limits(new)):
            yield Difference(path, change, detail)
        yield from inside._fields(old, new, path)
        if "items" in old.words or "items" in new.words:
            yield from inside.of(old.words.get("items", {}), new.words.get("items", {}), f"{path}[]")

    def _fields(self, old: Alternative, new: Alternative, path: str) -> Iterator[Difference]:
        before, after = _properties(old), _properties(new)
        needed, needs = _required(old), _required(new)
        for name in dict.fromkeys([*before, *after]):
            place = f"{path}.{name}".removeprefix(".")
            if name not in after:
                yield Difference(place, Change.FIELD_REMOVED, "")
            elif name not in before:
                if name in needs:
                    yield Difference(place, Change.FIELD_REQUIRED, "")
                if old.words.get("additionalProperties") is False:
                    yield Difference(place, Change.LOOSENED, "the object was closed, and the field is new")
            else:
                if (name in needed) is not (name in needs):
                    yield Difference(place, Change.MADE_OPTIONAL if name in needed else Change.MADE_REQUIRED, "")
                yield from self.of(before[name], after[name], place)


def _types(befores: list[Alternative], afters: list[Alternative], path: str) -> Iterator[Difference]:
    """Tell which types came and went, and leave only alternatives of types that are in both."""
    old, new = {each.kind for each in befores}, {each.kind for each in afters}
    if ("null" in old) is not ("null" in new):
        yield Difference(path, Change.NULL_REMOVED if "null" in old else Change.NULL_ADDED, "")
    lost, gained = sorted(old - new - {"null"}), sorted(new - old - {"null"})
    if lost or gained:
        told = f"was {_listed(old)}, is {_listed(new)}"
        yield Difference(path, _type_change(lost, gained), told)
    befores[:] = [each for each in befores if _family(each.kind) in map(_family, new)]
    afters[:] = [each for each in afters if _family(each.kind) in map(_family, old)]


def _family(kind: str) -> str:
    """Take whole numbers for numbers, so that their limits are compared too."""
    return "number" if kind == "integer" else kind


def _type_change(lost: Sequence[str], gained: Sequence[str]) -> Change:
    if not lost or gained == ["any"] or (lost, gained) == (["integer"], ["number"]):
        return Change.TYPE_WIDENED
    if not gained or lost == ["any"] or (lost, gained) == (["number"], ["integer"]):
        return Change.TYPE_NARROWED
    return Change.TYPE_CHANGED


def _pairs(befores: list[Alternative], afters: list[Alternative]) -> list[tuple[Alternative, Alternative]]:
    """Pair what is the same, then what is alike, then what is of one type; who finds nobody stays in the lists."""
    paired = []
    for alike in (lambda a, b: a == b, lambda a, b: a.likeness == b.likeness, lambda a, b: True):
        for before in list(befores):
            same = [each for each in afters if _family(each.kind) == _family(before.kind)]
            after = next((each for each in same if alike(before, each)), None)
            if after is not None:
                paired.append((before, after))
                befores.remove(before)
                afters.remove(after)
    return paired


def _values(old: Alternative, new: Alternative, path: str) -> Iterator[Difference]:
    if new.values is None:
        if old.values is not None and not old.grows:
            yield Difference(path, Change.LIST_OPENED, "there is no list any more")
        return
    if old.values is None:
        if not new.grows:
            yield Difference(path, Change.TIGHTENED, f"only {_written(new.values)} may stand there")
        return
    was, now = (list(map(_json, each)) for each in (old.values, new.values))
    for gone in (each for each in was if each not in now):
        yield Difference(path, Change.VALUE_REMOVED, gone)
    if old.grows is not new.grows:
        yield Difference(path, Change.LIST_CLOSED if old.grows else Change.LIST_OPENED, "")
    elif not old.grows:
        for come in (each for each in now if each not in was):
            yield Difference(path, Change.VALUE_ADDED, come)


def _properties(side: Alternative) -> Schema:
    """Give the schemas of the fields; one that is required and not described may hold anything."""
    return {**dict.fromkeys(_required(side), True), **cast("Schema", side.words.get("properties", {}))}


def _required(side: Alternative) -> list[str]:
    return cast("list[str]", side.words.get("required", []))


def _limits(side: Alternative) -> Schema:
    limits = {word: limit for word, limit in side.words.items() if word not in _PARTS}
    for word, limit in limits.items():
        if '"$ref":' in _json(limit):
            raise ValueError(f"under {word} stands a reference, and what it leads to cannot be compared")
    return limits


def _told(side: Alternative) -> str:
    if side.values is not None:
        return f"{side.kind} {_written(side.values)}"
    form = side.words.get("format")
    return side.kind if form is None else f"{side.kind} of the form {form}"


def _listed(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds))


def _written(values: Sequence[object]) -> str:
    return ", ".join(map(_json, values))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
