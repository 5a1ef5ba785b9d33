"""Streams: pulled when needed, abandoned at will, stopped by no record, and nothing lost."""

from __future__ import annotations

import gc
import json
from collections.abc import Generator, Iterator
from decimal import Decimal, getcontext
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl.codecs.keys import composite
from domain.identifiers import LineNumber
from domain.provenance import SourceRef
from ports.errors import ProblemKind
from tests.unit.acl.engine.shop import (
    LINE,
    LINE_ROW,
    ORDER,
    SHEET,
    Line,
    Order,
    Record,
    a_line,
    a_row,
    an_order,
    streamed,
)
from tests.unit.acl.laws import LAW
from tests.unit.acl.reading import ORIGIN, READ_AT, Kept


def _counted(pulled: list[int], pages: int = 5) -> Iterator[list[Record]]:
    for number in range(pages):
        pulled.append(number)
        yield [an_order(Id=f"A{number}0"), an_order(Id=f"A{number}1")]


def test_no_page_is_pulled_before_it_is_needed() -> None:
    pulled: list[int] = []
    found = ORDER.read_all(_counted(pulled), origin=ORIGIN, quarantine=Kept())

    assert pulled == []
    assert next(found).id.text == "A00"
    assert pulled == [0]
    assert next(found).id.text == "A01"
    assert pulled == [0]
    assert next(found).id.text == "A10"
    assert pulled == [0, 1]


def test_a_stream_can_be_abandoned_half_way() -> None:
    closed: list[bool] = []
    pulled: list[int] = []

    def pages() -> Generator[list[Record], None, None]:
        try:
            yield from _counted(pulled)
        finally:
            closed.append(True)

    source = pages()
    found = ORDER.read_all(source, origin=ORIGIN, quarantine=Kept())
    next(found)
    cast("Generator[Order, None, None]", found).close()
    source.close()

    assert (pulled, closed) == ([0], [True])
    assert gc.isenabled()


def test_what_the_fetch_raises_reaches_the_caller_after_what_was_read() -> None:
    def pages() -> Iterator[list[Record]]:
        yield [an_order()]
        raise ConnectionError("the line is dead")

    found = ORDER.read_all(pages(), origin=ORIGIN, quarantine=Kept())

    assert next(found).id.text == "A1"
    with pytest.raises(ConnectionError, match="the line is dead"):
        next(found)
    assert gc.isenabled()


def test_a_bad_record_stops_nothing_and_its_refusal_tells_everything() -> None:
    bad = an_order(Id="A2", State="X", Lines=[a_line(Count=None)])

    found, kept = streamed(ORDER, [an_order(Id="A1"), bad, an_order(Id="A3")], [an_order(Id="A4")])

    assert [order.id.text for order in found] == ["A1", "A3", "A4"]
    (refusal,) = kept.refusals
    assert refusal.source == SourceRef("test", "ORDER", "A2", READ_AT)
    assert [(problem.field, problem.kind) for problem in refusal.problems] == [
        ("state", ProblemKind.INVALID_CODE),
        ("lines[0].count", ProblemKind.MISSING),
    ]
    assert json.loads(refusal.raw) == bad


def test_the_raw_form_shows_what_json_cannot_hold_as_python_writes_it() -> None:
    _, kept = streamed(LINE, [a_line(State=None, Count=Decimal("1.50"), Name="Maçã")])

    assert kept.refusals[0].raw == '{"No": "1", "Name": "Maçã", "Count": "Decimal(\'1.50\')", "State": null}'


def test_the_raw_form_of_a_row_names_its_columns() -> None:
    _, kept = streamed(LINE_ROW, [("1", "bolt", None, "O")])

    assert kept.refusals[0].raw == '{"No": "1", "Name": "bolt", "Count": null, "State": "O"}'


@pytest.mark.parametrize("key", [None, "", "  ", "(left out)"])
def test_a_record_without_a_key_is_refused_with_an_empty_one(key: object) -> None:
    record = an_order(Id=key)
    if key == "(left out)":
        del record["Id"]

    _, kept = streamed(ORDER, [record])

    assert [refusal.source.key for refusal in kept.refusals] == [""]
    assert "id" in [problem.field for problem in kept.refusals[0].problems]


def test_a_key_of_several_columns_is_shown_as_far_as_it_goes() -> None:
    two = LINE.with_(number=composite("No", "Box", widths=(1, 1), into=LineNumber))

    _, kept = streamed(two, [a_line(State="X", Box=None), a_line(No=None, Box=None), a_line(No=None, Box="7")])

    assert [refusal.source.key for refusal in kept.refusals] == ["1/", "", "/7"]


def test_every_record_of_a_page_may_be_bad() -> None:
    found, kept = streamed(ORDER, [an_order(State="X")] * 3, [], [an_order()])

    assert (len(found), len(kept.refusals)) == (1, 3)


def test_the_callers_arithmetic_and_collector_are_as_they_were_between_the_records() -> None:
    before = getcontext().prec
    getcontext().prec = 5
    try:
        for _ in ORDER.read_all([[an_order(), an_order()]], origin=ORIGIN, quarantine=Kept()):
            assert getcontext().prec == 5
            assert gc.isenabled()
    finally:
        getcontext().prec = before


def test_two_streams_of_one_mapping_do_not_meet() -> None:
    first_kept, second_kept = Kept(), Kept()
    first = ORDER.read_all([[an_order(Id="A1", State="X"), an_order(Id="A2")]], origin=ORIGIN, quarantine=first_kept)
    second = ORDER.read_all([[an_order(Id="B1")], [an_order(State="X")]], origin=ORIGIN, quarantine=second_kept)

    assert (next(second).id.text, next(first).id.text) == ("B1", "A2")
    assert (list(first), list(second)) == ([], [])
    assert [refusal.source.key for refusal in first_kept.refusals] == ["A1"]
    assert [refusal.source.key for refusal in second_kept.refusals] == ["A1"]


_ODD: list[object] = [None, "", " ", "1", 0, 1.5, False, Decimal(3), "O", "\ufffd", [], {}]
_RAW: st.SearchStrategy[object] = st.sampled_from(_ODD) | st.text(max_size=3)
_RECORDS = st.fixed_dictionaries({}, optional=dict.fromkeys(a_line(), _RAW))
_MIXED = st.lists(st.lists(_RECORDS, max_size=4), max_size=4)


@LAW
@given(pages=_MIXED)
def test_every_record_is_either_given_or_refused(pages: list[list[Record]]) -> None:
    numbered = [
        [record | {"No": f"{at}.{place}"} for place, record in enumerate(page)] for at, page in enumerate(pages)
    ]
    mixed = [[*page, a_line(No=f"{at}.x")] for at, page in enumerate(numbered)]

    found, kept = streamed(LINE, *mixed)

    given_keys = [line.number.text for line in found]
    refused_keys = [refusal.source.key for refusal in kept.refusals]
    every = [str(record["No"]) for page in mixed for record in page]
    assert sorted(given_keys + refused_keys) == sorted(every)
    assert given_keys == [key for key in every if key in given_keys]
    assert refused_keys == [key for key in every if key in refused_keys]
    assert all(refusal.problems for refusal in kept.refusals)
    assert all(type(line) is Line for line in found)


@LAW
@given(pages=_MIXED)
def test_every_row_set_is_either_given_or_refused(pages: list[list[Record]]) -> None:
    rows = [
        [a_row(**record | {"Id": f"{at}.{place}"}) for place, record in enumerate(page)]
        for at, page in enumerate(pages)
    ]

    found, kept = streamed(SHEET, *rows)

    told = [sheet.id.text for sheet in found] + [refusal.source.key for refusal in kept.refusals]
    assert sorted(told) == sorted(str(row[0]) for page in rows for row in page)
