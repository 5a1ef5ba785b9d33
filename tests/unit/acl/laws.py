"""The laws of every codec, told on a mapping of one sample value."""

from __future__ import annotations

from typing import cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from acl.engine.codec import Codec
from acl.engine.fields import Scalar
from acl.mapping import Mapping
from ports.errors import NotWritable
from tests.unit.acl.reading import (
    ANYTHING,
    Sample,
    both_paths,
    near,
    needs_no_slow_path,
    read_value,
    sample_of,
    write_value,
)  # fmt: skip

LAW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How hard a law is tried; never against the clock, for tests share their machine."""


def codec_of(of: Mapping[Sample]) -> Codec[object]:
    """Give the codec behind a sample's value."""
    return cast("Scalar", of.root.parts["value"]).codec


def canonical(of: Mapping[Sample]) -> SearchStrategy[tuple[object, ...]]:
    """Draw canonical raw values, one for each column of the sample's value."""
    drawn = codec_of(of).raws(st)
    return drawn.map(lambda raw: (raw,)) if len(of.columns) == 2 else cast("SearchStrategy[tuple[object, ...]]", drawn)


def hostile(of: Mapping[Sample]) -> SearchStrategy[tuple[object, ...]]:
    """Draw raw values that are nearly right in each column, or anything at all."""
    return canonical(of).flatmap(lambda raws: st.tuples(*(st.just(raw) | near(raw) | ANYTHING for raw in raws)))


def is_written_as_it_was_read(of: Mapping[Sample], raws: tuple[object, ...]) -> None:
    """``encode(decode(raw)) == raw`` for a canonical raw value, the type of each part included."""
    written = write_value(of, read_value(of, *raws))
    assert written == raws
    assert list(map(type, written)) == list(map(type, raws))


def is_read_as_it_was_written(of: Mapping[Sample], value: object) -> None:
    """``decode(encode(value)) == value`` for every value that is not refused."""
    try:
        raws = write_value(of, value)
    except NotWritable:
        return
    assert read_value(of, *raws) == value


def has_no_spelling_of_another_value(of: Mapping[Sample], raws: tuple[object, ...]) -> None:
    """Every spelling of a value decodes to it, and what is written is one of them."""
    value, spellings = read_value(of, *raws), codec_of(of).spellings
    if spellings is None:
        return
    every = [each if len(of.columns) > 2 else (each,) for each in spellings(value)]
    assert raws in every
    assert all(read_value(of, *cast("tuple[object, ...]", each)) == value for each in every)


def is_told_alike_by_both_paths(of: Mapping[Sample], raws: tuple[object, ...]) -> None:
    """The generated reader and the slow path read the same, or refuse for the same reasons."""
    both_paths(of, sample_of(of, *raws))


def is_read_fast(of: Mapping[Sample], raws: tuple[object, ...]) -> None:
    """A canonical value is read by the generated reader alone."""
    needs_no_slow_path(of, sample_of(of, *raws))
