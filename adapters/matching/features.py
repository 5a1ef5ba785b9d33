"""Turning a question and its candidates into numbers that mean the same on every master.

No feature knows what a field is called or which language a name is in, so what was learnt on one master serves another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from attrs import astuple, fields, frozen

from adapters.matching import facts, names
from adapters.matching.facts import Column, Level
from adapters.matching.index import Asked, Index
from adapters.matching.keyed import hashed
from adapters.matching.names import Likeness
from domain.identifiers import Identifier
from domain.mentions import Nature

T = TypeVar("T", bound=Identifier)
Table = npt.NDArray[np.float32]


@frozen
class Compared:
    """One candidate beside the question: its place in the index, names, and how each fact that was given agrees.

    A level is ``None`` where the record holds no value; *frequency* is how many records have the value that was given.
    *size* is the logarithm of the number of names in the master: what a word or a fact must say to single out one.
    """

    place: int
    cosine: float
    likeness: Likeness
    alias: bool
    levels: tuple[tuple[str, Level | None, int], ...]
    size: float
    namesakes: int
    holders: int
    other_name: float
    sisters: int
    fits: bool

    def weights(self, columns: Mapping[str, Column]) -> list[float]:
        """Give how much each fact that both sides have speaks for the record, in nats."""
        return [columns[what].weight(level, count) for what, level, count in self.levels if level is not None]


MOST = 12
"""Records that are compared with one question."""
_SISTERS = 4
"""Branches of the likeliest record's firm that are compared in any case."""
_RISES, _FALLS, _FREE = 1, -1, 0
_OWN = {
    "ratio": _RISES,
    "together": _RISES,
    "sorted": _RISES,
    "subset": _RISES,
    "part": _FREE,
    "prefix": _RISES,
    "asked_found": _RISES,
    "held_found": _RISES,
    "asked_left": _FALLS,
    "held_left": _FALLS,
    "conflict": _FALLS,
    "confused": _FALLS,
    "information": _RISES,
    "first": _RISES,
    "last": _RISES,
    "same": _RISES,
    "numbers": _RISES,
    "forms": _RISES,
    "length": _FREE,
    "held_length": _FREE,
}
_MORE = {
    "cosine": _RISES,
    "alias": _FREE,
    "facts": _RISES,
    "odds": _RISES,
    "net_odds": _RISES,
    "least": _RISES,
    "most": _RISES,
    "equal": _RISES,
    "differ": _FALLS,
    "absent": _FREE,
    "given": _FREE,
    "namesakes": _FALLS,
    "holders": _FALLS,
    "other_name": _FREE,
    "sisters": _FALLS,
    "lead": _RISES,
    "name_lead": _RISES,
    "near": _FALLS,
    "near_names": _FALLS,
    "rank": _FALLS,
}
OF_NAMES = (*_OWN, "cosine")
"""The features that tell how a name agrees."""
FEATURES = (*_OWN, *_MORE)
DIRECTIONS = (*_OWN.values(), *_MORE.values())
"""Whether a feature can only speak for a candidate (1), only against it (-1), or either (0)."""


def compare(index: Index[T], asked: Asked) -> list[Compared]:
    """Compare what was said with every record that may be meant, and with the sisters of the likeliest."""
    found = index.found(asked, MOST)
    sisters = index.sisters(found[0][0])[:_SISTERS] if found else []
    known = {place for place, _ in found}
    late = [(place, 0.0) for place in sisters if place not in known]
    return [compared(index, asked, place, cosine) for place, cosine in found[: MOST - len(late)] + late]


def table(columns: Mapping[str, Column], candidates: Sequence[Compared]) -> Table:
    """Give one row of features for each of *candidates*, which are all that one question has.

    Those that fit what was asked for have only each other for rivals.
    """
    fitting = [number for number, one in enumerate(candidates) if one.fits]
    rows = _table(columns, candidates)
    if 0 < len(fitting) < len(candidates):
        rows[fitting] = _table(columns, [candidates[number] for number in fitting])
    return rows


def _table(columns: Mapping[str, Column], candidates: Sequence[Compared]) -> Table:
    rows = np.zeros((len(candidates), len(FEATURES)), np.float32)
    weights = [one.weights(columns) for one in candidates]
    overall = [one.likeness.overall for one in candidates]
    totals = [name + 0.04 * sum(each) for name, each in zip(overall, weights, strict=True)]
    for number, (one, speaks) in enumerate(zip(candidates, weights, strict=True)):
        others, rivals = totals[:number] + totals[number + 1 :], overall[:number] + overall[number + 1 :]
        given = [level for _, level, _ in one.levels if level is not None]
        rows[number] = (
            *astuple(one.likeness),
            one.cosine,
            one.alias,
            sum(speaks),
            (one.likeness.information - 1) * one.size + sum(speaks),
            (one.likeness.information - 1 - one.likeness.conflict) * one.size + sum(speaks),
            min(speaks, default=0.0),
            max(speaks, default=0.0),
            sum(level is Level.EQUAL for level in given),
            sum(level is Level.DIFFERS for level in given),
            len(one.levels) - len(given),
            len(one.levels),
            log1p(one.namesakes),
            log1p(one.holders),
            one.other_name,
            log1p(one.sisters),
            totals[number] - max(others, default=0.0),
            overall[number] - max(rivals, default=0.0),
            sum(other >= totals[number] - 0.03 for other in others),
            sum(other >= overall[number] - 0.03 for other in rivals),
            number,
        )
    return rows


def compared(index: Index[T], asked: Asked, place: int, cosine: float = 0.0) -> Compared:
    """Compare what was said with one record; both must have a name that can be compared."""
    said = asked.person if index.records[place].nature is Nature.PERSON else asked.firm
    held = index.held(place)
    which = names.likest(said, held)
    values = index.values(place)
    levels = []
    for what, value in asked.facts:
        level = facts.best(value, values.get(what, ()), coded=index.columns[what].coded)
        levels.append((what, level, index.facts.count(hashed(what, value))))
    return Compared(
        place,
        cosine,
        names.compared(said, held[which], index.rarity),
        which > 0,
        tuple(levels),
        size=index.rarity.size,
        namesakes=max(index.cores.count(hashed(core)) for core in {name.core for name in held}) - 1,
        holders=asked.holders[said.core],
        other_name=names.others(said, held, which),
        sisters=sum(index.records[other].usable for other in index.sisters(place)),
        fits=asked.fits(index.records[place]),
    )


if tuple(field.name for field in fields(Likeness)) != tuple(_OWN):  # a model's columns would be other ones
    raise ImportError("the features of a name and their directions are not the same")
