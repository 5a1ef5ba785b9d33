"""Finding names that share rare runs of three letters: inverted lists of character trigrams, weighted by TF-IDF.

A trigram lies within one word, whose ends count as characters. It is known by a hash of 18 bits; the few that collide
blur the order a little, and what is found is compared properly afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int32]
_AT_ONCE = 10_000
"""Names that are taken apart together: enough to be fast, few enough to need little memory."""
_BITS = 18
_SIZE = 1 << _BITS


@frozen(eq=False)
class Grams:
    """The inverted lists of some names: *starts* bounds each trigram's part of *rows* and *weights*."""

    starts: Ints
    rows: Rows
    weights: Floats
    rarity: Floats
    size: int

    @classmethod
    def of(cls, names: Sequence[str]) -> Grams:
        """Index *names*, each by its place."""
        parts = [_counted(names, start) for start in range(0, len(names), _AT_ONCE)]
        each = np.zeros(_SIZE, np.int64)
        for of, _, _ in parts:
            each += np.bincount(of, minlength=_SIZE)
        rarity = (np.log((1 + len(names)) / (1 + each)) + 1).astype(np.float32)
        starts = np.r_[0, np.cumsum(each)]
        rows, weights, free = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32), starts[:-1].copy()
        for number, (of, owners, counts) in enumerate(parts):
            first = number * _AT_ONCE
            heavy = (1 + np.log(counts, dtype=np.float32)) * rarity[of]
            length = np.sqrt(np.bincount(owners - first, heavy * heavy))
            places = free[of] + _nth(of)
            rows[places], weights[places] = owners, heavy / length[owners - first]
            free += np.bincount(of, minlength=_SIZE)
        return cls(starts, rows, weights, rarity, len(names))

    def likeness(self, name: str) -> Floats:
        """Give the cosine of *name* with every name of the index."""
        found: Floats = np.zeros(self.size, np.float32)
        grams, _ = _trigrams([name])
        for gram, weight in zip(*self._weighted(grams), strict=True):
            low, high = self.starts[gram], self.starts[gram + 1]
            found[self.rows[low:high]] += self.weights[low:high] * weight
        return found

    def _weighted(self, grams: Ints) -> tuple[Ints, Floats]:
        kinds, counts = np.unique(grams, return_counts=True)
        weights = (1 + np.log(counts)) * self.rarity[kinds]
        length = float(np.sqrt((weights**2).sum()))
        return kinds, (weights / max(length, 1e-9)).astype(np.float32)


def _nth(grams: Rows) -> Ints:
    """Number the equals among sorted *grams*: 0 for the first, 1 for the next."""
    new = np.r_[True, grams[1:] != grams[:-1]][: len(grams)]
    places = np.arange(len(grams))
    return places - np.maximum.accumulate(np.where(new, places, 0))


def _counted(names: Sequence[str], start: int) -> tuple[Rows, Rows, Rows]:
    """Give the trigrams of some names, whose they are, and how often each occurs in one name."""
    grams, owners = _trigrams(names[start : start + _AT_ONCE])
    pairs, counts = np.unique((grams << 32) | (owners + start), return_counts=True)
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32), counts.astype(np.int32)


def _trigrams(names: Sequence[str]) -> tuple[Ints, Ints]:
    text = "".join(f" {name} \n" for name in names)
    letters = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    if len(letters) < 3:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    owners = np.cumsum(letters == ord("\n"))[:-2]
    first, middle, last = letters[:-2], letters[1:-1], letters[2:]
    within = (middle != ord(" ")) & (first != ord("\n")) & (middle != ord("\n")) & (last != ord("\n"))
    hashes = (first * 1_000_003 + middle * 8_191 + last * 131) * 2_654_435_761 >> 7 & (_SIZE - 1)
    return hashes[within], owners[within]
