"""What holds for every mapping, whatever its vendor."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import cast

import attrs
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from acl.conditions import AnyOf, Comparison, Condition, Where
from acl.mapping import Mapping, Origin, Shape
from adapters.memory.quarantine import InMemoryQuarantine
from domain.errors import DomainError
from ports.errors import NotWritable, TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from ports.queries import criteria
from ports.suppliers import SupplierQuery
from tests.laws.mappings import every_mapping

EVERY = every_mapping()
ORIGIN = Origin("sandbox", datetime(2026, 1, 1, tzinfo=UTC))
RAW: st.SearchStrategy[object] = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["", " ", "0", "NaN", "1e5", "１２", "2024-02-30", "\ufffd", "a\x00b", " x"])
    | st.binary(max_size=4)
    | st.decimals(allow_nan=True)
    | st.lists(st.none(), max_size=2)
    | st.just({})
)
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
relaxed = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)

evolve = cast("Callable[..., object]", attrs.evolve)  # the class is known only at run time
pytestmark = pytest.mark.parametrize("name", EVERY)
Keyed = dict[str, object]


def _overlaid(mapping: Mapping[object], record: object, written: object) -> object:
    """Put written columns over a record, as an update at the vendor would."""
    if mapping.shape is Shape.ROW:
        return tuple(cast("Keyed", written).get(c, raw) for c, raw in zip(mapping.columns, _row(record), strict=True))
    if mapping.shape is Shape.ROW_SET:
        rows = cast("list[Keyed]", written)
        old = cast("list[object]", record)
        return [
            tuple(new.get(column, raw) for column, raw in zip(mapping.columns, _row(row), strict=True))
            for row, new in zip(old, rows, strict=True)
        ]
    return _merged(cast("Keyed", record), cast("Keyed", written))


def _row(record: object) -> Sequence[object]:
    return cast("Sequence[object]", record)


def _merged(old: Keyed, new: Keyed) -> Keyed:
    merged = dict(old)
    for column, value in new.items():
        before = old.get(column)
        if isinstance(value, dict) and isinstance(before, dict):
            merged[column] = _merged(before, value)
        elif isinstance(value, list) and isinstance(before, list) and len(value) == len(before) and value:
            pairs = zip(before, value, strict=True)
            merged[column] = [_merged(b, v) if isinstance(v, dict) and isinstance(b, dict) else v for b, v in pairs]
        else:
            merged[column] = value
    return merged


def _slowly(mapping: Mapping[object], record: object) -> object:
    try:
        return mapping.read(record, origin=ORIGIN)
    except TranslationError as error:
        return tuple(error.problems)


def _quickly(mapping: Mapping[object], record: object) -> object:
    quarantine = InMemoryQuarantine()
    page = cast("list[object]", record) if mapping.shape is Shape.ROW_SET else [record]
    found = list(mapping.read_all([page], origin=ORIGIN, quarantine=quarantine))
    return found[0] if found else quarantine.refusals[0].problems


@relaxed
@given(data=st.data())
def test_what_is_written_reads_back_as_the_same_object(name: str, data: st.DataObject) -> None:
    mapping = EVERY[name]
    record = data.draw(mapping.records())
    read = mapping.read(record, origin=ORIGIN)

    assert mapping.read(_overlaid(mapping, record, mapping.write(read)), origin=ORIGIN) == read


@relaxed
@given(data=st.data())
def test_a_canonical_record_is_written_as_it_was_read(name: str, data: st.DataObject) -> None:
    mapping = EVERY[name]
    record = data.draw(mapping.records())

    written = mapping.write(mapping.read(record, origin=ORIGIN))

    assert _overlaid(mapping, record, written) == record


@relaxed
@given(data=st.data())
def test_the_generated_reader_gives_what_the_slow_path_gives(name: str, data: st.DataObject) -> None:
    mapping = EVERY[name]
    record = data.draw(mapping.records())

    quick = _quickly(mapping, record)

    assert quick == mapping.read(record, origin=ORIGIN)
    assert type(quick) is mapping.target
    assert quick.source.system == "sandbox" if hasattr(quick, "source") else True


@settings(relaxed, max_examples=120)
@given(data=st.data())
def test_both_paths_agree_on_a_record_with_anything_in_one_place(name: str, data: st.DataObject) -> None:
    mapping = EVERY[name]
    record = copy.deepcopy(data.draw(mapping.records()))
    spoiled = _spoiled(mapping, record, data)

    assert _quickly(mapping, spoiled) == _slowly(mapping, spoiled)


def _spoiled(mapping: Mapping[object], record: object, data: st.DataObject) -> object:
    if mapping.shape is Shape.ROW_SET:
        rows = list(cast("list[object]", record))
        key = {mapping.columns.index(column) for column in mapping.key.columns}
        at = data.draw(st.integers(0, len(rows) - 1))
        place = data.draw(st.sampled_from([p for p in range(len(mapping.columns)) if p not in key]))
        rows[at] = _replaced(_row(rows[at]), place, data.draw(RAW))
        return rows
    if mapping.shape is Shape.ROW:
        return _replaced(_row(record), data.draw(st.integers(0, len(mapping.columns) - 1)), data.draw(RAW))
    target = cast("Keyed", record)
    while True:
        column = data.draw(st.sampled_from(sorted(target)))
        inner = _inner(target[column])
        if inner is None or data.draw(st.booleans()):
            target[column] = data.draw(RAW)
            return record
        target = inner


def _inner(value: object) -> Keyed | None:
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        value = value["results"]
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) and value else None


def _replaced(row: Sequence[object], place: int, raw: object) -> tuple[object, ...]:
    return (*row[:place], raw, *row[place + 1 :])


@relaxed
@given(data=st.data())
def test_a_patch_holds_what_changed_and_nothing_else(name: str, data: st.DataObject) -> None:
    mapping = EVERY[name]
    if mapping.shape is Shape.ROW_SET:
        pytest.skip("rows of a read-only database are never patched")
    record = data.draw(mapping.records())
    other = mapping.read(data.draw(mapping.records()), origin=ORIGIN)
    before = mapping.read(record, origin=ORIGIN)
    after = _changed(mapping, before, other, data)

    assert mapping.patch(before, before) == {}
    patched = mapping.read(_overlaid(mapping, record, mapping.patch(before, after)), origin=ORIGIN)
    for attribute, each in mapping.root.parts.items():  # what is read only may follow from what was changed
        assert each.read_only is not None or getattr(patched, attribute) == getattr(after, attribute), attribute


def _changed(mapping: Mapping[object], before: object, other: object, data: st.DataObject) -> object:
    """Take one attribute that may be written from *other*."""
    parts = {name: each for name, each in mapping.root.parts.items() if each.read_only is None}
    name = data.draw(st.sampled_from(sorted(set(parts) - {"id", "number", "lines"})))
    try:
        after: object = evolve(before, **{name: getattr(other, name)})
        mapping.patch(before, after)
    except (DomainError, NotWritable):
        assume(False)
    return after


@relaxed
@given(data=st.data())
def test_a_record_that_matches_a_query_meets_every_condition_that_is_pushed(name: str, data: st.DataObject) -> None:
    mapping = EVERY[name]
    queries = {"Supplier": SupplierQuery, "PurchaseOrder": PurchaseOrderQuery}
    if mapping.target.__name__ not in queries:
        pytest.skip("no port asks for this class alone")
    query_class = queries[mapping.target.__name__]
    record = data.draw(mapping.records())
    read = mapping.read(record, origin=ORIGIN)
    query = query_class(
        **{field.name: data.draw(st.none() | st.just(_asked(field, read))) for field in _fields(query_class)}
    )
    assume(all(criterion.matches(read) for criterion in criteria(query)))

    plan = mapping.plan(query)

    assert plan.impossible is None
    for where in plan.pushed:
        assert _holds(mapping, record, where), where


def _fields(query_class: type) -> tuple[attrs.Attribute[object], ...]:
    found: tuple[attrs.Attribute[object], ...] = attrs.fields(query_class)
    return found


def _asked(field: attrs.Attribute[object], read: object) -> object:
    path: str = field.metadata["dragoman.criterion"][0]
    value: object = read
    for step in path.split("."):
        if isinstance(value, tuple):
            value = value[0] if value else None
        value = None if value is None else getattr(value, step)
    return (value[0] if value else None) if isinstance(value, tuple) else value


def _holds(mapping: Mapping[object], record: object, where: Where) -> bool:
    if isinstance(where, AnyOf):
        return any(_holds(mapping, record, each) for each in where.conditions)
    return any(
        _compare(raw, where) for raw in _reach(_keyed(mapping, record), where.column.replace(".", "/").split("/"))
    )


def _keyed(mapping: Mapping[object], record: object) -> object:
    if mapping.shape is Shape.ROW:
        return dict(zip(mapping.columns, _row(record), strict=True))
    if mapping.shape is Shape.ROW_SET:
        return dict(zip(mapping.columns, _row(cast("list[object]", record)[0]), strict=True))
    return record


def _reach(value: object, path: Sequence[str]) -> list[object]:
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        value = value["results"]
    if isinstance(value, list):
        return [found for each in value for found in _reach(each, path)]
    if not path:
        return [value]
    return _reach(cast("Keyed", value).get(path[0]), path[1:])


def _compare(raw: object, condition: Condition) -> bool:
    asked = condition.value
    if condition.comparison is Comparison.EQ:
        return raw == asked
    if condition.comparison is Comparison.NE:
        return raw != asked
    left, right = cast("tuple[Decimal, Decimal]", (_sortable(raw), _sortable(asked)))
    if condition.comparison in (Comparison.GE, Comparison.GT):
        return left >= right
    return left <= right


def _sortable(raw: object) -> object:
    if isinstance(raw, str) and raw.startswith("/Date("):
        return int(raw[6:].split("+")[0].rstrip(")/"))
    return raw
