"""Records inside the record: lists, the one of a list, members that may be missing, what is never known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

import pytest
from attrs import field, frozen, validators

from acl.codecs.codes import code
from acl.codecs.numbers import decimal_text
from acl.codecs.text import text
from acl.mapping import Envelope, Unreadable, embedded, gathered, many, mapping, never, only, optional
from ports.errors import ProblemKind
from tests.unit.acl.engine.shop import LINE, ORDER, State, a_line, an_order, refused
from tests.unit.acl.reading import both_paths, needs_no_slow_path


@frozen
class Place:
    city: str
    zip: str | None


@frozen
class Firm:
    name: str
    place: Place
    mail: str | None


@frozen
class Tag:
    kind: State
    text: str


@frozen
class Tagged:
    name: str
    tags: tuple[Tag, ...]


def _results(raw: object) -> Sequence[object]:
    return cast("dict[str, list[object]]", raw)["results"]


RESULTS = Envelope(unwrap=_results, wrap=lambda items: {"results": items})
PLACE = mapping(Place, record="PLACE")(city=text("City"), zip=optional(text("Zip")))
FIRM = mapping(Firm, record="FIRM")(
    name=text("Name"),
    place=only("Places", PLACE),
    mail=optional(only("Mails", text("Mail"))),
)
TAGGED = mapping(Tagged, record="T")(
    name=text("Name"),
    tags=gathered(
        optional(embedded(Tag)(kind=code("K1", {"O": State.OPEN}), text=text("T1"))),
        optional(embedded(Tag)(kind=code("K2", {"P": State.PAID}), text=text("T2"))),
    ),
)


def a_firm(*places: object, mails: object = ()) -> dict[str, object]:
    """Give the record of a firm in these places."""
    return {"Name": "Bolt & Co", "Places": list(places), "Mails": list(cast("tuple[object, ...]", mails))}


BONN = {"City": "Bonn", "Zip": "53111"}


def test_an_empty_list_is_an_empty_tuple() -> None:
    assert ORDER.read(an_order(Lines=[])).lines == ()
    needs_no_slow_path(ORDER, an_order(Lines=[]))


def test_items_keep_their_order() -> None:
    lines = [a_line(No=number) for number in ("3", "1", "2")]

    assert [line.number.text for line in ORDER.read(an_order(Lines=lines)).lines] == ["3", "1", "2"]


@pytest.mark.parametrize("raw", [None, "", {}, {"No": "1"}, 0, (a_line(),)], ids=repr)
def test_what_is_no_list_is_refused(raw: object) -> None:
    (problem,) = refused(ORDER, an_order(Lines=raw))

    assert (problem.field, problem.column, problem.raw) == ("lines", "Lines", repr(raw))
    assert (problem.kind, problem.reason) == (ProblemKind.DRIFT, "a list of records is expected")


@pytest.mark.parametrize("item", [None, "No", 5, ["No"], [a_line()]], ids=repr)
def test_a_list_of_what_is_no_record_is_refused(item: object) -> None:
    (problem,) = refused(ORDER, an_order(Lines=[a_line(), item]))

    assert (problem.field, problem.column) == ("lines", "Lines")
    assert (problem.kind, problem.reason) == (ProblemKind.DRIFT, "the list holds something that is not a record")


@pytest.mark.parametrize("raw", [None, [], {"d": []}, "results"], ids=repr)
def test_an_envelope_that_stumbles_is_a_problem_and_no_crash(raw: object) -> None:
    wrapped = ORDER.with_(lines=many("Lines", LINE, envelope=RESULTS))

    (problem,) = refused(wrapped, an_order(Lines=raw))

    assert (problem.field, problem.kind) == ("lines", ProblemKind.DRIFT)
    assert problem.reason.startswith("unexpected form: ")
    assert len(cast("tuple[object, ...]", wrapped.read(an_order(Lines={"results": [a_line()]})).lines)) == 1


def test_an_envelope_may_refuse_in_its_own_words() -> None:
    def unwrap(raw: object) -> Sequence[object]:
        raise Unreadable(ProblemKind.RULE, "the list was cut off", "Q-7")

    cut = ORDER.with_(lines=many("Lines", LINE, envelope=Envelope(unwrap=unwrap, wrap=list)))

    (problem,) = refused(cut, an_order())
    assert (problem.kind, problem.reason, problem.quirk) == (ProblemKind.RULE, "the list was cut off", "Q-7")


def test_the_one_record_of_a_list_is_read() -> None:
    found = both_paths(FIRM, a_firm(BONN, mails=[{"Mail": "a@b.c"}]))

    assert found == Firm("Bolt & Co", Place("Bonn", "53111"), "a@b.c")
    needs_no_slow_path(FIRM, a_firm(BONN))


def test_several_records_that_say_the_same_are_one() -> None:
    assert both_paths(FIRM, a_firm(BONN, {"Zip": "53111", "City": "Bonn", "More": 1}, BONN)) == Firm(
        "Bolt & Co", Place("Bonn", "53111"), None
    )


def test_several_records_that_say_the_same_need_no_slow_path() -> None:
    needs_no_slow_path(FIRM, a_firm(BONN, {**BONN, "More": 1}, BONN, mails=[{"Mail": "a@b.c"}, {"Mail": "a@b.c"}]))


def test_of_several_that_say_the_same_the_first_is_kept() -> None:
    @frozen
    class Weighed:
        weight: Decimal | None

    weighed = mapping(Weighed, record="W")(weight=only("In", optional(decimal_text("KG"))))
    kilos = {"In": [{"KG": "2.0"}, {"KG": "2.00"}, {"KG": "2"}]}

    assert str(cast("Weighed", both_paths(weighed, kilos)).weight) == "2.0"
    needs_no_slow_path(weighed, kilos)
    needs_no_slow_path(weighed, {"In": [{"KG": None}, {"KG": None}]})
    assert refused(weighed, {"In": [{"KG": None}, {"KG": "2"}]})[0].kind is ProblemKind.AMBIGUOUS


def test_several_records_that_differ_are_ambiguous() -> None:
    (problem,) = refused(FIRM, a_firm(BONN, {"City": "Ulm", "Zip": None}))

    assert (problem.field, problem.column) == ("place", "Places/City, Places/Zip")
    assert problem.raw == "'Bonn', '53111', 'Ulm', None"
    assert problem.kind is ProblemKind.AMBIGUOUS
    assert problem.reason.endswith("stand where one may")
    assert problem.reason.count("Bonn") == 1


def test_no_record_is_absent_where_it_may_be_and_missing_where_it_may_not() -> None:
    assert both_paths(FIRM, a_firm(BONN)) == Firm("Bolt & Co", Place("Bonn", "53111"), None)
    (problem,) = refused(FIRM, a_firm())

    assert (problem.field, problem.column, problem.raw) == ("place", "Places", "[]")
    assert (problem.kind, problem.reason) == (ProblemKind.MISSING, "a value is required here")


@pytest.mark.parametrize("raw", [None, BONN, "x", [None], ["x"]], ids=repr)
def test_the_one_record_of_no_list_is_refused(raw: object) -> None:
    (problem,) = refused(FIRM, a_firm() | {"Places": raw})

    assert (problem.field, problem.column, problem.kind) == ("place", "Places", ProblemKind.DRIFT)


def test_a_bad_record_among_several_is_told_with_its_column() -> None:
    problems = refused(FIRM, a_firm(BONN, {"City": None, "Zip": "53111"}, {"City": None}))

    assert [str(problem) for problem in problems] == [
        "place.city (Places/City=None): a value is required here",
        "place.zip (Places/Zip=(not in the record)): the record lacks the column",
    ]


def test_a_record_in_a_record_in_a_record_is_told_with_the_whole_path() -> None:
    deep = FIRM.with_(mail=only("Outer", optional(only("Inner", text("Mail")))))
    record = a_firm(BONN) | {"Outer": [{"Inner": [{"Mail": "\ufffd"}]}]}

    (problem,) = refused(deep, record)

    assert (problem.field, problem.column) == ("mail", "Outer/Inner/Mail")
    assert both_paths(deep, a_firm(BONN) | {"Outer": [{"Inner": []}]}) == Firm(
        "Bolt & Co", Place("Bonn", "53111"), None
    )


def _tagged(*raws: object) -> dict[str, object]:
    return {"Name": "x", **dict(zip(("K1", "T1", "K2", "T2"), raws, strict=True))}


def test_those_members_that_hold_something_are_gathered_in_their_order() -> None:
    first, second = Tag(State.OPEN, "a"), Tag(State.PAID, "b")

    assert both_paths(TAGGED, _tagged("O", "a", "P", "b")) == Tagged("x", (first, second))
    assert both_paths(TAGGED, _tagged(None, None, "P", "b")) == Tagged("x", (second,))
    assert both_paths(TAGGED, _tagged(None, "", None, None)) == Tagged("x", ())


def test_one_member_alone_is_gathered() -> None:
    @frozen
    class Named:
        names: tuple[str, ...]

    named = mapping(Named, record="N")(names=gathered(optional(text("Name"))))

    assert both_paths(named, {"Name": "a"}) == Named(("a",))
    assert both_paths(named, {"Name": None}) == Named(())


def test_bad_members_are_told_by_their_places() -> None:
    problems = refused(TAGGED, _tagged("P", "a", None, "b"))

    assert [problem.field for problem in problems] == ["tags[0].kind", "tags[1].kind"]


def test_what_a_system_never_knows_is_always_the_same() -> None:
    @frozen
    class Known:
        name: str
        country: str | None = field(validator=validators.optional(validators.in_(["BR", "DE"])))
        colour: str | None

    known = mapping(Known, record="K")(
        name=text("Name"),
        country=never("BR", because="this system knows one country"),
        colour=never(None, because="nobody paints here"),
    )

    assert both_paths(known, {"Name": "x"}) == Known("x", "BR", None)
    assert known.columns == ("Name",)
    assert [(each.codec, each.columns, each.read_only) for each in known.lineage[1:]] == [
        ("always BR", (), "this system knows one country"),
        ("always None", (), "nobody paints here"),
    ]
