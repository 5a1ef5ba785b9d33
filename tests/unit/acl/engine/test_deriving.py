"""A site's own mapping: derived from the house's, which stays as it was."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve, frozen

from acl.codecs.codes import code
from acl.codecs.text import text
from acl.mapping import Shape, each_row, embedded, many, mapping, only, optional
from domain.identifiers import Identifier, PurchaseOrderId
from ports.errors import Misconfigured
from tests.unit.acl.engine.shop import LINE, ORDER, SHEET, STATES, Record, State, a_line, a_row, an_order, streamed
from tests.unit.acl.reading import both_paths, refusal_of


@frozen
class Box:
    label: str
    state: State


@frozen
class Parcel:
    id: Identifier
    box: Box


def test_another_field_is_read_and_the_original_is_untouched() -> None:
    before = ORDER.source

    derived = ORDER.with_(note=optional(text("ZZ_NOTE", width=20)))

    record = an_order(Note="theirs", ZZ_NOTE="ours")
    assert derived.read(record).note == "ours"
    assert ORDER.read(record).note == "theirs"
    assert "ZZ_NOTE" in derived.columns
    assert "ZZ_NOTE" not in ORDER.columns
    assert ORDER.source == before
    assert (derived.record, derived.shape, derived.target) == (ORDER.record, ORDER.shape, ORDER.target)


def test_a_derived_mapping_keeps_its_shape() -> None:
    derived = SHEET.with_(id=text("Id", width=3, into=PurchaseOrderId))

    assert derived.shape is Shape.ROW_SET
    assert derived.with_codes({"lines.state": {"L": State.LOST}}).shape is Shape.ROW_SET


def test_an_attribute_that_the_class_does_not_have_cannot_be_derived() -> None:
    with pytest.raises(TypeError) as caught:
        ORDER.with_(colour=text("Colour"))

    assert str(caught.value) == "the mapping of Order invents colour"


def test_a_value_cannot_be_derived() -> None:
    with pytest.raises(TypeError) as caught:
        ORDER.with_(note="always this")

    assert str(caught.value) == "the mapping of Order gives a value instead of a field for note"


def test_a_code_table_is_extended_for_reading_and_asking_and_the_original_is_untouched() -> None:
    derived = ORDER.with_codes({"state": {"L": State.LOST}})

    assert derived.read(an_order(State="L")).state is State.LOST
    assert derived.read(an_order(State="P")).state is State.PAID
    (problem,) = refusal_of(lambda: ORDER.read(an_order(State="L")))
    assert problem.reason == "'L' is not one of the known codes 'O', 'P'"


def test_both_paths_know_the_extended_codes() -> None:
    derived = ORDER.with_codes({"state": {"L": State.LOST}})

    found, kept = streamed(derived, [an_order(State="L"), an_order(State="X")])

    assert [order.state for order in found] == [State.LOST]
    assert [problem.reason for problem in kept.refusals[0].problems] == [
        "'X' is not one of the known codes 'O', 'P', 'L'"
    ]


def test_a_site_may_give_a_known_code_another_meaning() -> None:
    derived = ORDER.with_codes({"state": {"P": State.LOST}})

    assert both_paths(derived, an_order(State="P")) == evolve(ORDER.read(an_order()), state=State.LOST)


def test_several_tables_are_extended_at_once_also_inside_lists() -> None:
    derived = ORDER.with_codes({"state": {"L": State.LOST}, "lines.state": {"Q": State.LOST}})

    read = derived.read(an_order(State="L", Lines=[a_line(State="Q")]))

    assert (read.state, read.lines[0].state) == (State.LOST, State.LOST)
    (problem,) = refusal_of(lambda: derived.read(an_order(State="Q")))
    assert problem.field == "state"


def test_codes_reach_through_rows_records_and_value_objects() -> None:
    box = embedded(Box)(label=text("Label"), state=code("State", STATES))
    inside = mapping(Parcel, record="P")(id=text("Id", into=Identifier), box=only("Box", box))
    beside = mapping(Parcel, record="P")(id=text("Id", into=Identifier), box=box)
    own: dict[str, dict[object, object]] = {"box.state": {"L": State.LOST}}
    lost: Record = {"Label": "x", "State": "L"}

    assert SHEET.with_codes({"lines.state": {"L": State.LOST}}).read([a_row(State="L")]).lines[0].state is State.LOST
    assert inside.with_codes(own).read({"Id": "1", "Box": [lost]}).box.state is State.LOST
    assert beside.with_codes(own).read({"Id": "1", **lost}).box.state is State.LOST


def test_codes_are_asked_for_in_every_spelling_of_the_site() -> None:
    derived = ORDER.with_codes({"state": {"o": State.OPEN}})

    assert derived.root.parts["state"].columns == ("State",)
    assert derived.write(derived.read(an_order(State="o"))) == ORDER.write(ORDER.read(an_order(State="O")))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("colour", "no attribute colour; Order has id, note, state, total, lines, source"),
        ("lines.colour", "no attribute lines.colour; Line has number, name, count, state"),
        ("note", "note is not read through a code table, so it cannot be given codes"),
        ("state.deeper", "state.deeper is not read through a code table, so it cannot be given codes"),
        ("lines", "lines is not read through a code table, so it cannot be given codes"),
        ("lines.count", "lines.count is not read through a code table, so it cannot be given codes"),
        ("source", "source is not read through a code table, so it cannot be given codes"),
        ("total", "total is not read through a code table, so it cannot be given codes"),
    ],
)
def test_codes_for_what_has_no_code_table_are_refused_with_a_sentence(path: str, told: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        ORDER.with_codes({path: {"L": State.LOST}})

    assert str(caught.value) == told


def test_a_code_cannot_mean_what_the_attribute_never_holds() -> None:
    with pytest.raises(Misconfigured) as caught:
        ORDER.with_codes({"state": {"L": State.LOST, "X": "lost", "Y": None}})
    with pytest.raises(Misconfigured) as of_currency:
        ORDER.with_codes({"total.currency": {"EUR2": "EUR"}})

    assert str(caught.value) == "the codes of state mean a State, so none can mean 'lost', None"
    assert str(of_currency.value) == "the codes of total.currency mean a Currency, so none can mean 'EUR'"


def test_a_declaration_is_not_changed_through_what_it_was_made_of() -> None:
    table = {"O": State.OPEN}
    fields = {"label": text("Label"), "state": code("State", table)}
    declared = mapping(Box, record="B")(**fields)  # type: ignore[arg-type]  # a dict of fields hides their types

    table["P"] = State.PAID
    fields["label"] = text("Other")

    assert declared.columns == ("Label", "State")
    (problem,) = refusal_of(lambda: declared.read({"Label": "x", "State": "P"}))
    assert problem.reason == "'P' is not one of the known codes 'O'"


def test_one_field_may_serve_several_mappings() -> None:
    shared = many("Lines", LINE)
    first, second = ORDER.with_(lines=shared), ORDER.with_(lines=shared).with_codes({"lines.state": {"L": State.LOST}})

    assert first.read(an_order()).lines[0].count == Decimal(2)
    assert second.read(an_order(Lines=[a_line(State="L")])).lines[0].state is State.LOST
    assert refusal_of(lambda: first.read(an_order(Lines=[a_line(State="L")])))


def test_rows_are_read_by_a_mapping_that_stays_usable_alone() -> None:
    alone = mapping(Box, record="B", shape=Shape.ROW)(label=text("Label"), state=code("State", STATES))
    each_row(alone, key="label")

    assert alone.read(("x", "O")) == Box("x", State.OPEN)
