"""Numbers with a decimal comma, and amounts with their currency beside them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl.inhouse.codes import CURRENCIES
from acl.inhouse.numbers import comma_decimal, comma_money
from domain.currency import Currency
from domain.money import Money
from ports.errors import ProblemKind
from tests.unit.acl.inhouse.reading import problem, read, refused, written

QUANTITY = comma_decimal("QTD", places=3)
TOTAL = comma_money("TOTAL", currency="MOEDA", currencies=CURRENCIES)


@pytest.mark.parametrize(
    ("raw", "value", "canonical"),
    [
        ("1.234,56", "1234.56", "1234,56"),
        ("4995", "4995", "4995"),
        ("4995,000", "4995", "4995"),
        ("4.995,000000", "4995", "4995"),
        ("1.234.567,8", "1234567.8", "1234567,8"),
        ("0,001", "0.001", "0,001"),
        ("(12,50)", "-12.5", "-12,5"),
        ("-12,50", "-12.5", "-12,5"),
        ("(0,00)", "0", "0"),
        ("1" * 60, "1" * 60, "1" * 60),
    ],
)
def test_a_comma_parts_the_decimals_and_dots_the_thousands(raw: str, value: str, canonical: str) -> None:
    found = read(QUANTITY, raw)

    assert found == Decimal(value)
    assert written(QUANTITY, found) == canonical


def test_a_dot_without_a_comma_is_ambiguous() -> None:
    found = problem(QUANTITY, "1.234")

    assert (found.kind, found.quirk, found.raw) == (ProblemKind.AMBIGUOUS, "INH-NUM-01", "'1.234'")
    assert problem(TOTAL, "1.234", "R$").kind is ProblemKind.AMBIGUOUS


@pytest.mark.parametrize(
    "raw",
    ["1.23,4", "1,234.56", "1234.56", "12.34,5", "", " 1", "1 ", "1,", ",5", "--1", "(1", "1)", "(-1)", "1e3", "NaN",
     "٣", "R$ 1,00", "1.234,", 4995, 1.5, Decimal(1), True],
)  # fmt: skip
def test_any_other_form_is_no_number(raw: object) -> None:
    found = problem(QUANTITY, raw)

    assert (found.kind, found.quirk) == (ProblemKind.INVALID_NUMBER, "INH-NUM-01")


def test_decimals_that_the_column_does_not_have_are_refused_unless_they_are_zeros() -> None:
    assert read(QUANTITY, "1,0010000") == Decimal("1.001")
    assert problem(QUANTITY, "1,0001").quirk == "INH-NUM-02"
    assert refused(QUANTITY, Decimal("1.0001")).kind is ProblemKind.INVALID_NUMBER


@pytest.mark.parametrize(
    ("raw", "code", "amount", "canonical"),
    [
        ("R$ 1.234,56", "R$", "1234.56", ("1234,56", "R$")),
        ("1.234,50", "BRL", "1234.50", ("1234,5", "R$")),
        ("12,345", "KWD", "12.345", ("12,345", "KWD")),
        ("1.200,00", "JPY", "1200", ("1200", "JPY")),
        ("19,9900", "€", "19.99", ("19,99", "EUR")),
    ],
)
def test_an_amount_has_its_currencys_places(raw: str, code: str, amount: str, canonical: tuple[str, str]) -> None:
    found = read(TOTAL, raw, code)

    assert found == Money(CURRENCIES[code], Decimal(amount))
    assert -int(found.amount.as_tuple().exponent) == found.currency.places
    assert written(TOTAL, found) == canonical


def test_an_amount_finer_than_its_currency_is_refused() -> None:
    found = problem(TOTAL, "19,9934", "R$")

    assert (found.column, found.kind, found.quirk) == ("TOTAL", ProblemKind.INVALID_NUMBER, "INH-NUM-02")
    assert problem(TOTAL, "10,5", "JPY").kind is ProblemKind.INVALID_NUMBER


def test_the_sign_of_the_real_before_another_currencys_amount_is_a_contradiction() -> None:
    found = problem(TOTAL, "R$ 10,00", "US$")

    assert (found.column, found.kind) == ("TOTAL", ProblemKind.AMBIGUOUS)


def test_the_column_that_is_wrong_is_blamed_alone() -> None:
    assert problem(TOTAL, "10,00", "Cr$").column == "MOEDA"
    assert problem(TOTAL, "10,00", None).kind is ProblemKind.MISSING
    assert problem(TOTAL, None, "R$").column == "TOTAL"


@given(st.integers(-(10**30), 10**30), st.sampled_from(["BRL", "JPY", "KWD", "EUR"]))
def test_every_amount_that_can_be_written_is_read_back(count: int, code: str) -> None:
    currency = Currency(code)
    money = Money(currency, Decimal(f"{count}E-{currency.places}"))
    raws = written(TOTAL, money)

    assert isinstance(raws, tuple)
    assert read(TOTAL, *raws) == money
