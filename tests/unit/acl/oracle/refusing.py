"""Reading a record that must be refused for one reason."""

from __future__ import annotations

from typing import TypeVar

from acl.mapping import Mapping
from ports.errors import Problem
from tests.unit.acl.oracle.records import Record
from tests.unit.acl.reading import both_paths

T = TypeVar("T")


def the_problem(of: Mapping[T], record: Record) -> Problem:
    """Give the one problem that both paths have with *record*."""
    found = both_paths(of, record)
    assert isinstance(found, tuple), f"this was read: {found!r}"
    (problem,) = found
    return problem
