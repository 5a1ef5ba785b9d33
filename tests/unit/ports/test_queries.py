"""A query says once, for every ERP, what it asks; and each criterion can be checked on a domain object."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import cast

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.places import Country
from domain.purchasing import OrderStatus
from domain.suppliers import SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.purchase_orders import PurchaseOrderQuery
from ports.queries import Criterion, Operator, at_least, criteria, equals
from ports.suppliers import SupplierQuery
from tests.unit.domain.orders import EUR, USD, a_line, a_supplier, an_order

_DAY = date(2024, 7, 15)


def test_what_is_left_out_is_not_asked() -> None:
    assert criteria(PurchaseOrderQuery()) == ()
    assert criteria(SupplierQuery()) == ()


def test_every_field_asks_what_it_says() -> None:
    asked = PurchaseOrderQuery(
        status=OrderStatus.OPEN,
        supplier=SupplierId("1"),
        ordered_from=_DAY,
        ordered_until=_DAY,
        currency=EUR,
        reference="R",
        product=ProductId("P"),
        after=PurchaseOrderId("9"),
    )

    assert criteria(asked) == (
        Criterion("status", Operator.EQUALS, OrderStatus.OPEN),
        Criterion("supplier", Operator.EQUALS, SupplierId("1")),
        Criterion("ordered_on", Operator.AT_LEAST, _DAY),
        Criterion("ordered_on", Operator.AT_MOST, _DAY),
        Criterion("currency", Operator.EQUALS, EUR),
        Criterion("reference", Operator.EQUALS, "R"),
        Criterion("lines.product", Operator.EQUALS, ProductId("P")),
        Criterion("id", Operator.AFTER, PurchaseOrderId("9")),
    )


@frozen
class _Odd:
    least: Decimal | None = at_least("amount")  # noqa: RUF009  # it declares a field, as attrs.field() does
    flag: bool | None = equals("is_done")  # it declares a field, as attrs.field() does
    note: str = "no criterion"


def test_zero_false_and_blank_are_asked_and_only_none_is_not() -> None:
    assert criteria(_Odd(least=Decimal(0), flag=False)) == (
        Criterion("amount", Operator.AT_LEAST, Decimal(0)),
        Criterion("is_done", Operator.EQUALS, False),
    )
    assert criteria(SupplierQuery(name="")) == (Criterion("name", Operator.CONTAINS, ""),)


def test_a_criterion_is_told_in_domain_words() -> None:
    assert str(Criterion("status", Operator.EQUALS, OrderStatus.OPEN)) == "status is open"
    assert str(Criterion("ordered_on", Operator.AT_LEAST, _DAY)) == "ordered_on at least 2024-07-15"
    assert str(Criterion("id", Operator.AFTER, PurchaseOrderId("9"))) == "id after 9"


@pytest.mark.parametrize(
    ("path", "operator", "value", "matches"),
    [
        ("status", Operator.EQUALS, OrderStatus.OPEN, True),
        ("status", Operator.EQUALS, OrderStatus.CLOSED, False),
        ("currency", Operator.EQUALS, USD, False),
        ("supplier", Operator.EQUALS, SupplierId("100017"), True),
        ("supplier", Operator.EQUALS, PurchaseOrderId("100017"), False),
        ("reference", Operator.EQUALS, "REF-1", True),
        ("ordered_on", Operator.AT_LEAST, _DAY, True),
        ("ordered_on", Operator.AT_MOST, _DAY, True),
        ("ordered_on", Operator.AT_LEAST, date(2024, 7, 16), False),
        ("ordered_on", Operator.AT_MOST, date(2024, 7, 14), False),
        ("id", Operator.AFTER, PurchaseOrderId("4500000000"), True),
        ("id", Operator.AFTER, PurchaseOrderId("4500000001"), False),
        ("lines.product", Operator.EQUALS, ProductId("P-2"), True),
        ("lines.product", Operator.EQUALS, ProductId("P-3"), False),
        ("lines.due_on", Operator.AT_LEAST, date(2024, 8, 1), True),
    ],
)
def test_an_order_meets_a_criterion_or_not(path: str, operator: Operator, value: object, matches: bool) -> None:
    order = an_order(a_line("10"), evolve(a_line("20"), product=ProductId("P-2")))

    assert Criterion(path, operator, value).matches(order) is matches


@pytest.mark.parametrize(
    ("path", "operator", "value", "matches"),
    [
        ("name", Operator.CONTAINS, "schrauben", True),
        ("name", Operator.CONTAINS, "GMBH", True),
        ("name", Operator.CONTAINS, "SCHRAUBEN  GMBH", False),
        ("name", Operator.CONTAINS, "", True),
        ("address.country", Operator.EQUALS, Country("DE"), True),
        ("address.country", Operator.EQUALS, Country("BR"), False),
        ("tax_ids", Operator.EQUALS, TaxId(TaxIdKind.EU_VAT, "DE136695976"), True),
        ("tax_ids", Operator.EQUALS, TaxId(TaxIdKind.CPF, "52998224725"), False),
        ("block", Operator.EQUALS, SupplierBlock.NONE, True),
        ("bank_accounts.iban", Operator.EQUALS, "DE89370400440532013000", True),
    ],
)
def test_a_supplier_meets_a_criterion_or_not(path: str, operator: Operator, value: object, matches: bool) -> None:
    assert Criterion(path, operator, value).matches(a_supplier()) is matches


def test_a_name_is_found_whatever_the_case_of_its_letters() -> None:
    supplier = evolve(a_supplier(), name="Weißgerber AG")

    assert Criterion("name", Operator.CONTAINS, "WEISSGERBER").matches(supplier)


@pytest.mark.parametrize("operator", Operator)
def test_what_is_absent_matches_no_criterion(operator: Operator) -> None:
    order = evolve(an_order(evolve(a_line(), due_on=None, product=None)), reference=None)

    for path in ("reference", "lines.due_on", "lines.product", "validity.starts"):
        assert not Criterion(path, operator, "").matches(order)


def test_nothing_in_an_empty_list_matches() -> None:
    assert not Criterion("tax_ids", Operator.EQUALS, None).matches(evolve(a_supplier(), tax_ids=()))


@settings(deadline=None)
@given(st.dates(), st.dates())
def test_at_least_at_most_and_after_agree_with_the_calendar(ordered: date, asked: date) -> None:
    order = evolve(an_order(), ordered_on=ordered)

    def met(operator: Operator) -> bool:
        return Criterion("ordered_on", operator, asked).matches(order)

    assert met(Operator.AT_LEAST) is (ordered >= asked)
    assert met(Operator.AT_MOST) is (ordered <= asked)
    assert met(Operator.AFTER) is (ordered > asked)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (lambda: PurchaseOrderQuery(status=cast("OrderStatus", "open")), "status takes OrderStatus, not 'open'"),
        (lambda: PurchaseOrderQuery(supplier=cast("SupplierId", "1")), "supplier takes SupplierId, not '1'"),
        (
            lambda: PurchaseOrderQuery(ordered_from=cast("date", "2024-01-01")),
            "ordered_from takes date, not '2024-01-01'",
        ),
        (lambda: PurchaseOrderQuery(ordered_from=datetime(2024, 1, 1, tzinfo=UTC)), "ordered_from takes date, not"),
        (lambda: SupplierQuery(after=cast("SupplierId", PurchaseOrderId("1"))), "after takes SupplierId, not Purchase"),
        (lambda: criteria(None), "None is not a query of a port"),
    ],
)
def test_a_value_of_another_type_is_refused_and_not_merely_never_found(query: Callable[[], object], told: str) -> None:
    with pytest.raises(TypeError, match=re.escape(told)):
        query()
