"""Declaring once how a domain class stands in a vendor's record.

From one declaration come the reader, the writer, the patch, the query's plan, the column list, the lineage, the
documentation and generated test records. The functions that declare a field say at type level that they return the
domain value, as ``attrs.field()`` does, so that mypy proves a mapping complete and rightly typed; at run time they
return a `Field`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Keyed
from datetime import UTC, datetime
from decimal import Context, localcontext
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast

from acl.engine import collector
from acl.engine.codec import Unreadable, Unwritable
from acl.engine.fields import Field, Lineage, Raws
from acl.engine.parts import Part
from acl.engine.plan import Plan, planned
from acl.engine.reader import Reader, different, generate, header_columns, row_sets
from acl.engine.records import Cells, Origin, Report, Shape, key_text
from acl.engine.rewrite import recoded
from acl.engine.rows import EACH_ROW, headed
from acl.engine.tables import Style, table
from domain.provenance import SourceRef
from ports.errors import Drifted, NotWritable, Problem, ProblemKind, TranslationError
from ports.quarantine import Quarantine, Refusal
from ports.queries import asked_paths, criteria

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

P = ParamSpec("P")
T = TypeVar("T")


def mapping(target: Callable[P, T], *, record: str, shape: Shape = Shape.DOCUMENT) -> Callable[P, Mapping[T]]:
    """Declare how *target* stands in the vendor's *record*: call the result with one field per attribute.

    Raises:
        TypeError: at import, naming each attribute that is forgotten, invented, or given a value instead of a field.
    """

    def declare(*positional: P.args, **fields: P.kwargs) -> Mapping[T]:
        if positional:
            raise TypeError(f"the fields of a mapping of {record} are given by name")
        root = Part(target=cast("type", target), parts=cast("dict[str, Field]", dict(fields)))
        return Mapping(record, shape, root)

    return declare


class Mapping(Generic[T]):
    """One domain class in one vendor record; a value that is never changed, only derived from."""

    def __init__(self, record: str, shape: Shape, root: Part) -> None:
        self.record = record
        self.shape = shape
        self.root = root

    @property
    def columns(self) -> tuple[str, ...]:
        """What a record must hold, in the order of a row."""
        return self.root.columns

    @property
    def target(self) -> type:
        """The domain class that records become."""
        return self.root.target

    @property
    def key(self) -> Field:
        """The field that tells one record from another: ``id``, or else the first one declared."""
        return self.root.parts.get("id") or next(iter(self.root.parts.values()))

    @cached_property
    def lineage(self) -> tuple[Lineage, ...]:
        """Where each attribute comes from, in the order of the declaration."""
        return tuple(self.root.lineage(""))

    @cached_property
    def _reader(self) -> Reader:
        return generate(self.root, self.record, self.shape)

    @property
    def source(self) -> str:
        """The generated Python of the reader."""
        return self._reader.source

    def read(self, record: object, *, origin: Origin | None = None) -> T:
        """Translate one record; without *origin* its provenance says so.

        Raises:
            TranslationError: naming every bad field.
        """
        origin = origin or Origin("(unnamed system)", datetime.now(UTC))
        value, report = self._read(record, origin)
        if report.problems:
            raise TranslationError(self._source_of(record, origin), report.problems)
        return value

    def streamed(self, record: object, *, origin: Origin | None = None) -> T:
        """Translate one record as the stream does it; without *origin* its provenance says so.

        Raises:
            TranslationError: naming every bad field.
        """
        page = cast("Sequence[object]", record) if self.shape is Shape.ROW_SET else [record]
        origin = origin or Origin("(unnamed system)", datetime.now(UTC))
        return next(self.read_all([page], origin=origin, quarantine=_Raising()))

    def read_key(self, record: object) -> object:
        """Translate the key of a record alone: what a vendor answers to a write may hold no more.

        Raises:
            TranslationError: it is missing, or cannot be one.
        """
        origin = Origin("(unnamed system)", datetime.now(UTC))
        report = Report(origin, self.record)
        value = self.key.read(self._cells(record), report)
        if report.problems:
            raise TranslationError(self._source_of(record, origin), report.problems)
        return value

    def read_all(self, pages: Iterable[Sequence[object]], *, origin: Origin, quarantine: Quarantine) -> Iterator[T]:
        """Stream the translations of records that come in pages, as the vendor hands them out.

        A page is translated at once, and not before it is needed. A bad record goes to the quarantine and the stream
        goes on. The rows of row sets must come sorted by their key; a set may run over the end of a page.
        """
        read = self._reader.read

        def replay(record: object) -> object:
            return self._kept_or_refused(record, origin, quarantine)

        for page in self.assembled(pages):
            with collector.paused(), localcontext(_ARITHMETIC):
                found = read(page, origin, replay)
            yield from cast("list[T]", found)

    def assembled(self, pages: Iterable[Sequence[object]]) -> Iterable[Sequence[object]]:
        """Put the rows of row sets together; pages of other shapes pass as they are."""
        if self.shape is not Shape.ROW_SET:
            return pages
        return row_sets(map(self._of_our_width, pages), [self.columns.index(column) for column in self.key.columns])

    def _of_our_width(self, rows: Sequence[object]) -> Sequence[object]:
        for width in set(map(len, cast("Sequence[Sequence[object]]", rows))):
            self._check_width(width)
        return rows

    def _kept_or_refused(self, record: object, origin: Origin, quarantine: Quarantine) -> T | None:
        value, report = self._read(record, origin)
        if not report.problems:
            return value
        quarantine.put(Refusal(self._source_of(record, origin), tuple(report.problems), self.shown(record)))
        return None

    def _read(self, record: object, origin: Origin) -> tuple[T, Report]:
        report = Report(origin, self.record)
        cells = self._cells(record)
        with localcontext(_ARITHMETIC):
            self._tell_disagreements(cells, report)
            return cast("T", self.root.read(cells, report)), report

    def _cells(self, record: object) -> Cells:
        if self.shape is Shape.ROW:
            return Cells(self._by_column(record), omits_absent=False)
        if self.shape is Shape.ROW_SET:
            rows = [Cells(self._by_column(row), omits_absent=False) for row in cast("Sequence[object]", record)]
            return Cells(rows[0].values, omits_absent=False, siblings=rows)
        if not isinstance(record, Keyed):
            raise Drifted(f"a record of {self.record} is a {type(record).__name__}, not columns by their names")
        return Cells(record, omits_absent=self.shape is Shape.ELEMENT)

    def _by_column(self, row: object) -> Keyed[str, object]:
        values = cast("Sequence[object]", row)
        self._check_width(len(values))
        return dict(zip(self.columns, values, strict=True))

    def _check_width(self, width: int) -> None:
        if width != len(self.columns):
            raise Drifted(f"a row of {self.record} has {width} columns, the mapping knows {len(self.columns)}")

    def _tell_disagreements(self, cells: Cells, report: Report) -> None:
        for column in header_columns(self.root) if len(cells.siblings) > 1 else ():
            raws = different([row[column] for row in cells.siblings])
            if len(raws) > 1:
                reason = f"the rows of one document disagree: {', '.join(map(repr, raws))}"
                report.add((column,), (raws[1],), ProblemKind.AMBIGUOUS, reason, None)

    def _source_of(self, record: object, origin: Origin) -> SourceRef:
        cells = self._cells(record)
        stands = self.root.parts.get("source", self.key)
        return SourceRef(origin.system, self.record, key_text(cells, stands.columns), origin.read_at)

    def shown(self, record: object) -> str:
        """Give a raw record as text, field by field, for a person."""
        cells = self._cells(record)
        raw = [row.values for row in cells.siblings] or cells.values
        text = json.dumps(raw, default=repr, ensure_ascii=False)
        return text.encode("utf-8", "backslashreplace").decode()  # bytes that are no characters can be shown, too

    def write(self, value: T) -> Raws | list[Raws]:
        """Give the raw values of all columns that may be written: one record, or the rows of a row set.

        Raises:
            NotWritable: the vendor cannot hold the value.
        """
        raws: Raws = {}
        self._written(lambda: self.root.write(value, raws))
        if self.shape is not Shape.ROW_SET:
            return raws
        rows: list[Raws] = []
        self._written(lambda: rows.extend(headed(raws)))
        return rows

    def write_some(self, values: Keyed[str, object]) -> Raws:
        """Give the raw values of some attributes alone, which are given by name.

        Raises:
            NotWritable: the vendor cannot hold one of them.
        """
        raws: Raws = {}
        self._written(lambda: self.root.write_some(values, raws))
        return raws

    def patch(self, before: T, after: T) -> Raws:
        """Give the raw values of what differs between two values, and nothing else.

        Raises:
            NotWritable: something changed that this vendor cannot write, or an item of a list would vanish.
        """
        self.write(after)  # a column that several attributes share cannot be changed for one of them alone
        raws: Raws = {}
        self._written(lambda: self.root.patch(before, after, raws))
        return raws

    def _written(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Unreadable as error:
            failures = error.failures if isinstance(error, Unwritable) else ((self.record, error),)
            problems = [
                Problem(path, each.column or "", "", each.kind, each.reason, each.quirk) for path, each in failures
            ]
            raise NotWritable(problems) from None

    def plan(self, query: object) -> Plan:
        """Split a port's query between the vendor and us.

        Raises:
            TypeError: it is no query, or one for another kind of aggregate.
        """
        asked = criteria(query)
        paths = {path: path.split(".")[0] in self.root.parts for path in asked_paths(type(query))}
        strange = [criterion.path for criterion in asked if not paths[criterion.path]]
        if strange or not any(known for path, known in paths.items() if path != "id"):
            told = f"a {type(query).__name__} asks about {', '.join(strange or paths)}"
            raise TypeError(f"{told}, which a {self.target.__name__} does not have")
        return planned(self.root, asked)

    def with_(self, **fields: object) -> Mapping[T]:
        """Derive a site's own mapping in which these attributes have other fields.

        Raises:
            TypeError: the class has no such attribute, or what is given is no field.
        """
        parts = {**self.root.parts, **cast("dict[str, Field]", fields)}
        return Mapping(self.record, self.shape, Part(target=self.target, parts=parts))

    def with_codes(self, codes: Keyed[str, Keyed[object, object]]) -> Mapping[T]:
        """Derive a site's own mapping in which code tables are extended, by the attribute's path (``lines.status``).

        Raises:
            Misconfigured: there is no such attribute, or no code table behind it.
        """
        root = self.root
        for path, table_ in codes.items():
            root = cast("Part", recoded(root, path.split("."), path, table_))
        return Mapping(self.record, self.shape, root)

    def table(self, style: Style = "plain") -> str:
        """Draw the mapping as the table that an integration team would draw, in plain text or Markdown."""
        return table(self.target.__name__, self.record, self.lineage, style)

    def records(self) -> SearchStrategy[object]:
        """Give a Hypothesis strategy of valid records in canonical form; Hypothesis must be installed."""
        from hypothesis import strategies

        @strategies.composite
        def draw_record(draw: DrawFn) -> object:
            return self._drawn(draw, strategies)

        return draw_record().filter(self._reads)

    def _drawn(self, draw: DrawFn, strategies: ModuleType) -> object:
        cells: Raws = {}
        for each in self.root.parts.values():
            each.draw(draw, strategies, cells)
        if self.shape is Shape.ROW:
            return tuple(cells[column] for column in self.columns)
        if self.shape is Shape.ROW_SET:
            rows = cast("list[Raws]", cells[EACH_ROW])
            return [tuple({**row, **cells}.get(column, row.get(column)) for column in self.columns) for row in rows]
        return cells

    def _reads(self, record: object) -> bool:
        return not self._read(record, Origin("drawn", datetime(2000, 1, 1, tzinfo=UTC)))[1].problems

    def __repr__(self) -> str:
        return f"<mapping of {self.target.__name__} in {self.record}>"


class _Raising(Quarantine):
    """Keeps nothing: what cannot be translated is told at once."""

    def put(self, refusal: Refusal) -> None:
        raise TranslationError(refusal.source, refusal.problems)


_ARITHMETIC = Context(prec=28)
"""Decimal arithmetic of the readers, whatever the caller has set."""
