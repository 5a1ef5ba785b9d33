"""A schema as its alternatives: what may stand at one place, one JSON type each, with references followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from attrs import frozen

from contracts.published.schemas import Schema

_ANNOTATIONS = frozenset(
    "$comment $defs $id $schema default deprecated description examples readOnly title writeOnly".split()
)
_OPEN = "x-extensible-enum"


@frozen
class Alternative:
    """One thing that may stand at a place; *ref* is the definition it came from, ``None`` if it stands there itself.

    *kind* is its JSON type, ``any`` if none is said. *values* is the list it is taken from, ``None`` if it is free;
    *grows* says that the list is not the last word. *words* is everything else that restricts it.
    """

    kind: str
    values: tuple[object, ...] | None
    grows: bool
    words: Mapping[str, object]
    ref: str | None

    @property
    def likeness(self) -> tuple[object, ...]:
        """What two alternatives of one type have in common when one is the other, changed."""
        return (self.ref, self.words.get("format"), self.values is not None)


def alternatives(schema: object, root: Schema) -> tuple[Alternative, ...]:
    """Give what may stand where *schema* holds; *root* is the document that its references lead into."""
    return tuple(_alternatives(schema, root, None))


def _alternatives(schema: object, root: Schema, ref: str | None) -> Iterator[Alternative]:
    if isinstance(schema, bool):
        schema = {} if schema else {"not": {}}
    words = {name: value for name, value in cast("Schema", schema).items() if name not in _ANNOTATIONS}
    if "$ref" in words:
        name = cast("str", words.pop("$ref"))
        yield from _alternatives({**_target(name, root), **words}, root, name)
    elif "anyOf" in words or "oneOf" in words:
        either = cast("list[Schema]", words.pop("anyOf", None) or words.pop("oneOf"))
        for each in either:
            yield from _alternatives({**words, **each}, root, ref)
    else:
        yield from _by_type(words, ref)


def _by_type(words: Schema, ref: str | None) -> Iterator[Alternative]:
    said, listed = words.pop("type", None), words.pop("enum", None)
    if "const" in words:
        listed = [words.pop("const")]
    grown = words.pop(_OPEN, None)
    rest = {name: value for name, value in words.items() if not name.startswith("x-")}
    values = cast("list[object] | None", grown if listed is None else listed)
    kinds = [said] if isinstance(said, str) else cast("list[str] | None", said)
    for kind in _kinds_of(values) if kinds is None else kinds:
        mine = None if values is None else tuple(each for each in values if kind in ("any", _kind(each)))
        yield Alternative(kind, None if kind == "null" else mine, listed is None and mine is not None, rest, ref)


def _kinds_of(values: list[object] | None) -> list[str]:
    return ["any"] if values is None else list(dict.fromkeys(map(_kind, values)))


def _kind(value: object) -> str:
    """Give the JSON type of a value; a whole number is an integer."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return "null" if value is None else names[type(value)]


def _target(name: str, root: Schema) -> Schema:
    """Follow a reference within the document.

    Raises:
        ValueError: it leads out of the document.
    """
    if not name.startswith("#/"):
        raise ValueError(f"the reference {name} leads out of the schema, and cannot be compared")
    found: object = root
    for step in name.removeprefix("#/").split("/"):
        found = cast("Schema", found)[step.replace("~1", "/").replace("~0", "~")]
    return cast("Schema", found)
