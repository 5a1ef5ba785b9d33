"""The JSON of a write: exact decimals arrive as they are, or are not sent."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.rest.bodies import sent_body
from ports.errors import NotWritable


def test_a_decimal_anywhere_in_a_body_is_a_number_with_its_digits() -> None:
    body = {"price": Decimal("11.35"), "lines": [{"quantity": Decimal("0.125")}, (Decimal(3),)], "text": "São"}

    assert sent_body(body) == '{"price": 11.35, "lines": [{"quantity": 0.125}, [3.0]], "text": "São"}'.encode()


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_what_is_sent_is_read_as_the_same_number(value: Decimal) -> None:
    assert json.loads(sent_body([value]), parse_float=Decimal) == [value]


@pytest.mark.parametrize("value", ["0.12345678901234567890", "12345678901234567.25", "NaN", "Infinity", "1e400"])
def test_a_number_that_would_arrive_as_another_one_is_not_sent(value: str) -> None:
    with pytest.raises(NotWritable) as caught:
        sent_body({"lines": [{"price": Decimal(value)}]})

    (problem,) = caught.value.problems
    assert problem.field == "lines[1].price"
    assert "another number" in problem.reason


def test_a_float_that_is_no_number_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        sent_body({"price": float("nan")})
