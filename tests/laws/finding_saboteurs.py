"""Ports of purchase orders that find, get or page wrongly, each in one way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice

from attrs import evolve

from contracts.laws.applicability import stated
from contracts.laws.purchase_orders import PurchaseOrderSubject
from domain.identifiers import PurchaseOrderId
from domain.purchasing import PurchaseOrder
from ports.errors import NotFound, TranslationError
from ports.purchase_orders import PurchaseOrderQuery
from ports.reads import Page
from tests.laws.memory import purchase_orders
from tests.laws.sabotage import Saboteur, finding, getting, paging

Query = PurchaseOrderQuery
Orders = Iterator[PurchaseOrder]
EVERYTHING = Query()


def loses_the_third(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: (o for n, o in enumerate(subject.port.find(query)) if n != 2))


def repeats_the_first(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        for number, order in enumerate(subject.port.find(query)):
            yield order
            if number == 0:
                yield order

    return finding(subject, find)


def shows_a_deleted_one(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        yield from subject.port.find(query)
        yield evolve(stated(subject)[0], id=PurchaseOrderId("900000"))

    return finding(subject, find)


def gives_nothing(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: iter(()))


def streams_backwards(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: reversed(list(subject.port.find(query))))


def turns_at_every_call(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    calls = count()
    return finding(subject, lambda query: iter(list(subject.port.find(query))[:: -1 if next(calls) % 2 else 1]))


def turns_what_is_narrowed(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: iter(list(subject.port.find(query))[:: 1 if query == EVERYTHING else -1]))


def begins_at_the_cursor(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        if query.after is not None:
            yield from (o for o in subject.port.find(evolve(query, after=None)) if o.id == query.after)
        yield from subject.port.find(query)

    return finding(subject, find)


def overlooks_the_cursor(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return finding(subject, lambda query: subject.port.find(evolve(query, after=None)))


def needs_a_number_for_a_cursor(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        if query.after is not None and query.after.text.endswith("'"):
            int(query.after.text)
        yield from subject.port.find(query)

    return finding(subject, find)


def rearranges_after_an_odd_cursor(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        rest = list(subject.port.find(query))
        yield from rest[:: -1 if query.after is not None and "%" in query.after.text else 1]

    return finding(subject, find)


def misses_one_after_an_odd_cursor(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        odd = query.after is not None and not query.after.text.isalnum()
        yield from islice(subject.port.find(query), 1 if odd else 0, None)

    return finding(subject, find)


def forgets_the_second_criterion(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        return subject.port.find(query if query.supplier is None else Query(supplier=query.supplier, after=query.after))

    return finding(subject, find)


def takes_blank_for_absent(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def find(query: Query) -> Orders:
        blank = query.reference is not None and not query.reference.strip()
        for order in subject.port.find(evolve(query, reference=None) if blank else query):
            if not blank or order.reference is None:
                yield order

    return finding(subject, find)


def gets_only_the_first_line(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def get(key: PurchaseOrderId) -> PurchaseOrder:
        order = subject.port.get(key)
        return evolve(order, lines=order.lines[:1])

    return getting(subject, get)


def gets_any_order_for_an_unknown_key(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return getting(subject, lambda key: _or_first(subject, key))


def looks_keys_up_in_a_dict(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    orders = {order.id: order for order in stated(subject)}
    return getting(subject, lambda key: orders[key])


def strips_leading_zeros(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return getting(subject, lambda key: subject.port.get(PurchaseOrderId(key.text.lstrip("0") or key.text)))


def overlooks_the_case_of_keys(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return getting(subject, lambda key: subject.port.get(PurchaseOrderId(key.text.upper())))


def reads_keys_as_numbers(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def get(key: PurchaseOrderId) -> PurchaseOrder:
        with suppress(NotFound):
            return subject.port.get(key)
        return subject.port.get(PurchaseOrderId(str(int(key.text))))

    return getting(subject, get)


def refuses_without_saying_why(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def get(key: PurchaseOrderId) -> PurchaseOrder:
        try:
            return subject.port.get(key)
        except TranslationError as error:
            raise TranslationError(error.source, ()) from None

    return getting(subject, get)


def denies_what_it_cannot_read(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def get(key: PurchaseOrderId) -> PurchaseOrder:
        try:
            return subject.port.get(key)
        except TranslationError:
            raise NotFound(f"there is no order {key}") from None

    return getting(subject, get)


def keeps_no_refusal_of_get(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    return getting(subject, purchase_orders(size=len(stated(subject))).port.get)


def loses_one_at_every_seam(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def page(query: Query, size: int) -> Page[PurchaseOrder]:
        rest = subject.port.find(query)
        found = tuple(islice(rest, 0 if query.after is None else 1, None))
        return Page(found[:size], len(found) > size)

    return paging(subject, page)


def promises_more_after_every_full_page(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def page(query: Query, size: int) -> Page[PurchaseOrder]:
        items = tuple(islice(subject.port.find(query), size))
        return Page(items, len(items) == size)

    return paging(subject, page)


def begins_again_after_the_end(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def page(query: Query, size: int) -> Page[PurchaseOrder]:
        honest = subject.port.page(query, size=size)
        return honest if honest.items else subject.port.page(evolve(query, after=None), size=size)

    return paging(subject, page)


def gives_a_page_of_nothing(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def page(query: Query, size: int) -> Page[PurchaseOrder]:
        return subject.port.page(query, size=size) if size > 0 else Page((), has_more=True)

    return paging(subject, page)


def narrows_after_cutting_the_page(subject: PurchaseOrderSubject) -> PurchaseOrderSubject:
    def page(query: Query, size: int) -> Page[PurchaseOrder]:
        read = subject.port.page(Query(after=query.after), size=size)
        wanted = set(subject.port.find(query))
        return Page(tuple(order for order in read.items if order in wanted), read.has_more)

    return paging(subject, page)


def _or_first(subject: PurchaseOrderSubject, key: PurchaseOrderId) -> PurchaseOrder:
    try:
        return subject.port.get(key)
    except NotFound:
        return stated(subject)[0]


SABOTEURS = (
    Saboteur("test_find_gives_every_record_once_and_nothing_else", loses_the_third, "did not come"),
    Saboteur("test_find_gives_every_record_once_and_nothing_else", repeats_the_first, "are not due"),
    Saboteur("test_find_gives_every_record_once_and_nothing_else", shows_a_deleted_one, "'900000'"),
    Saboteur("test_find_gives_no_key_twice", repeats_the_first, "came more than once"),
    Saboteur("test_find_gives_no_key_twice", gives_nothing, r"find\(everything\) gave nothing"),
    Saboteur("test_find_keeps_one_order_at_every_call", turns_at_every_call, "two orders"),
    Saboteur("test_a_narrowed_find_keeps_the_order_of_the_whole", turns_what_is_narrowed, "rearranges"),
    Saboteur("test_after_a_key_come_exactly_those_that_follow_it", begins_at_the_cursor, "after 450000 came"),
    Saboteur("test_after_a_key_come_exactly_those_that_follow_it", streams_backwards, "is it sorted by the key"),
    Saboteur("test_after_a_key_come_exactly_those_that_follow_it", overlooks_the_cursor, "after 450000 came"),
    Saboteur("test_after_a_hostile_key_nothing_is_invented", needs_a_number_for_a_cursor, "raised ValueError"),
    Saboteur("test_after_a_hostile_key_nothing_is_invented", rearranges_after_an_odd_cursor, "after '%' came"),
    Saboteur("test_after_a_hostile_key_nothing_is_invented", misses_one_after_an_odd_cursor, "not .*450000"),
    Saboteur("test_two_criteria_together_give_what_meets_both", forgets_the_second_criterion, "supplier=.* also gave"),
    Saboteur("test_what_is_absent_matches_no_criterion", takes_blank_for_absent, "have no reference"),
    Saboteur("test_get_gives_the_same_record_as_find", gets_only_the_first_line, "differs from find: lines"),
    Saboteur("test_get_of_an_unknown_key_raises_not_found", gets_any_order_for_an_unknown_key, "gave PurchaseOrder"),
    Saboteur("test_get_of_an_unknown_key_raises_not_found", looks_keys_up_in_a_dict, "raised KeyError"),
    Saboteur("test_get_of_a_hostile_key_raises_not_found", strips_leading_zeros, r"get\('00?45.*gave PurchaseOrder"),
    Saboteur("test_get_of_a_hostile_key_raises_not_found", overlooks_the_case_of_keys, r"get\('45[a-e].*gave Purch"),
    Saboteur("test_get_of_a_hostile_key_raises_not_found", reads_keys_as_numbers, "gave Purch|raised ValueError"),
    Saboteur("test_get_of_a_refused_record_names_column_and_raw_value", refuses_without_saying_why, "names no column"),
    Saboteur("test_get_of_a_refused_record_names_column_and_raw_value", denies_what_it_cannot_read, "raised NotFound"),
    Saboteur("test_get_of_a_refused_record_leaves_it_in_the_quarantine", keeps_no_refusal_of_get, "not in the quar"),
    Saboteur("test_pages_laid_end_to_end_equal_the_stream", loses_one_at_every_seam, "pages of 1 gave"),
    Saboteur("test_pages_of_a_narrowed_query_equal_its_stream", narrows_after_cutting_the_page, "pages of 2 for"),
    Saboteur("test_a_page_says_truly_whether_more_follow", promises_more_after_every_full_page, "has_more=True"),
    Saboteur("test_the_page_after_the_last_key_is_empty", begins_again_after_the_end, "after the last key"),
    Saboteur("test_a_page_of_less_than_one_record_is_refused", gives_a_page_of_nothing, "where ValueError belongs"),
)
