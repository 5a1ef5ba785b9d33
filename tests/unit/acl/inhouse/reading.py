"""Reading and writing one field of the in-house mappings by itself, as the engine does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar, cast

import pytest

from acl.engine.fields import Field, Raws
from acl.engine.records import BAD, Cells, Origin, Report
from acl.mapping import Unreadable
from ports.errors import Problem

T = TypeVar("T")


def read(field: T, *raws: object) -> T:
    """Give what *field* makes of one raw value per column; the test fails if that is a problem."""
    value, problems = _read(field, raws)
    assert problems == [], problems
    return cast("T", value)


def problem(field: object, *raws: object) -> Problem:
    """Give the one problem that *field* has with the raw values."""
    value, problems = _read(field, raws)
    assert value is BAD, f"{raws} was read as {value!r}"
    (only,) = problems
    return only


def written(field: T, value: T | None) -> object:
    """Give the raw value of *value*, a tuple if there are several columns."""
    raws: Raws = {}
    _field(field).write(value, raws)
    found = tuple(raws.values())
    return found[0] if len(found) == 1 else found


def refused(field: T, value: T) -> Unreadable:
    """Give the reason why *value* cannot be written."""
    with pytest.raises(Unreadable) as caught:
        _field(field).write(value, {})
    return caught.value


def _read(field: object, raws: tuple[object, ...]) -> tuple[object, list[Problem]]:
    report = Report(Origin("inhouse", datetime(2026, 1, 2, tzinfo=UTC)), "RECORD")
    cells = Cells(dict(zip(_field(field).columns, raws, strict=True)), omits_absent=False)
    return _field(field).read(cells, report), report.problems


def _field(field: object) -> Field:
    return cast("Field", field)
