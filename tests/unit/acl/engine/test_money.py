"""Money of any currency: as many places as it has, nothing rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import frozen

from acl.codecs.iso import iso_currency
from acl.codecs.numbers import decimal, decimal_text, floating
from acl.codecs.text import text
from acl.mapping import Mapping, mapping, money, optional
from domain.currency import Currency
from domain.money import Money
from ports.errors import NotWritable, ProblemKind
from tests.unit.acl.engine.shop import refused
from tests.unit.acl.reading import both_paths, needs_no_slow_path


@frozen
class Bill:
    id: str
    total: Money


@frozen
class Offer:
    id: str
    total: Money | None


_CURRENCY = iso_currency("Currency")
AS_TEXT = mapping(Bill, record="B")(id=text("Id"), total=money(decimal_text("Total", places=4), currency=_CURRENCY))
AS_FLOAT = mapping(Bill, record="B")(id=text("Id"), total=money(floating("Total", places=3), currency=_CURRENCY))
AS_DECIMAL = mapping(Bill, record="B")(id=text("Id"), total=money(decimal("Total", places=3), currency=_CURRENCY))
MAYBE = mapping(Offer, record="O")(
    id=text("Id"), total=optional(money(decimal_text("Total", places=4), currency=_CURRENCY))
)


def a_bill(total: object, currency: object) -> dict[str, object]:
    """Give the record of a bill over so much."""
    return {"Id": "1", "Total": total, "Currency": currency}


@pytest.mark.parametrize(
    ("currency", "raw", "amount"),
    [
        ("EUR", "12", "12.00"),
        ("EUR", "12.3", "12.30"),
        ("EUR", "12.3000", "12.30"),
        ("EUR", "-0.05", "-0.05"),
        ("JPY", "1200", "1200"),
        ("JPY", "1200.00", "1200"),
        ("KWD", "1.234", "1.234"),
        ("KWD", "1.2", "1.200"),
        ("BRL", "123456789012345678901234567890.12", "123456789012345678901234567890.12"),
    ],
)
def test_an_amount_gets_exactly_the_places_of_its_currency(currency: str, raw: str, amount: str) -> None:
    found = both_paths(AS_TEXT, a_bill(raw, currency))

    assert found == Bill("1", Money(Currency(currency), Decimal(amount)))
    assert str(AS_TEXT.read(a_bill(raw, currency)).total.amount) == amount
    needs_no_slow_path(AS_TEXT, a_bill(raw, currency))


@pytest.mark.parametrize(
    ("currency", "raw", "amount"), [("EUR", 9.9, "9.90"), ("JPY", 120.0, "120"), ("KWD", 1.234, "1.234")]
)
def test_an_inlined_number_gets_the_same_places(currency: str, raw: float, amount: str) -> None:
    both_paths(AS_FLOAT, a_bill(raw, currency))

    assert str(AS_FLOAT.read(a_bill(raw, currency)).total.amount) == amount
    needs_no_slow_path(AS_FLOAT, a_bill(raw, currency))


@pytest.mark.parametrize(("currency", "amount"), [("EUR", "19.99"), ("KWD", "19.990")])
def test_an_artefact_of_arithmetic_needs_no_slow_path(currency: str, amount: str) -> None:
    artefact = 19.989999999999998

    assert str(AS_FLOAT.read(a_bill(artefact, currency)).total.amount) == amount
    needs_no_slow_path(AS_FLOAT, a_bill(artefact, currency))


@pytest.mark.parametrize("raw", [5e12, -5e12, 1e12, 4.35e-20, 1e300])
def test_a_float_that_tells_no_thousandths_any_more_is_refused_though_cents_are_asked_for(raw: float) -> None:
    assert refused(AS_FLOAT, a_bill(raw, "EUR"))[0].kind is ProblemKind.INVALID_NUMBER


@pytest.mark.parametrize(
    ("bills", "currency", "raw", "told"),
    [
        (AS_TEXT, "EUR", "12.345", "12.345 is finer than the 2 places of EUR"),
        (AS_TEXT, "JPY", "0.5", "0.5 is finer than the 0 places of JPY"),
        (AS_TEXT, "KWD", "1.2345", "1.2345 is finer than the 3 places of KWD"),
        (AS_FLOAT, "EUR", 12.345, "12.345 is finer than the 2 places of EUR"),
        (AS_FLOAT, "JPY", 0.5, "0.500 is finer than the 0 places of JPY"),
        (AS_DECIMAL, "EUR", Decimal("0.001"), "0.001 is finer than the 2 places of EUR"),
    ],
)  # fmt: skip
def test_an_amount_that_is_finer_is_refused_and_never_rounded(
    bills: Mapping[Bill], currency: str, raw: object, told: str
) -> None:
    (problem,) = refused(bills, a_bill(raw, currency))

    assert (problem.field, problem.column, problem.raw) == ("total", "Total", repr(raw))
    assert (problem.kind, problem.reason) == (ProblemKind.CURRENCY, told)


def test_amount_and_currency_are_told_together() -> None:
    problems = refused(AS_TEXT, a_bill(None, "XXQ"))

    assert [(problem.field, problem.column) for problem in problems] == [
        ("total.currency", "Currency"),
        ("total.amount", "Total"),
    ]


def test_money_is_absent_only_if_amount_and_currency_are() -> None:
    assert both_paths(MAYBE, a_bill(None, None)) == Offer("1", None)
    assert both_paths(MAYBE, a_bill("1", "EUR")) == Offer("1", Money(Currency("EUR"), Decimal("1.00")))
    assert [problem.field for problem in refused(MAYBE, a_bill(None, "EUR"))] == ["total.amount"]
    assert [problem.field for problem in refused(MAYBE, a_bill("0", None))] == ["total.currency"]


def test_zero_is_an_amount() -> None:
    assert both_paths(MAYBE, a_bill("0", "EUR")) == Offer("1", Money(Currency("EUR"), Decimal("0.00")))


def test_money_is_written_with_the_places_of_the_column() -> None:
    assert AS_TEXT.write(Bill("1", Money(Currency("JPY"), Decimal(1200)))) == a_bill("1200.0000", "JPY")
    assert AS_TEXT.write(Bill("1", Money(Currency("KWD"), Decimal("1.234")))) == a_bill("1.2340", "KWD")


def test_money_that_is_finer_than_the_column_is_never_written() -> None:
    coarse = mapping(Bill, record="B")(id=text("Id"), total=money(decimal("Total", places=2), currency=_CURRENCY))

    with pytest.raises(NotWritable) as caught:
        coarse.write(Bill("1", Money(Currency("KWD"), Decimal("1.234"))))

    assert str(caught.value) == "total.amount: 1.234 does not fit a column of 2 decimals"
