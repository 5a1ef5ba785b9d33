"""Following ``$ref`` inside an OpenAPI document and to files beside it, never into the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from attrs import frozen

from adapters.rest.documents import json_document

Beside = Callable[[str], tuple[str, bytes] | None]
"""Gives the file that an address in a document means, by its name and content; ``None`` if it is not at hand."""

Node = Mapping[str, object]


@frozen
class Place:
    """Where a schema stands: the file, and the steps to it from the file's root."""

    file: str
    steps: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the schema is called there."""
        return self.steps[-1] if len(self.steps) > 0 else self.file.rpartition("/")[2].partition(".")[0]

    def below(self, *steps: str) -> Place:
        """Give a place further inside."""
        return Place(self.file, (*self.steps, *steps))


class Documents:
    """One document, and those that it refers to, each read once; *missing* are addresses that were not at hand."""

    def __init__(self, name: str, body: bytes, beside: Beside) -> None:
        self._read = {name: json_document(body)}
        self._files: dict[str, str | None] = {"": name}
        self._beside = beside
        self.root = Place(name, ())
        self.missing: dict[str, None] = {}

    def at(self, place: Place) -> Node | None:
        """Give the object that stands at *place*; ``None`` if there is none."""
        found = self._read.get(place.file)
        for step in place.steps:
            if isinstance(found, list) and step.isascii() and step.isdigit() and int(step) < len(found):
                found = found[int(step)]
            else:
                found = found.get(step) if isinstance(found, Mapping) else None
        return found if isinstance(found, Mapping) else None

    def target(self, reference: str, place: Place) -> Place | None:
        """Give the place that *reference*, standing at *place*, means; ``None`` if it is not at hand.

        Raises:
            NotADocument: the file that it means is no JSON document.
        """
        address, _, pointer = reference.partition("#")
        file = place.file if address == "" else self._file(address)
        if file is None:
            self.missing[address] = None
            return None
        steps = unquote(pointer).split("/")[1:]
        return Place(file, tuple(step.replace("~1", "/").replace("~0", "~") for step in steps))

    def _file(self, address: str) -> str | None:
        if address not in self._files:
            found = self._beside(address)
            if found is not None and found[0] not in self._read:
                self._read[found[0]] = json_document(found[1])
            self._files[address] = None if found is None else found[0]
        return self._files[address]
