"""Ports of purchase orders that understand one field of a query wrongly, each in one way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from attrs import evolve

from contracts.laws.purchase_orders import PurchaseOrderSubject
from domain.purchasing import OrderStatus, PurchaseOrder
from ports.purchase_orders import PurchaseOrderQuery
from tests.laws.sabotage import Saboteur, finding

_DAY = timedelta(days=1)


def orders_where(
    subject: PurchaseOrderSubject, without: PurchaseOrderQuery, meets: Callable[[PurchaseOrder], bool]
) -> Iterator[PurchaseOrder]:
    """Answer *without* honestly and one more criterion by *meets*."""
    return filter(meets, subject.port.find(without))


def takes_what_is_partly_received_for_open(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        if query.status is not OrderStatus.OPEN:
            return subject.port.find(query)
        either = (OrderStatus.OPEN, OrderStatus.PARTLY_RECEIVED)
        return orders_where(subject, evolve(query, status=None), lambda order: order.status in either)

    return finding(subject, find)


def does_not_know_rejected_orders(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        return iter(()) if query.status is OrderStatus.REJECTED else subject.port.find(query)

    return finding(subject, find)


def takes_a_supplier_for_a_pattern(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        if query.supplier is None or not query.supplier.text.endswith("%"):
            return subject.port.find(query)
        start = query.supplier.text[:-1]
        return orders_where(subject, evolve(query, supplier=None), lambda order: order.supplier.text.startswith(start))

    return finding(subject, find)


def begins_a_day_late(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        start = query.ordered_from
        return orders_where(
            subject, evolve(query, ordered_from=None), lambda order: start is None or order.ordered_on > start
        )

    return finding(subject, find)


def begins_a_day_early(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        start = query.ordered_from
        return subject.port.find(query if start is None else evolve(query, ordered_from=start - _DAY))

    return finding(subject, find)


def ends_at_midnight(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        end = query.ordered_until
        return orders_where(
            subject, evolve(query, ordered_until=None), lambda order: end is None or order.ordered_on < end
        )

    return finding(subject, find)


def overflows_on_the_last_day(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        before = None if query.ordered_until is None else query.ordered_until + _DAY
        return orders_where(
            subject, evolve(query, ordered_until=None), lambda order: before is None or order.ordered_on < before
        )

    return finding(subject, find)


def overlooks_the_currency(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: subject.port.find(evolve(query, currency=None)))


def overlooks_the_case_of_references(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: references(subject, query, str.casefold))


def overlooks_trailing_blanks_of_references(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: references(subject, query, str.rstrip))


def references(
    subject: PurchaseOrderSubject, query: PurchaseOrderQuery, form: Callable[[str], str]
) -> Iterator[PurchaseOrder]:
    """Compare references in another *form* than they stand."""
    asked = query.reference
    return orders_where(
        subject,
        evolve(query, reference=None),
        lambda order: asked is None or (order.reference is not None and form(order.reference) == form(asked)),
    )


def puts_references_into_its_sql(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        if query.reference is not None and query.reference.count("'") % 2:
            raise RuntimeError("unrecognized token")
        yield from subject.port.find(query)

    return finding(subject, find)


def looks_at_the_first_line_only(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        asked = query.product
        return orders_where(
            subject, evolve(query, product=None), lambda order: asked is None or order.lines[0].product == asked
        )

    return finding(subject, find)


def joins_the_lines(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        for order in subject.port.find(query):
            matching = [line for line in order.lines if line.product == query.product]
            yield from [order] * (1 if query.product is None else len(matching))

    return finding(subject, find)


def gives_only_the_matching_line(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: PurchaseOrderQuery) -> Iterator[PurchaseOrder]:
        for order in subject.port.find(query):
            yield evolve(order, lines=tuple(line for line in order.lines if query.product in (None, line.product)))

    return finding(subject, find)


SABOTEURS = (
    Saboteur("test_a_status_finds_exactly_the_orders_in_it", takes_what_is_partly_received_for_open, "also gave"),
    Saboteur("test_a_status_finds_exactly_the_orders_in_it", does_not_know_rejected_orders, "status=rejected.* lacks"),
    Saboteur("test_a_supplier_finds_exactly_its_orders", takes_a_supplier_for_a_pattern, "also gave"),
    Saboteur("test_ordered_from_includes_its_day_and_nothing_earlier", begins_a_day_late, "lacks"),
    Saboteur("test_ordered_from_includes_its_day_and_nothing_earlier", begins_a_day_early, "also gave"),
    Saboteur("test_ordered_until_includes_its_day_and_nothing_later", ends_at_midnight, "lacks"),
    Saboteur("test_ordered_until_includes_its_day_and_nothing_later", overflows_on_the_last_day, "raised OverflowErr"),
    Saboteur("test_a_currency_finds_exactly_the_orders_in_it", overlooks_the_currency, "is the criterion overlooked"),
    Saboteur("test_a_reference_finds_exactly_the_orders_that_carry_it", overlooks_the_case_of_references, "also gave"),
    Saboteur("test_a_reference_finds_exactly_the_orders_that_carry_it", puts_references_into_its_sql, "RuntimeError"),
    Saboteur(
        "test_a_reference_finds_exactly_the_orders_that_carry_it", overlooks_trailing_blanks_of_references, "also gave"
    ),
    Saboteur("test_a_product_finds_exactly_the_orders_with_such_a_line", looks_at_the_first_line_only, "lacks"),
    Saboteur("test_a_product_finds_exactly_the_orders_with_such_a_line", joins_the_lines, "also gave"),
    Saboteur(
        "test_a_product_finds_exactly_the_orders_with_such_a_line", gives_only_the_matching_line, "otherwise than find"
    ),
)
