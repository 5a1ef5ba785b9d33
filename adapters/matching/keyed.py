"""Rows by key, without an object for each: sorted hashes and the rows beside them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from attrs import frozen

Rows = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]
_NONE: Rows = np.empty(0, np.int32)


def hashed(*parts: str) -> int:
    """Give 64 bits that stand for *parts* in every process and on every machine."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).digest(), "little")


@frozen(eq=False)
class Keyed:
    """Which rows have a key; a row may have several, and a key may have many rows."""

    hashes: Hashes
    rows: Rows

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> Keyed:
        """Index *pairs* of a hashed key and a row; a pair that occurs twice counts once."""
        hashes, places = array("Q"), array("i")
        for key, row in pairs:
            hashes.append(key)
            places.append(row)
        keys, rows = np.frombuffer(hashes, np.uint64), np.frombuffer(places, np.int32)
        order = np.lexsort((rows, keys))
        keys, rows = keys[order], rows[order]
        if len(keys):
            first = np.r_[True, (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])]
            keys, rows = keys[first], rows[first]
        return cls(keys, rows)

    def get(self, key: int) -> Rows:
        """Give the rows of a hashed key, in rising order."""
        low, high = self._range(key)
        return self.rows[low:high] if high > low else _NONE

    def count(self, key: int) -> int:
        """Count the rows of a hashed key."""
        low, high = self._range(key)
        return high - low

    def _range(self, key: int) -> tuple[int, int]:
        wanted = np.uint64(key)
        return int(self.hashes.searchsorted(wanted, "left")), int(self.hashes.searchsorted(wanted, "right"))
