"""What a change at the vendor's means for us: which ports and attributes it hits, and how badly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum

from attrs import evolve, frozen

from contracts.source.changes import Change, ChangeKind, changes, column_changes
from contracts.source.effects import KEPT, LOST, Effect, Reading, effect, worst
from contracts.source.owed import OwedColumn, SourceContract, Use
from contracts.source.schema import Column, Schema


class Severity(IntEnum):
    """How badly a change hits us; the higher, the worse."""

    OUTSIDE = 0
    """Nothing that we rely on changed."""
    NOTE = 1
    """Nothing is misread; at most an optional attribute is no longer known."""
    WARNING = 2
    """Records are refused, or an attribute that is always there cannot be read."""
    CLOSES_WRITE = 3
    """A write that needs the column must not be made."""

    @property
    def word(self) -> str:
        """The severity as people read it."""
        return self.name.lower().replace("_", " ")


@frozen(kw_only=True)
class Finding:
    """One change as it concerns one port; *port* is ``None`` if it concerns none.

    *fields* are the domain attributes that it hits; none if it hits only what decides which records count. *closes* are
    those of them without which no write may be made until the mapping was looked at. *stops_reading* says that the port
    asks for the column by its name: nothing can be read until the mapping follows, however little the attribute itself
    may matter.
    """

    change: Change
    port: str | None
    fields: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    severity: Severity
    stops_reading: bool
    means: str

    @property
    def matters(self) -> bool:
        """Whether somebody must do something."""
        return self.severity >= Severity.WARNING or self.stops_reading


def findings(pinned: Schema, live: Schema, sources: Sequence[SourceContract]) -> tuple[Finding, ...]:
    """Judge all changes between two versions, the worst first; what nobody relies on is `Severity.OUTSIDE`.

    What a source contract names and neither version has is told as well: the mapping was never right for this system.
    """
    found: list[Finding] = []
    for change in changes(pinned, live):
        hit = [_judged(change, source, pinned, live) for source in sources]
        told = [each for each in hit if each is not None]
        found.extend(told or [_outside(change)])
    for source in sources:
        found.extend(_missing(source, pinned, live))
    return tuple(sorted(found, key=lambda each: (-each.severity, not each.stops_reading)))


def closed_writes(found: Sequence[Finding]) -> dict[str, tuple[str, ...]]:
    """Give by port the attributes without which no write may be made, for each port that has some."""
    closed: dict[str, dict[str, None]] = {}
    for each in found:
        if each.port is not None and each.severity is Severity.CLOSES_WRITE:
            closed.setdefault(each.port, {}).update(dict.fromkeys(each.closes))
    return {port: tuple(fields) for port, fields in closed.items()}


def absent(source: SourceContract, schema: Schema) -> tuple[OwedColumn, ...]:
    """Give the columns that a contract names and the schema does not have."""
    return tuple(owed for owed in source.columns if schema.column(owed.record, owed.path) is None)


def relied_on(schema: Schema, sources: Sequence[SourceContract]) -> Schema:
    """Give those records of *schema*, whole, through which the columns of *sources* are reached."""
    owed = [column for source in sources for column in source.columns]
    names = {record for column in owed for record, _ in _steps(schema, column)}
    return evolve(schema, records=[record for name, record in schema.records.items() if name in names])


def _outside(change: Change) -> Finding:
    return Finding(change=change, port=None, severity=Severity.OUTSIDE, stops_reading=False, means="not used")


def _missing(source: SourceContract, pinned: Schema, live: Schema) -> Iterator[Finding]:
    for owed in absent(source, live):
        if pinned.column(owed.record, owed.path) is None:
            change = Change(kind=ChangeKind.MISSING, record=owed.record, columns=(owed.path,))
            yield _finding(change, source, [(owed, LOST)])


def _judged(change: Change, source: SourceContract, pinned: Schema, live: Schema) -> Finding | None:
    hit = [
        (owed, _effect(change, step, owed, pinned, live))
        for owed in source.columns
        for step in _steps(pinned, owed)
        if step[0] == change.record and (len(change.columns) == 0 or step[1] in change.columns)
    ]
    return _finding(change, source, hit) if hit else None


Step = tuple[str, str]
"""A record and one of its columns."""


def _steps(schema: Schema, owed: OwedColumn) -> Iterator[Step]:
    """Walk to an owed column: each record on the way, and the column that is taken there."""
    record: str | None = owed.record
    names = owed.path.split("/")
    for place, name in enumerate(names):
        if record is None:
            return
        yield record, name
        way = schema.column(owed.record, "/".join(names[: place + 1]))
        record = None if way is None else way.of


def _effect(change: Change, step: Step, owed: OwedColumn, pinned: Schema, live: Schema) -> Effect:
    was, now = pinned.column(owed.record, owed.path), live.column(owed.record, owed.path)
    if was is None:
        return KEPT  # it was never there, which is told by itself
    if now is None:
        return LOST
    if change.kind in _ELSEWHERE:
        return _moved(was, now, owed)
    if change.kind is ChangeKind.KEY:
        return _REKEYED if pinned.records[change.record].key else KEPT
    if change.kind is ChangeKind.REFERENCE:
        return KEPT if None in (change.before, change.after) else _RELINKED
    old, new = (schema.records[step[0]].column(step[1]) for schema in (pinned, live))
    return KEPT if old is None or new is None else effect(change.kind, old, new, owed.facets)


_ELSEWHERE = (
    ChangeKind.RECORD_REMOVED,
    ChangeKind.RECORD_RENAMED,
    ChangeKind.REMOVED,
    ChangeKind.RENAMED,
    ChangeKind.TARGET,
)
"""After these the path either leads nowhere, or to a column of another record."""
_REKEYED = Effect(Reading.REFUSED, True, "two records may now have what was the key of one")
_RELINKED = Effect(Reading.REFUSED, True, "its values are keys of other records now")


def _moved(was: Column, now: Column, owed: OwedColumn) -> Effect:
    """Judge a column that stands under the same path in another record."""
    return worst([effect(each.kind, was, now, owed.facets) for each in column_changes("", was, now)])


def _finding(change: Change, source: SourceContract, hit: Sequence[tuple[OwedColumn, Effect]]) -> Finding:
    """Put together what one change does to one port; the worst of it is told."""
    severest = max(hit, key=lambda each: (_severity(*each), each[1].reading))
    closing = [owed for owed, each in hit if _severity(owed, each) is Severity.CLOSES_WRITE]
    return Finding(
        change=change,
        port=source.port,
        fields=_fields([owed for owed, _ in hit]),
        closes=_fields(closing),
        severity=_severity(*severest),
        stops_reading=source.by_name and any(each.reading is Reading.LOST for _, each in hit),
        means=_told(source, *severest),
    )


def _fields(columns: Sequence[OwedColumn]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for owed in columns for name in owed.fields))


def _severity(owed: OwedColumn, found: Effect) -> Severity:
    if owed.use is Use.WRITE and found.writing:
        return Severity.CLOSES_WRITE
    if found.reading is Reading.REFUSED or (found.reading is Reading.LOST and owed.use is not Use.OPTIONAL_READ):
        return Severity.WARNING
    return Severity.NOTE


def _told(source: SourceContract, owed: OwedColumn, found: Effect) -> str:
    closes = "; writes that need it are closed" if owed.use is Use.WRITE and found.writing else ""
    if found.reading is Reading.LOST:
        told = _lost(source, owed)
    elif found.reading is Reading.REFUSED:
        what = "records may be refused" if owed.fields else "records may be left out, or be too many"
        told = f"{what}: {found.because}"
    else:
        told = found.because
    return f"{told}{closes}"


def _lost(source: SourceContract, owed: OwedColumn) -> str:
    if source.by_name:
        return f"{source.port} cannot be read: the column is asked for by its name"
    return "the attribute will be unknown" if owed.facets.nullable else "every record will be refused"
