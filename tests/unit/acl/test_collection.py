"""A readable collection over one mapping and one fetch: found, not found, refused, ambiguous."""

# ruff: noqa: RUF009  # equals() and its like declare a field, as attrs.field() does

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import frozen

from acl.collection import Collection
from acl.conditions import Comparison, Condition, Where
from acl.mapping import Codec, column
from domain.identifiers import PurchaseOrderId
from domain.provenance import SourceRef
from ports.errors import NotFound, ProblemKind, TranslationError, Unavailable
from ports.queries import after, contains, equals
from tests.unit.acl.engine.shop import ORDER, Order, Record, State, a_line, an_order
from tests.unit.acl.reading import Kept

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@frozen(kw_only=True)
class OrderQuery:
    state: State | None = equals("state")
    says: str | None = contains("note")
    following: PurchaseOrderId | None = after("id")


Orders = Collection[PurchaseOrderId, OrderQuery, Order]


class Vendor:
    """Holds pages of records; keeps what it was asked and counts the pages that were pulled."""

    def __init__(self, *pages: Sequence[Record]) -> None:
        self.pages = pages
        self.asked: list[tuple[Where, ...]] = []
        self.pulled = 0

    def __call__(self, where: Sequence[Where]) -> Iterable[Sequence[object]]:
        self.asked.append(tuple(where))
        return self._pages()

    def _pages(self) -> Iterator[Sequence[object]]:
        for page in self.pages:
            self.pulled += 1
            yield page


class Clock:
    """Goes one minute further each time it is looked at."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> datetime:
        self.looks += 1
        return START + timedelta(minutes=self.looks - 1)


def orders(vendor: Vendor, kept: Kept | None = None) -> Orders:
    """Give the orders of a vendor."""
    return Collection(ORDER, vendor, system="shop", quarantine=kept or Kept(), now=Clock())


def ids(found: Iterable[Order]) -> list[str]:
    """Give the keys of orders."""
    return [order.id.text for order in found]


A1, A2, A3 = map(PurchaseOrderId, ("A1", "A2", "A3"))


def test_the_record_of_a_key_is_given_and_asked_by_its_key() -> None:
    vendor = Vendor([an_order(Note="soon")])

    found = orders(vendor).get(A1)

    assert (found.id, found.note) == (A1, "soon")
    assert vendor.asked == [(Condition("Id", Comparison.EQ, "A1"),)]


def test_a_key_that_nobody_has_is_not_found() -> None:
    with pytest.raises(NotFound) as caught:
        orders(Vendor([])).get(A1)

    assert str(caught.value) == "shop has no Order A1"


def test_a_vendor_that_answers_with_another_record_has_not_found_it() -> None:
    with pytest.raises(NotFound) as caught:
        orders(Vendor([an_order(Id="a1")], [an_order(Id="A2")])).get(A1)

    assert str(caught.value) == "shop has no Order A1"


def test_the_right_one_is_picked_from_what_a_careless_vendor_gives() -> None:
    vendor = Vendor([an_order(Id="A0")], [an_order(Id="A1", Note="this"), an_order(Id="A2")])

    assert orders(vendor).get(A1).note == "this"


def test_a_key_that_this_vendor_cannot_have_is_not_found_without_asking() -> None:
    vendor = Vendor([an_order()])

    with pytest.raises(NotFound) as caught:
        orders(vendor).get(PurchaseOrderId("A" * 11))

    assert str(caught.value) == ("shop has no Order AAAAAAAAAAA: 'AAAAAAAAAAA' is longer than the column's 10")
    assert vendor.asked == []


def test_a_refused_record_is_an_error_and_stands_in_the_quarantine_too() -> None:
    kept = Kept()

    with pytest.raises(TranslationError) as caught:
        orders(Vendor([an_order(State="X", Lines=[a_line(Count=None)])]), kept).get(A1)

    assert [problem.field for problem in caught.value.problems] == ["state", "lines[0].count"]
    assert str(caught.value).startswith("ORDER A1 of shop: state (State='X'): 'X' is not one of the known codes")
    assert [refusal.source.key for refusal in kept.refusals] == ["A1"]
    assert kept.refusals[0].problems == caught.value.problems


def test_a_key_that_cannot_be_asked_for_is_looked_for_here() -> None:
    mute: Codec[PurchaseOrderId] = Codec(
        name="mute", decode=lambda raw: PurchaseOrderId(str(raw)), encode=str, kind=ProblemKind.INVALID_IDENTIFIER
    )
    vendor = Vendor([an_order(Id="A1"), an_order(Id="A2")])
    mapping = ORDER.with_(id=column(mute, "Id"))
    found: Orders = Collection(mapping, vendor, system="shop", quarantine=Kept(), now=Clock())

    assert found.get(A2).id == A2
    assert vendor.asked == [()]


def test_what_the_vendor_raises_reaches_the_caller() -> None:
    def dead(where: Sequence[Where]) -> Iterable[Sequence[object]]:
        raise Unavailable("the shop is closed")

    closed: Orders = Collection(ORDER, dead, system="shop", quarantine=Kept())

    with pytest.raises(Unavailable, match="the shop is closed"):
        closed.get(A1)
    with pytest.raises(Unavailable, match="the shop is closed"):
        list(closed.find(OrderQuery()))


def test_nothing_is_asked_before_the_first_record_is_wanted() -> None:
    vendor = Vendor([an_order(Id="A1"), an_order(Id="A2")], [an_order(Id="A3")], [an_order(Id="A4")])

    found = orders(vendor).find(OrderQuery())

    assert (vendor.asked, vendor.pulled) == ([], 0)
    assert next(found).id == A1
    assert vendor.pulled == 1
    assert next(found).id == A2
    assert vendor.pulled == 2
    assert ids(found) == ["A3", "A4"]
    assert vendor.asked == [()]


def test_what_is_asked_of_the_vendor_is_checked_here_again() -> None:
    vendor = Vendor([an_order(Id="A1", State="P"), an_order(Id="A2"), an_order(Id="A3", Note="Soon")])

    assert ids(orders(vendor).find(OrderQuery(state=State.OPEN, says="soon"))) == ["A3"]
    assert vendor.asked == [(Condition("State", Comparison.EQ, "O"),)]


def test_a_query_that_no_record_can_answer_asks_nothing() -> None:
    vendor = Vendor([an_order()])

    assert ids(orders(vendor).find(OrderQuery(state=State.LOST))) == []
    assert vendor.asked == []
    assert orders(vendor).plan(OrderQuery(state=State.LOST)).impossible is not None


def test_records_keep_the_vendors_order() -> None:
    vendor = Vendor([an_order(Id="B"), an_order(Id="A")], [an_order(Id="C")])

    assert ids(orders(vendor).find(OrderQuery())) == ["B", "A", "C"]


def test_pages_follow_each_other() -> None:
    vendor = Vendor([an_order(Id=f"A{number}") for number in (1, 2, 3)])

    page = orders(vendor).page(OrderQuery(), size=2)

    assert (ids(page.items), page.has_more) == (["A1", "A2"], True)
    assert ids(orders(vendor).page(OrderQuery(following=A2), size=2).items) == ["A3"]


def test_a_bad_record_is_kept_and_the_others_are_given() -> None:
    kept = Kept()
    vendor = Vendor([an_order(Id="A1"), an_order(Id="A2", State=None)], [an_order(Id="A3")])

    assert ids(orders(vendor, kept).find(OrderQuery())) == ["A1", "A3"]
    assert [refusal.source.key for refusal in kept.refusals] == ["A2"]


@pytest.mark.parametrize("cut", range(1, 5))
def test_a_record_that_comes_twice_is_given_once_wherever_the_pages_end(cut: int) -> None:
    kept = Kept()
    records = [an_order(Id="A1"), an_order(Id="A2"), an_order(Id="A2"), an_order(Id="A2"), an_order(Id="A3")]

    assert ids(orders(Vendor(records[:cut], records[cut:]), kept).find(OrderQuery())) == ["A1", "A2", "A3"]
    assert kept.refusals == []


@pytest.mark.parametrize("place", range(3))
def test_two_records_under_one_key_are_both_refused(place: int) -> None:
    kept = Kept()
    twins = [an_order(Id="A2"), an_order(Id="A2"), an_order(Id="A2", Note="other")]
    records = [an_order(Id="A1"), *twins[place:], *twins[:place], an_order(Id="A3")]

    assert ids(orders(Vendor(records), kept).find(OrderQuery())) == ["A1", "A3"]
    (refusal,) = kept.refusals
    assert refusal.source == SourceRef("shop", "ORDER", "A2", START)
    (problem,) = refusal.problems
    assert str(problem) == "id (Id=A2): several live records carry this key, and they differ"
    assert (problem.kind, problem.quirk) == (ProblemKind.AMBIGUOUS, None)


def test_the_refusal_of_two_records_shows_both() -> None:
    kept = Kept()
    list(orders(Vendor([an_order(Note="this"), an_order(Note="that"), an_order(Note="this")]), kept).find(OrderQuery()))

    shown = kept.refusals[0].raw.split("\n")
    assert [("this" in each, "that" in each) for each in shown] == [(True, False), (False, True)]


def test_two_records_under_one_key_at_the_end_are_refused_too() -> None:
    kept = Kept()

    assert ids(orders(Vendor([an_order(Id="A1")], [an_order(Id="A1", Note="x")]), kept).find(OrderQuery())) == []
    assert len(kept.refusals) == 1


def test_of_two_records_under_one_key_none_can_be_got() -> None:
    kept = Kept()

    with pytest.raises(TranslationError) as caught:
        orders(Vendor([an_order(Note="this"), an_order(Note="that")]), kept).get(A1)

    assert str(caught.value) == ("ORDER A1 of shop: id (Id=A1): several live records carry this key, and they differ")
    assert len(kept.refusals) == 1


def test_the_raw_records_of_a_key_are_shown_as_text() -> None:
    vendor = Vendor([an_order(Lines=[a_line(Count=Decimal("1.5"))])], [an_order(State="X", Lines=[])])

    shown = orders(vendor).raw(A1)

    assert len(shown) == 2
    assert shown[0].startswith('{"Id": "A1", "Note": null, "State": "O"')
    assert '"State": "X"' in shown[1]
    assert vendor.asked == [(Condition("Id", Comparison.EQ, "A1"),)]


def test_there_are_no_raw_records_of_a_key_that_nobody_has() -> None:
    assert orders(Vendor([])).raw(A1) == ()


def test_there_are_no_raw_records_of_a_key_that_nobody_can_have() -> None:
    with pytest.raises(NotFound) as caught:
        orders(Vendor()).raw(PurchaseOrderId("A" * 11))

    assert str(caught.value) == ("shop cannot have AAAAAAAAAAA: 'AAAAAAAAAAA' is longer than the column's 10")


def test_the_provenance_holds_the_instant_of_the_clock_when_reading_began() -> None:
    collection = orders(Vendor([an_order(Id="A1")], [an_order(Id="A2")]))

    first = list(collection.find(OrderQuery()))
    second = collection.get(A2)

    assert [order.source for order in first] == [SourceRef("shop", "ORDER", key, START) for key in ("A1", "A2")]
    assert second.source == SourceRef("shop", "ORDER", "A2", START + timedelta(minutes=1))


def test_without_a_clock_the_instant_is_now_in_utc() -> None:
    collection: Orders = Collection(ORDER, Vendor([an_order()]), system="shop", quarantine=Kept())

    read_at = collection.get(A1).source.read_at

    assert read_at.utcoffset() == timedelta(0)
    assert read_at > START - timedelta(days=365)
