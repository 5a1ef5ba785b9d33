"""The generated Python: no dispatch per field, readable where it fails, and deaf to what a column is called."""

from __future__ import annotations

import ast
import builtins
import keyword
import linecache
import traceback
from types import FunctionType
from typing import cast

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from acl.codecs.iso import iso_currency
from acl.codecs.numbers import decimal, floating
from acl.codecs.text import text
from acl.mapping import (
    Codec,
    Mapping,
    Shape,
    Unreadable,
    column,
    each_row,
    gathered,
    many,
    mapping,
    money,
    optional,
    provenance,
)
from domain.money import Money
from domain.provenance import SourceRef
from ports.errors import ProblemKind, TranslationError
from tests.unit.acl.engine.shop import ORDER, SHEET, State, a_row, an_order, refused, streamed
from tests.unit.acl.laws import LAW
from tests.unit.acl.reading import ORIGIN, both_paths, needs_no_slow_path

HOSTILE = [
    "]; import os #",
    "']; raise SystemExit #",
    '"]; raise SystemExit #',
    "'''", '"""', "\\", "\\'", "\n    raise SystemExit\n", "a\nb", "\r", "\t", "\x00", "\u2028", "\ud800", "",
    " ", "{0}", "{record}", "%s", "1", "1abc", "²", "①", "ﬁ", "fi", "ｒecord", "preço", "Größe", "数量", "__class__",
    "__import__('os')", "lambda: 0", "a b", "a-b", "a_b", "a_b_2", "value", "value_2", "k_slow", "k_same", "k_text_of",
    "records", "record", "origin", "replay", "system", "read_at", "found", "keep", "first", "agreed", "other", "row",
    "item", "items", "gathered", *keyword.kwlist, "str", "len", "type", "tuple", "Exception", "__debug__", "match", "_",
]  # fmt: skip


@frozen
class Three:
    one: str
    rest: tuple[str, ...]
    source: SourceRef = field(eq=False)


@frozen
class Held:
    id: str
    parts: tuple[Three, ...]


@frozen
class Bill:
    id: str
    total: Money


def _three(shape: Shape, *columns: str) -> Mapping[Three]:
    one, two, three = columns
    return mapping(Three, record="T", shape=shape)(
        one=text(one), rest=gathered(optional(text(two)), optional(text(three))), source=provenance(one)
    )


def _read_alike(name: str, shape: Shape) -> None:
    for columns in ((name, "b", "c"), ("a", name, "c"), ("a", "b", name)):
        three = _three(shape, *columns)
        record: object = ("x", "y", "z") if shape is Shape.ROW else dict(zip(columns, "xyz", strict=True))
        if len(set(columns)) < 3:
            continue
        found, kept = streamed(three, [record, record])
        assert kept.refusals == []
        assert found == [Three("x", ("y", "z"), found[0].source)] * 2
        assert found[0].source == three.read(record, origin=ORIGIN).source
        needs_no_slow_path(three, record)


@pytest.mark.parametrize("shape", [Shape.DOCUMENT, Shape.ELEMENT, Shape.ROW], ids=lambda shape: shape.value)
@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_column_may_have_any_name(name: str, shape: Shape) -> None:
    _read_alike(name, shape)


@LAW
@given(name=st.text(max_size=8) | st.sampled_from(dir(builtins)), shape=st.sampled_from([Shape.DOCUMENT, Shape.ROW]))
def test_a_column_may_have_whatever_name_comes(name: str, shape: Shape) -> None:
    _read_alike(name, shape)


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_columns_of_rows_and_of_inner_records_may_have_any_name(name: str) -> None:
    row = _three(Shape.ROW, "R1", name, "R3").with_(source=provenance("Id"))
    sheet = mapping(Held, record="H", shape=Shape.ROW_SET)(id=text("Id"), parts=each_row(row, key="one"))
    nested = mapping(Held, record="H")(id=text("Id"), parts=many(name, _three(Shape.DOCUMENT, "a", name + "b", "c")))
    inner = dict(zip(("a", name + "b", "c"), "xyz", strict=True))

    assert sheet.columns == ("Id", "R1", name, "R3")
    both_paths(sheet, [("1", "x", "y", "z"), ("1", "x2", None, "z")])
    needs_no_slow_path(sheet, [("1", "x", "y", "z")])
    assert nested.read({"Id": "1", name: [inner]}).parts[0].rest == ("y", "z")
    both_paths(nested, {"Id": "1", name: [inner]})
    needs_no_slow_path(nested, {"Id": "1", name: [inner]})


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_inlined_numbers_and_record_names_may_be_hostile_too(name: str) -> None:
    bills = mapping(Bill, record=name.replace("\x00", "0"))(
        id=text("Id!"), total=money(floating(name, places=2), currency=iso_currency(name + "C"))
    )
    record = {"Id!": "1", name: 9.5, name + "C": "EUR"}

    assert str(bills.read(record).total) == "9.50 EUR"
    needs_no_slow_path(bills, record)


def test_columns_that_would_share_a_name_stay_apart() -> None:
    _read_alike_all(("A B", "A-B", "A_B_2"))
    _read_alike_all(("A_B_2", "A B", "A-B"))
    _read_alike_all(("value", "value_2", "value-2"))


def _read_alike_all(columns: tuple[str, str, str]) -> None:
    for shape in (Shape.ROW, Shape.DOCUMENT):
        record: object = ("x", "y", "z") if shape is Shape.ROW else dict(zip(columns, "xyz", strict=True))
        found = both_paths(_three(shape, *columns), record)
        assert isinstance(found, Three)
        assert (found.one, found.rest) == ("x", ("y", "z"))


def test_a_hostile_column_name_stands_in_the_source_only_as_a_text() -> None:
    name = "']; import os #"
    source = _three(Shape.DOCUMENT, name, "b", "c").source
    tree = ast.parse(source)

    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert name in [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]


def test_the_source_is_one_function_that_compiles() -> None:
    for of in (ORDER, SHEET):
        (function,) = ast.parse(of.source).body
        assert isinstance(function, ast.FunctionDef)
        assert function.name == "read"


def test_the_source_dispatches_nothing_per_field() -> None:
    tree = ast.parse(ORDER.source)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    loops = [ast.unparse(node.iter) for node in ast.walk(tree) if isinstance(node, ast.For)]

    assert not names & {"getattr", "setattr", "isinstance", "vars", "eval", "exec"}
    assert not attributes & {"read", "parts", "codec", "decode", "columns", "fields"}
    assert loops == ["records", "k_unwrap(Lines)"]


def test_one_column_is_taken_once_though_several_attributes_read_it() -> None:
    twice = mapping(Three, record="T")(one=text("A"), rest=gathered(optional(text("A"))), source=provenance("A"))

    assert twice.source.count("record['A']") == 1


def test_a_traceback_shows_the_line_of_the_source() -> None:
    class Unforeseen(BaseException):
        """What no reader catches, so that it is seen."""

    def decode(raw: object) -> str:
        raise Unforeseen

    codec = Codec(name="unforeseen", decode=decode, encode=str, kind=ProblemKind.RULE, absent=())
    broken = mapping(Three, record="BROKEN")(one=column(codec, "A"), rest=(gathered()), source=provenance("A"))

    try:
        streamed(broken, [{"A": "x"}])
    except Unforeseen as error:
        shown = "".join(traceback.format_exception(error))

    assert 'File "<reader of Three from BROKEN>"' in shown
    assert "value = k_unforeseen(A)" in shown
    assert "value = k_unforeseen(A)" in broken.source


def test_the_source_of_a_derived_mapping_does_not_replace_the_other_ones() -> None:
    first = _three(Shape.DOCUMENT, "FIRST", "b", "c").with_()
    second = _three(Shape.DOCUMENT, "SECOND", "b", "c")

    files = [cast("FunctionType", of._reader.read).__code__.co_filename for of in (first, second)]

    assert files[0] != files[1]
    for of, file in zip((first, second), files, strict=True):
        assert "".join(linecache.getlines(file)) == of.source


def test_the_source_is_made_once() -> None:
    assert ORDER._reader is ORDER._reader
    assert ORDER.source is ORDER.source


def test_no_name_of_the_generated_code_reaches_an_error() -> None:
    def decode(raw: object) -> State:
        raise Unreadable(ProblemKind.RULE, f"{raw} is not known here")

    codec = Codec(name="state", decode=decode, encode=str, kind=ProblemKind.RULE)
    derived = ORDER.with_(state=column(codec, "State"))

    with pytest.raises(TranslationError) as caught:
        derived.read(an_order(Total=object(), Currency=["EUR"], Lines=[5]), origin=ORIGIN)
    _, kept = streamed(derived, [an_order(Total="x", Lines=None)])

    for shown in (str(caught.value), repr(caught.value.problems), repr(kept.refusals)):
        assert "k_" not in shown
        assert "reader of" not in shown
        assert "_OrderTwin" not in shown


def test_rows_are_taken_apart_by_position() -> None:
    row = mapping(Three, record="T", shape=Shape.ROW)(one=text("A"), rest=gathered(), source=provenance("A"))

    assert "A, = record" in row.source
    assert refused(SHEET, [a_row(Rate="1")])[0].column == "Rate"
    assert decimal("Rate", places=2) is not None
