"""Canonical JSON is RFC 8785, and two values have one digest exactly if they are equal."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import rfc8785
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from contracts.stored import read
from domain.canonical import canonical, digest
from domain.commands.command import Command
from domain.errors import InvalidValue
from domain.images import Image
from domain.money import Money
from tests.governed.examples import EUR, EXAMPLES

JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.text(),
        st.integers(-(2**53) + 1, 2**53 - 1),
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
        st.dates(),
        st.datetimes(timezones=st.just(UTC)),
        st.binary(max_size=20),
        st.timedeltas(),
    ),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=20,
)


@given(JSON)
def test_the_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(json.loads(canonical(value)))


@pytest.mark.parametrize("command", EXAMPLES, ids=lambda command: command.terms.action)
def test_every_command_is_read_back_as_it_was(command: Command) -> None:
    stored = canonical(command)

    assert stored == rfc8785.dumps(json.loads(stored))
    assert read(type(command), stored) == command
    assert canonical(read(type(command), stored)) == stored


@given(JSON)
def test_every_value_is_read_back_as_it_was(value: object) -> None:
    image = Image.of({"field": value})

    assert read(Image, canonical(image)) == image


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.integers(0, 6))
def test_equal_decimals_have_one_digest(number: Decimal, zeros: int) -> None:
    padded = Decimal(f"{number:f}" + "0" * zeros)

    assert padded == number
    assert digest(padded) == digest(number)


@given(JSON, JSON)
def test_values_have_one_digest_only_if_they_are_equal(left: object, right: object) -> None:
    if digest(left) == digest(right):
        assert left == right


def test_what_looks_alike_has_different_digests() -> None:
    alike = ["10", 10, Decimal(10), ("10",), b"10", True, "true", None, "null", date(2026, 1, 2), "2026-01-02"]

    assert len({digest(value) for value in alike}) == len(alike)


@pytest.mark.parametrize(
    "value",
    [
        1.5, math.nan, 2**53, -(2**53), Decimal("NaN"), Decimal("1E+100000"), "\ud800", {"a": 1}, [1], {1}, object(),
        datetime(2026, 1, 2), datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=1))),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(InvalidValue, match="no canonical form"):
        canonical(value)


@pytest.mark.parametrize(
    "stored",
    [
        b"", b"{", b"[]", b"null", b'{"type":"Image"}', b'{"type":"Image","fields":[["a",1.5]]}', b'{"type":"os"}',
        b'{"type":"Image","fields":[["a",NaN]]}', b'{"fields":[]}', b'{"type":"Scope","system":"a","company":"b"}',
        b'{"type":"Image","fields":[["b",1],["a",1]]}', b'{"type":"Image","fields":[],"more":1}', b"[" * 100_000,
        b'{"type":"Image","fields":[["a",{"type":"Decimal","value":"one"}]]}', b"\xff",
    ],
    ids=lambda stored: repr(stored[:40]),
)  # fmt: skip
def test_what_is_not_of_the_form_is_refused_in_one_sentence(stored: bytes) -> None:
    with pytest.raises(InvalidValue):
        read(Image, stored)


def test_a_changed_amount_has_another_digest() -> None:
    limit = next(each for each in EXAMPLES if each.terms.action == "change credit limit")

    changed = evolve(limit, limit=Money(EUR, Decimal("50000.01")))  # type: ignore[call-arg]  # it is that command

    assert digest(changed) != digest(limit)
