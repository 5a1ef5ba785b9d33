"""What is different between two versions is told once, with both values, and nothing else is."""

from __future__ import annotations

from functools import reduce

import pytest
from attrs import evolve

from contracts.source.changes import Change, ChangeKind, changes
from contracts.source.schema import Column, Form, Record, Reference, Schema
from domain.errors import InvalidValue
from tests.unit.contracts.source.building import shop, text
from tests.unit.contracts.source.mutations import MUTATIONS, mutated, with_column, with_facet, with_record


def _changed(column: Column, facets: dict[str, object]) -> Column:
    return reduce(lambda found, facet: with_facet(found, *facet), facets.items(), column)


def told(pinned: Schema, live: Schema) -> list[tuple[str, str, tuple[str, ...], str | None, str | None]]:
    return [(each.kind.value, each.record, each.columns, each.before, each.after) for each in changes(pinned, live)]


def test_equal_versions_have_no_changes() -> None:
    assert changes(shop(), shop()) == ()


@pytest.mark.parametrize("name", MUTATIONS)
@pytest.mark.parametrize(
    ("record", "column"),
    [(record.name, column.name) for record in shop().records.values() for column in record.columns],
)
def test_each_mutation_of_a_column_is_one_change_of_its_kind(name: str, record: str, column: str) -> None:
    pinned, live = mutated(shop(), record, column, name)

    (change,) = changes(pinned, live)

    assert (change.kind, change.record, change.columns) == (MUTATIONS[name][0], record, (column,))


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ({"length": 80}, "40", "80"),
        ({"length": None}, "40", "not said"),
        ({"nullable": True}, "never null", "may be null"),
        ({"nullable": None}, "never null", "not said"),
        ({"form": Form.INTEGER, "native": "int"}, "text (Edm.String)", "integer (int)"),
        ({"native": "nvarchar"}, "Edm.String", "nvarchar"),
        ({"many": True}, "one", "several"),
        ({"codes": ("X", "Y")}, "any", "X, Y"),
    ],
)
def test_both_values_are_told(change: dict[str, object], before: str, after: str) -> None:
    column = shop().records["VENDOR"].column("NAME")
    assert column is not None
    live = with_column(shop(), "VENDOR", "NAME", _changed(column, change))

    (found,) = changes(shop(), live)

    assert (found.before, found.after) == (before, after)


def test_codes_that_came_and_codes_that_went_are_two_changes() -> None:
    column = shop().records["VENDOR"].column("STATE")
    assert column is not None
    live = with_column(shop(), "VENDOR", "STATE", evolve(column, codes=("B", "C", "D")))

    assert told(shop(), live) == [
        ("codes added", "VENDOR", ("STATE",), None, "C, D"),
        ("codes removed", "VENDOR", ("STATE",), "A", None),
    ]


def test_codes_in_another_order_are_no_change() -> None:
    column = shop().records["VENDOR"].column("STATE")
    assert column is not None

    assert changes(shop(), with_column(shop(), "VENDOR", "STATE", evolve(column, codes=("B", "A")))) == ()


def test_a_column_with_another_name_of_the_same_make_is_probably_renamed() -> None:
    live = with_column(shop(), "VENDOR", "NAME", text("FULLNAME", 40, nullable=False))

    assert told(shop(), live) == [("renamed", "VENDOR", ("NAME",), "NAME", "FULLNAME")]


def test_a_column_of_the_same_make_in_the_same_place_is_probably_renamed() -> None:
    live = with_column(shop(), "VENDOR", "NAME", text("XQ", 40, nullable=False))

    assert told(shop(), live) == [("renamed", "VENDOR", ("NAME",), "NAME", "XQ")]


@pytest.mark.parametrize(
    ("newcomer", "moved"),
    [(text("FULLNAME", 41, nullable=False), False), (text("XQ", 40, nullable=False), True)],
    ids=["of another make", "neither alike nor in the same place"],
)
def test_what_may_be_anything_is_not_called_renamed(newcomer: Column, moved: bool) -> None:
    live = with_column(shop(), "VENDOR", "NAME", None if moved else newcomer)
    if moved:
        vendor = live.records["VENDOR"]
        live = with_record(live, "VENDOR", evolve(vendor, columns=(*vendor.columns, newcomer)))

    assert [(kind, columns) for kind, _, columns, *_ in told(shop(), live)] == [
        ("removed", ("NAME",)),
        ("added", (newcomer.name,)),
    ]


def test_of_two_candidates_the_more_similar_is_the_new_name() -> None:
    vendor = shop().records["VENDOR"]
    columns = tuple(each for each in vendor.columns if each.name != "NAME")
    twins = (text("NICKNAME", 40, nullable=False), text("NAME1", 40, nullable=False))
    live = with_record(shop(), "VENDOR", evolve(vendor, columns=(*columns, *twins)))

    assert told(shop(), live) == [
        ("renamed", "VENDOR", ("NAME",), "NAME", "NAME1"),
        ("added", "VENDOR", ("NICKNAME",), None, "NICKNAME, never null"),
    ]


def test_a_record_with_another_name_and_the_same_columns_is_probably_renamed() -> None:
    live = with_record(shop(), "CITY", evolve(shop().records["CITY"], name="TOWN"))

    assert told(shop(), live) == [("record renamed", "CITY", (), "CITY", "TOWN")]


def test_records_come_and_go() -> None:
    live = with_record(shop(), "CITY", Record(name="COUNTRY", columns=(text("CODE", 2),)))

    assert told(shop(), live) == [
        ("record removed", "CITY", (), "CITY", None),
        ("record added", "COUNTRY", (), None, "COUNTRY"),
    ]


def test_a_key_and_a_reference_are_told_with_their_columns() -> None:
    vendor = shop().records["VENDOR"]
    live = with_record(
        shop(), "VENDOR", evolve(vendor, key=("NO", "NAME"), references=(Reference(("STATE",), "CODES", ("ID",)),))
    )

    assert told(shop(), live) == [
        ("key", "VENDOR", ("NO", "NAME"), "NO", "NO, NAME"),
        ("reference", "VENDOR", ("STATE",), "STATES (CODE)", "CODES (ID)"),
    ]


def test_changes_come_in_the_order_of_records() -> None:
    live = with_column(with_column(shop(), "VENDOR", "MEMO", None), "ADDRESS", "FAX", None)

    assert [each.record for each in changes(shop(), live)] == ["ADDRESS", "VENDOR"]
    assert changes(shop(), live)[0] == Change(kind=ChangeKind.REMOVED, record="ADDRESS", columns=("FAX",), before="FAX")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"native": "VARCHAR(40)", "length": 40}, {"native": "VARCHAR(80)", "length": 80}),
        ({"native": "ENUM('a','b')", "codes": ("a", "b")}, {"native": "ENUM('a')", "codes": ("a",)}),
    ],
)
def test_a_size_that_the_type_names_too_is_told_once(old: dict[str, object], new: dict[str, object]) -> None:
    pinned, live = (with_column(shop(), "VENDOR", "NAME", _changed(text("NAME"), each)) for each in (old, new))

    (change,) = changes(pinned, live)

    assert change.kind is not ChangeKind.NATIVE


def test_a_width_that_is_part_of_the_word_is_told() -> None:
    old = Column(name="NAME", form=Form.INTEGER, native="integer (int64)")
    pinned, live = (
        with_column(shop(), "VENDOR", "NAME", each) for each in (old, evolve(old, native="integer (int32)"))
    )

    assert [each.kind for each in changes(pinned, live)] == [ChangeKind.NATIVE]


def test_of_several_references_of_the_same_columns_none_is_overlooked() -> None:
    vendor = shop().records["VENDOR"]
    other = Reference(("STATE",), "CODES", ("ID",))
    both = with_record(shop(), "VENDOR", evolve(vendor, references=(*vendor.references, other)))

    (found,) = changes(both, with_record(shop(), "VENDOR", evolve(vendor, references=(other,))))

    assert (found.kind, found.before, found.after) == (
        ChangeKind.REFERENCE,
        "CODES (ID) and STATES (CODE)",
        "CODES (ID)",
    )


def test_two_records_or_columns_of_one_name_are_no_schema() -> None:
    vendor = shop().records["VENDOR"]

    with pytest.raises(InvalidValue, match="the record VENDOR stands in it twice"):
        Schema("the shop", (vendor, vendor))
    with pytest.raises(InvalidValue, match="the column VENDOR/NO stands in it twice"):
        Schema("the shop", (evolve(vendor, columns=(*vendor.columns, text("NO"))),))
