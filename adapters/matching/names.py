"""Comparing two names word by word, where a rare word says more than a frequent one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from attrs import frozen
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from adapters.matching.texts import Name, numbers


@frozen(eq=False)
class Rarity:
    """How rare words are among the names of a master: *frequency* counts names, of which there are *total*."""

    frequency: Mapping[str, int]
    total: int

    @property
    def size(self) -> float:
        """The logarithm of the number of names: what a word says that no name has."""
        return log(2 * self.total + 2)

    def of(self, word: str) -> float:
        """Give from near 0 for a word that every name has to about 1 for one that no name has."""
        return log((self.total + 1) / (self.frequency.get(word, 0) + 0.5)) / self.size


@frozen
class Likeness:
    """How one name compares with another; shares are of one, rarities as `Rarity` gives them."""

    ratio: float
    together: float
    sorted: float
    subset: float
    part: float
    prefix: float
    asked_found: float
    held_found: float
    asked_left: float
    held_left: float
    conflict: float
    confused: float
    information: float
    first: float
    last: float
    same: float
    numbers: float
    forms: float
    length: float
    held_length: float

    @property
    def overall(self) -> float:
        """One figure by which names are put in order, before anything was learnt."""
        return 0.3 * self.sorted + 0.2 * self.ratio + 0.3 * self.asked_found + 0.2 * self.held_found


def likest(asked: Name, held: Sequence[Name]) -> int:
    """Give the place of the name among *held* that is worth comparing properly."""
    if len(held) == 1:
        return 0
    one = asked.core
    likeness = [2 * fuzz.token_sort_ratio(one, other.core) + fuzz.token_set_ratio(one, other.core) for other in held]
    return likeness.index(max(likeness))


def others(asked: Name, held: Sequence[Name], which: int) -> float:
    """Give how well the names of a record agree of which *which* is not one; 1 if it has no other."""
    rest = [fuzz.token_set_ratio(asked.core, one.core) / 100 for number, one in enumerate(held) if number != which]
    return min(rest, default=1.0)


def compared(asked: Name, held: Name, rarity: Rarity) -> Likeness:
    """Compare a name that was said with one that a record has; neither is empty."""
    one, other = asked.core, held.core
    words, others = one.split(), other.split()
    ours, theirs = _found(words, others, rarity), _found(others, words, rarity)
    return Likeness(
        ratio=fuzz.ratio(one, other) / 100,
        together=fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) / 100,
        sorted=fuzz.token_sort_ratio(one, other) / 100,
        subset=fuzz.token_set_ratio(one, other) / 100,
        part=fuzz.partial_ratio(one, other) / 100,
        prefix=JaroWinkler.similarity(one, other),
        asked_found=ours.share,
        held_found=theirs.share,
        asked_left=ours.left,
        held_left=theirs.left,
        conflict=min(ours.left, theirs.left),
        confused=min(ours.confused, theirs.confused),
        information=ours.information,
        first=_word(words[0], others[0]),
        last=_word(words[-1], others[-1]),
        same=_same(asked, held, words, others),
        numbers=_numbers(one, other),
        forms=_forms(asked.forms, held.forms),
        length=min(len(words), 8),
        held_length=min(len(others), 8),
    )


@frozen
class _Part:
    """How much of some words others have: weighted *share*, the rarest that is *left*, *information* in all.

    *confused* is the rarest that only nearly agrees, and is a word of other names too: Lucas is no slip for Luis.
    """

    share: float
    left: float
    information: float
    confused: float


def _found(words: list[str], others: list[str], rarity: Rarity) -> _Part:
    free = list(others)
    late = [word for word in words if not _taken(word, free)]
    exact = sum(rarity.of(word) for word in words) - sum(rarity.of(word) for word in late)
    whole, found, left, information, confused = exact, exact, 0.0, exact, 0.0
    for word in late:
        weight, agrees, likest = rarity.of(word), 0.0, ""
        if free:
            agrees, likest = max((_word(word, one), one) for one in free)
        if agrees >= 0.5:
            free.remove(likest)
            weight = min(weight, rarity.of(likest))
            found += weight * agrees
            information += weight * agrees
            if word in rarity.frequency and not likest.startswith(word) and not word.startswith(likest):
                confused = max(confused, weight)
        whole += weight
        left = max(left, weight * (1 - agrees))
    return _Part(found / max(whole, 1e-9), left, min(information, 6.0), confused)


def _taken(word: str, free: list[str]) -> bool:
    if word in free:
        free.remove(word)
        return True
    return False


def _word(one: str, other: str) -> float:
    """Compare two words: a slip, an initial and an abbreviation agree somewhat with what they may stand for."""
    if one == other:
        return 1.0
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if long.startswith(short):
        return 0.6 if len(short) == 1 else 0.8
    slips = OSA.distance(one, other, score_cutoff=3)
    if slips <= 3 and slips * 4 <= len(long):
        return 1 - 0.6 * slips * 2 / len(long)
    return 0.45 * JaroWinkler.similarity(one, other)


def _same(asked: Name, held: Name, words: list[str], others: list[str]) -> float:
    if asked.plain == held.plain:
        return 1.0
    if asked.core == held.core:
        return 0.9
    if "".join(words) == "".join(others) or sorted(words) == sorted(others):
        return 0.8
    return 0.0


def _numbers(one: str, other: str) -> float:
    ours, theirs = numbers(one), numbers(other)
    if not ours and not theirs:
        return 0.0
    return 1.0 if ours == theirs else -1.0


def _forms(ours: frozenset[str], theirs: frozenset[str]) -> float:
    if ours and theirs:
        return 1.0 if ours & theirs else -1.0
    return 0.0
