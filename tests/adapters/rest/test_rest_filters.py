"""Conditions in the filter language of TOTVS's framework."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl.conditions import AnyOf, Comparison, Condition, Where
from adapters.rest.filters import totvs_filter
from sandbox.protheus_rest.filter import parsed


def _is(column: str, value: object, comparison: Comparison = Comparison.EQ) -> Condition:
    return Condition(column, comparison, value)


def test_nothing_is_asked_where_nothing_is_wanted() -> None:
    assert totvs_filter([]) == {}


@pytest.mark.parametrize(
    ("comparison", "told"), list(zip(Comparison, ("eq", "ne", "ge", "gt", "le", "lt"), strict=True))
)
def test_every_comparison_has_its_word(comparison: Comparison, told: str) -> None:
    assert totvs_filter([_is("C7_EMISSAO", "20240131", comparison)]) == {"filter": f"c7_emissao {told} '20240131'"}


def test_conditions_are_joined_and_alternatives_stand_in_brackets() -> None:
    where: list[Where] = [_is("C7_TIPO", 2, Comparison.NE), AnyOf((_is("C7_CONAPRO", " "), _is("C7_CONAPRO", "L")))]

    assert totvs_filter(where) == {"filter": "c7_tipo ne 2 and (c7_conapro eq ' ' or c7_conapro eq 'L')"}


@pytest.mark.parametrize(
    ("value", "literal"),
    [("21".ljust(15), "'21'"), ("   ", "' '"), ("", "' '"), ("O'Neil", "'O''Neil'"), (" x", "' x'"), (1.5, "1.5")],
)
def test_texts_lose_what_fills_them_up_and_nothing_else(value: object, literal: str) -> None:
    """PRO-PAD-01, PRO-PAD-02."""
    assert totvs_filter([_is("A", value)]) == {"filter": f"a eq {literal}"}


@pytest.mark.parametrize("value", [None, True, date(2024, 1, 1)])
def test_what_is_neither_text_nor_number_is_a_mistake_of_the_caller(value: object) -> None:
    with pytest.raises(TypeError):
        totvs_filter([_is("A", value)])


@given(st.text(max_size=12), st.text(max_size=12))
def test_a_text_is_found_and_no_other(wanted: str, stored: str) -> None:
    """Whatever stands in a literal stays in it."""
    test = parsed(totvs_filter([_is("A", wanted)])["filter"], ("A",))

    assert test({"A": wanted})
    assert test({"A": stored}) is (stored.rstrip(" ") == wanted.rstrip(" "))
