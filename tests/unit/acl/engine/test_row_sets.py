"""Documents whose header repeats on every row: put together, compared, and read as one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from acl.codecs.numbers import decimal
from acl.codecs.text import text
from acl.mapping import Codec, Mapping, Shape, Unreadable, each_row, mapping, over_rows
from domain.errors import InvalidValue
from domain.identifiers import Identifier, PurchaseOrderId
from ports.errors import Drifted, NotWritable, ProblemKind
from tests.unit.acl.engine.shop import LINE_ROW, SHEET, Row, Sheet, a_row, refused, streamed
from tests.unit.acl.laws import LAW
from tests.unit.acl.reading import ORIGIN, Kept, both_paths


@frozen
class Part:
    number: str


@frozen
class Tally:
    id: Identifier
    parts: tuple[Part, ...]
    sum: object


PART = mapping(Part, record="R", shape=Shape.ROW)(number=text("No"))


def _tally(codec: Codec[object], *columns: str) -> Mapping[Tally]:
    return mapping(Tally, record="R", shape=Shape.ROW_SET)(
        id=text("Id", into=Identifier),
        parts=each_row(PART, key="number"),
        sum=over_rows(codec, *columns, because="it is summed"),
    )


def _summed(rows: object) -> object:
    found = cast("list[tuple[object, ...]]", rows)
    if any(row[0] == "?" for row in found):
        raise Unreadable(ProblemKind.RULE, "nobody counted", "Q-9")
    if any(row[0] == "!" for row in found):
        raise InvalidValue("too many")
    return sum(int(cast("str", row[0])) for row in found), len(found[0])


SUMMED: Codec[object] = Codec(
    name="summed", decode=_summed, encode=str, kind=ProblemKind.INVALID_NUMBER, quirks=("Q-1",)
)
TALLY = _tally(SUMMED, "Count")


def test_the_rows_of_one_key_become_one_object() -> None:
    found = both_paths(SHEET, [a_row(), a_row(No="2", Name="nut")])

    assert isinstance(found, Sheet)
    assert [(line.number.text, line.name) for line in found.lines] == [("1", "bolt"), ("2", "nut")]


def test_a_set_that_runs_over_the_end_of_a_page_is_put_together() -> None:
    pages = [
        [a_row(Id="A1"), a_row(Id="A2", No="1")],
        [a_row(Id="A2", No="2")],
        [],
        [a_row(Id="A2", No="3"), a_row(Id="A3")],
        [],
    ]

    found, kept = streamed(SHEET, *pages)

    assert [(sheet.id.text, len(sheet.lines)) for sheet in found] == [("A1", 1), ("A2", 3), ("A3", 1)]
    assert kept.refusals == []


def test_no_rows_are_no_objects() -> None:
    none: list[list[list[Row]]] = [[], [[]], [[], []]]
    for pages in none:
        found, kept = streamed(SHEET, *pages)
        assert (found, kept.refusals) == ([], [])


@LAW
@given(data=st.data())
def test_where_the_pages_end_does_not_matter(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 4), max_size=5))
    rows = [a_row(Id=f"A{at}", No=str(line)) for at, size in enumerate(sizes) for line in range(1, size + 1)]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rows)), max_size=4)))
    ends = zip([0, *cuts], [*cuts, len(rows)], strict=True)

    found, _ = streamed(SHEET, *[rows[start:end] for start, end in ends])

    assert [(sheet.id.text, len(sheet.lines)) for sheet in found] == [(f"A{at}", size) for at, size in enumerate(sizes)]


def test_a_set_is_given_as_soon_as_the_next_one_begins() -> None:
    pulled: list[int] = []

    def pages() -> Iterator[list[Row]]:
        for number in range(4):
            pulled.append(number)
            yield [a_row(Id=f"A{number}"), a_row(Id=f"A{number + 1}")]

    found = SHEET.read_all(pages(), origin=ORIGIN, quarantine=Kept())

    assert pulled == []
    assert next(found).id.text == "A0"
    assert pulled == [0]
    assert next(found).id.text == "A1"
    assert pulled == [0, 1]


def test_rows_that_disagree_about_their_header_are_refused_with_what_they_say() -> None:
    rows = [a_row(), a_row(No="2", Rate=Decimal("1.75")), a_row(No="3"), a_row(No="4", Rate=None)]

    found = refused(SHEET, rows)

    assert [(problem.field, problem.column, problem.raw) for problem in found] == [
        ("(record)", "Rate", "Decimal('1.75')")
    ]
    assert found[0].kind is ProblemKind.AMBIGUOUS
    assert found[0].reason == "the rows of one document disagree: Decimal('1.50'), Decimal('1.75'), None"


def test_a_disagreement_does_not_hide_the_other_bad_fields() -> None:
    found = refused(SHEET, [a_row(Name=None), a_row(No="2", Rate=Decimal(2), Count=None)])

    assert [problem.field for problem in found] == ["(record)", "lines[0].name", "lines[1].count"]


def test_rows_that_say_the_same_number_with_other_zeros_agree() -> None:
    found = both_paths(SHEET, [a_row(), a_row(No="2", Rate=Decimal("1.5"))])

    assert isinstance(found, Sheet)
    assert found.rate == Decimal("1.50")


@pytest.mark.parametrize("raws", [(None, ""), ("", "0"), (None, Decimal(0)), (Decimal(1), Decimal("sNaN"))], ids=repr)
def test_null_blank_and_zero_do_not_agree(raws: tuple[object, object]) -> None:
    found = refused(SHEET, [a_row(Rate=raws[0]), a_row(No="2", Rate=raws[1])])

    assert found[0].reason == f"the rows of one document disagree: {raws[0]!r}, {raws[1]!r}"


def test_a_fault_of_the_header_is_told_once_and_a_fault_of_a_row_for_each_row() -> None:
    rows = [a_row(Rate=None, Name=""), a_row(Rate=None, No="2", Name="")]

    found = refused(SHEET, rows)

    assert [problem.field for problem in found] == ["rate", "lines[0].name", "lines[1].name"]


def test_a_fault_in_a_column_of_header_and_rows_is_told_for_the_header() -> None:
    shared = SHEET.with_(rate=decimal("Count", places=2))
    rows = [("A1", None, "1", "bolt", "O"), ("A1", None, "2", "nut", "O")]

    found = refused(shared, rows)

    assert [problem.field for problem in found] == ["rate"]


@pytest.mark.parametrize("row", [(), ("A1",), (*a_row(), "new")], ids=len)
def test_a_row_of_another_width_means_that_the_schema_drifted(row: Row) -> None:
    told = f"a row of SHEET has {len(row)} columns, the mapping knows 6"
    for rows in ([row], [a_row(), row], [row, a_row(Id="B")]):
        with pytest.raises(Drifted) as in_stream:
            streamed(SHEET, rows)
        with pytest.raises(Drifted) as alone:
            SHEET.read(rows)
        assert (str(in_stream.value), str(alone.value)) == (told, told)


def test_one_value_over_all_rows_is_given_the_tuples_of_its_columns() -> None:
    assert both_paths(TALLY, [("A", "1", "2"), ("A", "2", "3")]) == Tally(
        Identifier("A"), (Part("1"), Part("2")), (5, 1)
    )
    wide = _tally(SUMMED, "Count", "More")
    assert both_paths(wide, [("A", "1", "2", "x")]) == Tally(Identifier("A"), (Part("1"),), (2, 2))


@pytest.mark.parametrize(
    ("raw", "kind", "reason", "quirk"),
    [
        ("?", ProblemKind.RULE, "nobody counted", "Q-9"),
        ("!", ProblemKind.INVALID_NUMBER, "too many", "Q-1"),
        ("x", ProblemKind.DRIFT, "unexpected form: invalid literal for int() with base 10: 'x'", "Q-1"),
    ],
)
def test_whatever_goes_wrong_over_all_rows_is_one_problem(raw: str, kind: ProblemKind, reason: str, quirk: str) -> None:
    found = refused(TALLY, [("A", "1", "2"), ("A", "2", raw)])

    assert [(problem.field, problem.column) for problem in found] == [("sum", "Count")]
    assert (found[0].kind, found[0].reason, found[0].quirk) == (kind, reason, quirk)
    assert found[0].raw == f"('2',), ('{raw}',)"


def test_a_sheet_is_written_as_rows_that_repeat_the_header() -> None:
    rows = [a_row(), a_row(No="2", Name="nut")]

    written = cast("list[dict[str, object]]", SHEET.write(SHEET.read(rows)))

    assert [tuple(row[column] for column in SHEET.columns) for row in written] == rows


def test_a_sheet_without_rows_cannot_be_written() -> None:
    with pytest.raises(NotWritable) as caught:
        SHEET.write(Sheet(PurchaseOrderId("A1"), Decimal(1), ()))

    assert str(caught.value) == "SHEET: without a row there is nothing that could hold the rest"


def test_a_row_that_contradicts_the_header_cannot_be_written() -> None:
    shared = SHEET.with_(rate=decimal("Count", places=2))
    read = SHEET.read([a_row()])

    with pytest.raises(NotWritable) as caught:
        shared.write(Sheet(read.id, Decimal("7.00"), read.lines))

    told = "Count would have to hold Decimal('2.00') for one attribute and Decimal('7.00') for another"
    assert str(caught.value) == f"SHEET: {told}"


def test_the_raw_form_of_a_set_is_all_of_its_rows() -> None:
    _, kept = streamed(SHEET, [a_row(State="X"), a_row(No="2")])

    assert kept.refusals[0].raw.startswith('[{"Id": "A1", "Rate": "Decimal(\'1.50\')", "No": "1"')
    assert kept.refusals[0].raw.count('"Id"') == 2
    assert LINE_ROW.shape is Shape.ROW
