"""The laws of a mapping: reading, writing, patching and asking are of one mind about every record.

An integration team subclasses `MappingLaws` in a test module and gives it one fixture named ``mapping``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, cast

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from contracts.laws.anatomy import difference
from contracts.laws.drawing import for_all
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


class MappingLaws(Laws):
    """What a mapping declares; the fixture ``mapping`` gives it."""

    port = "mapping"

    def test_what_is_written_reads_back_as_the_same_object(self, mapping: RecordMapping[object]) -> None:
        """A write that is read again shows what was meant."""

        def check(data: st.DataObject) -> None:
            record = data.draw(mapping.records())
            read = mapping.read(record)
            written = overlaid(mapping.columns, record, mapping.write(read))
            again = succeeds(lambda: mapping.read(written), "read of what was written")
            require(again == read, f"written and read again, {difference(again, read)}")

        for_all(_EXAMPLES, check)

    def test_a_canonical_record_is_written_as_it_was_read(self, mapping: RecordMapping[object]) -> None:
        """Who reads and writes back without a change changes nothing at the vendor."""

        def check(data: st.DataObject) -> None:
            record = data.draw(mapping.records())
            written = overlaid(mapping.columns, record, mapping.write(mapping.read(record)))
            require(written == record, f"{shortened(record)} is written as {shortened(written)}")

        for_all(_EXAMPLES, check)

    def test_the_stream_gives_what_reading_alone_gives(self, mapping: RecordMapping[object]) -> None:
        """The quick reader of whole pages and the exact reader of one record are the same translation."""

        def check(data: st.DataObject) -> None:
            record = data.draw(mapping.records())
            alone, streamed = mapping.read(record), succeeds(lambda: mapping.streamed(record), "the stream")
            require(streamed == alone, f"in the stream, {difference(streamed, alone)}")
            require(type(streamed) is mapping.target, f"the stream gives a {type(streamed).__name__}")
            require(
                _place(streamed) == _place(alone), f"the stream was read at {_place(streamed)}, not {_place(alone)}"
            )

        for_all(_EXAMPLES, check)

    def test_both_ways_of_reading_agree_on_a_record_with_anything_in_one_place(
        self, mapping: RecordMapping[object]
    ) -> None:
        """What one refuses the other refuses, for the same reasons, whatever stands there."""

        def check(data: st.DataObject) -> None:
            record = data.draw(mapping.records())
            spoiled = with_anything_in_one_place(data, mapping.columns, mapping.key.columns, record)
            alone, streamed = _answer(mapping.read, spoiled), _answer(mapping.streamed, spoiled)
            told = f"alone {shortened(alone)}, in the stream {shortened(streamed)}"
            require(streamed == alone, f"{shortened(spoiled)} gives {told}")

        for_all(4 * _EXAMPLES, check)

    def test_a_patch_of_nothing_is_empty(self, mapping: RecordMapping[object]) -> None:
        """Where nothing changed, nothing is sent."""

        def check(data: st.DataObject) -> None:
            before = mapping.read(_patchable(data.draw(mapping.records())))
            patch = mapping.patch(before, before)
            require(patch == {}, f"the patch from a value to itself is {shortened(patch)}")

        for_all(_EXAMPLES, check)

    def test_a_patch_brings_about_what_changed_and_nothing_else(self, mapping: RecordMapping[object]) -> None:
        """Laid over the old record it gives the new value, attribute by attribute."""
        written = {each.field.split(".")[0].split("[")[0] for each in mapping.lineage if each.read_only is None}
        if not written - _KEYS:
            raise NotApplicable("nothing but the key is ever written")

        def check(data: st.DataObject) -> None:
            record, other = _patchable(data.draw(mapping.records())), mapping.read(data.draw(mapping.records()))
            before = mapping.read(record)
            after = _changed(mapping, before, other, data.draw(st.sampled_from(sorted(written - _KEYS))))
            raw = overlaid(mapping.columns, record, mapping.patch(before, after))
            patched = succeeds(lambda: mapping.read(raw), "read of what was patched")
            for name in sorted(written):  # what is never written may follow from what was
                wrong = difference(getattr(patched, name), getattr(after, name))
                require(getattr(patched, name) == getattr(after, name), f"after a patch, in {name}, {wrong}")

        for_all(_EXAMPLES, check)

    def test_a_match_meets_every_condition_that_the_vendor_is_asked(self, mapping: RecordMapping[object]) -> None:
        """A condition narrows what is fetched; one too narrow loses records in silence."""
        query_class = QUERIES.get(mapping.target)
        if query_class is None:
            raise NotApplicable(f"no port asks for a {mapping.target.__name__} alone")

        def check(data: st.DataObject) -> None:
            record = data.draw(mapping.records())
            read = mapping.read(record)
            fields = cast("tuple[attrs.Attribute[object], ...]", attrs.fields(query_class))
            query = query_class(**{each.name: data.draw(st.none() | st.just(_asked(each, read))) for each in fields})
            assume(all(criterion.matches(read) for criterion in criteria(query)))
            plan = mapping.plan(query)
            require(plan.impossible is None, f"{query} matches, and nothing is asked: {plan.impossible}")
            for where in plan.pushed:
                fits = meets(mapping.columns, record, where)
                require(fits, f"{shortened(record)} matches {query}, and does not meet {where}")

        for_all(_EXAMPLES, check)


_KEYS = {"id", "number", "lines"}
"""What tells one thing from another is not changed."""


def _patchable(record: object) -> object:
    if isinstance(record, list):
        raise NotApplicable("rows of a read-only database are never patched")
    return record


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
