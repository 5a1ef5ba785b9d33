"""Raw records of any form, looked at by nothing but their structure.

A tuple is a row in the order of the mapping's columns, a list the rows of one document, a dict columns by their names,
in which lists and dicts may stand again. A dict that holds one list and nothing else is an envelope round that list.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

from hypothesis import strategies as st

Keyed = dict[str, object]
_ANYTHING: st.SearchStrategy[object] = (
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


def overlaid(columns: Sequence[str], record: object, written: object) -> object:
    """Put written columns over a record, as an update at the vendor would."""
    if isinstance(record, tuple):
        return _row_overlaid(columns, record, cast("Keyed", written))
    if isinstance(record, list):
        pairs = zip(record, cast("list[Keyed]", written), strict=True)
        return [_row_overlaid(columns, old, new) for old, new in pairs]
    return _merged(cast("Keyed", record), cast("Keyed", written))


def _row_overlaid(columns: Sequence[str], row: Sequence[object], new: Keyed) -> tuple[object, ...]:
    return tuple(new.get(column, raw) for column, raw in zip(columns, row, strict=True))


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


def with_anything_in_one_place(
    data: st.DataObject, columns: Sequence[str], key: Sequence[str], record: object
) -> object:
    """Draw *record* with any raw value in one of its places; the *key* that holds rows together stays."""
    if isinstance(record, tuple):
        return _replaced(record, data.draw(st.integers(0, len(columns) - 1)), data.draw(_ANYTHING))
    if isinstance(record, list):
        rows = list(record)
        at = data.draw(st.integers(0, len(rows) - 1))
        place = data.draw(st.sampled_from([place for place, column in enumerate(columns) if column not in key]))
        rows[at] = _replaced(rows[at], place, data.draw(_ANYTHING))
        return rows
    spoiled = copy.deepcopy(record)
    inside = cast("Keyed", spoiled)
    while True:
        column = data.draw(st.sampled_from(sorted(inside)))
        deeper = _record_inside(inside[column])
        if deeper is None or data.draw(st.booleans()):
            inside[column] = data.draw(_ANYTHING)
            return spoiled
        inside = deeper


def _replaced(row: Sequence[object], place: int, raw: object) -> tuple[object, ...]:
    return (*row[:place], raw, *row[place + 1 :])


def _opened(value: object) -> object:
    """Take a list out of its envelope; anything else is given as it is."""
    if isinstance(value, Mapping) and len(value) == 1:
        (inside,) = value.values()
        return inside if isinstance(inside, list) else value
    return value


def _record_inside(value: object) -> Keyed | None:
    value = _opened(value)
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) and value else None


class Comparison(Protocol):
    """How a column is compared, by its usual sign."""

    @property
    def value(self) -> str: ...


class Condition(Protocol):
    """One column against one raw value; dots and slashes lead into records inside the record.

    *sorts_by* gives what the vendor sorts a raw value by.
    """

    @property
    def column(self) -> str: ...
    @property
    def comparison(self) -> Comparison: ...
    @property
    def value(self) -> object: ...
    @property
    def sorts_by(self) -> Callable[[object], object]: ...


class AnyOf(Protocol):
    """Several conditions of which one must hold."""

    @property
    def conditions(self) -> Sequence[Condition]: ...


def meets(columns: Sequence[str], record: object, where: Condition | AnyOf) -> bool:
    """Say whether a record meets a condition on its raw values, or one of several; of many rows one is enough."""
    conditions = getattr(where, "conditions", (where,))
    return any(_meets(columns, record, each) for each in cast("Sequence[Condition]", conditions))


def _meets(columns: Sequence[str], record: object, condition: Condition) -> bool:
    name = condition.column  # of joined tables a column's own name has a dot
    path = [name] if name in columns else name.replace(".", "/").split("/")
    raws = _reach(_by_column(columns, record), path)
    return any(_compare(raw, condition) for raw in raws)


def _by_column(columns: Sequence[str], record: object) -> object:
    if isinstance(record, tuple):
        return dict(zip(columns, record, strict=True))
    return [_by_column(columns, row) for row in record] if isinstance(record, list) else record


def _reach(value: object, path: Sequence[str]) -> list[object]:
    if path and isinstance(value, Mapping) and path[0] in value:
        return _reach(value[path[0]], path[1:])
    inside = _opened(value)
    if isinstance(inside, list):
        return [found for each in inside for found in _reach(each, path)]
    return [None] if path else [value]


def _compare(raw: object, condition: Condition) -> bool:
    sign, asked = condition.comparison.value, condition.value
    if sign in ("=", "<>"):
        return (raw == asked) is (sign == "=")
    if raw is None:  # it is neither more nor less than anything
        return False
    # whatever they are, they have an order
    left, right = cast("tuple[int, int]", (condition.sorts_by(raw), condition.sorts_by(asked)))
    return {">=": left >= right, ">": left > right, "<=": left <= right, "<": left < right}[sign]
