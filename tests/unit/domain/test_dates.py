"""Calendar days and validities, in which "not known" and "never ends" are two facts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dates import OPEN_END, Validity, in_words
from domain.errors import InvalidValue

_NEW_YEAR, _EVE = date(2024, 1, 1), date(2024, 12, 31)
_ENDS = st.none() | st.just(OPEN_END) | st.dates()


@settings(deadline=None)
@given(st.none() | st.dates(), _ENDS, st.dates())
def test_a_validity_covers_the_days_from_its_first_to_its_last_both_included(
    starts: date | None, ends: object, day: date
) -> None:
    if starts is not None and isinstance(ends, date) and ends < starts:
        with pytest.raises(InvalidValue) as caught:
            Validity(starts, ends)
        assert str(caught.value) == f"a validity cannot end on {ends}, before it starts on {starts}"
        assert caught.value.about == ("starts", "ends")
        return
    covered = Validity(starts, ends).covers(day)  # type: ignore[arg-type]  # drawn as objects

    outside = (starts is not None and day < starts) or (isinstance(ends, date) and day > ends)
    known = starts is not None and ends is not None
    assert covered is (False if outside else True if known else None)


@pytest.mark.parametrize(
    ("validity", "day", "covered"),
    [
        (Validity(_NEW_YEAR, _EVE), _NEW_YEAR, True),
        (Validity(_NEW_YEAR, _EVE), _EVE, True),
        (Validity(_NEW_YEAR, _EVE), _EVE + timedelta(1), False),
        (Validity(_NEW_YEAR, OPEN_END), date.max, True),
        (Validity(_NEW_YEAR, None), date.max, None),
        (Validity(_NEW_YEAR, None), date(2023, 12, 31), False),
        (Validity(None, OPEN_END), _EVE, None),
        (Validity(None, _EVE), date.max, False),
    ],
)
def test_a_missing_end_leaves_the_answer_open(validity: Validity, day: date, covered: bool | None) -> None:
    assert validity.covers(day) is covered


def test_no_end_and_no_known_end_are_two_facts() -> None:
    assert Validity(_NEW_YEAR, OPEN_END) != Validity(_NEW_YEAR, None)
    assert repr(OPEN_END) == "OPEN_END"


_NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", [_NOON, datetime(2024, 1, 1), "2024-01-01", 20240101])
def test_a_time_a_text_or_a_number_is_no_day(value: object) -> None:
    for about, validity in (("starts", (value, None)), ("ends", (None, value))):
        with pytest.raises(InvalidValue) as caught:
            Validity(*validity)
        assert str(caught.value) == f"{about} must be a calendar day, not {value!r}"


def test_a_validity_is_frozen_and_slotted() -> None:
    validity = Validity(_NEW_YEAR, None)
    with pytest.raises(FrozenInstanceError):
        validity.ends = OPEN_END  # type: ignore[misc]  # what the type checker refuses is refused at run time too
    assert not hasattr(validity, "__dict__")


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(days=14), "14 days"),
        (timedelta(days=1, hours=4, minutes=9), "1 day 4 h"),
        (timedelta(hours=4), "4 h"),
        (timedelta(minutes=2, seconds=39, microseconds=823276), "2 min 39 s"),
        (timedelta(hours=1, seconds=5), "1 h"),
        (timedelta(seconds=10), "10 s"),
        (timedelta(milliseconds=3), "0 s"),
        (timedelta(seconds=-3), "0 s"),
    ],
)
def test_a_time_is_told_as_people_write_it(time: timedelta, words: str) -> None:
    assert in_words(time) == words
