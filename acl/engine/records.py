"""The forms in which vendors hand out a record, and the slow, exact reading of one.

A *row* is a tuple of a driver, in the order of the mapping's columns. A *row set* is a list of rows that share a key: a
document whose header repeats on every line. A *document* is a mapping in which every column that was asked for
stands. An *element* is one in which empty columns are left out, as XML does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum

from attrs import evolve, field, frozen

from acl.engine.codec import Unreadable
from ports.errors import Problem, ProblemKind


class Shape(Enum):
    """The form of a mapping's records."""

    ROW = "row"
    ROW_SET = "row set"
    DOCUMENT = "document"
    ELEMENT = "element"


class Omitted(Enum):
    """What stands for a column that a record does not have at all; not the same as null."""

    OMITTED = "(not in the record)"

    def __repr__(self) -> str:
        return self.value


OMITTED = Omitted.OMITTED


class Bad(Enum):
    """What a failed field gives in place of a value; its problem is in the report."""

    BAD = "bad"


BAD = Bad.BAD


@frozen
class Origin:
    """Who is being read, and when: an aware instant in UTC."""

    system: str
    read_at: datetime


@frozen
class Cells:
    """One record, or one part of a record, by column.

    *siblings* are the rows of a row set, this record's own one first; empty for the other shapes.
    """

    values: Mapping[str, object]
    omits_absent: bool
    siblings: Sequence[Cells] = ()

    def __getitem__(self, column: str) -> object:
        found = self.values.get(column, OMITTED)
        return None if found is OMITTED and self.omits_absent else found

    def inside(self, values: Mapping[str, object]) -> Cells:
        """Give the cells of a record that stands inside this one."""
        return Cells(values, self.omits_absent)


def key_text(cells: Cells, columns: Sequence[str]) -> str:
    """Give the text of a record's key as it stands in *columns*; empty if none of them holds anything."""
    raws = [cells[column] for column in columns]
    texts = ["" if raw is None or raw is OMITTED else str(raw).strip() for raw in raws]
    return "/".join(texts) if any(texts) else ""


@frozen
class Report:
    """Collects the problems of one record; knows where in the record the reading is."""

    origin: Origin
    record: str
    problems: list[Problem] = field(factory=list)
    path: str = ""
    place: str = ""
    item: str = ""
    """Which item of which list, or which row; empty for the record itself."""
    _items: list[str] = field(factory=list)
    """Where each of the problems was found, in the same sense."""

    def at(self, name: str, column: str = "") -> Report:
        """Step into a domain attribute, and into a vendor's column if one is named; problems go to the same list."""
        dot = "." if self.path and name and not name.startswith("[") else ""
        return evolve(self, path=f"{self.path}{dot}{name}", place=f"{self.place}{column}/" if column else self.place)

    def inside(self, index: int, column: str = "") -> Report:
        """Step into one item of the list in *column*, or into one row of a set."""
        return evolve(self.at(f"[{index}]", column), item=f"{self.item}[{index}]")

    def failed(self, columns: Sequence[str], raws: Sequence[object], error: Unreadable, quirk: str | None) -> Bad:
        """Note what a codec could not read; *quirk* is the codec's own, for an error that names none."""
        if error.column is not None:
            columns, raws = (error.column,), (error.raw,)
        return self.add(columns, raws, error.kind, error.reason, error.quirk or quirk)

    def add(
        self, columns: Sequence[str], raws: Sequence[object], kind: ProblemKind, reason: str, quirk: str | None
    ) -> Bad:
        """Note one problem and give the mark of a failed field."""
        shown = repr(raws[0]) if len(raws) == 1 else ", ".join(map(repr, raws))
        text = shown if len(shown) <= 200 else shown[:197] + "..."
        column = ", ".join(f"{self.place}{column}" for column in columns)
        found = Problem(self.path or "(record)", column, text, kind, reason, quirk)
        told = (known for known, item in zip(self.problems, self._items, strict=True) if self.item.startswith(item))
        if all(evolve(found, field=known.field) != known for known in told):
            self.problems.append(found)  # one column may serve several attributes; it is told once
            self._items.append(self.item)
        return BAD
