"""What a person is told about a candidate: which field agrees and how, never a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from adapters.matching.facts import Column, Level
from adapters.matching.features import Compared
from adapters.matching.index import Asked, canonical
from adapters.matching.names import Likeness
from domain.identifiers import Identifier
from domain.matching import (
    ABSENT,
    DIFFERS,
    EQUAL,
    KEY,
    LEGAL_FORM,
    NAME,
    NEARLY,
    PARTLY,
    REARRANGED,
    TAX_NUMBER,
    MasterRecord,
)
from domain.mentions import Mention
from domain.resolution import Evidence

T = TypeVar("T", bound=Identifier)

_LEVELS = {Level.EQUAL: EQUAL, Level.NEARLY: NEARLY, Level.PARTLY: PARTLY, Level.DIFFERS: DIFFERS, None: ABSENT}
_UNLIKE, _LIKE = 0.4, 0.8
"""Below the first a name has nothing in common with another, above the second it is nearly the same."""

_told = lru_cache(maxsize=4096)(Evidence)
"""Evidence is the same again and again, and takes long to check."""


def evidence(
    mention: Mention[T], asked: Asked, record: MasterRecord[T], one: Compared | None, columns: Mapping[str, Column]
) -> tuple[Evidence, ...]:
    """Tell how *record* compares with *mention*, identifiers first; *one* is ``None`` if it has no name to compare."""
    found = list(_identifiers(mention, asked, record))
    if one is not None and mention.said.strip() != record.id.text:
        found.append(_told(NAME, _named(one.likeness)))
    if one is not None and one.namesakes:
        found.append(_told("namesakes", f"{one.namesakes} more in the master"))
    for about, given, held in (("nature", mention.nature, record.nature), ("role", mention.role, record.role)):
        if given is not None:
            found.append(_told(about, ABSENT if held is None else EQUAL if given is held else DIFFERS))
    return (*found, *(_facts(one, columns) if one is not None else ()))


def _identifiers(mention: Mention[T], asked: Asked, record: MasterRecord[T]) -> Iterator[Evidence]:
    if record.id.text in asked.keys:
        yield _told(KEY, EQUAL)
    elif mention.reference:
        yield _told(KEY, DIFFERS)
    if mention.tax_number:
        held = {number for written in record.tax_numbers for number in canonical(written)}
        yield _told(TAX_NUMBER, EQUAL if held & set(asked.numbers) else DIFFERS if held else ABSENT)


def _named(likeness: Likeness) -> str:
    if likeness.same == 1:
        return EQUAL
    if likeness.same >= 0.9:
        return LEGAL_FORM
    if likeness.same >= 0.8:
        return REARRANGED
    if likeness.asked_found > 0.999:
        return "all that was said agrees, and the record has more words"
    if likeness.held_found > 0.999:
        return "all that the record has agrees, and more was said"
    if min(likeness.asked_found, likeness.held_found) >= _LIKE:
        return NEARLY
    return DIFFERS if max(likeness.overall, likeness.together) < _UNLIKE else PARTLY


def _facts(one: Compared, columns: Mapping[str, Column]) -> list[Evidence]:
    """Give the facts that say most first."""
    weighed = [
        (0.0 if level is None else abs(columns[what].weight(level, count)), _told(what, _LEVELS[level]))
        for what, level, count in one.levels
    ]
    return [each for _, each in sorted(weighed, key=lambda pair: -pair[0])]
