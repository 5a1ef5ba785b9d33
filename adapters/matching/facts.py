"""Comparing what was said besides the name: how well two values agree, and how much that says.

What a fact is about means nothing here; a `Column` learns from the master's own values whether they are codes, dates,
classes or free text, and how often two records agree by chance.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from math import log

from attrs import evolve, frozen
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from adapters.matching.texts import plain

_PAIRS = 4000
"""Pairs of records drawn to see how often values agree by chance."""

_DIGITS = re.compile(r"\d")


class Level(IntEnum):
    """How well two values agree."""

    DIFFERS = 0
    PARTLY = 1
    NEARLY = 2
    EQUAL = 3


PRIOR = (0.10, 0.05, 0.05, 0.80)
"""How often the right record's value agrees at each level, before anything was learnt."""


@frozen
class Column:
    """What the master's values of one kind of fact look like.

    *coded* values are dates, postcodes and numbers, where one wrong character matters. *chance* is the share of
    random pairs at each level, *truth* that of right ones, *held* the number of values.
    """

    coded: bool
    chance: tuple[float, ...]
    held: int
    truth: tuple[float, ...] = PRIOR

    def weight(self, level: Level, frequency: int) -> float:
        """Give how much *level* speaks for the record, in nats; *frequency* is how many records have the value."""
        by_chance = (frequency + 1) / (self.held + 2) if level is Level.EQUAL else self.chance[level]
        return log(self.truth[level] / by_chance)


def column(values: Sequence[str]) -> Column:
    """Describe a kind of fact by its normal *values*, one for each record that has it."""
    filled = [value for value in values if value]
    digits = sum(len(_DIGITS.findall(value)) for value in filled)
    coded = digits * 2 > sum(len(value.replace(" ", "")) for value in filled)
    coded = coded or (bool(filled) and sum(_code(value) for value in filled) * 2 > len(filled))
    draw = random.Random(len(filled))  # noqa: S311 -- a sample of pairs, the same for the same master
    pairs = [(draw.choice(filled), draw.choice(filled)) for _ in range(min(_PAIRS, len(filled) * 4))]
    seen = Counter(compared(one, other, coded=coded) for one, other in pairs)
    return Column(coded, tuple((seen[level] + 0.5) / (len(pairs) + 2) for level in Level), len(filled))


def value(text: str) -> str:
    """Give a fact's value in the form in which it is compared."""
    return plain(text)


def compared(one: str, other: str, *, coded: bool) -> Level:
    """Compare two normal values, neither of them empty."""
    if one == other:
        return Level.EQUAL
    return _codes(one.replace(" ", ""), other.replace(" ", "")) if coded else _texts(one, other)


def best(asked: str, held: Sequence[str], *, coded: bool) -> Level | None:
    """Give the best agreement of *asked* with any value *held*; ``None`` if there is none."""
    levels = [compared(asked, one, coded=coded) for one in held if one]
    return max(levels) if levels else None


def learnt(
    columns: Iterable[str], seen: Mapping[str, Counter[Level]], strength: float = 20
) -> dict[str, tuple[float, ...]]:
    """Give how often values agree at each level, by what was *seen* of right records; the prior counts *strength*."""
    found = {}
    for about in columns:
        counts = seen.get(about, Counter())
        whole = sum(counts.values()) + strength
        found[about] = tuple((counts[level] + strength * PRIOR[level]) / whole for level in Level)
    return found


def taught(columns: Mapping[str, Column], truth: Mapping[str, tuple[float, ...]]) -> dict[str, Column]:
    """Give *columns* with the *truth* that was learnt of each."""
    return {about: evolve(column, truth=truth.get(about, PRIOR)) for about, column in columns.items()}


def _code(value: str) -> bool:
    compact = value.replace(" ", "")
    digits = len(_DIGITS.findall(compact))
    return digits > 0 and len(compact) <= 12 and digits * 3 >= len(compact)


def _codes(one: str, other: str) -> Level:
    if one == other:
        return Level.EQUAL
    if len(one) == 8 == len(other) and one.isdigit() and other.isdigit():
        return _dates(one, other)
    if len(one) == 4 == len(other) and one.isdigit() and other.isdigit() and abs(int(one) - int(other)) <= 1:
        return Level.NEARLY
    slips = OSA.distance(one, other, score_cutoff=2)
    if slips <= 1 and min(len(one), len(other)) > 4:
        return Level.NEARLY
    half = max(2, min(len(one), len(other)) // 2)
    return Level.PARTLY if slips <= 2 < len(one) // 2 or one[:half] == other[:half] else Level.DIFFERS


def _dates(one: str, other: str) -> Level:
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return Level.NEARLY
    if one[:4] == other[:4]:
        known = "0101" not in (one[4:], other[4:])
        return Level.PARTLY if known else Level.NEARLY
    return Level.PARTLY if OSA.distance(one, other, score_cutoff=2) <= 2 or one[4:] == other[4:] else Level.DIFFERS


def _texts(one: str, other: str) -> Level:
    if max(JaroWinkler.similarity(one, other), fuzz.token_sort_ratio(one, other) / 100) >= 0.92:
        return Level.NEARLY
    return Level.PARTLY if fuzz.token_set_ratio(one, other) >= 80 else Level.DIFFERS
