"""Every kind of change that a vendor makes to a column, planted on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from attrs import evolve

from contracts.source.changes import ChangeKind
from contracts.source.owed import OwedColumn
from contracts.source.schema import Column, Form, Record, Schema

Versions = tuple[Column, Column | None]
"""A column before and after; ``None`` when it is gone."""


def _other_form(column: Column) -> Versions:
    return column, evolve(column, form=Form.BINARY if column.form is not Form.BINARY else Form.OTHER, native="STRANGE")


def with_facet(column: Column, facet: str, value: object) -> Column:
    """Give a column in which one thing is different."""
    return cast("Callable[..., Column]", evolve)(column, **{facet: value})


def _sized(facet: str, before: int, after: int) -> Callable[[Column], Versions]:
    return lambda column: (with_facet(column, facet, before), with_facet(column, facet, after))


def _codes(before: tuple[str, ...] | None, after: tuple[str, ...] | None) -> Callable[[Column], Versions]:
    return lambda column: (evolve(column, codes=before), evolve(column, codes=after))


def _null(before: bool | None, after: bool | None) -> Callable[[Column], Versions]:
    return lambda column: (evolve(column, nullable=before), evolve(column, nullable=after))


def _written(before: tuple[bool, bool], after: tuple[bool, bool]) -> Callable[[Column], Versions]:
    return lambda column: (
        evolve(column, creatable=before[0], updatable=before[1]),
        evolve(column, creatable=after[0], updatable=after[1]),
    )


MUTATIONS: Mapping[str, tuple[ChangeKind, Callable[[Column], Versions]]] = {
    "removed": (ChangeKind.REMOVED, lambda column: (column, None)),
    "renamed": (ChangeKind.RENAMED, lambda column: (column, evolve(column, name=f"{column.name}_2"))),
    "another type": (ChangeKind.FORM, _other_form),
    "another word for the type": (ChangeKind.NATIVE, lambda column: (column, evolve(column, native="SYNONYM"))),
    "longer": (ChangeKind.LENGTH, _sized("length", 400, 500)),
    "shorter": (ChangeKind.LENGTH, _sized("length", 500, 1)),
    "less precise": (ChangeKind.PRECISION, _sized("precision", 18, 3)),
    "more precise": (ChangeKind.PRECISION, _sized("precision", 18, 30)),
    "finer": (ChangeKind.SCALE, _sized("scale", 2, 9)),
    "coarser": (ChangeKind.SCALE, _sized("scale", 9, 0)),
    "nullable": (ChangeKind.NULLABLE, _null(False, True)),
    "no longer nullable": (ChangeKind.NULLABLE, _null(True, False)),
    "a code more": (ChangeKind.CODES_ADDED, _codes(("A", "B"), ("A", "B", "??"))),
    "a code less": (ChangeKind.CODES_REMOVED, _codes(("A", "B"), ("A",))),
    "any code": (ChangeKind.CODES_ADDED, _codes(("A", "B"), None)),
    "a closed list": (ChangeKind.CODES_REMOVED, _codes(None, ("A", "B"))),
    "another number": (ChangeKind.MANY, lambda column: (column, evolve(column, many=not column.many))),
    "read only": (ChangeKind.WRITING, _written((True, True), (False, False))),
    "no longer given": (ChangeKind.WRITING, _written((True, True), (False, True))),
    "no longer changed": (ChangeKind.WRITING, _written((True, True), (True, False))),
    "written at last": (ChangeKind.WRITING, _written((False, False), (True, True))),
    "another target": (ChangeKind.TARGET, lambda column: (column, evolve(column, of="Elsewhere"))),
}
"""Each kind of change, and what makes the two versions of a column."""


def mutated(schema: Schema, record: str, column: str, name: str) -> tuple[Schema, Schema]:
    """Plant the mutation *name* in one column: the pinned schema and the live one."""
    found = schema.records[record].column(column)
    assert found is not None
    before, after = MUTATIONS[name][1](found)
    return with_column(schema, record, column, before), with_column(schema, record, column, after)


def with_column(schema: Schema, record: str, name: str, column: Column | None) -> Schema:
    """Put *column* in the place of the one called *name*; ``None`` takes it away."""
    old = schema.records[record]
    columns = [column if each.name == name else each for each in old.columns]
    return with_record(schema, record, evolve(old, columns=tuple(each for each in columns if each is not None)))


def with_record(schema: Schema, name: str, record: Record | None) -> Schema:
    """Put *record* in the place of the one called *name*; ``None`` takes it away."""
    records = [record if each.name == name else each for each in schema.records.values()]
    return Schema(schema.origin, [each for each in records if each is not None])


def steps(schema: Schema, owed: OwedColumn) -> list[tuple[str, str]]:
    """Walk to an owed column, by hand: every record and column on the way."""
    found: list[tuple[str, str]] = []
    record = owed.record
    for name in owed.path.split("/"):
        found.append((record, name))
        column = schema.records[record].column(name)
        assert column is not None
        record = column.of or ""
    return found
