"""A schema survives its file; a damaged file says what is wrong with it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.source.schema import Column, Form, Record, Reference, Schema
from contracts.source.stored import schema_from, text_of
from ports.errors import Misconfigured

BROKEN_BYTES = st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF, categories=["Cs"])  # as SQLite gives them
TEXTS = st.text(st.characters() | BROKEN_BYTES, max_size=8)
NUMBERS = st.none() | st.integers(min_value=0, max_value=10**6)
TUPLES = st.lists(TEXTS, max_size=3).map(tuple)
COLUMNS = st.builds(
    Column,
    name=TEXTS,
    form=st.sampled_from(Form),
    native=TEXTS,
    nullable=st.none() | st.booleans(),
    length=NUMBERS,
    precision=NUMBERS,
    scale=NUMBERS,
    codes=st.none() | TUPLES,
    many=st.booleans(),
    of=st.none() | TEXTS,
)
RECORDS = st.builds(
    Record,
    name=TEXTS,
    columns=st.lists(COLUMNS, max_size=3, unique_by=lambda column: column.name).map(tuple),
    key=TUPLES,
    references=st.lists(st.builds(Reference, TUPLES, TEXTS, TUPLES), max_size=2).map(tuple),
)
SCHEMAS = st.builds(Schema, TEXTS, st.lists(RECORDS, max_size=3, unique_by=lambda record: record.name).map(tuple))
SUPPLIER = Schema(
    "the shop",
    (
        Record(
            name="Vendor", columns=(Column(name="No", form=Form.INTEGER, native="int", nullable=False),), key=("No",)
        ),
        Record(
            name="Bill",
            columns=(
                Column(name="Vendor", form=Form.INTEGER, native="int"),
                Column(name="Stadt Köln", form=Form.TEXT, native="char", length=0, codes=("A", "")),
            ),
            references=(Reference(("Vendor",), "Vendor", ("No",)),),
        ),
    ),
)


@given(SCHEMAS)
def test_what_was_written_is_read_again(schema: Schema) -> None:
    assert schema_from(text_of(schema), place="the file") == schema


@given(SCHEMAS)
def test_the_text_can_be_kept_in_any_file_and_does_not_depend_on_the_order_of_records(schema: Schema) -> None:
    turned = Schema(schema.origin, tuple(schema.records.values())[::-1])

    assert text_of(turned) == text_of(schema)
    assert schema_from(text_of(schema).encode().decode(), place="the file") == schema


def test_a_file_reads_well_and_says_only_what_is_known() -> None:
    assert text_of(SUPPLIER) == (
        "{\n"
        '"format": 1,\n'
        '"origin": "the shop",\n'
        '"records": [\n'
        '{"name": "Bill", "references": [\n'
        '{"columns": ["Vendor"], "target": "Vendor", "target_columns": ["No"]}\n'
        '], "columns": [\n'
        '{"name": "Vendor", "form": "integer", "native": "int"},\n'
        '{"name": "Stadt Köln", "form": "text", "native": "char", "length": 0, "codes": ["A", ""]}\n'
        "]},\n"
        '{"name": "Vendor", "key": ["No"], "columns": [\n'
        '{"name": "No", "form": "integer", "native": "int", "nullable": false}\n'
        "]}\n"
        "]\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("{", "", "is no complete JSON document"),
        ('"format": 1', '"format": 2', "is not a schema in the format 1"),
        ('"format": 1', '"format": true', "is not a schema in the format 1"),
        ('"format": 1,', "", "is not a schema in the format 1"),
        ('"nullable": false', '"nullable": 0', r"is damaged: .*records\[1\]\.columns\[0\]\.nullable"),
        ('"length": 0', '"length": "0"', r"is damaged: .*length"),
        ('"length": 0', '"length": true', r"is damaged: .*length"),
        ('"length": 0', '"lenght": 0', r"is damaged: .*lenght"),
        ('["A", ""]', '"A"', r"is damaged: .*codes"),
        ('["A", ""]', '["A", 1]', r"is damaged: .*codes"),
        ('"form": "text"', '"form": "txt"', r"is damaged: .*form"),
        ('"native": "char", ', "", r"is damaged: .*"),
        ('"origin": "the shop",', '"origin": null,', r"is damaged: .*origin"),
        ('"name": "Bill"', '"name": "Vendor"', "is damaged: the record Vendor stands in it twice"),
        ('"Stadt Köln"', '"Vendor"', "is damaged: the column Bill/Vendor stands in it twice"),
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(old: str, new: str, why: str) -> None:
    text = text_of(SUPPLIER)
    assert old in text

    with pytest.raises(Misconfigured, match=f"^the file pin.json {why}.*; write it anew$") as caught:
        schema_from(text.replace(old, new, 1), place="the file pin.json")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "[]", "null", "[" * 100_000, json.dumps({"records": []})])
def test_a_file_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(Misconfigured, match=r"^the file pin\.json is no"):
        schema_from(text, place="the file pin.json")
