"""What a person is told about a candidate: which field agrees and how, never a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from math import log
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from attrs import frozen

from adapters.matching.facts import Level
from adapters.matching.features import FEATURES, Compared
from adapters.matching.index import Asked, canonical
from adapters.matching.names import Likeness
from domain.identifiers import Identifier
from domain.matching import (
    ABSENT,
    BRANCHES,
    DIFFERS,
    EQUAL,
    KEY,
    LEGAL_FORM,
    NAME,
    NAMESAKES,
    NEARLY,
    PARTLY,
    REARRANGED,
    RIVALS,
    TAX_NUMBER,
    MasterRecord,
)
from domain.mentions import Mention
from domain.resolution import Evidence

T = TypeVar("T", bound=Identifier)

_LEVELS = {Level.EQUAL: EQUAL, Level.NEARLY: NEARLY, Level.PARTLY: PARTLY, Level.DIFFERS: DIFFERS, None: ABSENT}
_UNLIKE, _LIKE = 0.4, 0.8
"""Below the first a name has nothing in common with another, above the second it is nearly the same."""

_LEAD, _NEAR = FEATURES.index("lead"), FEATURES.index("near")

_told = lru_cache(maxsize=4096)(Evidence)
"""Evidence is the same again and again, and takes long to check."""


@frozen(eq=False)
class Weighed:
    """A candidate beside its rivals: its features in their company, and how many times likelier they make it.

    *facts* are the odds of what it was compared in, in that order.
    """

    one: Compared
    row: npt.NDArray[np.float32]
    odds: Mapping[str, float]
    facts: Sequence[float | None]

    def factor(self, about: str) -> Decimal:
        """Give the odds of its name, or of what stands beside it."""
        return _rounded(self.odds[about])


def _rounded(odds: float) -> Decimal:
    """Give two figures: more would promise what no sample shows."""
    return Decimal(f"{float(f'{odds:.2g}'):g}")


def evidence(
    mention: Mention[T], asked: Asked, record: MasterRecord[T], weighed: Weighed | None
) -> tuple[Evidence, ...]:
    """Tell how *record* compares with *mention*, identifiers first; *weighed* is ``None`` if it has no name."""
    found = list(_identifiers(mention, asked, record))
    if weighed is not None and mention.said.strip() != record.id.text:
        found.append(_told(NAME, _named(weighed.one.likeness), weighed.factor(NAME)))
    if weighed is not None:
        found += _beside_others(weighed)
    for about, given, held in (("nature", mention.nature, record.nature), ("role", mention.role, record.role)):
        if given is not None:
            found.append(_told(about, ABSENT if held is None else EQUAL if given is held else DIFFERS))
    return (*found, *(_facts(weighed) if weighed is not None else ()))


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


def _beside_others(weighed: Weighed) -> Iterator[Evidence]:
    one = weighed.one
    if one.namesakes:
        yield _told(NAMESAKES, f"{one.namesakes} more in the master", weighed.factor(NAMESAKES))
    if one.sisters:
        yield _told(BRANCHES, f"{one.sisters} more of one firm", weighed.factor(BRANCHES))
    lead, near = weighed.row[_LEAD], int(weighed.row[_NEAR])
    rivals = "one is more like" if lead < 0 else f"{near} as like" if near else "none as like"
    yield _told(RIVALS, rivals, weighed.factor(RIVALS))


def _facts(weighed: Weighed) -> list[Evidence]:
    """Give the facts that say most first; what is not on the record says nothing."""
    pairs = zip(weighed.one.levels, weighed.facts, strict=True)
    said = sorted(pairs, key=lambda pair: -abs(log(pair[1] or 1.0)))
    return [_told(what, _LEVELS[level], odds and _rounded(odds)) for (what, level, _), odds in said]
