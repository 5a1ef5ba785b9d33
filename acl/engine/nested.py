"""Fields whose value stands in a record inside the record: a list of lines, or exactly one of something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, cast

from attrs import evolve, frozen

from acl.conditions import AnyOf, Condition, Where
from acl.engine.codec import Unreadable, Unwritable, at
from acl.engine.emitter import Emitter
from acl.engine.fields import SLOPPY, Field, Lineage, Raws, Slow
from acl.engine.parts import Part
from acl.engine.records import BAD, OMITTED, Bad, Cells, Report
from ports.errors import ProblemKind
from ports.queries import Operator

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn


@frozen(kw_only=True)
class Envelope:
    """How a vendor wraps a list inside a record: *unwrap* gives the items, or refuses; *wrap* is its inverse."""

    unwrap: Callable[[object], Sequence[object]]
    wrap: Callable[[list[Raws]], object]


def written(item: Field, values: Sequence[object]) -> list[Raws]:
    """Write each of *values* into a record of its own.

    Raises:
        Unwritable: naming every attribute of every value that the vendor cannot hold.
    """
    records: list[Raws] = []
    failures: list[tuple[str, Unreadable]] = []
    for index, value in enumerate(values):
        records.append({})
        try:
            item.write(value, records[-1])
        except Unreadable as error:
            failures.extend(at(f"[{index}]", error))
    if failures:
        raise Unwritable(failures)
    return records


@frozen(kw_only=True)
class _Inside(Field):
    """What fields on records inside the record share."""

    column: str
    item: Field
    envelope: Envelope
    repeats: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def _items(self, cells: Cells, report: Report) -> Sequence[Cells] | Bad:
        raw = cells[self.column]
        if raw is OMITTED:
            return report.add(self.columns, [raw], ProblemKind.DRIFT, "the record lacks the column", None)
        try:
            items = self.envelope.unwrap(raw)
        except Unreadable as error:
            return report.failed(self.columns, [raw], error, None)
        except SLOPPY as error:
            return report.add(self.columns, [raw], ProblemKind.DRIFT, f"unexpected form: {error}", None)
        if not all(isinstance(item, Mapping) for item in items):
            return report.add(
                self.columns, [raw], ProblemKind.DRIFT, "the list holds something that is not a record", None
            )
        return [cells.inside(cast("Mapping[str, object]", item)) for item in items]

    def _draw_item(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> Raws:
        inner = {column: cells[outer] for column, outer in self.repeats.items() if outer in cells}
        self.item.draw(draw, strategies, inner)
        return inner

    def lineage(self, path: str) -> Iterator[Lineage]:
        for each in self.item.lineage(path):
            yield evolve(
                each,
                columns=tuple(f"{self.column}/{column}" for column in each.columns),
                read_only=self.read_only or each.read_only,
            )


@frozen(kw_only=True)
class Many(_Inside):
    """A tuple of what stands in a list inside the record.

    *key* names the attribute by which a changed item is found again; *searchable* says that the vendor can be asked
    for records with an item that meets a condition, under the column's path with dots.
    """

    key: str | None
    searchable: bool

    @property
    def produces(self) -> tuple[type, ...]:
        return (tuple,)

    def read(self, cells: Cells, report: Report) -> object:
        items = self._items(cells, report)
        if isinstance(items, Bad):
            return items
        places = (report.inside(index, self.column) for index in range(len(items)))
        values = [self.item.read(item, place) for item, place in zip(items, places, strict=True)]
        return BAD if BAD in values else tuple(values)

    def write(self, value: object, raws: Raws) -> None:
        raws[self.column] = self.envelope.wrap(written(self.item, cast("tuple[object, ...]", value)))

    def patch(self, before: object, after: object, raws: Raws) -> None:
        if self.key is None:
            super().patch(before, after, raws)
            return
        old = {getattr(item, self.key): item for item in cast("tuple[object, ...]", before)}
        new = {getattr(item, self.key): item for item in cast("tuple[object, ...]", after)}
        if len(new) != len(cast("tuple[object, ...]", after)):
            raise Unreadable(ProblemKind.RULE, f"several have the same {self.key}, so nobody can say which is changed")
        if gone := [str(key) for key in old if key not in new]:
            raise Unreadable(
                ProblemKind.RULE, f"{', '.join(gone)} would vanish; a change never removes, cancel instead"
            )
        changed = [self._changed(old.get(key), item) for key, item in new.items() if old.get(key) != item]
        if changed:  # an empty list could be taken for "remove them all"
            raws[self.column] = self.envelope.wrap(changed)

    def _changed(self, before: object, after: object) -> Raws:
        if before is None:
            return written(self.item, (after,))[0]
        changed: Raws = {}
        cast("Part", self.item).parts[cast("str", self.key)].write(getattr(after, cast("str", self.key)), changed)
        self.item.patch(before, after, changed)
        return changed

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        items = emitter.let("items", "[]")
        record = emitter.fresh("item")
        unwrap = emitter.constant(self.envelope.unwrap, "unwrap")
        with emitter.block(f"for {record} in {unwrap}({cells[self.column]}):"):
            value = self.item.emit(emitter, emitter.cells(record, self.item.columns))
            emitter.put(f"{items}.append({value})")
        return emitter.let("value", f"tuple({items})")

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        count = draw(strategies.integers(1, 3))
        items = [self._draw_item(draw, strategies, cells) for _ in range(count)]
        if self.key is not None:
            unique = cast("Part", self.item).parts[self.key].columns
            items = list({tuple(item[column] for column in unique): item for item in items}.values())
        cells[self.column] = self.envelope.wrap(items)

    def lineage(self, path: str) -> Iterator[Lineage]:
        return super().lineage(f"{path}[]")

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        found = self.item.conditions(path, operator, value) if self.searchable else None
        if found is None or len(found) != 1:  # two conditions could be met by two different items
            return None
        (only,) = found
        inside = only.conditions if isinstance(only, AnyOf) else (only,)
        dotted = tuple(evolve(each, column=f"{self.column}.{each.column}") for each in inside)
        return (AnyOf(dotted),) if isinstance(only, AnyOf) else dotted


_REQUIRED = "a value is required here"
_NOTHING = object()
"""Stands in the generated code for the value of a list in which nothing has come yet; ``None`` may have come."""


@frozen(kw_only=True)
class Only(_Inside):
    """The one value that stands in a list or record inside the record; several that agree are one.

    *searchable_as* is the path under which the vendor can be asked about it, ``None`` if it cannot.
    """

    searchable_as: str | None

    @property
    def produces(self) -> tuple[type, ...]:
        return self.item.produces

    @property
    def proves(self) -> tuple[Callable[..., None], ...]:
        return self.item.proves

    def read(self, cells: Cells, report: Report) -> object:
        items = self._items(cells, report)
        if isinstance(items, Bad):
            return items
        inside = report.at("", self.column)
        values = [self.item.read(item, inside) for item in items]
        if BAD in values:
            return BAD
        if not values:
            raw = [cells[self.column]]
            return None if self.optional else report.add(self.columns, raw, ProblemKind.MISSING, _REQUIRED, None)
        if any(value != values[0] for value in values[1:]):
            told = " and ".join(dict.fromkeys(map(str, values)))
            raws = [item[column] for item in items for column in self.item.columns]
            return inside.add(self.item.columns, raws, ProblemKind.AMBIGUOUS, f"{told} stand where one may", None)
        return values[0]

    @property
    def may_be_none(self) -> bool:
        return self.optional or self.item.may_be_none

    def _inside(self, raws: Raws) -> Raws:
        """Give what another field has already put into the same inner record."""
        items = self.envelope.unwrap(raws[self.column]) if self.column in raws else ()
        return dict(cast("Raws", items[0])) if len(items) == 1 else {}

    def write(self, value: object, raws: Raws) -> None:
        empty = value is None and self.optional
        if self.column in raws and empty is not (len(self.envelope.unwrap(raws[self.column])) == 0):
            reason = f"{self.column} would have to be empty for one attribute and filled for another"
            raise Unreadable(ProblemKind.RULE, reason, column=self.column)
        inner = self._inside(raws)
        if not empty:
            self.item.write(value, inner)
        raws[self.column] = self.envelope.wrap([] if empty else [inner])

    def patch(self, before: object, after: object, raws: Raws) -> None:
        if before is None or after is None:
            self.write(after, raws)
            return
        inner = self._inside(raws)
        self.item.patch(before, after, inner)
        raws[self.column] = self.envelope.wrap([inner])

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        """Emit a loop that keeps the first value, and gives up on one that differs from it."""
        nothing, slow = emitter.constant(_NOTHING, "nothing"), f"raise {emitter.constant(Slow, 'slow')}"
        unwrap = emitter.constant(self.envelope.unwrap, "unwrap")
        value, record = emitter.let("value", nothing), emitter.fresh("item")
        with emitter.block(f"for {record} in {unwrap}({cells[self.column]}):"):
            each = self.item.emit(emitter, emitter.cells(record, self.item.columns))
            emitter.put(f"if {value} is {nothing}: {value} = {each}")
            emitter.put(f"elif {each} != {value}: {slow}")
        emitter.put(f"if {value} is {nothing}: {f'{value} = None' if self.optional else slow}")
        return value

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        if self.optional and self.column not in cells and draw(strategies.booleans()):
            cells[self.column] = self.envelope.wrap([])
            return
        inner = self._inside(cells)
        self.item.draw(draw, strategies, inner)
        cells[self.column] = self.envelope.wrap([inner])

    def lineage(self, path: str) -> Iterator[Lineage]:
        for each in super().lineage(path):
            yield evolve(each, optional=self.optional or each.optional)

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        found = self.item.conditions(path, operator, value) if self.searchable_as is not None else None
        return None if found is None else tuple(_under(self.searchable_as, each) for each in found)


def _under(path: str | None, where: Where) -> Where:
    if isinstance(where, Condition):
        return evolve(where, column=f"{path}{where.column}")
    return AnyOf(tuple(evolve(each, column=f"{path}{each.column}") for each in where.conditions))
