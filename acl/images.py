"""What of a record a command is about, by the domain's own paths: the same for every vendor."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.identifiers import LineNumber
from domain.images import UNREAD, Image

_STEP = re.compile(r"(?P<name>\w+)(?:\[(?P<place>[1-9][0-9]*)\])?")


def image_of(record: object, paths: Iterable[str], *, line: LineNumber | None = None) -> Image:
    """Give what stands under *paths* in an aggregate; a path that leads nowhere is left out, as not read.

    ``lines[2].price`` is the price of the second line, and ``lines.price`` that of the one *line* which the command
    names.
    """
    found = {path: _at(record, path, line) for path in paths}
    return Image.of({path: value for path, value in found.items() if value is not UNREAD})


def _at(value: object, path: str, line: LineNumber | None) -> object:
    for step in path.split("."):
        told = _STEP.fullmatch(step)
        if told is None or value is None:
            return UNREAD
        value = _one(getattr(value, told["name"], UNREAD), told["place"], line, last=path.endswith(step))
    return value


def _one(value: object, place: str | None, line: LineNumber | None, *, last: bool) -> object:
    if not isinstance(value, tuple) or (last and place is None):
        return value
    if place is None:
        return next((each for each in value if each.number == line), UNREAD)
    return value[int(place) - 1] if int(place) <= len(value) else UNREAD
