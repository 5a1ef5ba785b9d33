"""Every change of a schema that breaks somebody is found where it stands, and no other."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.published.changes import Change, Difference, Role
from contracts.published.compatibility import breaks, differences
from contracts.published.schemas import Schema

WORDS = st.sampled_from(["red", "green", "blue", "open", "closed"])
NAMES = st.sampled_from(["id", "name", "lines", "amount", "status", "x"])
C = Change


def an_object(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": [*fields]}


def a_loose_object(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields}


def either(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
NULL: Schema = {"type": "null"}
NEVER: Schema = {"const": "open end", "type": "string"}


def closed(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def grown(*values: str) -> Schema:
    return {"type": "string", "x-extensible-enum": list(values)}


SEEDS: list[tuple[Change, Schema, Schema, str]] = [
    (C.FIELD_REMOVED, an_object(a=TEXT, b=TEXT), an_object(a=TEXT), ".b"),
    (C.FIELD_REMOVED, a_loose_object(a=TEXT, b=TEXT), a_loose_object(a=TEXT), ".b"),
    (C.FIELD_REMOVED, {"type": "object", "required": ["b"]}, {"type": "object"}, ".b"),
    (C.FIELD_REQUIRED, an_object(a=TEXT), an_object(a=TEXT, b=TEXT), ".b"),
    (C.MADE_REQUIRED, a_loose_object(a=TEXT), an_object(a=TEXT), ".a"),
    (C.MADE_OPTIONAL, an_object(a=TEXT), a_loose_object(a=TEXT), ".a"),
    (C.NULL_ADDED, TEXT, either(TEXT, NULL), ""),
    (C.NULL_ADDED, TEXT, {"type": ["string", "null"]}, ""),
    (C.NULL_REMOVED, either(DAY, NULL), DAY, ""),
    (C.NULL_REMOVED, either(an_object(a=TEXT), NULL), an_object(a=TEXT), ""),
    (C.TYPE_CHANGED, TEXT, WHOLE, ""),
    (C.TYPE_CHANGED, TEXT, {"type": "array", "items": TEXT}, ""),
    (C.TYPE_CHANGED, {"const": 1}, {"const": "1"}, ""),
    (C.TYPE_WIDENED, WHOLE, NUMBER, ""),
    (C.TYPE_WIDENED, TEXT, either(TEXT, WHOLE), ""),
    (C.TYPE_WIDENED, DAY, either(DAY, NEVER), ""),
    (C.TYPE_WIDENED, TEXT, {}, ""),
    (C.TYPE_NARROWED, NUMBER, WHOLE, ""),
    (C.TYPE_NARROWED, {"type": ["string", "integer"]}, TEXT, ""),
    (C.TYPE_NARROWED, either(DAY, NEVER, NULL), either(DAY, NULL), ""),
    (C.TYPE_NARROWED, {}, TEXT, ""),
    (C.VALUE_ADDED, closed("a"), closed("a", "b"), ""),
    (C.VALUE_ADDED, {"const": "a"}, {"enum": ["a", "b"]}, ""),
    (C.VALUE_REMOVED, closed("a", "b"), closed("a"), ""),
    (C.VALUE_REMOVED, grown("a", "b"), grown("a"), ""),
    (C.LIST_OPENED, closed("a"), grown("a"), ""),
    (C.LIST_OPENED, closed("a"), TEXT, ""),
    (C.LIST_CLOSED, grown("a"), closed("a"), ""),
    (C.TIGHTENED, TEXT, closed("a"), ""),
    (C.TIGHTENED, TEXT, DAY, ""),
    (C.TIGHTENED, TEXT, {**TEXT, "pattern": "^a$"}, ""),
    (C.TIGHTENED, {**TEXT, "minLength": 1}, {**TEXT, "minLength": 2}, ""),
    (C.TIGHTENED, {**TEXT, "maxLength": 9}, {**TEXT, "maxLength": 8}, ""),
    (C.TIGHTENED, {"type": "array", "items": TEXT}, {"type": "array", "items": TEXT, "minItems": 1}, ""),
    (C.TIGHTENED, an_object(a=TEXT), {**an_object(a=TEXT), "additionalProperties": False}, ""),
    (C.LOOSENED, DAY, TEXT, ""),
    (C.LOOSENED, {**TEXT, "pattern": "^a$"}, TEXT, ""),
    (C.LOOSENED, {**TEXT, "minLength": 2}, {**TEXT, "minLength": 0}, ""),
    (C.LOOSENED, {**WHOLE, "maximum": 9}, {**WHOLE, "maximum": 10}, ""),
    (C.LOOSENED, {**WHOLE, "minimum": 0}, {**NUMBER, "minimum": -1}, ""),
    (
        C.LOOSENED,
        {**a_loose_object(a=TEXT), "additionalProperties": False},
        {**a_loose_object(a=TEXT, b=TEXT), "additionalProperties": False},
        ".b",
    ),
    (C.REWRITTEN, {**TEXT, "pattern": "^a$"}, {**TEXT, "pattern": "^b$"}, ""),
    (C.REWRITTEN, DAY, {**TEXT, "format": "date-time"}, ""),
    (C.REWRITTEN, {**TEXT, "not": {"const": "a"}}, {**TEXT, "not": {"const": "b"}}, ""),
]

leaves = st.one_of(
    st.sampled_from([TEXT, DAY, NUMBER, WHOLE, {"type": "boolean"}, {}]),
    st.lists(WORDS, min_size=1, unique=True).map(lambda values: closed(*values)),
    st.lists(WORDS, min_size=1, unique=True).map(lambda values: grown(*values)),
    st.builds(lambda least: {**TEXT, "minLength": least}, st.integers(0, 9)),
)
schemas = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(
            lambda fields, needed: {"type": "object", "properties": fields, "required": [*fields][:needed]},
            st.dictionaries(NAMES, inner, max_size=3), st.integers(0, 3),
        ),
        inner.map(lambda items: {"type": "array", "items": items}),
        inner.map(lambda one: either(one, NULL)),
    ),
    max_leaves=8,
)  # fmt: skip

Around = Callable[[Schema, str], tuple[Schema, str]]


def _in_an_object(name: str, others: dict[str, Schema], required: bool) -> Around:
    def around(schema: Schema, path: str) -> tuple[Schema, str]:
        fields: dict[str, Schema] = {**others, name: schema}
        return an_object(**fields) if required else a_loose_object(**fields), f".{name}{path}"

    return around


def _in_a_list(schema: Schema, path: str) -> tuple[Schema, str]:
    return {"type": "array", "items": schema}, f"[]{path}"


def _behind_a_reference(schema: Schema, path: str) -> tuple[Schema, str]:
    return {"$ref": "#/$defs/Inner", "$defs": {"Inner": schema}, "description": "elsewhere"}, path


arounds = st.one_of(
    st.builds(_in_an_object, NAMES, st.dictionaries(NAMES, schemas, max_size=2), st.booleans()), st.just(_in_a_list)
)


def _placed(schema: Schema, path: str, around: list[Around]) -> tuple[Schema, str]:
    for each in around:
        schema, path = each(schema, path)
    return schema, path.removeprefix(".")


@pytest.mark.parametrize(("change", "old", "new", "where"), SEEDS, ids=lambda value: getattr(value, "name", None))
@given(around=st.lists(arounds, max_size=3), referred=st.booleans(), nullable=st.booleans())
@settings(max_examples=20)  # for each of many seeds
def test_every_seeded_change_is_found_wherever_it_stands(
    change: Change, old: Schema, new: Schema, where: str, around: list[Around], referred: bool, nullable: bool
) -> None:
    if nullable and change not in (Change.NULL_ADDED, Change.NULL_REMOVED):
        old, new = either(NULL, old), either(new, NULL)
    before, path = _placed(old, where, around)
    after, _ = _placed(new, where, around)
    if referred:
        before, after = _behind_a_reference(before, "")[0], _behind_a_reference(after, "")[0]

    found = differences(before, after)

    assert (path, change) in [(each.path, each.change) for each in found]
    assert {each.path for each in found} == {path}
    for role in Role:
        assert (path in [each.path for each in breaks(before, after, role) if each.change is change]) is (
            role.is_broken_by(change)
        )


@given(schema=schemas)
def test_a_schema_is_compatible_with_itself(schema: Schema) -> None:
    assert differences(schema, cast("Schema", json.loads(json.dumps(schema)))) == ()


@given(schema=schemas)
def test_words_that_restrict_nothing_are_not_compared(schema: Schema) -> None:
    told = {**schema, "title": "T", "description": "D", "examples": [1], "default": None, "x-owner": "purchasing"}

    assert differences(schema, told) == differences(told, schema) == ()


@given(fields=st.dictionaries(NAMES, schemas, max_size=3), more=schemas)
def test_an_added_optional_field_breaks_nobody(fields: dict[str, Schema], more: Schema) -> None:
    old = an_object(**fields)
    new = {**old, "properties": {**fields, "added": more}}

    assert [breaks(old, new, role) for role in Role] == [(), (), ()]


@given(fields=st.dictionaries(NAMES, schemas, max_size=3), more=schemas)
def test_an_added_required_field_breaks_only_who_writes(fields: dict[str, Schema], more: Schema) -> None:
    old, new = an_object(**fields), an_object(**fields, added=more)

    assert {role: [each.change for each in breaks(old, new, role)] for role in Role} == {
        Role.READER: [],
        Role.WRITER: [Change.FIELD_REQUIRED],
        Role.CONSUMER: [],
    }


def test_a_value_added_to_an_open_list_breaks_nobody() -> None:
    assert differences(grown("a"), grown("a", "b")) == ()


BROKEN_BY = {
    "a reader": (Role.READER, "FIELD_REMOVED MADE_OPTIONAL NULL_ADDED TYPE_WIDENED VALUE_ADDED LIST_OPENED LOOSENED"),
    "a writer": (Role.WRITER, "FIELD_REQUIRED MADE_REQUIRED NULL_REMOVED TYPE_NARROWED VALUE_REMOVED TIGHTENED"),
    "a consumer": (Role.CONSUMER, "FIELD_REMOVED TYPE_NARROWED VALUE_REMOVED VALUE_ADDED MADE_REQUIRED MADE_OPTIONAL"),
}
FINE_FOR = {
    "a reader": (Role.READER, "FIELD_REQUIRED MADE_REQUIRED NULL_REMOVED TYPE_NARROWED VALUE_REMOVED TIGHTENED"),
    "a writer": (Role.WRITER, "MADE_OPTIONAL NULL_ADDED TYPE_WIDENED VALUE_ADDED LIST_OPENED LOOSENED"),
    "a consumer": (Role.CONSUMER, "FIELD_REQUIRED LIST_CLOSED"),
}


@pytest.mark.parametrize("who", BROKEN_BY)
def test_each_role_is_broken_by_its_own_changes(who: str) -> None:
    role, broken = BROKEN_BY[who]

    assert all(role.is_broken_by(Change[name]) for name in broken.split())
    assert not any(role.is_broken_by(Change[name]) for name in FINE_FOR[who][1].split())
    assert role.is_broken_by(Change.TYPE_CHANGED)
    assert role.is_broken_by(Change.REWRITTEN)


def test_every_change_is_seeded() -> None:
    assert {change for change, *_ in SEEDS} == set(Change)


def test_a_break_is_told_as_one_sentence_with_its_path() -> None:
    old = an_object(lines={"type": "array", "items": an_object(status=closed("open"))})
    new = an_object(lines={"type": "array", "items": an_object(status=closed("open", "paused"))})

    assert [str(each) for each in breaks(old, new, Role.READER)] == [
        'lines[].status: a value was added to a closed list ("paused")'
    ]
    assert str(Difference("", Change.TYPE_CHANGED, "was string, is integer")) == (
        "the whole: the type was changed (was string, is integer)"
    )


def test_alternatives_are_compared_whatever_their_order_and_the_names_of_their_definitions() -> None:
    old = {**either({"$ref": "#/$defs/A"}, NULL), "$defs": {"A": an_object(a=TEXT, b=TEXT)}}
    new = {**either(NULL, {"$ref": "#/$defs/B"}), "$defs": {"B": an_object(a=TEXT)}}

    assert [(each.path, each.change) for each in differences(old, new)] == [("b", Change.FIELD_REMOVED)]


def test_a_definition_that_holds_itself_is_compared_once() -> None:
    def tree(**more: Schema) -> Schema:
        node = an_object(children={"type": "array", "items": {"$ref": "#/$defs/Node"}}, **more)
        return {"$ref": "#/$defs/Node", "$defs": {"Node": node}}

    assert differences(tree(), tree()) == ()
    assert [each.path for each in differences(tree(name=TEXT), tree())] == ["name"]


def test_a_definition_is_compared_at_every_place_where_it_stands() -> None:
    def pair(money: Schema) -> Schema:
        there: Schema = {"$ref": "#/$defs/Money"}
        return {**an_object(net=there, gross=there), "$defs": {"Money": money}}

    found = differences(pair(an_object(amount=TEXT, currency=TEXT)), pair(an_object(amount=TEXT)))

    assert [each.path for each in found] == ["net.currency", "gross.currency"]


def test_a_reference_that_leads_elsewhere_is_refused() -> None:
    with pytest.raises(ValueError, match=r"other\.json leads out of the schema"):
        differences({"$ref": "other.json"}, TEXT)


def test_a_reference_where_schemas_are_not_compared_is_no_schema_that_can_be_judged() -> None:
    hidden = {"type": "object", "additionalProperties": {"$ref": "#/$defs/A"}}

    with pytest.raises(ValueError, match="under additionalProperties stands a reference"):
        differences({**hidden, "$defs": {"A": TEXT}}, {**hidden, "$defs": {"A": NUMBER}})
