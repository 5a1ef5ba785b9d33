"""Building objects of two attributes from the columns ``A`` and ``B``, by the generated reader alone."""

from __future__ import annotations

from typing import TypeVar, cast

from attrs import frozen

from acl.codecs.text import text
from acl.mapping import Mapping, mapping
from tests.unit.acl.engine.shop import streamed
from tests.unit.acl.reading import needs_no_slow_path

T = TypeVar("T")
RAW = {"A": "x", "B": "y"}


@frozen
class _Two:
    one: str
    two: str


def mapped(target: type[T]) -> Mapping[T]:
    """Map a class whose attributes are two texts, ``one`` and ``two``."""
    declare = cast("type[_Two]", target)  # each class of these tests has the same two attributes
    return cast("Mapping[T]", mapping(declare, record="M")(one=text("A"), two=text("B")))


def fast(of: Mapping[T], record: object) -> T:
    """Read one record by the generated reader, which must not give up on it."""
    needs_no_slow_path(of, record)
    (found,), kept = streamed(of, [record])
    assert kept.refusals == []
    return found
