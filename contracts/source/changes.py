"""What changed between two versions of what a vendor publishes, in the vendor's own words and without judging it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum
from typing import TypeVar

from attrs import evolve, frozen

from contracts.source.schema import Column, Record, Schema

T = TypeVar("T")


class ChangeKind(Enum):
    """What became different; the value is the word for people."""

    RECORD_REMOVED = "record removed"
    RECORD_RENAMED = "record renamed"
    RECORD_ADDED = "record added"
    KEY = "key"
    REFERENCE = "reference"
    REMOVED = "removed"
    RENAMED = "renamed"
    ADDED = "added"
    FORM = "type"
    NATIVE = "native type"
    LENGTH = "length"
    PRECISION = "precision"
    SCALE = "scale"
    NULLABLE = "null"
    CODES_ADDED = "codes added"
    CODES_REMOVED = "codes removed"
    MANY = "number"
    TARGET = "target"
    WRITING = "writing"
    MISSING = "never there"
    """No change, but what a mapping relies on and neither version has; `changes` never gives it."""


@frozen(kw_only=True)
class Change:
    """One difference: in *columns* of *record*, or in the record itself if there are none.

    *before* and *after* are the two values as people read them; ``None`` where there is none. What was renamed is a
    guess: something is gone, and something of the same make stands in its place.
    """

    kind: ChangeKind
    record: str
    columns: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None


_ALIKE = 0.6
"""How similar two names must be for one to be taken for the other's new one."""
_SHARED = 0.8
"""How many of their columns two records must share for the same."""


def changes(pinned: Schema, live: Schema) -> tuple[Change, ...]:
    """Tell what is different in *live*, record by record in the order of their names; none if they are equal.

    Names are compared as they stand, and what a vendor does not say is a value like any other.
    """
    gone = [record for name, record in pinned.records.items() if name not in live.records]
    new = [record for name, record in live.records.items() if name not in pinned.records]
    renamed = {old.name: found.name for old, found in _pairs(gone, new, _record_likeness)}
    added = [record.name for record in new if record.name not in renamed.values()]
    found = [Change(kind=ChangeKind.RECORD_ADDED, record=name, after=name) for name in added]
    for record in gone:
        heir = renamed.get(record.name)
        kind = ChangeKind.RECORD_REMOVED if heir is None else ChangeKind.RECORD_RENAMED
        found.append(Change(kind=kind, record=record.name, before=record.name, after=heir))
    for name in pinned.records.keys() & live.records.keys():
        found.extend(_record_changes(pinned.records[name], live.records[name]))
    return tuple(sorted(found, key=lambda change: change.record))


def _record_changes(was: Record, now: Record) -> Iterator[Change]:
    if was.key != now.key:
        concerned = tuple(dict.fromkeys((*was.key, *now.key)))
        yield Change(
            kind=ChangeKind.KEY, record=was.name, columns=concerned, before=_listed(was.key), after=_listed(now.key)
        )
    old, new = _references(was), _references(now)
    for columns in dict.fromkeys((*old, *new)):
        if old.get(columns) != new.get(columns):
            before, after = old.get(columns), new.get(columns)
            yield Change(kind=ChangeKind.REFERENCE, record=was.name, columns=columns, before=before, after=after)
    yield from _comings_and_goings(was, now)
    for column in was.columns:
        same = now.column(column.name)
        if same is not None:
            yield from column_changes(was.name, column, same)


def _references(record: Record) -> dict[tuple[str, ...], str]:
    told: dict[tuple[str, ...], set[str]] = {}
    for each in record.references:
        told.setdefault(each.columns, set()).add(f"{each.target} ({', '.join(each.target_columns)})")
    return {columns: " and ".join(sorted(targets)) for columns, targets in told.items()}


def _comings_and_goings(was: Record, now: Record) -> Iterator[Change]:
    gone = [column for column in was.columns if now.column(column.name) is None]
    new = [column for column in now.columns if was.column(column.name) is None]
    before, after = _neighbours(was), _neighbours(now)

    def likeness(old: Column, found: Column) -> float:
        if evolve(old, name=found.name) != found:
            return 0.0
        alike = _similarity(old.name, found.name)
        return alike if alike >= _ALIKE else _ALIKE / 2 * (before[old.name] == after[found.name])

    renamed = {old.name: found.name for old, found in _pairs(gone, new, likeness)}
    for column in gone:
        heir = renamed.get(column.name)
        kind = ChangeKind.REMOVED if heir is None else ChangeKind.RENAMED
        yield Change(kind=kind, record=was.name, columns=(column.name,), before=column.name, after=heir)
    for column in new:
        if column.name not in renamed.values():
            told = column.name if column.nullable is not False else f"{column.name}, never null"
            yield Change(kind=ChangeKind.ADDED, record=was.name, columns=(column.name,), after=told)


def _neighbours(record: Record) -> Mapping[str, tuple[str | None, str | None]]:
    names: list[str | None] = [None, *(column.name for column in record.columns), None]
    return {str(name): (names[place], names[place + 2]) for place, name in enumerate(names[1:-1])}


def column_changes(record: str, was: Column, now: Column) -> Iterator[Change]:
    """Tell what is different between two versions of one column, whatever it is called."""
    told: list[tuple[ChangeKind, str | None, str | None]] = []
    if was.form is not now.form:
        told.append((ChangeKind.FORM, _typed(was), _typed(now)))
    elif _word(was.native) != _word(now.native):
        told.append((ChangeKind.NATIVE, was.native, now.native))
    numbers = (
        (ChangeKind.LENGTH, was.length, now.length),
        (ChangeKind.PRECISION, was.precision, now.precision),
        (ChangeKind.SCALE, was.scale, now.scale),
    )
    told += [(kind, _said(old), _said(new)) for kind, old, new in numbers if old != new]
    if was.nullable != now.nullable:
        told.append((ChangeKind.NULLABLE, _NULL[was.nullable], _NULL[now.nullable]))
    told += _code_changes(was.codes, now.codes)
    if was.many != now.many:
        told.append((ChangeKind.MANY, _NUMBER[was.many], _NUMBER[now.many]))
    if was.of != now.of:
        told.append((ChangeKind.TARGET, was.of, now.of))
    once, since = (_WRITTEN[each.creatable, each.updatable] for each in (was, now))
    if once != since:
        told.append((ChangeKind.WRITING, once, since))
    for kind, before, after in told:
        yield Change(kind=kind, record=record, columns=(was.name,), before=before, after=after)


_NULL = {True: "may be null", False: "never null", None: "not said"}
_NUMBER = {True: "several", False: "one"}
_WRITTEN = {
    (True, True): "written", (True, False): "written once", (False, True): "written later", (False, False): "read only",
}  # fmt: skip
"""What a vendor takes when a record is made, and afterwards."""


def _word(native: str) -> str:
    """Leave out what a database says in parentheses: sizes and codes, which are compared by themselves."""
    return re.sub(r"\((?:\d|').*\)", "", native)


def _typed(column: Column) -> str:
    return f"{column.form.value} ({column.native})"


def _said(number: int | None) -> str:
    return "not said" if number is None else str(number)


def _code_changes(
    was: tuple[str, ...] | None, now: tuple[str, ...] | None
) -> list[tuple[ChangeKind, str | None, str | None]]:
    """Tell which codes came and went; a list that is opened may hold anything, one that is closed no longer does."""
    if was is None or now is None:
        kind = ChangeKind.CODES_ADDED if now is None else ChangeKind.CODES_REMOVED
        return [] if was == now else [(kind, _codes(was), _codes(now))]
    found = [
        (ChangeKind.CODES_ADDED, None, [code for code in now if code not in was]),
        (ChangeKind.CODES_REMOVED, [code for code in was if code not in now], None),
    ]
    return [
        (kind, None if gone is None else _listed(gone), None if new is None else _listed(new))
        for kind, gone, new in found
        if gone or new
    ]


def _codes(codes: tuple[str, ...] | None) -> str:
    return "any" if codes is None else _listed(codes)


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(texts) or "none"


def _pairs(gone: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float]) -> list[tuple[T, T]]:
    """Give each of *gone* the most similar of *new*, each at most once; where nothing is similar there is no pair."""
    scored = [(likeness(old, found), place, other) for place, old in enumerate(gone) for other, found in enumerate(new)]
    pairs: dict[int, int] = {}
    for score, place, other in sorted(scored, key=lambda each: (-each[0], each[1:])):
        if score > 0 and place not in pairs and other not in pairs.values():
            pairs[place] = other
    return [(gone[place], new[other]) for place, other in pairs.items()]


def _similarity(left: str, right: str) -> float:
    return SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False).ratio()


def _record_likeness(old: Record, found: Record) -> float:
    left, right = ({(column.name, column.form) for column in each.columns} for each in (old, found))
    shared = len(left & right) / max(len(left | right), 1)
    return shared if shared >= _SHARED else 0.0
