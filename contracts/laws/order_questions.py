"""The questions that a purchase order query can ask, each with its own plain answer."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from contracts.laws.questions import Question
from domain.currency import Currency
from domain.identifiers import ProductId, SupplierId
from domain.purchasing import OrderStatus, PurchaseOrder
from ports.purchase_orders import PurchaseOrderQuery

OrderQuestion = Question[PurchaseOrderQuery, PurchaseOrder]


def in_status(status: OrderStatus) -> OrderQuestion:
    """Which orders have come just so far?"""
    return Question(
        "status", f"status={status.value}", lambda query: evolve(query, status=status), lambda its: its.status is status
    )


def of_supplier(supplier: SupplierId) -> OrderQuestion:
    """Which orders went to this supplier?"""
    return Question(
        "supplier",
        f"supplier={supplier.text[:60]}",
        lambda query: evolve(query, supplier=supplier),
        lambda its: its.supplier.text == supplier.text,
    )


def ordered_from(day: date) -> OrderQuestion:
    """Which orders are of this day or a later one?"""
    return Question(
        "ordered_from",
        f"ordered_from={day}",
        lambda query: evolve(query, ordered_from=day),
        lambda its: its.ordered_on.toordinal() >= day.toordinal(),
    )


def ordered_until(day: date) -> OrderQuestion:
    """Which orders are of this day or an earlier one?"""
    return Question(
        "ordered_until",
        f"ordered_until={day}",
        lambda query: evolve(query, ordered_until=day),
        lambda its: its.ordered_on.toordinal() <= day.toordinal(),
    )


def in_currency(currency: Currency) -> OrderQuestion:
    """Which orders are in this currency?"""
    return Question(
        "currency",
        f"currency={currency}",
        lambda query: evolve(query, currency=currency),
        lambda its: its.currency.code == currency.code,
    )


def with_reference(reference: str) -> OrderQuestion:
    """Which orders carry this very reference?"""
    return Question(
        "reference",
        f"reference={reference[:60]!r}",
        lambda query: evolve(query, reference=reference),
        lambda its: its.reference == reference,
    )


def of_product(product: ProductId) -> OrderQuestion:
    """Which orders have a line with this product?"""
    return Question(
        "product",
        f"product={product.text[:60]}",
        lambda query: evolve(query, product=product),
        lambda its: product.text in [line.product.text for line in its.lines if line.product is not None],
    )
