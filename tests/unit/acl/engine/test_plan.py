"""Splitting a query: what the vendor is asked, what is checked here, what no record can answer."""

# ruff: noqa: RUF009  # equals() and its like declare a field, as attrs.field() does

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve, frozen

from acl.codecs.codes import code
from acl.codecs.text import text
from acl.conditions import AnyOf, Comparison, Condition
from acl.mapping import (
    Codec,
    Mapping,
    Shape,
    Unreadable,
    column,
    each_row,
    embedded,
    many,
    mapping,
    never,
    only,
    optional,
)
from domain.identifiers import Identifier, SupplierId
from ports.errors import ProblemKind
from ports.queries import equals
from tests.unit.acl.engine.jobs import ITEM, JOB, NAMES, Item, Job, Query, Span, a_job
from tests.unit.acl.engine.shop import State


def asked(query: Query, of: Mapping[Job] = JOB) -> str:
    """Tell what a plan says of a query."""
    return str(of.plan(query))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (Query(), "ask for everything; check here: nothing more"),
        (Query(name="bolt"), "ask for Name = 'bolt    '; check here: nothing more"),
        (
            Query(state=State.OPEN),
            "ask for (State = 'O' or State = 'o'); check here: nothing more",
        ),
        (Query(state=State.PAID), "ask for State = 'P'; check here: nothing more"),
        (Query(state=State.LOST), "nothing is asked: state: this system has no code for State.LOST"),
        (Query(supplier=SupplierId("ABC")), "ask for Supp = 'AB' and Shop = 'C'; check here: nothing more"),
        (Query(supplier=SupplierId("A")), "nothing is asked: supplier: 'A' is not a key that fills 3 places"),
        (Query(since=date(2024, 7, 1)), "ask for Due >= '20240701'; check here: nothing more"),
        (
            Query(until=date(2024, 7, 1)),
            "ask for Due <= '20240701' and Due <> '        ' and Due <> ''; check here: nothing more",
        ),
        (Query(says="bolt"), "ask for everything; check here: name contains bolt"),
        (Query(hash="abc"), "ask for Bucket = 3; check here: hash is abc"),
        (Query(owner="me"), "nothing is asked: owner: nobody owns a job here"),
        (Query(owner_from="me"), "ask for everything; check here: owner at least me"),
        (Query(mail="a@b.c"), "ask for (Mail1 = 'a@b.c' or Mail2 = 'a@b.c'); check here: nothing more"),
        (Query(mail="aa@bb.c"), "ask for (Mail2 = 'aa@bb.c'); check here: nothing more"),
        (Query(mail="aaaa@bbbb.c"), "ask for never; check here: nothing more"),
        (Query(item=Identifier("7")), "ask for Items.No = '7'; check here: nothing more"),
        (
            Query(item_state=State.OPEN),
            "ask for (Items.St = 'O' or Items.St = 'o'); check here: nothing more",
        ),
        (Query(item_size=Span("a", "b")), "ask for everything; check here: items.size is Span(low='a', high='b')"),
        (Query(best=Identifier("7")), "ask for Best/No = '7'; check here: nothing more"),
        (Query(span=Span("a", "b")), "ask for Low = 'a' and High = 'b'; check here: nothing more"),
        (Query(span=Span("a", None)), "ask for everything; check here: span is Span(low='a', high=None)"),
        (Query(low="a"), "ask for Low = 'a'; check here: nothing more"),
        (Query(following=Identifier("9")), "ask for Id > '9   '; check here: nothing more"),
        (Query(suppliers_after=SupplierId("ABC")), "ask for Supp >= 'AB'; check here: supplier after ABC"),
        (
            Query(name="bolt", says="o", since=date(2024, 1, 1)),
            "ask for Name = 'bolt    ' and Due >= '20240101'; check here: name contains o",
        ),
        (Query(name="bolt", owner="me"), "nothing is asked: owner: nobody owns a job here"),
    ],
    ids=lambda value: "" if isinstance(value, str) else repr(value).split("(")[0],
)  # fmt: skip
def test_a_plan_says_what_is_asked_and_what_is_checked(query: Query, told: str) -> None:
    assert asked(query) == told


def test_a_range_is_asked_only_where_raw_values_sort_as_the_values_do() -> None:
    unsorted: Codec[date] = Codec(name="day", decode=date.fromisoformat, encode=date.isoformat, kind=ProblemKind.RULE)
    jobs = JOB.with_(due=column(unsorted, "Due"))

    assert asked(Query(since=date(2024, 7, 1)), jobs) == "ask for everything; check here: due at least 2024-07-01"


def test_a_list_that_cannot_be_searched_is_searched_here() -> None:
    jobs = JOB.with_(items=many("Items", ITEM), best=only("Best", ITEM))

    assert asked(Query(item=Identifier("7"), best=Identifier("8")), jobs) == (
        "ask for everything; check here: items.number is 7, best.number is 8"
    )


def test_a_condition_on_a_row_is_asked_only_if_the_whole_set_is_read_then() -> None:
    row = mapping(Item, record="R", shape=Shape.ROW)(
        number=text("No", into=Identifier),
        state=code("St", NAMES),
        size=embedded(Span)(low=text("Low"), high=optional(text("High"))),
    )
    fields = {"id": text("Id", into=Identifier), "name": text("Name")}

    @frozen
    class Sheet:
        id: Identifier
        name: str
        items: tuple[Item, ...]

    @frozen(kw_only=True)
    class SheetQuery:
        item: Identifier | None = equals("items.number")
        item_size: Span | None = equals("items.size")

    searchable, plain = (
        mapping(Sheet, record="R", shape=Shape.ROW_SET)(
            items=each_row(row, key="number", searchable=each), **fields  # type: ignore[arg-type]  # a dict hides types
        )
        for each in (True, False)
    )  # fmt: skip

    assert str(searchable.plan(SheetQuery(item=Identifier("7")))) == "ask for No = '7'; check here: nothing more"
    assert str(plain.plan(SheetQuery(item=Identifier("7")))) == "ask for everything; check here: items.number is 7"
    assert "check here: items.size" in str(searchable.plan(SheetQuery(item_size=Span("a", "b"))))


def test_what_is_always_the_same_is_asked_of_nobody() -> None:
    jobs = JOB.with_(name=never("job", because="they have no names"), mails=never(("a", "b"), because="two for all"))

    assert asked(Query(name="job"), jobs) == "ask for everything; check here: nothing more"
    assert asked(Query(name="other"), jobs) == "nothing is asked: name: they have no names"
    assert asked(Query(says="jo"), jobs) == "ask for everything; check here: name contains jo"
    assert asked(Query(mail="b"), jobs) == "ask for everything; check here: mails is b"


def test_what_is_asked_in_vain_matches_nothing() -> None:
    assert JOB.plan(Query(mail="aaaa@bbbb.c")).pushed == (AnyOf(()),)


@pytest.mark.parametrize(
    ("query", "change"),
    [
        (Query(name="bolt"), {"Name": "BOLT    "}),
        (Query(state=State.OPEN), {"State": "P"}),
        (Query(since=date(2024, 7, 15)), {"Due": "20240714"}),
        (Query(until=date(2024, 7, 15)), {"Due": "20240716"}),
        (Query(hash="h"), {"Hash": "g"}),
        (Query(mail="a@b.c"), {"Mail2": None}),
        (Query(item_state=State.OPEN), {"Items": []}),
        (Query(name="bolt", says="ol"), {"Name": "bult    "}),
    ],
)
def test_every_criterion_is_checked_again_pushed_or_not(query: Query, change: dict[str, object]) -> None:
    plan = JOB.plan(query)

    assert plan.matches(a_job())
    assert not plan.matches(a_job(**change))


def test_what_follows_a_key_follows_in_the_vendors_order() -> None:
    numbered: Codec[Identifier] = Codec(
        name="number",
        decode=lambda raw: Identifier(str(raw)),
        encode=lambda key: int(str(key)),
        kind=ProblemKind.RULE,
        spellings=lambda key: (int(str(key)),),
        ordered=True,
    )
    jobs = JOB.with_(id=column(numbered, "Id"))
    plan = jobs.plan(Query(following=Identifier("9")))

    assert str(plan) == "ask for Id > 9; check here: nothing more"
    record = a_job()
    assert [number for number in (8, 9, 10, 100) if plan.matches(_numbered(record, number))] == [10, 100]


def _numbered(job: Job, number: int) -> Job:
    return evolve(job, id=Identifier(str(number)))


def test_the_value_of_a_condition_is_data_whatever_it_says() -> None:
    (where,) = JOB.plan(Query(name="' or 1=1")).pushed

    assert where == Condition("Name", Comparison.EQ, "' or 1=1")


def test_a_key_of_several_columns_with_several_spellings_is_looked_for_here() -> None:
    loose: Codec[SupplierId] = Codec(
        name="loose",
        decode=lambda number, shop: SupplierId(f"{number}{shop}"),
        encode=lambda key: (str(key)[:2], str(key)[2:]),
        kind=ProblemKind.RULE,
        spellings=lambda key: ((str(key)[:2], str(key)[2:]), (str(key)[:2].lower(), str(key)[2:])),
    )
    jobs = JOB.with_(supplier=column(loose, "Supp", "Shop"))

    assert asked(Query(supplier=SupplierId("ABC")), jobs) == "ask for everything; check here: supplier is ABC"


def test_a_bound_that_no_record_can_hold_still_bounds_records() -> None:
    short: Codec[date] = Codec(
        name="short", decode=date.fromisoformat, encode=_this_century, kind=ProblemKind.INVALID_DATE, ordered=True
    )
    jobs = JOB.with_(due=column(short, "Due"))

    assert asked(Query(since=date(1900, 1, 1)), jobs) == "ask for everything; check here: due at least 1900-01-01"
    assert asked(Query(until=date(1900, 1, 1)), jobs) == "ask for everything; check here: due at most 1900-01-01"


def _this_century(day: date) -> str:
    if day.year < 2000:
        raise Unreadable(ProblemKind.INVALID_DATE, f"{day} is too long ago")
    return day.isoformat()
