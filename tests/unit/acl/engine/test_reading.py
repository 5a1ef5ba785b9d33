"""Reading one record: a correct object, or one error that names every bad field."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

import pytest
from attrs import field, frozen

from acl.codecs.numbers import floating
from acl.codecs.text import text
from acl.mapping import Codec, Shape, Unreadable, column, embedded, mapping, optional, provenance
from domain.errors import InvalidValue
from domain.identifiers import Identifier
from domain.money import Money
from domain.provenance import SourceRef
from ports.errors import Drifted, ProblemKind, TranslationError
from tests.unit.acl.engine.shop import LINE, LINE_ROW, ORDER, Line, State, a_line, an_order, refused, streamed
from tests.unit.acl.reading import ORIGIN, READ_AT, both_paths, refusal_of


@frozen
class Pair:
    left: object
    right: object = None


def test_a_good_record_becomes_the_object() -> None:
    read = both_paths(ORDER, an_order(Note="soon"))

    assert not isinstance(read, tuple)
    assert (read.id.text, read.note, read.state, str(read.total)) == ("A1", "soon", State.OPEN, "9.90 EUR")
    assert [(line.number.text, line.name, line.count) for line in read.lines] == [("1", "bolt", Decimal(2))]


def test_one_error_names_every_bad_field_in_the_order_of_the_declaration() -> None:
    record = an_order(
        Id="A\ufffd", State="X", Total="1,5", Lines=[a_line(), a_line(No="2", Name=None, Count=1.5), a_line(State="")]
    )

    with pytest.raises(TranslationError) as caught:
        ORDER.read(record, origin=ORIGIN)

    assert [(problem.field, problem.column, problem.raw) for problem in caught.value.problems] == [
        ("id", "Id", "'A\ufffd'"),
        ("state", "State", "'X'"),
        ("total.amount", "Total", "'1,5'"),
        ("lines[1].name", "Lines/Name", "None"),
        ("lines[1].count", "Lines/Count", "1.5"),
        ("lines[2].state", "Lines/State", "''"),
    ]
    assert [problem.quirk for problem in caught.value.problems if problem.field.endswith("state")] == ["Q-1", "Q-2"]


def test_the_error_is_a_text_that_a_person_reads() -> None:
    with pytest.raises(TranslationError) as caught:
        ORDER.read(an_order(State="X", Lines=[a_line(Count=None)]), origin=ORIGIN)

    assert str(caught.value) == (
        "ORDER A1 of test: state (State='X'): 'X' is not one of the known codes 'O', 'P'; "
        "lines[0].count (Lines/Count=None): a value is required here"
    )
    assert caught.value.source == SourceRef("test", "ORDER", "A1", READ_AT)


def test_the_same_fault_in_two_lines_is_told_for_each_of_them() -> None:
    problems = refused(ORDER, an_order(Lines=[a_line(Name=None), a_line(Name=None), a_line(No="3")]))

    assert [problem.field for problem in problems] == ["lines[0].name", "lines[1].name"]


def test_a_column_that_serves_several_attributes_is_told_once() -> None:
    name = text("Name", width=10)
    both = mapping(Pair, record="P")(left=name, right=name)

    problems = refused(both, {"Name": None})

    assert [str(problem) for problem in problems] == ["left (Name=None): a value is required here"]


def test_one_column_with_two_faults_is_told_twice() -> None:
    both = mapping(Pair, record="P")(left=text("Name", into=Identifier), right=floating("Name", places=2))

    problems = refused(both, {"Name": "\ufffd"})

    assert [problem.field for problem in problems] == ["left", "right"]


def test_a_long_raw_value_is_shortened_in_the_problem() -> None:
    problems = refused(ORDER, an_order(State="x" * 500))

    assert len(problems[0].raw) == 200
    assert problems[0].raw == "'" + "x" * 196 + "..."


def test_a_raw_value_of_200_signs_is_told_whole() -> None:
    problems = refused(ORDER, an_order(State="x" * 198))

    assert problems[0].raw == repr("x" * 198)


def _two(*raws: object) -> str:
    if "" in raws:
        raise Unreadable(ProblemKind.RULE, "half is missing", "Q-2", column="B", raw=raws[1])
    if raws == ("x", "x"):
        raise Unreadable(ProblemKind.RULE, "they are alike")
    return "-".join(map(str, raws))


_TWO = Codec(
    name="two", decode=_two, encode=lambda value: tuple(value.split("-")), kind=ProblemKind.RULE, quirks=("Q-1",)
)


def test_a_codec_of_two_columns_may_blame_one_of_them() -> None:
    two = mapping(Pair, record="P")(left=column(_TWO, "A", "B"), right=text("C"))

    problems = refused(two, {"A": "x", "B": "", "C": "c"})

    assert [(problem.column, problem.raw, problem.quirk) for problem in problems] == [("B", "''", "Q-2")]


def test_a_codec_of_two_columns_that_blames_none_has_both_told() -> None:
    two = mapping(Pair, record="P")(left=column(_TWO, "A", "B"), right=text("C"))

    problems = refused(two, {"A": "x", "B": "x", "C": "c"})

    assert [str(problem) for problem in problems] == ["left (A, B='x', 'x'): they are alike"]
    assert problems[0].quirk == "Q-1"


@pytest.mark.parametrize(
    "error", [TypeError("no text"), KeyError("gone"), ValueError("no number"), ZeroDivisionError("by zero")]
)
def test_whatever_a_codec_raises_for_an_unexpected_form_is_drift(error: Exception) -> None:
    def decode(raw: object) -> object:
        raise error

    sloppy = Codec(name="sloppy", decode=decode, encode=str, kind=ProblemKind.RULE)
    problems = refused(mapping(Pair, record="P")(left=column(sloppy, "A"), right=text("B")), {"A": 1, "B": "b"})

    assert [(problem.kind, problem.reason) for problem in problems] == [
        (ProblemKind.DRIFT, f"unexpected form: {error}")
    ]


def test_what_the_domain_refuses_is_told_with_the_codecs_kind() -> None:
    def decode(raw: object) -> object:
        raise InvalidValue("nobody is called that")

    codec = Codec(name="name", decode=decode, encode=str, kind=ProblemKind.INVALID_TEXT)
    (problem,) = refusal_of(
        lambda: mapping(Pair, record="P")(left=column(codec, "A"), right=text("B")).read({"A": 1, "B": "b"})
    )

    assert (problem.kind, problem.reason) == (ProblemKind.INVALID_TEXT, "nobody is called that")


def test_a_row_of_another_width_means_that_the_schema_drifted() -> None:
    for row in (("1", "bolt", Decimal(2)), ("1", "bolt", Decimal(2), "O", "new"), ()):
        for read in (lambda row=row: LINE_ROW.read(row), lambda row=row: streamed(LINE_ROW, [row])):
            with pytest.raises(Drifted) as caught:
                read()
            assert str(caught.value) == f"a row of SHEET has {len(row)} columns, the mapping knows 4"


def test_what_is_no_record_at_all_means_that_the_form_drifted() -> None:
    for record in (None, "A1", ["A1"], 5):
        with pytest.raises(Drifted) as caught:
            streamed(ORDER, [record])
        assert str(caught.value) == f"a record of ORDER is a {type(record).__name__}, not columns by their names"


def test_a_row_is_read_by_position() -> None:
    row = ("1", "bolt", Decimal(2), "P")

    assert both_paths(LINE_ROW, row) == LINE.read(a_line(State="P"))
    assert both_paths(LINE_ROW, list(row)) == LINE.read(a_line(State="P"))


def test_the_callers_decimal_arithmetic_does_not_change_what_is_read() -> None:
    weighed = mapping(Pair, record="P")(left=floating("A", places=2), right=text("B"))

    with localcontext(Context(prec=3)):
        assert both_paths(weighed, {"A": 12345.67, "B": "b"}) == Pair(Decimal("12345.67"), "b")


def test_without_an_origin_the_provenance_says_so() -> None:
    read = ORDER.read(an_order())

    assert read.source.system == "(unnamed system)"
    assert read.source.read_at.tzinfo is not None


def test_the_provenance_holds_system_record_raw_key_and_instant() -> None:
    @frozen
    class Noted:
        name: str
        source: SourceRef = field(eq=False)

    noted = mapping(Noted, record="T001", shape=Shape.ROW)(name=text("Name"), source=provenance("Client", "Key"))

    found, _ = streamed(noted, [("bolt", 100, " 0007 ")])

    assert found[0].source == SourceRef("test", "T001", "100/0007", READ_AT)
    assert noted.read(("bolt", 100, " 0007 "), origin=ORIGIN).source == found[0].source
    assert str(found[0].source) == "T001 100/0007 of test"


def test_a_record_that_lacks_a_column_of_its_key_has_no_provenance() -> None:
    @frozen
    class Noted:
        name: str
        source: SourceRef = field(eq=False)

    noted = mapping(Noted, record="T")(name=text("Name"), source=provenance("Key"))

    problems = refused(noted, {"Name": "bolt"})

    assert [str(problem) for problem in problems] == ["source (Key=(not in the record)): the record lacks the column"]


def test_provenance_takes_no_part_in_equality() -> None:
    assert ORDER.read(an_order(), origin=ORIGIN) == ORDER.read(an_order())


def test_a_rule_of_the_class_is_told_with_the_columns_of_what_breaks_it() -> None:
    @frozen
    class Span:
        name: str
        first: str
        last: str

        def __attrs_post_init__(self) -> None:
            if self.first > self.last:
                raise InvalidValue(f"{self.first} comes after {self.last}", about=("first", "last"))

    @frozen
    class Held:
        span: Span
        note: str | None

    span = embedded(Span)(name=text("S"), first=text("F"), last=text("L"))
    held = mapping(Held, record="H")(span=span, note=optional(text("N")))

    problems = refused(held, {"S": "s", "F": "z", "L": "a", "N": ""})

    assert [str(problem) for problem in problems] == ["span (F, L='z', 'a'): z comes after a"]
    assert problems[0].kind is ProblemKind.RULE


def test_two_records_are_read_apart() -> None:
    found, _ = streamed(LINE, [a_line(), a_line(No="2", Name="nut")])

    assert found == [
        Line(LINE.read(a_line()).number, "bolt", Decimal(2), State.OPEN),
        LINE.read(a_line(No="2", Name="nut")),
    ]


def test_money_is_an_object_of_the_house() -> None:
    assert type(ORDER.read(an_order()).total) is Money
