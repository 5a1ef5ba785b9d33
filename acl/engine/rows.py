"""Fields of row sets: documents whose header repeats on every line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from types import ModuleType
from typing import TYPE_CHECKING, cast

from attrs import frozen

from acl.conditions import Narrowing, Where
from acl.engine.codec import Codec, Unreadable
from acl.engine.emitter import Emitter
from acl.engine.fields import SLOPPY, Field, Lineage, Raws, put
from acl.engine.nested import written
from acl.engine.parts import OfRows
from acl.engine.records import BAD, Cells, Report
from domain.errors import DomainError
from ports.errors import ProblemKind
from ports.queries import Operator

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

EACH_ROW = "(each row)"
"""The key under which the rows of a row set are written and drawn, beside the header's columns."""


@frozen(kw_only=True)
class EachRow(OfRows):
    """A tuple with one object for each row of the set.

    *key* names the attribute that tells the rows apart. *searchable* says that a condition on a row is asked as "has
    such a row", so that the other rows of a match are read too.
    """

    key: str
    searchable: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return self.item.columns

    @property
    def produces(self) -> tuple[type, ...]:
        return (tuple,)

    def read(self, cells: Cells, report: Report) -> object:
        values = [self.item.read(row, report.inside(index)) for index, row in enumerate(cells.siblings)]
        return BAD if BAD in values else tuple(values)

    def write(self, value: object, raws: Raws) -> None:
        raws[EACH_ROW] = written(self.item, cast("tuple[object, ...]", value))

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        items = emitter.let("items", "[]")
        row = emitter.fresh("row")
        with emitter.block(f"for {row} in record:"):
            own = {column: emitter.let(column, f"{row}[{emitter.positions[column]}]") for column in self.columns}
            value = self.item.emit(emitter, own)
            emitter.put(f"{items}.append({value})")
        return emitter.let("value", f"tuple({items})")

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        rows: dict[object, Raws] = {}
        unique = self.item.parts[self.key].columns
        for _ in range(draw(strategies.integers(1, 3))):
            row = dict(cells)
            self.item.draw(draw, strategies, row)
            rows[tuple(row[column] for column in unique)] = row
        cells[EACH_ROW] = list(rows.values())

    def lineage(self, path: str) -> Iterator[Lineage]:
        return self.item.lineage(f"{path}[]")

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        found = self.item.conditions(path, operator, value) if self.searchable else None
        return found if found is not None and len(found) == 1 else None  # two could be met by two different rows


def headed(raws: Raws) -> list[Raws]:
    """Give the rows of a written row set, the header's columns on each of them.

    Raises:
        Unreadable: a row has no room for what the header says, or there is no row to say it.
    """
    header = {column: raw for column, raw in raws.items() if column != EACH_ROW}
    rows = [dict(row) for row in cast("list[Raws]", raws.get(EACH_ROW, []))]
    if not rows:
        raise Unreadable(ProblemKind.RULE, "without a row there is nothing that could hold the rest")
    for row in rows:
        for column, raw in header.items():
            put(row, column, raw)
    return rows


@frozen(kw_only=True)
class OverRows(Field):
    """One value from the same columns of all rows together; the codec is given the list of their tuples.

    It is declared after the field that takes each row. The codec's strategy draws one tuple for all rows.
    """

    codec: Codec[object]
    columns: tuple[str, ...]

    @property
    def produces(self) -> tuple[type, ...]:
        return self.codec.produces

    def read(self, cells: Cells, report: Report) -> object:
        raws = [tuple(row[column] for column in self.columns) for row in cells.siblings]
        quirk = self.codec.quirks[0] if self.codec.quirks else None
        try:
            return self.codec.decode(raws)
        except Unreadable as error:
            return report.failed(self.columns, raws, error, quirk)
        except DomainError as error:
            return report.add(self.columns, raws, self.codec.kind, str(error), quirk)
        except SLOPPY as error:
            return report.add(self.columns, raws, ProblemKind.DRIFT, f"unexpected form: {error}", quirk)

    def write(self, value: object, raws: Raws) -> None:
        raise AssertionError("a value over all rows is read only")  # pragma: no cover  # Part never writes those

    def emit(self, emitter: Emitter, cells: Mapping[str, str]) -> str:
        places = [emitter.positions[column] for column in self.columns]
        decode = emitter.constant(self.codec.decode, self.codec.name)
        take: Callable[..., object] = itemgetter(*places) if len(places) > 1 else _single(places[0])
        return emitter.let("value", f"{decode}(list(map({emitter.constant(take, 'take')}, record)))")

    def draw(self, draw: DrawFn, strategies: ModuleType, cells: Raws) -> None:
        rows = cast("list[Raws]", cells.get(EACH_ROW, []))
        drawn = draw(self.codec.raws(strategies)) if rows else ()
        for row in rows:
            for column, raw in zip(self.columns, cast("tuple[object, ...]", drawn), strict=True):
                row.setdefault(column, raw)

    def conditions(self, path: Sequence[str], operator: Operator, value: object) -> tuple[Where, ...] | None:
        if path or operator is not Operator.EQUALS or self.codec.narrows is None:
            return None
        return Narrowing(self.codec.narrows(value))  # on columns of the header only: others would hide rows of a match

    def lineage(self, path: str) -> Iterator[Lineage]:
        yield Lineage(path, self.columns, self.codec.name, self.codec.quirks, self.optional, self.read_only)


def _single(place: int) -> Callable[[Sequence[object]], tuple[object]]:
    return lambda row: (row[place],)
