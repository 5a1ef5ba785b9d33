"""Declaring once how a domain class stands in a vendor's record.

From one declaration come the reader, the writer, the patch, the query's plan, the column list, the lineage, the
documentation and generated test records. The functions that declare a field say at type level that they return the
domain value, as ``attrs.field()`` does, so that mypy proves a mapping complete and rightly typed; at run time they
return a `Field`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Keyed
from datetime import UTC, datetime
from decimal import localcontext
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast

from acl.engine import collector
from acl.engine.codec import Unreadable, Unwritable
from acl.engine.exact import ARITHMETIC, ExactReader
from acl.engine.fields import Field, Lineage, Raws
from acl.engine.parts import Part
from acl.engine.plan import Plan, planned
from acl.engine.reader import Reader, generate
from acl.engine.records import Origin, Shape
from acl.engine.rewrite import recoded
from acl.engine.rows import EACH_ROW, headed
from acl.engine.tables import Style, table
from ports.errors import NotWritable, Problem, TranslationError
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

    @cached_property
    def _exact(self) -> ExactReader:
        return ExactReader(self.record, self.shape, self.root, self.key)

    def read(self, record: object, *, origin: Origin | None = None) -> T:
        """Translate one record; without *origin* its provenance says so.

        Raises:
            TranslationError: naming every bad field.
        """
        return cast("T", self._exact.read(record, origin or _unnamed()))

    def streamed(self, record: object, *, origin: Origin | None = None) -> T:
        """Translate one record as the stream does it; without *origin* its provenance says so.

        Raises:
            TranslationError: naming every bad field.
        """
        page = cast("Sequence[object]", record) if self.shape is Shape.ROW_SET else [record]
        return next(self.read_all([page], origin=origin or _unnamed(), quarantine=_Raising()))

    def read_key(self, record: object) -> object:
        """Translate the key of a record alone: what a vendor answers to a write may hold no more.

        Raises:
            TranslationError: it is missing, or cannot be one.
        """
        return self._exact.read_key(record, _unnamed())

    def read_all(self, pages: Iterable[Sequence[object]], *, origin: Origin, quarantine: Quarantine) -> Iterator[T]:
        """Stream the translations of records that come in pages, as the vendor hands them out.

        A page is translated at once, and not before it is needed. A bad record goes to the quarantine and the stream
        goes on. The rows of row sets must come sorted by their key; a set may run over the end of a page.
        """
        read = self._reader.read

        def replay(record: object) -> object:
            return self._kept_or_refused(record, origin, quarantine)

        for page in self.assembled(pages):
            with collector.paused(), localcontext(ARITHMETIC):
                found = read(page, origin, replay)
            yield from cast("list[T]", found)

    def _kept_or_refused(self, record: object, origin: Origin, quarantine: Quarantine) -> T | None:
        try:
            return cast("T", self._exact.read(record, origin))
        except TranslationError as error:
            refusal = Refusal(error.source, error.problems, self.shown(record))
        quarantine.put(refusal)
        return None

    def assembled(self, pages: Iterable[Sequence[object]]) -> Iterable[Sequence[object]]:
        """Put the rows of row sets together; pages of other shapes pass as they are."""
        return self._exact.assembled(pages)

    def shown(self, record: object) -> str:
        """Give a raw record as text, field by field, for a person."""
        return self._exact.shown(record)

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
        try:
            self._exact.read(record, Origin("drawn", datetime(2000, 1, 1, tzinfo=UTC)))
        except TranslationError:
            return False
        return True

    def __repr__(self) -> str:
        return f"<mapping of {self.target.__name__} in {self.record}>"


class _Raising(Quarantine):
    """Keeps nothing: what cannot be translated is told at once."""

    def put(self, refusal: Refusal) -> None:
        raise TranslationError(refusal.source, refusal.problems)


def _unnamed() -> Origin:
    return Origin("(unnamed system)", datetime.now(UTC))
