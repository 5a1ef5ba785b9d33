"""The laws of a mapping: reading, writing, patching and asking are of one mind about every record.

An integration team subclasses `MappingLaws` in a test module and gives it one fixture named ``mapping``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import ClassVar, Protocol, TypeVar, cast

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from contracts.laws.anatomy import difference
from contracts.laws.drawing import for_all, some
from contracts.laws.raw_records import AnyOf, Condition, meets, overlaid, with_anything_in_one_place
from contracts.laws.suite import Laws
from contracts.laws.verdicts import NotApplicable, require, shortened, succeeds
from domain.errors import DomainError
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import NotWritable, TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from ports.queries import criteria
from ports.suppliers import SupplierQuery

QUERIES: dict[type, type] = {Supplier: SupplierQuery, PurchaseOrder: PurchaseOrderQuery}
"""The query of each aggregate that a port gives."""
_EXAMPLES = 30
_evolve = cast("Callable[..., object]", attrs.evolve)  # the class is known only at run time
T = TypeVar("T")


class KeyField(Protocol):
    """The field that tells one record from another."""

    @property
    def columns(self) -> tuple[str, ...]: ...


class FieldOrigin(Protocol):
    """Where one attribute comes from; *read_only* is the reason why it is never written."""

    @property
    def field(self) -> str: ...
    @property
    def read_only(self) -> str | None: ...


class Asking(Protocol):
    """What of a query the vendor is asked."""

    @property
    def pushed(self) -> Sequence[Condition | AnyOf]: ...
    @property
    def impossible(self) -> str | None: ...


class RecordMapping(Protocol[T]):
    """What a mapping offers to its laws; `acl.mapping.Mapping` does."""

    @property
    def target(self) -> type: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def key(self) -> KeyField: ...
    @property
    def lineage(self) -> Sequence[FieldOrigin]: ...
    def records(self) -> st.SearchStrategy[object]: ...
    def read(self, record: object) -> T: ...
    def streamed(self, record: object) -> T: ...
    def write(self, value: T) -> object: ...
    def patch(self, before: T, after: T) -> dict[str, object]: ...
    def plan(self, query: object) -> Asking: ...
    def __hash__(self) -> int:  # what is drawn of a mapping is kept under it
        return id(self)


class MappingLaws(Laws):
    """What a mapping declares; the fixture ``mapping`` gives it.

    The same records are drawn at every run. Whoever wants others at each run gives his class a *seed* of its own.
    """

    port = "mapping"
    seed: ClassVar[int] = 0

    def test_what_is_written_reads_back_as_the_same_object(self, mapping: RecordMapping[object]) -> None:
        """A write that is read again shows what was meant."""
        for record in _records(mapping, self.seed):
            read = mapping.read(record)
            written = overlaid(mapping.columns, record, mapping.write(read))
            again = succeeds(partial(mapping.read, written), "read of what was written")
            require(again == read, f"written and read again, {difference(again, read)}")

    def test_a_canonical_record_is_written_as_it_was_read(self, mapping: RecordMapping[object]) -> None:
        """Who reads and writes back without a change changes nothing at the vendor."""
        for record in _records(mapping, self.seed):
            written = overlaid(mapping.columns, record, mapping.write(mapping.read(record)))
            require(written == record, f"{shortened(record)} is written as {shortened(written)}")

    def test_the_stream_gives_what_reading_alone_gives(self, mapping: RecordMapping[object]) -> None:
        """The quick reader of whole pages and the exact reader of one record are the same translation."""
        for record in _records(mapping, self.seed):
            alone, streamed = mapping.read(record), succeeds(partial(mapping.streamed, record), "the stream")
            require(streamed == alone, f"in the stream, {difference(streamed, alone)}")
            require(type(streamed) is mapping.target, f"the stream gives a {type(streamed).__name__}")
            place, due = _place(streamed), _place(alone)
            require(place == due, f"the stream was read at {place}, not {due}")

    def test_both_ways_of_reading_agree_on_a_record_with_anything_in_one_place(
        self, mapping: RecordMapping[object]
    ) -> None:
        """What one refuses the other refuses, for the same reasons, whatever stands there."""
        records = _records(mapping, self.seed)

        def check(data: st.DataObject) -> None:
            record = data.draw(st.sampled_from(records))
            spoiled = with_anything_in_one_place(data, mapping.columns, mapping.key.columns, record)
            alone, streamed = _answer(mapping.read, spoiled), _answer(mapping.streamed, spoiled)
            told = f"alone {shortened(alone)}, in the stream {shortened(streamed)}"
            require(streamed == alone, f"{shortened(spoiled)} gives {told}")

        for_all(4 * _EXAMPLES, self.seed, check)

    def test_a_patch_of_nothing_is_empty(self, mapping: RecordMapping[object]) -> None:
        """Where nothing changed, nothing is sent."""
        for record in _patchable(_records(mapping, self.seed)):
            before = mapping.read(record)
            patch = mapping.patch(before, before)
            require(patch == {}, f"the patch from a value to itself is {shortened(patch)}")

    def test_a_patch_brings_about_what_changed_and_nothing_else(self, mapping: RecordMapping[object]) -> None:
        """Laid over the old record it gives the new value, attribute by attribute."""
        written = {each.field.split(".")[0].split("[")[0] for each in mapping.lineage if each.read_only is None}
        names = sorted(written - _KEYS)
        if not names:
            raise NotApplicable("nothing but the key is ever written")
        records = _patchable(_records(mapping, self.seed))

        def check(data: st.DataObject) -> None:
            record, other = data.draw(st.sampled_from(records)), data.draw(st.sampled_from(records))
            before = mapping.read(record)
            after = _changed(mapping, before, mapping.read(other), data.draw(st.sampled_from(names)))
            raw = overlaid(mapping.columns, record, mapping.patch(before, after))
            patched = succeeds(lambda: mapping.read(raw), "read of what was patched")
            for name in sorted(written):  # what is never written may follow from what was
                wrong = difference(getattr(patched, name), getattr(after, name))
                require(not wrong, f"after a patch, in {name}, {wrong}")

        for_all(2 * _EXAMPLES, self.seed, check)

    def test_a_match_meets_every_condition_that_the_vendor_is_asked(self, mapping: RecordMapping[object]) -> None:
        """A condition narrows what is fetched; one too narrow loses records in silence."""
        query_class = QUERIES.get(mapping.target)
        if query_class is None:
            raise NotApplicable(f"no port asks for a {mapping.target.__name__} alone")
        fields = cast("tuple[attrs.Attribute[object], ...]", attrs.fields(query_class))
        records = _records(mapping, self.seed)

        def check(data: st.DataObject) -> None:
            record = data.draw(st.sampled_from(records))
            read = mapping.read(record)
            query = query_class(**{each.name: data.draw(st.none() | st.just(_asked(each, read))) for each in fields})
            assume(all(criterion.matches(read) for criterion in criteria(query)))
            plan = mapping.plan(query)
            require(plan.impossible is None, f"{query} matches, and nothing is asked: {plan.impossible}")
            for where in plan.pushed:
                fits = meets(mapping.columns, record, where)
                require(fits, f"{shortened(record)} matches {query}, and does not meet {where}")

        for_all(2 * _EXAMPLES, self.seed, check)


@cache
def _records(mapping: RecordMapping[object], seed: int) -> tuple[object, ...]:
    """Draw the records that all laws are judged on; it costs more than to judge them."""
    return some(mapping.records(), _EXAMPLES, seed)


_KEYS = {"id", "number", "lines"}
"""What tells one thing from another is not changed."""


def _patchable(records: Sequence[object]) -> Sequence[object]:
    if any(isinstance(record, list) for record in records):
        raise NotApplicable("rows of a read-only database are never patched")
    return records


def _answer(read: Callable[[object], object], record: object) -> object:
    try:
        return read(record)
    except TranslationError as error:
        return error.problems


def _place(value: object) -> tuple[str, ...]:
    source = getattr(value, "source", None)
    return () if source is None else (source.system, source.record, source.key)


def _changed(mapping: RecordMapping[object], before: object, other: object, name: str) -> object:
    """Take one attribute that may be written from *other*."""
    try:
        after = _evolve(before, **{name: getattr(other, name)})
        mapping.patch(before, after)
    except (DomainError, NotWritable):
        assume(False)
    return after


def _asked(field: attrs.Attribute[object], read: object) -> object:
    path: str = field.metadata["dragoman.criterion"][0]
    value: object = read
    for step in path.split("."):
        if isinstance(value, tuple):
            value = value[0] if value else None
        value = None if value is None else getattr(value, step)
    return (value[0] if value else None) if isinstance(value, tuple) else value
