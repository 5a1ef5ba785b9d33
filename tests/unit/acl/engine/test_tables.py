"""A mapping as people read it: the table, the lineage, and records that it makes itself."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl.codecs.codes import code
from acl.codecs.text import text
from acl.mapping import Codec, Lineage, column, many, never, optional, read_only
from domain.identifiers import LineNumber
from ports.errors import ProblemKind
from tests.unit.acl.engine.shop import LINE, LINE_ROW, ORDER, SHEET, STATES, Order
from tests.unit.acl.laws import LAW
from tests.unit.acl.reading import needs_no_slow_path


def test_a_table_in_plain_text() -> None:
    drawn = LINE.with_(
        name=optional(text("Name", width=10, quirk="Q-3")), number=text("No", width=4, into=LineNumber, quirk="Q-4")
    )

    assert drawn.table() == dedent(
        """\
        Line from LINE

        field   columns  codec       absent  written  quirks
        ------  -------  ----------  ------  -------  ----------
        number  No       text(4)     no      yes      Q-4
        name    Name     text(10)    yes     yes      Q-3
        count   Count    decimal(2)  no      yes      EBS-NUM-01
        state   State    code        no      yes      Q-2
        """
    )


def test_a_table_in_markdown() -> None:
    drawn = LINE.with_(
        number=text("No|Nr", width=4, into=LineNumber, quirk="Q-4"),
        name=never("bolt", because="all are bolts"),
        state=read_only(code("State", STATES, quirk="Q-2"), because="it follows | from others"),
    )

    assert drawn.table("markdown") == dedent(
        """\
        ### Line from LINE

        | field | columns | codec | absent | written | quirks |
        | --- | --- | --- | --- | --- | --- |
        | number | No\\|Nr | text(4) | no | yes | Q-4 |
        | name |  | always bolt | yes | no: all are bolts |  |
        | count | Count | decimal(2) | no | yes | EBS-NUM-01 |
        | state | State | code | no | no: it follows \\| from others | Q-2 |
        """
    )


def test_lineage_reaches_into_lists_and_value_objects() -> None:
    assert [(each.field, each.columns) for each in ORDER.lineage] == [
        ("id", ("Id",)),
        ("note", ("Note",)),
        ("state", ("State",)),
        ("total.currency", ("Currency",)),
        ("total.amount", ("Total",)),
        ("lines[].number", ("Lines/No",)),
        ("lines[].name", ("Lines/Name",)),
        ("lines[].count", ("Lines/Count",)),
        ("lines[].state", ("Lines/State",)),
        ("source", ("Id",)),
    ]
    assert [each.field for each in SHEET.lineage][1:4] == ["rate", "lines[].number", "lines[].name"]


def test_lineage_tells_codec_quirks_absence_and_why_something_is_not_written() -> None:
    by_field = {each.field: each for each in ORDER.lineage}

    assert by_field["state"] == Lineage("state", ("State",), "code", ("Q-1",), optional=False, read_only=None)
    assert by_field["note"].optional
    assert by_field["source"].read_only == "it says where the record was read"


def test_what_is_inside_something_read_only_is_read_only() -> None:
    fixed = ORDER.with_(lines=read_only(many("Lines", LINE), because="they are the vendor's"))

    told = {each.field: each.read_only for each in fixed.lineage if each.field.startswith("lines")}
    assert set(told.values()) == {"they are the vendor's"}


@LAW
@given(data=st.data())
def test_records_are_made_that_are_read_fast(data: st.DataObject) -> None:
    record = data.draw(ORDER.records())

    assert isinstance(ORDER.read(record), Order)
    needs_no_slow_path(ORDER, record)
    needs_no_slow_path(SHEET, data.draw(SHEET.records()))
    needs_no_slow_path(LINE_ROW, data.draw(LINE_ROW.records()))


def test_records_of_a_codec_that_cannot_draw_are_refused_with_a_sentence() -> None:
    mute: Codec[Decimal] = Codec(name="mute", decode=Decimal, encode=str, kind=ProblemKind.RULE)
    silent = LINE.with_(count=column(mute, "Count"))

    with pytest.raises(NotImplementedError) as caught:
        _draw_from(silent.records())

    told = "this codec does not say which raw values are valid, so no records can be generated"
    assert str(caught.value) == told


def _draw_from(records: st.SearchStrategy[object]) -> None:
    @LAW
    @given(record=records)
    def draw(record: object) -> None:
        raise AssertionError(f"this was drawn: {record!r}")

    draw()
