"""Conformance reports as files: JSON for programs, one page of HTML for people."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from contracts.laws.conformance import Conformance, Outcome, Verdict
from contracts.laws.page import page

Record = dict[str, object]


def check_form(path: Path) -> None:
    """Refuse a file in which no report can be written, before anything is judged.

    Raises:
        ValueError: its name ends in neither ``.html`` nor ``.json``, or its folder is not there.
    """
    if path.suffix not in _FORMS:
        raise ValueError(f"{path}: a report is {' or '.join(_FORMS)}; name the file so")
    if not path.parent.is_dir():
        raise ValueError(f"{path}: there is no folder {path.parent}; make it first")


def write(path: Path, conformances: Sequence[Conformance]) -> None:
    """Write a report in the form that the file's name asks for; what stands there is replaced when all is written.

    Raises:
        ValueError: see `check_form`.
        OSError: this machine refuses.
    """
    check_form(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(_FORMS[path.suffix](conformances), encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def as_json(conformances: Sequence[Conformance]) -> str:
    """Give the report as one JSON document."""
    return json.dumps({"conformances": [record_of(each) for each in conformances]}, indent=1, ensure_ascii=True) + "\n"


def record_of(conformance: Conformance) -> Record:
    """Give one report as a plain record."""
    counted, adapter = conformance.counted(), conformance.adapter
    return {
        "system": adapter.system,
        "kind": adapter.kind,
        "port": conformance.port,
        "judged_at": conformance.judged_at.isoformat(),
        "kept": conformance.is_kept,
        "counts": {outcome.value: counted[outcome] for outcome in Outcome},
        "verdicts": [verdict_record(each) for each in conformance.verdicts],
        "limits": [{"about": each.about, "told": each.told, "because": each.because} for each in adapter.limits],
    }


def verdict_record(verdict: Verdict) -> Record:
    """Give one verdict as a plain record."""
    return {
        "law": verdict.law,
        "chapter": verdict.chapter,
        "sentence": verdict.sentence,
        "reason": verdict.reason,
        "outcome": verdict.outcome.value,
        "told": verdict.told,
    }


_FORMS: dict[str, Callable[[Sequence[Conformance]], str]] = {".html": page, ".json": as_json}
