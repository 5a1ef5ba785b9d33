"""The laws of `ports.purchase_orders.PurchaseOrders`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from attrs import evolve

from contracts.laws import hostile
from contracts.laws import order_questions as ask
from contracts.laws.applicability import stated
from contracts.laws.order_questions import OrderQuestion
from contracts.laws.questions import few
from contracts.laws.reads import ReadsLaws
from contracts.laws.subject import Subject
from contracts.laws.suite import by_key
from contracts.laws.verdicts import NotApplicable, require
from domain.currency import Currency
from domain.dates import OPEN_END
from domain.identifiers import ProductId, PurchaseOrderId, SupplierId
from domain.provenance import SourceRef
from domain.purchasing import OrderStatus, PurchaseOrder
from ports.purchase_orders import PurchaseOrderQuery

PurchaseOrderSubject = Subject[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder]

_DAY = timedelta(days=1)
_FAR = (date(1901, 12, 14), date(9999, 12, 31))
_WORDS_FOR_NOTHING = ("", " ", "-", "0", "None", "null", "NULL", "N/A")


class PurchaseOrderLaws(ReadsLaws[PurchaseOrderId, PurchaseOrderQuery, PurchaseOrder]):
    """What the criteria find; with the laws of reading this is all that an adapter of `PurchaseOrders` keeps.

    The fixture ``subject`` gives a `PurchaseOrderSubject`.
    """

    port = "purchase_orders"

    def test_a_status_finds_exactly_the_orders_in_it(self, subject: PurchaseOrderSubject) -> None:
        """The ERP's codes and flags, however many, add up to one status."""
        self.answers(subject, self.facts(subject), map(ask.in_status, OrderStatus))

    def test_a_supplier_finds_exactly_its_orders(self, subject: PurchaseOrderSubject) -> None:
        """The whole key is compared, without padding and without patterns."""
        facts = self.facts(subject)
        known = few(order.supplier for order in facts)
        alike = (SupplierId(text) for key in known[:1] for text in hostile.like(key.text))
        self.answers(subject, facts, map(ask.of_supplier, [*known, *alike, *map(SupplierId, hostile.KEYS)]))

    def test_ordered_from_includes_its_day_and_nothing_earlier(self, subject: PurchaseOrderSubject) -> None:
        """Days are the company's calendar days, and no time zone moves them."""
        facts = self.facts(subject)
        self.answers(subject, facts, map(ask.ordered_from, _days_around(facts)))

    def test_ordered_until_includes_its_day_and_nothing_later(self, subject: PurchaseOrderSubject) -> None:
        """The last day is meant as a whole day, not as its midnight."""
        facts = self.facts(subject)
        self.answers(subject, facts, map(ask.ordered_until, _days_around(facts)))

    def test_a_currency_finds_exactly_the_orders_in_it(self, subject: PurchaseOrderSubject) -> None:
        """Callers ask by ISO 4217, whatever the ERP numbers its currencies by."""
        facts = self.facts(subject)
        currencies = few(order.currency for order in facts)
        self.answers(
            subject, facts, map(ask.in_currency, dict.fromkeys([*currencies, Currency("SEK"), Currency("CLF")]))
        )

    def test_a_reference_finds_exactly_the_orders_that_carry_it(self, subject: PurchaseOrderSubject) -> None:
        """The text is compared as it stands: another case or a trailing blank is another reference."""
        facts = self.facts(subject)
        known = few(order.reference for order in facts if order.reference is not None)
        alike = [text for each in known[:2] for text in (each.lower(), each.title(), f"{each} ", each[:-1], f"{each}%")]
        self.answers(subject, facts, map(ask.with_reference, [*known, *alike, *hostile.TEXTS]))

    def test_a_product_finds_exactly_the_orders_with_such_a_line(self, subject: PurchaseOrderSubject) -> None:
        """One line is enough, and however many match, the order comes once and with all its lines."""
        facts = self.facts(subject)
        known = few((line.product for order in facts for line in order.lines if line.product is not None), 6)
        alike = [ProductId(text) for key in known[:1] for text in hostile.like(key.text)]
        syntax = map(ProductId, hostile.KEYS[:12])  # each may cost a full read, and the law of suppliers asks them all
        self.answers(subject, facts, map(ask.of_product, [*known, *alike, *syntax]))

    def test_no_end_and_an_unknown_end_stay_apart(self, subject: PurchaseOrderSubject) -> None:
        """A term that never ends, a term whose end is not known, and no term at all are three facts."""
        due = {key: _term(order) for key, order in by_key(stated(subject)).items()}
        if "no end" not in due.values() or len(set(due.values())) < 3:
            raise NotApplicable("the expected orders do not hold an open end, an end and no term")
        for order in self.whole(subject):
            term = _term(order)
            require(due.get(order.id.text, term) == term, f"{order.id} has {term}, not {due.get(order.id.text)}")

    def key(self, text: str) -> PurchaseOrderId:
        return PurchaseOrderId(text)

    def everything(self) -> PurchaseOrderQuery:
        return PurchaseOrderQuery()

    def following(self, query: PurchaseOrderQuery, key: PurchaseOrderId) -> PurchaseOrderQuery:
        return evolve(query, after=key)

    def about(self, record: PurchaseOrder) -> Iterator[OrderQuestion]:
        yield ask.in_status(record.status)
        yield ask.of_supplier(record.supplier)
        yield ask.ordered_from(record.ordered_on)
        yield ask.ordered_until(record.ordered_on)
        yield ask.in_currency(record.currency)
        if record.reference is not None:
            yield ask.with_reference(record.reference)
        for product in dict.fromkeys(line.product for line in record.lines):
            if product is not None:
                yield ask.of_product(product)

    def foreign(self) -> Iterator[OrderQuestion]:
        yield from map(ask.with_reference, hostile.TEXTS[:8])
        yield from map(ask.of_supplier, map(SupplierId, hostile.KEYS[:8]))
        yield from map(ask.of_product, map(ProductId, hostile.KEYS[:8]))
        yield ask.ordered_from(_FAR[1])
        yield ask.ordered_until(_FAR[0])

    def absences(self, facts: Sequence[PurchaseOrder]) -> Iterable[tuple[OrderQuestion, frozenset[str]]]:
        unreferenced = _keys(facts, lambda order: order.reference is None)
        for text in _WORDS_FOR_NOTHING:
            yield ask.with_reference(text), unreferenced
        unlisted = _keys(facts, lambda order: all(line.product is None for line in order.lines))
        for text in _WORDS_FOR_NOTHING[2:]:
            yield ask.of_product(ProductId(text)), unlisted

    def read_elsewhere(self, record: PurchaseOrder, source: SourceRef) -> PurchaseOrder:
        return evolve(record, source=source)


def _days_around(orders: Sequence[PurchaseOrder]) -> list[date]:
    known = few(sorted({order.ordered_on for order in orders}), 5)
    return sorted({*_FAR, *(near for day in known for near in (day - _DAY, day, day + _DAY))})


def _keys(orders: Sequence[PurchaseOrder], meets: Callable[[PurchaseOrder], bool]) -> frozenset[str]:
    return frozenset(order.id.text for order in orders if meets(order))


def _term(order: PurchaseOrder) -> str:
    if order.validity is None:
        return "no term"
    if order.validity.ends is None:
        return "an unknown end"
    return "no end" if order.validity.ends is OPEN_END else "an end"
