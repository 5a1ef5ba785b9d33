"""Comparing what a system publishes now with what was pinned."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from adapters.drift.pins import Pins, is_pin, pinned_in
from adapters.erp import Erp, Published
from adapters.introspection import from_file
from contracts.source.changes import ChangeKind
from contracts.source.drift import Finding, absent, findings, relied_on
from contracts.source.schema import Schema
from ports.errors import Misconfigured, NotOffered


@frozen
class Checked:
    """What became of one document of one system.

    *unpinned* are the columns that the ports rely on and the system has, but the pin has not: it is older than the
    mapping.
    """

    system: str
    document: str
    findings: tuple[Finding, ...]
    unpinned: tuple[str, ...]


def check(erp: Erp, pins: Pins, live: Schema | None = None, document: str | None = None) -> tuple[Checked, ...]:
    """Compare each document that a system publishes, or the one that *live* is a version of, with its pin.

    Raises:
        Misconfigured: a pin is missing or damaged, or nobody can say which document is meant.
        NotOffered: the system does not say what it publishes.
        AccessDenied, Unavailable, Unintelligible: see `ports.errors`.
    """
    return tuple(_checked(erp.name, each, pins, live) for each in documents(erp, live, document))


def pin(
    erp: Erp, pins: Pins, live: Schema | None = None, document: str | None = None, *, replace: bool = False
) -> dict[Path, tuple[str, ...]]:
    """Pin each document that a system publishes, or *live*; give the new files, and what is not there in each.

    Only the records that a port relies on are pinned, with all their columns.

    Raises:
        Misconfigured: another pin is there and is not to be replaced, or nobody can say which document is meant, or no
            record is there to be pinned.
        NotOffered: the system does not say what it publishes.
        AccessDenied, Unavailable, Unintelligible: see `ports.errors`.
    """
    written: dict[Path, tuple[str, ...]] = {}
    for each in documents(erp, live, document):
        schema = each.schema() if live is None else live
        kept = relied_on(schema, each.sources)
        if len(kept.records) == 0:
            raise Misconfigured(f"{schema.origin} has no record that {erp.name} relies on, so there is nothing to pin")
        path = pins.write(erp.name, each.name, kept, replace=replace)
        if path is not None:
            missing = [f"{owed.record}/{owed.path}" for source in each.sources for owed in absent(source, schema)]
            written[path] = tuple(missing)
    return written


def schema_in(path: Path) -> Schema:
    """Read a schema from a file: what a vendor publishes, or a pin.

    Raises:
        Misconfigured: it cannot be read, or is of another kind.
        Unintelligible: it is damaged.
    """
    return pinned_in(path) if is_pin(path) else from_file(path)


def documents(erp: Erp, live: Schema | None = None, named: str | None = None) -> tuple[Published, ...]:
    """Give the documents that a system publishes: all, the one that is *named*, or those that *live* may be one of.

    Raises:
        Misconfigured: there is none of that name, or nobody can say which *live* is.
        NotOffered: the system does not say what it publishes.
    """
    if len(erp.published) == 0:
        raise NotOffered(f"{erp.name} does not say what it publishes, so no drift can be seen")
    known = ", ".join(each.name for each in erp.published)
    if named is not None:
        chosen = tuple(each for each in erp.published if each.name == named)
        if len(chosen) == 0:
            raise Misconfigured(f"there is no document {named} of {erp.name}; it has {known}")
        return chosen
    if live is None or len(erp.published) == 1:
        return erp.published
    fitting = tuple(each for each in erp.published if _has_a_record(live, each))
    if len(fitting) != 1:
        told = "may be more than one" if fitting else "has a record of none"
        raise Misconfigured(
            f"{live.origin} {told} of the documents of {erp.name}; say which it is with --document: {known}"
        )
    return fitting


def _has_a_record(live: Schema, published: Published) -> bool:
    return any(owed.record in live.records for source in published.sources for owed in source.columns)


def _checked(system: str, published: Published, pins: Pins, live: Schema | None) -> Checked:
    pinned = pins.read(system, published.name)  # before the system is asked, as it costs nothing
    now = published.schema() if live is None else live
    found = findings(pinned, now, published.sources)
    lacking = [owed for source in published.sources for owed in absent(source, pinned)]
    return Checked(
        system,
        published.name,
        # a pin holds no record that nobody relies on, so to the pin they all look new
        tuple(each for each in found if each.change.kind is not ChangeKind.RECORD_ADDED),
        tuple(f"{owed.record}/{owed.path}" for owed in lacking if now.column(owed.record, owed.path) is not None),
    )
