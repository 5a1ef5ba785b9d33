"""Source contracts and findings, as tables for people and as records for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from adapters.cli.screen import Sheet
from contracts.source.changes import Change, ChangeKind
from contracts.source.drift import Finding, Severity, closed_writes
from contracts.source.owed import OwedColumn, SourceContract

if TYPE_CHECKING:
    from adapters.drift.checking import Checked

_SHOWN = 5
_DECIDES = "(which records count)"


def finding_records(checked: Checked) -> Iterator[dict[str, object]]:
    """Give each finding as one record, those that concern no port included."""
    for found in checked.findings:
        yield {
            "system": checked.system,
            "document": checked.document,
            "port": found.port,
            "fields": list(found.fields),
            "severity": found.severity.word,
            "matters": found.matters,
            "stops_reading": found.stops_reading,
            "closes_write_of": list(found.closes),
            "change": found.change.kind.value,
            "record": found.change.record,
            "columns": list(found.change.columns),
            "before": found.change.before,
            "after": found.change.after,
            "means": found.means,
        }


def finding_sheet(checked: Sequence[Checked], *, narrow: bool) -> Sheet:
    """Set the findings that concern a port one a line, the worst of each document first."""
    every = [(each, found) for each in checked for found in each.findings if found.severity > Severity.OUTSIDE]
    if narrow:
        short = [
            (found.severity.word, f"{each.system} {_place(found.change)} {_told(found.change)}; {_hit(found)}")
            for each, found in every
        ]
        return Sheet("", ("severity", "what it means"), short, wrapped=("what it means",))
    columns = ("system", "severity", "port", "fields", "column", "change", "means")
    rows = [
        (
            each.system,
            found.severity.word,
            str(found.port),
            _fields(found),
            _place(found.change),
            _told(found.change),
            found.means,
        )
        for each, found in every
    ]
    return Sheet("", columns, rows, wrapped=("fields", "column", "change", "means"))


def summary(checked: Checked) -> Iterator[str]:
    """Say in sentences what the table does not: what is closed, what stands still, what does not matter."""
    name = _name(checked)
    stopped = dict.fromkeys(str(found.port) for found in checked.findings if found.stops_reading)
    for port in stopped:
        yield f"{name}: {port} cannot be read until the mapping follows"
    for port, fields in closed_writes(checked.findings).items():
        yield f"{name}: writes of {port} are closed that need {', '.join(fields)}"
    outside = sum(1 for found in checked.findings if found.severity is Severity.OUTSIDE)
    if len(checked.findings) == 0:
        yield f"{name}: it publishes what is pinned"
    elif outside > 0:
        more = "1 more change concerns" if outside == 1 else f"{outside} more changes concern"
        yield f"{name}: {more} nothing that is used; --json tells {'it' if outside == 1 else 'them'}"


def unseen(checked: Checked) -> Iterator[str]:
    """Say what neither the table nor the records can tell: where the pin is too old to compare anything."""
    if checked.unpinned:
        lacking = listed(checked.unpinned)
        yield f"{_name(checked)}: the pin lacks {lacking}, so no change there is seen; pin it anew with --replace"


def _name(checked: Checked) -> str:
    return checked.system if checked.document == "" else f"{checked.system}, {checked.document}"


def listed(columns: Sequence[str]) -> str:
    """Name some of the columns, and say how many more there are."""
    shown = ", ".join(columns[:_SHOWN])
    return shown if len(columns) <= _SHOWN else f"{shown} and {len(columns) - _SHOWN} more"


def _fields(found: Finding) -> str:
    return ", ".join(found.fields) or _DECIDES


def _hit(found: Finding) -> str:
    return f"{found.port}: {_fields(found)}: {found.means}"


def _place(change: Change) -> str:
    return "/".join([change.record, ", ".join(change.columns)]) if change.columns else change.record


def _told(change: Change) -> str:
    """Say what changed, and both values where they say more than the kind of change and its place."""
    if change.kind in (ChangeKind.RENAMED, ChangeKind.RECORD_RENAMED):
        return f"{change.kind.value}, probably to {change.after}"
    values = " to ".join(each for each in (change.before, change.after) if each is not None)
    return change.kind.value if values in ("", *change.columns, change.record) else f"{change.kind.value}: {values}"


def owed_records(system: str, source: SourceContract) -> Iterator[dict[str, object]]:
    """Give each column that is owed as one record."""
    for owed in source.columns:
        yield {
            "system": system,
            "port": source.port,
            "record": owed.record,
            "column": owed.path,
            "forms": [form.value for form in owed.facets.forms],
            "nullable": owed.facets.nullable,
            "length": owed.facets.length,
            "scale": owed.facets.scale,
            "exact": owed.facets.exact,
            "codes": None if owed.facets.codes is None else list(owed.facets.codes),
            "use": owed.use.name.lower(),
            "asked_by_name": source.by_name,
            "fields": list(owed.fields),
        }


def owed_sheet(source: SourceContract, *, narrow: bool) -> Sheet:
    """Set the columns that are owed one a line."""
    if narrow:
        short = [(f"{owed.record}/{owed.path}", f"{_form(owed)}; {_used(owed)}") for owed in source.columns]
        return Sheet("", ("column", "must stay"), short, wrapped=("column", "must stay"))
    columns = ("record", "column", "form", "null", "codes", "use", "fields")
    rows = [
        (
            owed.record,
            owed.path,
            _form(owed),
            "yes" if owed.facets.nullable else "no",
            "any" if owed.facets.codes is None else ", ".join(map(_code, owed.facets.codes)),
            owed.use.name.lower().replace("_", " "),
            ", ".join(owed.fields) or _DECIDES,
        )
        for owed in source.columns
    ]
    return Sheet("", columns, rows, wrapped=("column", "codes", "fields"))


def _form(owed: OwedColumn) -> str:
    """Say in which form a column must stay: ``text(10!)`` has exactly ten characters, or at most that many."""
    facets = owed.facets
    forms = " or ".join(form.value for form in facets.forms) or "any"
    size = facets.length if facets.length is not None else facets.scale
    return forms if size is None else f"{forms}({size}{'!' if facets.exact else ''})"


def _code(code: str) -> str:
    return code if code == code.strip() != "" else repr(code)


def _used(owed: OwedColumn) -> str:
    return f"{owed.use.name.lower().replace('_', ' ')} for {', '.join(owed.fields) or _DECIDES}"
