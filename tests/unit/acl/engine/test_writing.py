"""Writing a whole object, and writing only what changed; what cannot be held is refused before anything is sent."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pytest
from attrs import evolve, frozen

from acl.codecs.codes import code
from acl.codecs.text import text
from acl.mapping import Mapping, embedded, gathered, many, mapping, never, only, optional, read_only
from domain.currency import Currency
from domain.identifiers import LineNumber
from domain.money import Money
from ports.errors import NotWritable, ProblemKind
from tests.unit.acl.engine.shop import LINE, ORDER, Record, State, a_line, an_order
from tests.unit.acl.reading import ORIGIN

TOLD = "it follows from the lines"


@frozen
class Place:
    city: str
    zip: str | None


@frozen
class Firm:
    name: str
    place: Place
    mail: str | None
    fax: str | None = None


@frozen
class Tag:
    kind: State
    text: str


@frozen
class Tagged:
    tags: tuple[Tag, ...]


FIRM = mapping(Firm, record="FIRM")(
    name=text("Name", width=10),
    place=only("Details", embedded(Place)(city=text("City"), zip=optional(text("Zip")))),
    mail=only("Details", optional(text("Mail"))),
    fax=never(None, because="nobody faxes"),
)
APART = mapping(Firm, record="FIRM")(
    name=text("Name", width=10),
    place=embedded(Place)(city=text("City"), zip=optional(text("Zip"))),
    mail=optional(only("Mails", text("Mail"))),
    fax=optional(only("Mails", text("Fax"))),
)
HOME = Firm("Bolt", Place("Bonn", "53111"), None)


def told(of: Mapping[Firm], firm: Firm) -> str:
    """Give what is said to whoever writes a firm that cannot be held."""
    with pytest.raises(NotWritable) as caught:
        of.write(firm)
    return str(caught.value)


def test_every_column_of_a_record_is_written() -> None:
    record = an_order(Note="soon", Total="9.900", Lines=[a_line(Count=Decimal("2.00")), a_line(No="2", State="P")])

    written = ORDER.write(ORDER.read(record))

    assert written == record
    assert list(written) == ["Id", "Note", "State", "Currency", "Total", "Lines"]


def test_what_is_unknown_is_written_as_the_first_of_what_is_absent() -> None:
    written = cast("Record", ORDER.write(ORDER.read(an_order(Note=None))))

    assert written["Note"] == ""


def test_what_is_read_only_is_left_out() -> None:
    fixed = ORDER.with_(state=read_only(code("State", {"O": State.OPEN}), because=TOLD))

    assert "State" not in cast("Record", fixed.write(fixed.read(an_order())))


def test_attributes_that_stand_in_one_inner_record_are_written_into_one() -> None:
    assert FIRM.write(evolve(HOME, mail="a@b.c")) == {
        "Name": "Bolt",
        "Details": [{"City": "Bonn", "Zip": "53111", "Mail": "a@b.c"}],
    }


def test_an_inner_record_cannot_be_empty_for_one_attribute_and_filled_for_another() -> None:
    reason = "Mails would have to be empty for one attribute and filled for another"

    assert told(APART, evolve(HOME, mail="a@b.c")) == f"fax: {reason}"
    assert told(APART, evolve(HOME, fax="0228")) == f"fax: {reason}"
    assert cast("Record", APART.write(HOME))["Mails"] == []
    assert cast("Record", APART.write(evolve(HOME, mail="a", fax="b")))["Mails"] == [{"Mail": "a", "Fax": "b"}]


def test_one_column_cannot_hold_two_values() -> None:
    shared = FIRM.with_(mail=optional(text("Name")))

    reason = "Name would have to hold 'Bolt' for one attribute and 'b' for another"
    assert told(shared, evolve(HOME, mail="b")) == f"mail: {reason}"
    assert cast("Record", shared.write(evolve(HOME, mail="Bolt")))["Name"] == "Bolt"


def test_a_value_that_does_not_fit_is_refused_and_never_cut() -> None:
    assert told(FIRM, evolve(HOME, name="Bolt & Company")) == "name: 'Bolt & Company' is longer than the column's 10"


def test_everything_that_cannot_be_held_is_told_by_its_path() -> None:
    order = ORDER.read(an_order(Lines=[a_line(), a_line(No="2")]))
    lines = (order.lines[0], evolve(order.lines[1], state=State.LOST, count=Decimal("0.001")))

    with pytest.raises(NotWritable) as caught:
        ORDER.write(evolve(order, state=State.LOST, lines=lines, note="x" * 21))

    assert str(caught.value) == (
        f"note: '{'x' * 21}' is longer than the column's 20; "
        "state: this system has no code for State.LOST; "
        "lines[1].count: 0.001 does not fit a column of 2 decimals; "
        "lines[1].state: this system has no code for State.LOST"
    )
    assert [problem.kind for problem in caught.value.problems][:2] == [
        ProblemKind.INVALID_IDENTIFIER,
        ProblemKind.INVALID_CODE,
    ]


def test_what_a_system_never_knows_cannot_be_written() -> None:
    assert told(FIRM, evolve(HOME, fax="0228")) == "fax: nobody faxes, so 0228 cannot be written"


def test_members_are_written_into_the_first_place_that_holds_them() -> None:
    tagged = mapping(Tagged, record="T")(
        tags=gathered(
            optional(embedded(Tag)(kind=code("K1", {"O": State.OPEN}), text=text("T1", width=2))),
            optional(embedded(Tag)(kind=code("K2", {"O": State.OPEN, "P": State.PAID}), text=text("T2", width=9))),
        )
    )
    short, long, paid = Tag(State.OPEN, "a"), Tag(State.OPEN, "longer"), Tag(State.PAID, "b")

    assert tagged.write(Tagged((short, paid))) == {"K1": "O", "T1": "a", "K2": "P", "T2": "b"}
    assert tagged.write(Tagged((paid,))) == {"K1": None, "T1": "", "K2": "P", "T2": "b"}
    assert tagged.write(Tagged((long,))) == {"K1": None, "T1": "", "K2": "O", "T2": "longer"}
    assert tagged.write(Tagged(())) == {"K1": None, "T1": "", "K2": None, "T2": ""}
    with pytest.raises(NotWritable) as caught:
        tagged.write(Tagged((short, long, paid)))
    assert str(caught.value) == f"tags: this system has no place for {paid}"


def test_nothing_that_changed_is_an_empty_patch() -> None:
    order = ORDER.read(an_order())

    assert ORDER.patch(order, order) == {}
    assert ORDER.patch(order, ORDER.read(an_order())) == {}


def test_only_what_changed_is_patched() -> None:
    order = ORDER.read(an_order(Note="soon"))

    assert ORDER.patch(order, evolve(order, note=None)) == {"Note": ""}
    assert ORDER.patch(order, evolve(order, state=State.PAID)) == {"State": "P"}
    assert ORDER.patch(order, evolve(order, total=Money(Currency("EUR"), Decimal("1.00")))) == {"Total": "1.000"}
    assert ORDER.patch(order, evolve(order, total=Money(Currency("USD"), Decimal("9.90")))) == {"Currency": "USD"}


def test_a_changed_line_is_patched_with_its_key_and_what_changed() -> None:
    order = ORDER.read(an_order(Lines=[a_line(), a_line(No="2"), a_line(No="3")]))
    first, second, third = order.lines
    changed = evolve(second, name="nut")

    assert ORDER.patch(order, evolve(order, lines=(first, changed, third))) == {"Lines": [{"No": "2", "Name": "nut"}]}


def test_an_added_line_is_written_whole() -> None:
    order = ORDER.read(an_order())
    added = evolve(order.lines[0], number=LineNumber("2"), name="nut")

    assert ORDER.patch(order, evolve(order, lines=(*order.lines, added))) == {
        "Lines": [{"No": "2", "Name": "nut", "Count": Decimal("2.00"), "State": "O"}]
    }


def test_a_line_that_would_vanish_is_refused() -> None:
    order = ORDER.read(an_order(Lines=[a_line(), a_line(No="2"), a_line(No="3")]))

    with pytest.raises(NotWritable) as caught:
        ORDER.patch(order, evolve(order, lines=order.lines[:1]))

    assert str(caught.value) == "lines: 2, 3 would vanish; a change never removes, cancel instead"


def test_two_lines_under_one_key_cannot_be_told_apart() -> None:
    order = ORDER.read(an_order())
    twins = (evolve(order.lines[0], name="nut"), evolve(order.lines[0], name="nail"))

    with pytest.raises(NotWritable) as caught:
        ORDER.patch(order, evolve(order, lines=twins))

    assert str(caught.value) == "lines: several have the same number, so nobody can say which is changed"


def test_lines_in_another_order_send_no_empty_list() -> None:
    order = ORDER.read(an_order(Lines=[a_line(), a_line(No="2")]))

    assert ORDER.patch(order, evolve(order, lines=order.lines[::-1])) == {}


def test_a_list_without_keys_is_patched_whole() -> None:
    keyless = ORDER.with_(lines=many("Lines", LINE))
    order = keyless.read(an_order(Lines=[a_line(), a_line(No="2")]))

    patch = keyless.patch(order, evolve(order, lines=order.lines[1:]))

    assert patch == {"Lines": [{"No": "2", "Name": "bolt", "Count": Decimal("2.00"), "State": "O"}]}


def test_changes_of_two_attributes_in_one_inner_record_are_both_patched() -> None:
    changed = evolve(HOME, place=Place("Ulm", "53111"), mail="a@b.c")

    assert FIRM.patch(HOME, changed) == {"Details": [{"City": "Ulm", "Mail": "a@b.c"}]}
    assert FIRM.patch(evolve(HOME, mail="x@y.z"), changed) == {"Details": [{"City": "Ulm", "Mail": "a@b.c"}]}
    assert FIRM.patch(HOME, evolve(HOME, mail="a@b.c")) == {"Details": [{"Mail": "a@b.c"}]}
    assert FIRM.patch(HOME, evolve(HOME, place=Place("Bonn", None))) == {"Details": [{"Zip": ""}]}


def test_an_inner_record_that_comes_or_goes_is_patched_whole() -> None:
    alone = APART.with_(fax=never(None, because="nobody faxes"))

    assert alone.patch(HOME, evolve(HOME, mail="a@b.c")) == {"Mails": [{"Mail": "a@b.c"}]}
    assert alone.patch(evolve(HOME, mail="a@b.c"), HOME) == {"Mails": []}


def test_a_change_of_what_is_read_only_is_refused_with_the_reason() -> None:
    fixed = ORDER.with_(state=read_only(code("State", {"O": State.OPEN, "P": State.PAID}), because=TOLD))
    order = fixed.read(an_order())

    with pytest.raises(NotWritable) as caught:
        fixed.patch(order, evolve(order, state=State.PAID))

    assert str(caught.value) == f"state: it cannot be written: {TOLD}"
    assert fixed.patch(order, evolve(order, note="x")) == {"Note": "x"}


def test_a_change_of_where_a_record_was_read_is_no_change() -> None:
    order = ORDER.read(an_order(), origin=ORIGIN)
    elsewhere = ORDER.read(an_order(Note="x"))

    assert order.source != elsewhere.source
    assert ORDER.patch(order, elsewhere) == {"Note": "x"}


def test_every_change_that_cannot_be_written_is_told_at_once() -> None:
    fixed = ORDER.with_(state=read_only(code("State", {"O": State.OPEN, "P": State.PAID}), because=TOLD))
    order = fixed.read(an_order(Lines=[a_line(), a_line(No="2")]))

    with pytest.raises(NotWritable) as caught:
        fixed.patch(order, evolve(order, state=State.PAID, lines=()))

    assert [problem.field for problem in caught.value.problems] == ["state", "lines"]


def test_one_of_two_attributes_in_a_column_cannot_be_changed_alone() -> None:
    shared = FIRM.with_(mail=optional(text("Name")))
    firm = evolve(HOME, mail="Bolt")

    with pytest.raises(NotWritable) as caught:
        shared.patch(firm, evolve(firm, mail="b"))

    assert str(caught.value).startswith("mail: Name would have to hold 'Bolt'")
    assert shared.patch(firm, evolve(firm, name="b", mail="b")) == {"Name": "b"}
