"""Absent, zero, false and blank are four facts; a column that is not there is a fifth."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pytest
from attrs import frozen

from acl.codecs.text import padded, text
from acl.mapping import Codec, Shape, column, embedded, mapping, optional
from domain.identifiers import Identifier
from ports.errors import Problem, ProblemKind
from tests.unit.acl.engine.shop import ORDER, an_order, refused
from tests.unit.acl.reading import both_paths, needs_no_slow_path

NOTHINGS: list[object] = [None, "", " ", "0", 0, 0.0, Decimal(0), False, (), []]


@frozen
class Held:
    value: object


@frozen
class Span:
    first: Identifier | str | None
    last: str | None


@frozen
class Trip:
    name: str
    span: Span | None


def _codec(*absent: object, **more: object) -> Codec[object]:
    codec: Codec[object] = Codec(
        name="seen",
        decode=lambda raw: ("seen", raw),
        encode=lambda value: value,
        kind=ProblemKind.RULE,
        absent=absent,
        **more,  # type: ignore[arg-type]  # what a test adds is named where it is called
    )
    return codec


def _is(raw: object, absent: object) -> bool:
    return (type(raw), raw) == (type(absent), absent)


def _told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{problem.kind.value}: {problem.reason}" for problem in problems]


@pytest.mark.parametrize("absent", NOTHINGS, ids=repr)
def test_only_what_the_codec_calls_absent_is_absent(absent: object) -> None:
    seen = mapping(Held, record="H")(value=optional(column(_codec(absent), "V")))

    for raw in NOTHINGS:
        expected = None if _is(raw, absent) else ("seen", raw)
        assert both_paths(seen, {"V": raw}) == Held(expected)


@pytest.mark.parametrize("absent", NOTHINGS, ids=repr)
def test_what_is_absent_is_refused_where_a_value_is_required(absent: object) -> None:
    seen = mapping(Held, record="H")(value=column(_codec(absent), "V"))

    for raw in NOTHINGS:
        if _is(raw, absent):
            assert _told(refused(seen, {"V": raw})) == ["missing: a value is required here"]
        else:
            assert both_paths(seen, {"V": raw}) == Held(("seen", raw))


def test_a_codec_without_anything_absent_decodes_whatever_comes() -> None:
    seen = mapping(Held, record="H")(value=optional(column(_codec(), "V")))

    assert both_paths(seen, {"V": None}) == Held(("seen", None))


def test_several_columns_are_absent_only_together() -> None:
    codec: Codec[object] = Codec(
        name="pair", decode=lambda *raws: raws, encode=lambda value: value, kind=ProblemKind.RULE
    )
    pair = mapping(Held, record="H")(value=optional(column(codec, "A", "B")))

    assert both_paths(pair, {"A": None, "B": None}) == Held(None)
    assert both_paths(pair, {"A": None, "B": 0}) == Held((None, 0))


def test_a_blank_that_cannot_be_listed_is_absent_on_both_paths() -> None:
    blank = _codec(None, blank=lambda raw: cast("str", raw).strip() == "")
    seen = mapping(Held, record="H")(value=optional(column(blank, "V")))

    assert both_paths(seen, {"V": "   "}) == Held(None)
    assert both_paths(seen, {"V": None}) == Held(None)
    assert both_paths(seen, {"V": " x "}) == Held(("seen", " x "))


def test_a_blank_that_is_asked_about_another_type_does_not_recognise_it() -> None:
    blank = _codec(None, blank=lambda raw: cast("str", raw).strip() == "")
    seen = mapping(Held, record="H")(value=optional(column(blank, "V")))

    assert both_paths(seen, {"V": 5}) == Held(("seen", 5))


def test_a_document_without_the_column_has_drifted() -> None:
    record = an_order()
    del record["Note"]

    assert _told(refused(ORDER, record)) == ["schema drift: the record lacks the column"]
    assert refused(ORDER, record)[0].raw == "(not in the record)"


def test_a_nested_document_without_the_column_has_drifted() -> None:
    found = refused(ORDER, an_order(Lines=[{"No": "1", "Name": "bolt"}]))

    assert [(problem.field, problem.column, problem.kind) for problem in found] == [
        ("lines[0].count", "Lines/Count", ProblemKind.DRIFT),
        ("lines[0].state", "Lines/State", ProblemKind.DRIFT),
    ]


def test_a_document_that_lacks_a_list_has_drifted() -> None:
    record = an_order()
    del record["Lines"]

    assert _told(refused(ORDER, record)) == ["schema drift: the record lacks the column"]


def test_an_element_without_the_column_has_nothing_there() -> None:
    span = optional(embedded(Span)(first=text("First"), last=optional(text("Last"))))
    element = mapping(Trip, record="T", shape=Shape.ELEMENT)(name=text("Name"), span=span)

    assert both_paths(element, {"Name": "x"}) == Trip("x", None)
    needs_no_slow_path(element, {"Name": "x"})
    assert both_paths(element, {"Name": "x", "First": "a"}) == Trip("x", Span("a", None))
    assert _told(refused(element, {"First": "a"})) == ["missing: a value is required here"]


TRIP = mapping(Trip, record="T")(
    name=text("Name"),
    span=optional(embedded(Span)(first=padded("First", width=4), last=optional(padded("Last", width=4)))),
)


def test_an_optional_value_object_is_absent_when_all_of_its_columns_are() -> None:
    for blank in ("    ", "", "  ", "          "):
        assert both_paths(TRIP, {"Name": "x", "First": blank, "Last": blank}) == Trip("x", None)


def test_an_optional_value_object_that_is_partly_there_needs_what_it_requires() -> None:
    found = refused(TRIP, {"Name": "x", "First": "    ", "Last": "b   "})

    assert [(problem.field, problem.kind) for problem in found] == [("span.first", ProblemKind.MISSING)]
    assert both_paths(TRIP, {"Name": "x", "First": "a   ", "Last": "    "}) == Trip("x", Span("a", None))


def test_an_optional_value_object_of_optional_parts_is_none_and_never_empty() -> None:
    key = optional(padded("First", width=4, into=Identifier))
    loose = mapping(Trip, record="T")(
        name=text("Name"),
        span=optional(embedded(Span)(first=cast("str | None", key), last=optional(padded("Last", width=4)))),
    )

    for blank in ("    ", "", " "):
        assert both_paths(loose, {"Name": "x", "First": blank, "Last": blank}) == Trip("x", None)


def test_an_optional_value_object_whose_column_is_not_there_has_drifted() -> None:
    found = refused(TRIP, {"Name": "x", "First": "    "})

    assert [(problem.field, problem.kind) for problem in found] == [
        ("span.first", ProblemKind.MISSING),
        ("span.last", ProblemKind.DRIFT),
    ]
