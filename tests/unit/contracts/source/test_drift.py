"""What a change means: by the use of the column, by the direction of the change, and never beyond what is mapped."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from contracts.source.changes import ChangeKind
from contracts.source.drift import Finding, Severity, absent, closed_writes, findings, relied_on
from contracts.source.owed import OwedColumn, SourceContract, Use
from contracts.source.schema import Form, Record, Schema
from tests.unit.contracts.source.building import owed, shop, text
from tests.unit.contracts.source.mutations import MUTATIONS, mutated, with_column, with_facet, with_record
from tests.unit.contracts.source.proof import (
    about,
    check_each_mutation,
    check_each_record,
    check_ports,
    every_column,
    hits,
)

USES = [Use.READ, Use.WRITE]
OUTSIDE, NOTE, WARNING, CLOSES = Severity


Facets = dict[str, tuple[object, object]]
"""What changes of a column: before and after."""


def judged(name: str, use: Use, facets: Facets) -> Finding:
    """Give the one finding about a column of the vendor's whose facets change."""
    column = shop().records["VENDOR"].column(name)
    assert column is not None
    before = after = column
    for facet, (was, now) in facets.items():
        before, after = with_facet(before, facet, was), with_facet(after, facet, now)
    pinned, live = (with_column(shop(), "VENDOR", name, each) for each in (before, after))
    (finding,) = findings(pinned, live, [owed(use=use)])
    return finding


@pytest.mark.parametrize("by_name", [True, False])
@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(("record", "column"), list(every_column(shop())))
def test_all_that_touches_a_mapped_column_is_found_and_nothing_outside_breaks(
    record: str, column: str, use: Use, by_name: bool
) -> None:
    check_each_mutation(shop(), [owed(use=use, by_name=by_name)], record, column)


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("record", list(shop().records.values()), ids=lambda record: record.name)
def test_records_and_keys_are_judged_by_what_is_read_of_them(record: Record, use: Use) -> None:
    check_each_record(shop(), [owed(use=use)], record)


@given(
    planted=st.dictionaries(
        st.sampled_from(list(every_column(shop()))), st.sampled_from(list(MUTATIONS)), min_size=1, max_size=8
    ),
    use=st.sampled_from(USES),
    by_name=st.booleans(),
)
def test_many_changes_at_once_hide_nothing(planted: dict[tuple[str, str], str], use: Use, by_name: bool) -> None:
    source = owed(use=use, by_name=by_name)
    pinned, live = shop(), shop()
    for (record, column), name in planted.items():
        before, after = mutated(shop(), record, column, name)
        pinned = with_column(pinned, record, column, before.records[record].column(column))
        after_column = after.records[record].column(column) or after.records[record].column(f"{column}_2")
        live = with_column(live, record, column, after_column)

    found = findings(pinned, live, [source])

    for record, column in planted:
        assert about(found, record, column), (record, column)
        check_ports(about(found, record, column), hits(shop(), [source], record, column), column)
    touched = set(planted)
    assert all(
        {(each.change.record, column) for column in each.change.columns} & touched or each.port is None
        for each in found
    )


@pytest.mark.parametrize(
    ("column", "facets", "reading", "writing"),
    [
        ("NAME", {"length": (40, 80)}, NOTE, NOTE),
        ("NAME", {"length": (40, None)}, NOTE, NOTE),
        ("NAME", {"length": (80, 60)}, NOTE, NOTE),
        ("NAME", {"length": (40, 30)}, NOTE, CLOSES),
        ("NO", {"length": (10, 12)}, WARNING, CLOSES),
        ("NO", {"length": (10, 8)}, WARNING, CLOSES),
        ("NO", {"length": (8, 10)}, NOTE, NOTE),
        ("RATE", {"scale": (3, 4)}, WARNING, WARNING),
        ("RATE", {"scale": (2, 3)}, NOTE, NOTE),
        ("RATE", {"scale": (3, 2)}, NOTE, CLOSES),
        ("RATE", {"scale": (6, 3)}, NOTE, NOTE),
        ("RATE", {"precision": (9, 12)}, NOTE, NOTE),
        ("RATE", {"precision": (9, 5)}, NOTE, CLOSES),
        ("RATE", {"form": (Form.INTEGER, Form.DECIMAL)}, NOTE, NOTE),
        ("RATE", {"form": (Form.DECIMAL, Form.INTEGER)}, NOTE, CLOSES),
        ("RATE", {"form": (Form.DECIMAL, Form.FLOAT)}, WARNING, CLOSES),
        ("RATE", {"native": ("decimal", "numeric")}, NOTE, NOTE),
        ("RATE", {"form": (Form.INTEGER, Form.INTEGER), "native": ("Edm.Int64", "Edm.Int16")}, NOTE, CLOSES),
        ("NAME", {"creatable": (True, False), "updatable": (True, False)}, NOTE, CLOSES),
        ("NAME", {"creatable": (True, False)}, NOTE, CLOSES),
        ("NAME", {"updatable": (True, False)}, NOTE, CLOSES),
        ("NAME", {"creatable": (False, True), "updatable": (True, False)}, NOTE, CLOSES),
        ("NAME", {"updatable": (False, True)}, NOTE, NOTE),
        ("NAME", {"nullable": (False, True)}, WARNING, WARNING),
        ("NAME", {"nullable": (False, None)}, WARNING, WARNING),
        ("NAME", {"nullable": (True, None)}, NOTE, NOTE),
        ("NAME", {"nullable": (True, False)}, NOTE, NOTE),
        ("RATE", {"nullable": (False, True)}, NOTE, NOTE),
        ("RATE", {"nullable": (True, False)}, NOTE, CLOSES),
        ("STATE", {"codes": (("A", "B"), ("A", "B", "C"))}, NOTE, NOTE),
        ("STATE", {"codes": (("A", "B"), ("A", "B", "Z"))}, WARNING, WARNING),
        ("STATE", {"codes": (("A", "Z"), ("A", "Z", "C"))}, NOTE, NOTE),
        ("STATE", {"codes": (("A", "B"), None)}, WARNING, WARNING),
        ("STATE", {"codes": (("A", "Z"), ("A",))}, NOTE, NOTE),
        ("STATE", {"codes": (("A", "B"), ("A",))}, NOTE, CLOSES),
        ("STATE", {"codes": (None, ("A", "B"))}, NOTE, CLOSES),
        ("STATE", {"codes": (None, ("A", "B", "C"))}, NOTE, NOTE),
        ("NAME", {"codes": (("X",), ("X", "Y"))}, NOTE, NOTE),
        ("NAME", {"codes": (("X", "Y"), ("X",))}, NOTE, CLOSES),
        ("NAME", {"many": (False, True)}, WARNING, CLOSES),
        ("NAME", {"many": (True, False)}, WARNING, CLOSES),
        ("MEMO", {"many": (False, True), "length": (80, 80)}, OUTSIDE, OUTSIDE),
    ],
)  # fmt: skip
def test_the_direction_of_a_change_decides(column: str, facets: Facets, reading: Severity, writing: Severity) -> None:
    assert (judged(column, Use.READ, facets).severity, judged(column, Use.WRITE, facets).severity) == (reading, writing)


def test_an_optional_attribute_that_is_gone_is_a_note_and_still_stops_what_asks_for_it_by_name() -> None:
    live = with_column(shop(), "ADDRESS", "STREET", None)

    (named,) = findings(shop(), live, [owed()])
    (sent,) = findings(shop(), live, [owed(by_name=False)])

    assert (named.severity, named.stops_reading, named.matters) == (NOTE, True, True)
    assert named.means == "suppliers cannot be read: the column is asked for by its name"
    assert (sent.severity, sent.stops_reading, sent.matters) == (NOTE, False, False)
    assert sent.means == "the attribute will be unknown"


def test_a_write_is_closed_with_the_attributes_that_need_what_changed() -> None:
    live = with_column(shop(), "ADDRESS", "STREET", text("STREET", 30))
    live = with_column(live, "VENDOR", "NO", None)

    assert closed_writes(findings(shop(), live, [owed(use=Use.WRITE)])) == {
        "suppliers": ("id", "source", "address.street")
    }
    assert closed_writes(findings(shop(), live, [owed()])) == {}


def test_the_loss_of_a_way_hits_every_attribute_behind_it() -> None:
    live = with_column(shop(), "VENDOR", "to_Address", None)

    (found,) = findings(shop(), live, [owed()])

    assert (found.fields, found.severity) == (("address.street", "address.city"), NOTE)


def test_a_way_to_another_record_is_judged_by_what_stands_there() -> None:
    link = shop().records["ADDRESS"].column("to_City")
    assert link is not None
    moved = with_column(shop(), "ADDRESS", "to_City", evolve(link, of="TOWN"))
    alike = Schema("live", [*moved.records.values(), Record(name="TOWN", columns=(text("CITYNAME", 60),))])
    other = Schema("live", [*moved.records.values(), Record(name="TOWN", columns=(text("CITYNAME", 20),))])
    empty = Schema("live", [*moved.records.values(), Record(name="TOWN", columns=(text("TOWNNAME", 60),))])

    def severity(live: Schema) -> Severity:
        return next(each.severity for each in findings(shop(), live, [owed(use=Use.WRITE)]) if each.port is not None)

    assert [severity(live) for live in (alike, other, empty)] == [NOTE, CLOSES, CLOSES]


def test_a_reference_to_other_records_makes_keys_mean_others() -> None:
    vendor = shop().records["VENDOR"]
    elsewhere = evolve(vendor, references=(evolve(vendor.references[0], target="REGIONS"),))

    (turned,) = findings(shop(), with_record(shop(), "VENDOR", elsewhere), [owed()])
    (dropped,) = findings(shop(), with_record(shop(), "VENDOR", evolve(vendor, references=())), [owed()])

    assert (turned.fields, turned.severity, dropped.severity) == (("block",), WARNING, NOTE)


def test_a_key_that_is_published_for_the_first_time_is_a_note() -> None:
    vendor = shop().records["VENDOR"]
    (found,) = findings(with_record(shop(), "VENDOR", evolve(vendor, key=())), shop(), [owed()])

    assert (found.change.kind, found.severity) == (ChangeKind.KEY, NOTE)


def test_what_was_never_there_is_told_by_itself() -> None:
    never = SourceContract(kind="shop", port="suppliers", columns=(OwedColumn(record="VENDOR", path="VAT"),))

    (found,) = findings(shop(), shop(), [never])

    assert (found.change.kind, found.severity, found.matters) == (ChangeKind.MISSING, WARNING, True)
    assert absent(never, shop()) == never.columns
    assert absent(owed(), shop()) == ()


def test_what_decides_which_records_count_is_told_without_fields() -> None:
    column = OwedColumn(record="VENDOR", path="MEMO", facets=evolve(owed().columns[1].facets))
    source = SourceContract(kind="shop", port="suppliers", columns=(column,))
    before = with_column(shop(), "VENDOR", "MEMO", text("MEMO", 80, nullable=False))

    (found,) = findings(before, shop(), [source])

    assert (found.fields, found.severity) == ((), WARNING)
    assert found.means == "records may be left out, or be too many: the mapping refuses null here"


def test_one_change_is_told_to_each_port_that_it_concerns() -> None:
    orders = evolve(owed(), port="purchase_orders")

    found = findings(shop(), with_column(shop(), "VENDOR", "NO", None), [owed(), orders])

    assert {each.port for each in found} == {"suppliers", "purchase_orders"}


def test_the_worst_comes_first() -> None:
    live = with_column(with_column(shop(), "VENDOR", "MEMO", None), "VENDOR", "NAME", None)
    live = with_column(live, "ADDRESS", "STREET", text("STREET", 90))

    assert [each.severity for each in findings(shop(), live, [owed()])] == [WARNING, NOTE, OUTSIDE]


def test_only_records_on_the_way_are_relied_on() -> None:
    unrelated = Schema("x", [*shop().records.values(), Record(name="PRICE", columns=(text("P"),))])

    assert set(relied_on(unrelated, [owed()]).records) == {"VENDOR", "ADDRESS", "CITY"}
