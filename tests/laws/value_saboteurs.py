"""Ports of purchase orders whose records are wrong inside, each in one way."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date, timedelta, timezone
from decimal import Decimal
from typing import TypeVar

from attrs import evolve, fields

from contracts.laws.purchase_orders import PurchaseOrderSubject
from domain.dates import OPEN_END, Validity
from domain.provenance import SourceRef
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from tests.laws.sabotage import Saboteur, changing

T = TypeVar("T")


def moves_days_through_a_time_zone(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return changing(subject, lambda order: evolve(order, ordered_on=order.ordered_on - timedelta(days=1)))


def doubles_a_quantity_deep_inside(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return on_lines(subject, lambda line: evolve(line, invoiced=line.invoiced + line.invoiced))


def loses_the_last_line(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return changing(subject, lambda order: evolve(order, lines=order.lines[:-1] or order.lines))


def writes_none_as_a_text(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return changing(subject, lambda order: order if order.reference else evolve(order, reference="None"))


def dates_what_has_no_date(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return on_lines(subject, lambda line: line if line.due_on else evolve(line, due_on=date(1753, 1, 1)))


def ends_for_ever_in_9999(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def change(order: PurchaseOrder) -> PurchaseOrder:
        if order.validity is None or order.validity.ends is not OPEN_END:
            return order
        return evolve(order, validity=Validity(order.validity.starts, date(9999, 12, 31)))

    return changing(subject, change)


def leaves_blanks_in_a_text(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return changing(subject, lambda order: forced(order, "reference", order.reference or "  "))


def forgets_the_end(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def change(order: PurchaseOrder) -> PurchaseOrder:
        endless = order.validity is not None and order.validity.ends is OPEN_END
        return evolve(order, validity=None) if endless else order

    return changing(subject, change)


def does_not_know_the_end(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def change(order: PurchaseOrder) -> PurchaseOrder:
        return order if order.validity is None else evolve(order, validity=Validity(order.validity.starts, None))

    return changing(subject, change)


class DriverDecimal(Decimal):
    """What a driver might give for a number."""


class DriverText(str):
    """What an XML library might give for a text."""

    __slots__ = ()


def counts_in_a_drivers_decimal(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def change(line: PurchaseOrderLine) -> PurchaseOrderLine:
        return evolve(line, amount=evolve(line.amount, amount=DriverDecimal(line.amount.amount)))

    return on_lines(subject, change)


def counts_in_floats(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def change(line: PurchaseOrderLine) -> PurchaseOrderLine:
        return evolve(line, ordered=forced(line.ordered, "amount", float(line.ordered.amount)))

    return on_lines(subject, change)


def writes_in_a_drivers_text(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def change(order: PurchaseOrder) -> PurchaseOrder:
        return evolve(order, currency=evolve(order.currency, code=DriverText(order.currency.code)))

    return changing(subject, change)


class LooseOrder(PurchaseOrder):
    """An order that anybody can change."""

    __setattr__ = object.__setattr__
    __hash__ = PurchaseOrder.__hash__


class PlacedOrder(PurchaseOrder):
    """An order that is another one where it was read elsewhere."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlacedOrder) and super().__eq__(other) and other.source == self.source

    __hash__ = PurchaseOrder.__hash__


class HashedOrder(PurchaseOrder):
    """An order that no set finds again once it was read elsewhere."""

    def __hash__(self) -> int:
        return hash(self.source)

    __eq__ = PurchaseOrder.__eq__


def can_be_changed(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return changing(subject, lambda order: rebuilt(LooseOrder, order))


def compares_where_it_was_read(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return changing(subject, lambda order: rebuilt(PlacedOrder, order))


def hashes_where_it_was_read(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return changing(subject, lambda order: rebuilt(HashedOrder, order))


def names_no_system(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return at_source(subject, lambda source: evolve(source, system=" "))


def names_no_kind_of_record(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return at_source(subject, lambda source: evolve(source, record=""))


def names_no_key(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return at_source(subject, lambda source: evolve(source, key=""))


def reads_at_a_naive_time(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return at_source(subject, lambda source: evolve(source, read_at=source.read_at.replace(tzinfo=None)))


def reads_at_a_local_time(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    zone = timezone(timedelta(hours=-3))
    return at_source(subject, lambda source: evolve(source, read_at=source.read_at.astimezone(zone)))


def reads_all_from_one_record(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return at_source(subject, lambda source: evolve(source, key="1"))


def on_lines(
    subject: PurchaseOrderSubject, change: Callable[[PurchaseOrderLine], PurchaseOrderLine]
) -> PurchaseOrderSubject:
    """Give every line as *change* leaves it."""
    return changing(subject, lambda order: evolve(order, lines=tuple(map(change, order.lines))))


def at_source(subject: PurchaseOrderSubject, change: Callable[[SourceRef], SourceRef]) -> PurchaseOrderSubject:
    """Give every order as if read where *change* says."""
    return changing(subject, lambda order: evolve(order, source=change(order.source)))


def forced(record: T, name: str, value: object) -> T:
    """Put a value into a frozen object past its validators, as no honest translator can."""
    spoiled = copy(record)
    object.__setattr__(spoiled, name, value)
    return spoiled


def rebuilt(kind: type[PurchaseOrder], order: PurchaseOrder) -> PurchaseOrder:
    """Make *order* anew as a subclass."""
    return kind(**{attribute.name: getattr(order, attribute.name) for attribute in fields(PurchaseOrder)})


SABOTEURS = (
    Saboteur("test_find_gives_records_equal_in_every_field", moves_days_through_a_time_zone, "ordered_on is"),
    Saboteur("test_find_gives_records_equal_in_every_field", doubles_a_quantity_deep_inside, "invoiced.amount is"),
    Saboteur("test_find_gives_records_equal_in_every_field", loses_the_last_line, r"lines\[\d+\] is not there"),
    Saboteur("test_what_is_absent_is_none", writes_none_as_a_text, "reference is absent, not 'None'"),
    Saboteur("test_what_is_absent_is_none", dates_what_has_no_date, "due_on is absent, not"),
    Saboteur("test_no_blank_and_no_sentinel_stands_for_absence", dates_what_has_no_date, "due_on is 1753-01-01"),
    Saboteur("test_no_blank_and_no_sentinel_stands_for_absence", ends_for_ever_in_9999, "ends is 9999-12-31"),
    Saboteur("test_no_blank_and_no_sentinel_stands_for_absence", leaves_blanks_in_a_text, "reference is blank"),
    Saboteur("test_no_end_and_an_unknown_end_stay_apart", ends_for_ever_in_9999, "has an end, not no end"),
    Saboteur("test_no_end_and_an_unknown_end_stay_apart", forgets_the_end, "has no term, not no end"),
    Saboteur("test_no_end_and_an_unknown_end_stay_apart", does_not_know_the_end, "has an unknown end, not no end"),
    Saboteur("test_every_value_is_of_a_type_of_the_model_exactly", counts_in_a_drivers_decimal, "a DriverDecimal"),
    Saboteur("test_every_value_is_of_a_type_of_the_model_exactly", counts_in_floats, "ordered.amount is a float"),
    Saboteur("test_every_value_is_of_a_type_of_the_model_exactly", writes_in_a_drivers_text, "code is a DriverText"),
    Saboteur("test_records_cannot_be_changed", can_be_changed, "id can be assigned"),
    Saboteur("test_every_record_says_where_it_was_read", names_no_system, "names no system"),
    Saboteur("test_every_record_says_where_it_was_read", names_no_kind_of_record, "names no record"),
    Saboteur("test_every_record_says_where_it_was_read", names_no_key, "names no key"),
    Saboteur("test_every_record_says_where_it_was_read", reads_at_a_naive_time, "not an instant in UTC"),
    Saboteur("test_every_record_says_where_it_was_read", reads_at_a_local_time, "not an instant in UTC"),
    Saboteur("test_every_record_says_where_it_was_read", reads_all_from_one_record, "claim one source"),
    Saboteur("test_where_it_was_read_takes_no_part_in_equality", compares_where_it_was_read, "not equal to itself"),
    Saboteur("test_where_it_was_read_takes_no_part_in_equality", hashes_where_it_was_read, "hashes differently"),
)
