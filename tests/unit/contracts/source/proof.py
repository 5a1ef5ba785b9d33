"""The proof that is run over every schema: what is mapped is found, and nothing else is said to break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from contracts.source.changes import ChangeKind
from contracts.source.drift import Finding, Severity, findings
from contracts.source.owed import OwedColumn, SourceContract, Use
from contracts.source.schema import Record, Schema
from tests.unit.contracts.source.mutations import MUTATIONS, mutated, steps, with_record

Hit = tuple[SourceContract, OwedColumn]
GONE = ("removed", "renamed", "another target")
"""After these mutations nothing stands at the path any more; a column without records behind it has no target."""


def hits(schema: Schema, sources: Sequence[SourceContract], record: str, column: str) -> list[Hit]:
    """Give by hand what is owed through one column."""
    return [
        (source, owed)
        for source in sources
        for owed in source.columns
        if (record, column) in steps(schema, owed)
    ]  # fmt: skip


def every_column(schema: Schema) -> Iterator[tuple[str, str]]:
    """Give each column of each record."""
    for record in schema.records.values():
        for column in record.columns:
            yield record.name, column.name


def about(found: Sequence[Finding], record: str, column: str) -> list[Finding]:
    """Give what was found about one column, apart from what neither version ever had."""
    return [
        each
        for each in found
        if each.change.record == record
        and column in each.change.columns
        and each.change.kind is not ChangeKind.MISSING
    ]  # fmt: skip


def check_each_mutation(schema: Schema, sources: Sequence[SourceContract], record: str, column: str) -> None:
    """Plant every mutation in one column, one after the other, and look at what is told."""
    owed = hits(schema, sources, record, column)
    for name, (kind, _) in MUTATIONS.items():
        pinned, live = mutated(schema, record, column, name)
        found = about(findings(pinned, live, sources), record, column)
        assert [each.change.kind for each in found] == [kind] * max(1, len({source.port for source, _ in owed})), name
        check_ports(found, owed, name)
        if name in GONE[:2]:
            check_gone(found, owed)


def check_ports(found: Sequence[Finding], owed: Sequence[Hit], told: str) -> None:
    """Each port that relies on the column is told of it with all its fields; where none does, nothing breaks."""
    fields: dict[str | None, set[str]] = {}
    for source, column in owed:
        fields.setdefault(source.port, set()).update(column.fields)
    assert {each.port: set(each.fields) for each in found} == (fields or {None: set()}), told
    for each in found:
        assert (each.severity is Severity.OUTSIDE) == (each.port is None), told
        assert not (each.port is None and (each.matters or each.stops_reading or each.closes)), told


def check_gone(found: Sequence[Finding], owed: Sequence[Hit]) -> None:
    """A column that is gone is as bad as its most important use, and stops what asks for it by name."""
    severities = {Use.OPTIONAL_READ: Severity.NOTE, Use.READ: Severity.WARNING, Use.WRITE: Severity.CLOSES_WRITE}
    for each in found:
        ours = [(source, column) for source, column in owed if source.port == each.port]
        if not ours:
            continue
        assert each.severity is severities[max(column.use for _, column in ours)]
        assert each.stops_reading is any(source.by_name for source, _ in ours)
        assert set(each.closes) == {name for _, column in ours if column.use is Use.WRITE for name in column.fields}


def check_each_record(schema: Schema, sources: Sequence[SourceContract], record: Record) -> None:
    """Take the whole record away, rename it, and change its key."""
    owed = [hit for column in record.columns for hit in hits(schema, sources, record.name, column.name)]
    for live in (
        with_record(schema, record.name, None),
        with_record(schema, record.name, evolve(record, name=f"{record.name}_2")),
    ):
        told = [each for each in findings(schema, live, sources) if each.change.kind is not ChangeKind.MISSING]
        gone = [each for each in told if each.change.record == record.name]
        check_ports(gone, owed, "record")
        check_gone(gone, owed)
    for column in record.columns:
        pinned = with_record(schema, record.name, evolve(record, key=(column.name,)))
        live = with_record(schema, record.name, evolve(record, key=(column.name, "SOMETHING_NEW")))
        found = about(findings(pinned, live, sources), record.name, column.name)
        ours = hits(schema, sources, record.name, column.name)
        check_ports(found, ours, "key")
        assert all(each.matters for each in found if each.port is not None)
