"""What one JSON Schema says of a value, with its references followed and its parts put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from attrs import evolve, frozen

from adapters.rest.references import Documents, Node, Place
from contracts.source.schema import Form

_TYPES = {
    "boolean": Form.BOOLEAN,
    "date": Form.DATE,
    "date-time": Form.TIMESTAMP,
    "datetime": Form.TIMESTAMP,
    "decimal": Form.DECIMAL,
    "double": Form.FLOAT,
    "int": Form.INTEGER,
    "int32": Form.INTEGER,
    "integer": Form.INTEGER,
    "number": Form.DECIMAL,
    "string": Form.TEXT,
}
"""By the type in small letters; vendors write more of them than JSON Schema knows."""
_FORMATS = {
    (Form.TEXT, "binary"): Form.BINARY,
    (Form.TEXT, "byte"): Form.BINARY,
    (Form.TEXT, "date"): Form.DATE,
    (Form.TEXT, "date-time"): Form.TIMESTAMP,
    (Form.TEXT, "decimal"): Form.DECIMAL,
    (Form.TEXT, "time"): Form.TIME,
    (Form.DECIMAL, "double"): Form.FLOAT,
    (Form.DECIMAL, "float"): Form.FLOAT,
}
_KEPT = ("type", "format", "maxLength", "multipleOf", "items", "enum", "const")


@frozen
class Shape:
    """A schema without references.

    *place* is where it, or what it is a mere reference to, stands; *told* its own words, each with the place it stands
    at; *properties* lead to the places of their schemas; *is_null_allowed* says that null may stand for it.
    """

    place: Place
    told: Mapping[str, tuple[object, Place]]
    properties: Mapping[str, Place]
    required: frozenset[str]
    is_null_allowed: bool

    @property
    def types(self) -> tuple[str, ...]:
        """The types that a value may have, null left out."""
        told = self.word("type")
        named = [told] if isinstance(told, str) else told if isinstance(told, list) else []
        return tuple(each for each in named if isinstance(each, str) and each != "null")

    @property
    def items(self) -> Place | None:
        """Where the schema of the elements stands, if it is a list."""
        if "items" not in self.told or not isinstance(self.word("items"), Mapping):
            return None
        return self.told["items"][1].below("items")

    @property
    def form(self) -> Form:
        """What a single value is."""
        if len(self.properties) > 0:
            return Form.RECORD
        kind = self.types[0] if len(self.types) == 1 else ""
        form = _TYPES.get(kind.lower(), Form.OTHER)
        return _FORMATS.get((form, self.format.lower()), form)

    @property
    def format(self) -> str:
        """The format; empty if none is told."""
        told = self.word("format")
        return told if isinstance(told, str) else ""

    @property
    def native(self) -> str:
        """The type in the words of the document."""
        kinds = " or ".join(self.types)
        return f"{kinds} ({self.format})" if self.format != "" else kinds

    @property
    def length(self) -> int | None:
        """The most characters."""
        told = self.word("maxLength")
        return told if isinstance(told, int) and not isinstance(told, bool) else None

    @property
    def scale(self) -> int | None:
        """The places after the point, where values are multiples of one of them."""
        told = self.word("multipleOf")
        step = Decimal(told) if isinstance(told, Decimal | int) and not isinstance(told, bool) else None
        if step is None or step <= 0 or step.normalize().as_tuple().digits != (1,):
            return None
        return max(0, -int(step.normalize().as_tuple().exponent))

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The values of a closed list, null left out."""
        listed = [self.word("const")] if "const" in self.told else self.word("enum")
        if not isinstance(listed, list) or self.form not in (Form.TEXT, Form.INTEGER, Form.DECIMAL, Form.OTHER):
            return None
        return tuple(str(each) for each in listed if each is not None)

    def word(self, name: str) -> object:
        """Give what the schema says under *name*; ``None`` if nothing."""
        return self.told[name][0] if name in self.told else None


def shape_at(documents: Documents, place: Place) -> Shape | None:
    """Give the shape of the schema at *place*; ``None`` if there is none, or it is not at hand.

    Raises:
        NotADocument: a file that it refers to is no JSON document.
    """
    return _Reading(documents).shape(place)


class _Reading:
    """One walk through references and parts; a place that leads back to itself adds nothing."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._seen: set[Place] = set()

    def shape(self, place: Place) -> Shape | None:
        node = self._documents.at(place)
        if node is None or place in self._seen:
            return None
        self._seen.add(place)
        own = _own(node, place)
        parts = [part for each in self._parts(node, place) if (part := self.shape(each)) is not None]
        if len(parts) == 0:
            return own if len(own.told) + len(own.properties) > 0 or "$ref" not in node else None
        whole = parts[0]
        for part in (*parts[1:], own):
            whole = _merged(whole, part)
        is_mere_reference = len(parts) == 1 and len(own.properties) == 0
        return evolve(whole, place=whole.place if is_mere_reference else place)

    def _parts(self, node: Node, place: Place) -> Iterator[Place]:
        """Give what the schema is put together of; of alternatives only one that is alone beside null."""
        reference = node.get("$ref")
        if isinstance(reference, str) and (target := self._documents.target(reference, place)) is not None:
            yield target
        for index, _ in enumerate(_listed(node, "allOf")):
            yield place.below("allOf", str(index))
        for word in ("oneOf", "anyOf"):
            others = [index for index, each in enumerate(_listed(node, word)) if not _is_null(each)]
            if len(others) == 1:
                yield place.below(word, str(others[0]))


def _own(node: Node, place: Place) -> Shape:
    properties, required = node.get("properties"), node.get("required")
    types = node.get("type")
    may_be_null = (
        node.get("nullable") is True
        or (isinstance(types, list) and "null" in types)
        or None in _listed(node, "enum")
        or any(_is_null(each) for word in ("oneOf", "anyOf") for each in _listed(node, word))
    )
    return Shape(
        place,
        {word: (node[word], place) for word in _KEPT if word in node},
        {name: place.below("properties", name) for name in (properties if isinstance(properties, Mapping) else {})},
        frozenset(required if isinstance(required, list) else ()),
        may_be_null,
    )


def _merged(one: Shape, other: Shape) -> Shape:
    return Shape(
        one.place,
        {**one.told, **other.told},
        {**one.properties, **other.properties},
        one.required | other.required,
        one.is_null_allowed or other.is_null_allowed,
    )


def _listed(node: Node, word: str) -> Sequence[object]:
    found = node.get(word)
    return found if isinstance(found, list) else ()


def _is_null(schema: object) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") == "null"
