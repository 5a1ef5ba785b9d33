"""Arithmetic that never rounds."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from domain.errors import InvalidValue
from domain.exact import added, subtracted


def test_a_sum_is_exact_whatever_the_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 3
        assert added(Decimal("1234567.89"), Decimal("0.01")) == Decimal("1234567.90")
        assert subtracted(Decimal("1234567.89"), Decimal("0.09")) == Decimal("1234567.80")


def test_a_sum_of_more_than_twenty_eight_digits_is_exact() -> None:
    assert added(Decimal(10**30), Decimal("0.01")) == Decimal(f"{10**30}.01")


def test_what_cannot_be_added_exactly_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^1E\+80 and 0.01 are too far apart to be added exactly$"):
        added(Decimal("1e80"), Decimal("0.01"))
