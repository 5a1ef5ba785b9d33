"""Conditions on raw records of any form: what stands inside is found, and compared as its vendor sorts it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acl.conditions import AnyOf, Comparison, Condition
from contracts.laws.raw_records import meets, overlaid

FORMS: dict[str, Callable[[list[object]], object]] = {
    "bare list": lambda items: items,
    "envelope": lambda items: {"anything": items},
}
each_form = pytest.mark.parametrize("wrapped", FORMS.values(), ids=FORMS)


@each_form
def test_a_condition_reaches_into_a_list_bare_or_in_an_envelope(wrapped: Callable[[list[object]], object]) -> None:
    record = {"No": "1", "Lines": wrapped([{"Item": "10"}, {"Item": "20", "Days": wrapped([{"Due": 5}])}])}

    assert meets((), record, Condition("Lines.Item", Comparison.EQ, "20"))
    assert meets((), record, Condition("Lines/Days/Due", Comparison.GE, 5))
    assert not meets((), record, Condition("Lines.Item", Comparison.EQ, "30"))
    assert not meets((), record, Condition("Lines/Days/Due", Comparison.GT, 5))


def test_a_record_of_one_column_that_is_asked_for_is_no_envelope() -> None:
    assert meets((), {"Lines": [{"Lines": [7]}]}, Condition("Lines.Lines", Comparison.LE, 7))


def test_one_of_several_conditions_and_one_of_several_rows_are_enough() -> None:
    rows = [("A", 1), ("A", 2)]
    where = AnyOf((Condition("n", Comparison.EQ, 3), Condition("n", Comparison.EQ, 2)))

    assert meets(("key", "n"), rows, where)
    assert not meets(("key", "n"), rows[:1], where)


@pytest.mark.parametrize(
    ("comparison", "met"),
    [(Comparison.GE, True), (Comparison.GT, True), (Comparison.LE, False), (Comparison.LT, False)],
)
def test_raw_values_are_compared_by_what_their_vendor_sorts_them_by(comparison: Comparison, met: bool) -> None:
    asked = Condition("Day", comparison, "d9", lambda raw: int(str(raw)[1:]))

    assert meets((), {"Day": "d10"}, asked) is met
    assert meets((), {"Day": "d9"}, asked) is (comparison in (Comparison.GE, Comparison.LE))


@pytest.mark.parametrize("comparison", [Comparison.GE, Comparison.GT, Comparison.LE, Comparison.LT])
def test_null_is_neither_more_nor_less_than_anything(comparison: Comparison) -> None:
    assert not meets((), {"Day": None}, Condition("Day", comparison, 5))
    assert not meets((), {}, Condition("Day", comparison, 5))


@each_form
def test_a_patch_is_laid_over_the_records_inside(wrapped: Callable[[list[object]], object]) -> None:
    before = {"No": "1", "Lines": wrapped([{"Item": "10", "Text": "a"}])}

    patched = overlaid((), before, {"Lines": wrapped([{"Text": "b"}])})

    assert patched == {"No": "1", "Lines": wrapped([{"Item": "10", "Text": "b"}])}
