"""Days in five patterns, their sentinels, and the two-digit years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl.inhouse.dates import written_day, written_until
from acl.mapping import optional
from domain.dates import OPEN_END
from ports.errors import ProblemKind
from tests.unit.acl.inhouse.reading import problem, read, refused, written

ORDERED_ON = written_day("DT_EMISSAO", pivot=30, absent=(None,))
DUE_ON = optional(written_day("DT_ENTREGA", pivot=30))
UNTIL = optional(written_until("DT_FIM", pivot=30, open_end="06/06/2079"))


@pytest.mark.parametrize("raw", ["31/12/2023", "2023-12-31", "31.12.23", "20231231", "Dez 31 2023"])
def test_each_of_the_five_patterns_is_read_and_the_first_is_written(raw: str) -> None:
    assert read(ORDERED_ON, raw) == date(2023, 12, 31)
    assert read(UNTIL, raw) == date(2023, 12, 31)
    assert written(ORDERED_ON, date(2023, 12, 31)) == "31/12/2023"


def test_the_day_stands_before_the_month() -> None:
    assert read(ORDERED_ON, "03/04/2023") == date(2023, 4, 3)
    assert read(ORDERED_ON, "03.04.23") == date(2023, 4, 3)
    assert problem(ORDERED_ON, "04/25/2023").kind is ProblemKind.INVALID_DATE


@pytest.mark.parametrize(
    "raw",
    ["31/02/2023", "2023-02-31", "31.02.23", "20230231", "Fev 31 2023", "Feb 3 2023", "dez 31 2023", "Dez 01 2023",
     "31/12/2023 ", "3/4/23x", "31122023", "", "hoje", "٣١/١٢/٢٠٢٣", 20231231, date(2023, 12, 31)],
)  # fmt: skip
def test_anything_else_is_no_day(raw: object) -> None:
    found = problem(ORDERED_ON, raw)

    assert (found.kind, found.quirk) == (ProblemKind.INVALID_DATE, "INH-DATE-01")


@pytest.mark.parametrize("raw", ["03-04-2023", "03.04.2023", "3/4/2023", "03/04/23"])
def test_a_pattern_that_nobody_declared_leaves_day_and_month_open(raw: str) -> None:
    found = problem(ORDERED_ON, raw)

    assert (found.kind, found.quirk) == (ProblemKind.AMBIGUOUS, "INH-DATE-02")


@pytest.mark.parametrize("token", [None, "", "01/01/1900", "00/00/0000"])
def test_a_sentinel_means_not_known_where_the_column_declares_it(token: str | None) -> None:
    assert read(DUE_ON, token) is None
    assert read(UNTIL, token) is None
    assert written(DUE_ON, None) is None


def test_a_sentinel_in_a_required_day_is_refused() -> None:
    found = problem(ORDERED_ON, "01/01/1900")

    assert (found.kind, found.quirk) == (ProblemKind.INVALID_DATE, "INH-DATE-03")
    assert problem(ORDERED_ON, "00/00/0000").kind is ProblemKind.INVALID_DATE
    assert problem(ORDERED_ON, None).kind is ProblemKind.MISSING


@pytest.mark.parametrize("raw", ["1900-01-01", "1899-12-30", "1753-01-01", "1970-01-01", "9999-12-31", "2079-06-06"])
def test_a_sentinel_of_another_column_is_never_a_day(raw: str) -> None:
    for field in (ORDERED_ON, DUE_ON, UNTIL):
        found = problem(field, raw)

        assert (found.kind, found.quirk) == (ProblemKind.INVALID_DATE, "INH-DATE-03")
    assert refused(ORDERED_ON, date.fromisoformat(raw)).quirk == "INH-DATE-03"


def test_one_sentinel_means_that_there_is_no_end() -> None:
    assert read(UNTIL, "06/06/2079") is OPEN_END
    assert written(UNTIL, OPEN_END) == "06/06/2079"
    assert problem(DUE_ON, "06/06/2079").quirk == "INH-DATE-03"


@pytest.mark.parametrize(
    ("raw", "year"), [("01.02.00", 2000), ("01.02.29", 2029), ("01.02.30", 1930), ("01.02.99", 1999)]
)
def test_two_digit_years_turn_at_the_declared_pivot(raw: str, year: int) -> None:
    assert read(ORDERED_ON, raw) == date(year, 2, 1)
    assert written(ORDERED_ON, date(year, 2, 1)) == f"01/02/{year}"


def test_without_a_pivot_a_two_digit_year_is_ambiguous() -> None:
    found = problem(written_day("DT_CAD"), "31.12.23")

    assert (found.kind, found.quirk) == (ProblemKind.AMBIGUOUS, "INH-DATE-05")


@given(st.dates())
def test_every_day_that_can_be_written_is_read_back(day: date) -> None:
    sentinels = {date(1753, 1, 1), date(1899, 12, 30), date(1900, 1, 1), date(1970, 1, 1), date(2079, 6, 6), date.max}
    if day not in sentinels:
        assert read(ORDERED_ON, written(ORDERED_ON, day)) == day
