"""What an OpenAPI document (2.0 to 3.1), or a bare JSON Schema, publishes of an API's records.

Each named schema of an object is a record. So is what a path answers with, under the path: the record itself, or that
of a page which wraps a list of them. An object inside another that has no name of its own is ``Owner/property``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adapters.rest.documents import NotADocument
from adapters.rest.references import Beside, Documents, Place
from adapters.rest.shapes import Shape, shape_at
from contracts.source.schema import Column, Form, Record, Schema
from ports.errors import Unintelligible

_NAMED = (("components", "schemas"), ("definitions",), ("$defs",))
_WRAPPED = frozenset({"content", "data", "items", "records", "results", "value"})
_ABOUT_THE_PAGE = frozenset(
    "__count __next @odata.context @odata.count @odata.nextLink count first hasMore hasNext last limit links next "
    "offset page pageSize previous remainingRecords size total totalCount totalItems totalPages totalRecords "
    "totalResults".split()
)


def schema_of(name: str, body: bytes, *, origin: str, beside: Beside) -> Schema:
    """Read the document *name*; *beside* gives the files that it refers to, *origin* names it for people.

    Raises:
        Unintelligible: it, or a file that it refers to, is no such document, or describes no record.
    """
    try:
        documents = Documents(name, body, beside)
        records = _Records(documents).all()
    except NotADocument as error:
        raise Unintelligible(f"{origin} cannot be used: {error}") from error
    except RecursionError:
        raise Unintelligible(f"{origin} cannot be used: its schemas are put together too deeply") from None
    if len(records) == 0:
        lacking = ", ".join(documents.missing)
        why = (
            f"it refers to {lacking}; put it beside the document" if lacking != "" else "it has no schema of an object"
        )
        raise Unintelligible(f"{origin} describes no record: {why}")
    return Schema(origin, tuple(records.values()))


class _Records:
    """The records found so far, and the names that places have."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._names: dict[Place, str] = {}
        self._taken: set[str] = set()
        self._records: dict[str, Record] = {}
        self._waiting: list[tuple[str, Shape]] = []

    def all(self) -> Mapping[str, Record]:
        """Give every record by name: the named ones, what the paths answer with, and what those lead to."""
        for place in self._declared():
            shape = shape_at(self._documents, place)
            if shape is not None and shape.form is Form.RECORD:
                self._note(place, shape, place.name)
        for path, place in self._answers():
            shape = shape_at(self._documents, place)
            record = None if shape is None else self._unwrapped(shape)
            if record is not None:
                self._waiting.append((path, record))
        while len(self._waiting) > 0:
            name, shape = self._waiting.pop(0)
            self._records[name] = Record(name=name, columns=tuple(self._columns(name, shape)))
        return self._records

    def _declared(self) -> Iterator[Place]:
        for steps in _NAMED:
            place = self._documents.root.below(*steps)
            for name in self._documents.at(place) or ():
                yield place.below(name)

    def _answers(self) -> Iterator[tuple[str, Place]]:
        """Give the paths that can be read, and where the schema of a good answer stands."""
        paths = self._documents.root.below("paths")
        for path in self._documents.at(paths) or ():
            responses = paths.below(path, "get", "responses")
            for status in ("200", "2XX"):
                place = self._followed(responses.below(status))
                told = self._documents.at(place) or {}
                if "schema" in told:
                    yield path, place.below("schema")
                    break
                kinds = self._documents.at(place.below("content")) or ()
                if (json := next((kind for kind in kinds if "json" in kind), None)) is not None:
                    yield path, place.below("content", json, "schema")
                    break

    def _followed(self, place: Place) -> Place:
        told = self._documents.at(place) or {}
        reference = told.get("$ref")
        target = self._documents.target(reference, place) if isinstance(reference, str) else None
        return place if target is None else target

    def _unwrapped(self, shape: Shape) -> Shape | None:
        """Give the record of an answer: what is in the list that it is or wraps, or itself."""
        passed = {shape.place}
        while (inner := self._inside(shape)) is not None:
            following = shape_at(self._documents, inner)
            if following is None or following.place in passed:
                return None
            passed.add(following.place)
            shape = following
        return shape if shape.form is Form.RECORD else None

    def _inside(self, shape: Shape) -> Place | None:
        if shape.items is not None:
            return shape.items
        if list(shape.properties) == ["d"]:
            return shape.properties["d"]
        wrapping = [name for name in shape.properties if name in _WRAPPED]
        if len(wrapping) != 1 or any(name not in _ABOUT_THE_PAGE for name in shape.properties if name != wrapping[0]):
            return None
        return shape.properties[wrapping[0]]

    def _columns(self, owner: str, shape: Shape) -> Iterator[Column]:
        for name, place in shape.properties.items():
            found = shape_at(self._documents, place)
            may_be_absent = name not in shape.required
            if found is None:
                yield Column(name=name, form=Form.OTHER, native="", nullable=may_be_absent)
                continue
            element = found if found.items is None else shape_at(self._documents, found.items)
            many = found.items is not None
            if element is None or (many and element.items is not None):
                yield Column(name=name, form=Form.OTHER, native=found.native, nullable=may_be_absent, many=many)
                continue
            yield Column(
                name=name,
                form=element.form,
                native=element.native,
                nullable=may_be_absent or found.is_null_allowed,
                length=element.length,
                scale=element.scale,
                codes=element.codes,
                many=many,
                of=self._name(element, f"{owner}/{name}") if element.form is Form.RECORD else None,
            )

    def _name(self, shape: Shape, inside: str) -> str:
        """Give the name of the record that *shape* is, which waits for its turn if it is new."""
        if shape.place in self._names:
            return self._names[shape.place]
        is_named = any(shape.place.steps[:-1] == steps for steps in _NAMED) or len(shape.place.steps) == 0
        return self._note(shape.place, shape, shape.place.name if is_named else inside)

    def _note(self, place: Place, shape: Shape, name: str) -> str:
        longer = (name, f"{place.file}#{name}", f"{place.file}#/{'/'.join(place.steps)}")
        known = next(each for each in longer if each not in self._taken)
        self._names[place] = known
        self._taken.add(known)
        self._waiting.append((known, shape))
        return known
