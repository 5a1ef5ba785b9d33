"""The generated reader of a mapping: one Python function with every conversion written out.

Nothing is dispatched per field at run time. What the function does not recognise it gives to *replay*, which reads
the record again slowly, and either finds it good after all or refuses it with every reason.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count, groupby
from operator import itemgetter
from typing import cast

from attrs import frozen

from acl.engine.emitter import Emitter
from acl.engine.fields import Slow
from acl.engine.parts import Part
from acl.engine.records import Origin, Shape
from acl.engine.rows import EachRow, OverRows

Replay = Callable[[object], object]
"""Reads one record slowly; ``None`` when it was refused."""


@frozen
class Reader:
    """A compiled reader and its source."""

    source: str
    read: Callable[[Sequence[object], Origin, Replay], list[object]]


def header_columns(root: Part) -> tuple[str, ...]:
    """Give the columns of a row set that must agree on all of its rows."""
    fields = [each for each in root.parts.values() if not isinstance(each, EachRow | OverRows)]
    return tuple(dict.fromkeys(column for each in fields for column in each.columns))


def different(raws: Sequence[object]) -> list[object]:
    """Give the raw values of one column of a row set that are not equal, each once; one alone if all rows agree."""
    found: list[object] = []
    for raw in raws:
        if all(_differs(raw, known) for known in found):
            found.append(raw)
    return found


def _differs(left: object, right: object) -> bool:
    try:
        return repr(left) != repr(right) and left != right
    except ArithmeticError:  # a signalling NaN equals nothing, and says so loudly
        return True


def generate(root: Part, record: str, shape: Shape) -> Reader:
    """Write and compile the reader of *root*."""
    emitter = Emitter(record, root.columns, omits_absent=shape is Shape.ELEMENT)
    with emitter.block("def read(records, origin, replay):"):
        for line in ("system = origin.system", "read_at = origin.read_at", "found = []", "keep = found.append"):
            emitter.put(line)
        with emitter.block("for record in records:"):
            with emitter.block("try:"):
                built = root.emit(emitter, _take(emitter, root, shape))
            with emitter.block("except Exception:"):
                emitter.put(f"{built} = replay(record)")
                emitter.put(f"if {built} is None: continue")
            emitter.put(f"keep({built})")
        emitter.put("return found")
    return Reader(emitter.source, _compiled(emitter, f"<reader of {root.target.__name__} from {record}>"))


def _take(emitter: Emitter, root: Part, shape: Shape) -> dict[str, str]:
    """Emit what puts the record's columns into variables."""
    if shape is Shape.ROW:
        variables = {column: emitter.fresh(column) for column in root.columns}
        emitter.put(f"{', '.join(variables.values())}, = record")
        return variables
    if shape is Shape.ROW_SET:
        header = header_columns(root)
        emitter.put("first = record[0]")
        places = [emitter.positions[column] for column in header]
        take = emitter.constant(itemgetter(*places), "header")
        with emitter.block("if len(record) > 1:"):
            emitter.put(f"agreed = {take}(first)")
            with emitter.block("for other in record:"):
                emitter.put(f"if {take}(other) != agreed: raise {emitter.constant(Slow, 'slow')}")
        return {column: emitter.let(column, f"first[{place}]") for column, place in zip(header, places, strict=True)}
    return emitter.cells("record", root.columns)


def _compiled(emitter: Emitter, name: str) -> Callable[[Sequence[object], Origin, Replay], list[object]]:
    source = emitter.source
    lines = source.splitlines(keepends=True)
    others = (f"{name[:-1]}, {number}>" for number in count(2))
    # a site's own mapping reads the same class from the same record, by other lines
    name = next(each for each in chain((name,), others) if linecache.getlines(each) in ([], lines))
    linecache.cache[name] = (len(source), None, lines, name)
    namespace = dict(emitter.constants)
    exec(compile(source, name, "exec"), namespace)  # noqa: S102  # the source is made here from declarations, never from data
    return cast("Callable[[Sequence[object], Origin, Replay], list[object]]", namespace["read"])


def row_sets(pages: Iterable[Sequence[object]], key: Sequence[int]) -> Iterator[list[object]]:
    """Turn pages of rows, sorted by the key at the positions *key*, into pages of row sets.

    A set that runs over the end of a page is held back until it is complete.
    """
    key_of = itemgetter(*key)
    held: list[object] = []
    for page in pages:
        sets: list[object] = [
            list(rows) for _, rows in groupby((*held, *page), key=cast("Callable[[object], object]", key_of))
        ]
        held = cast("list[object]", sets.pop()) if sets else []
        yield sets
    if held:
        yield [held]
