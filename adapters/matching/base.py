"""What the model starts from: compared pairs of public sets, as numbers alone.

A source that the site's own records were made from would be counted twice, and would make the site's proofs worth
nothing. It is known by a sample of its names' hashes, and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from attrs import frozen

from adapters.matching import model
from adapters.matching.features import Table
from adapters.matching.index import Index
from adapters.matching.keyed import hashed
from adapters.matching.model import Arrays, Model
from domain.identifiers import Identifier

T = TypeVar("T", bound=Identifier)

_SAMPLE = 64
_OVERLAP = 0.25
"""The share of a sample that an index must hold to be of the same source."""


@frozen(eq=False)
class Source:
    """The pairs of one set: a row of features each, and whether it is the *right* one. *sample* tells which set."""

    rows: Table
    right: npt.NDArray[np.bool_]
    sample: npt.NDArray[np.uint64]

    def is_of(self, index: Index[T]) -> bool:
        """Whether *index* holds what this source was made from."""
        known = sum(index.cores.count(int(key)) > 0 for key in self.sample)
        return known > _OVERLAP * max(1, len(self.sample))


@frozen(eq=False)
class Base:
    """The sources that are pooled with what a site teaches, and a *cold* model of them all for a site that is mute."""

    sources: tuple[Source, ...]
    cold: Model

    def beside(self, index: Index[T]) -> Base:
        """Give the sources that *index* was not made from."""
        return Base(tuple(source for source in self.sources if not source.is_of(index)), self.cold)


def sample(index: Index[T]) -> npt.NDArray[np.uint64]:
    """Give the smallest hashes of the names in *index*: any other index of those records gives the same."""
    return np.unique(np.array([hashed(one.core) for one in index.names], np.uint64))[:_SAMPLE]


def written(sources: Iterable[Source], cold: Model) -> Arrays:
    """Give *sources*, and the model that stands where nothing was learnt yet, as named arrays."""
    arrays = {f"cold_{name}": array for name, array in model.written(cold).items()}
    for number, source in enumerate(sources):
        arrays |= {f"rows{number}": source.rows, f"right{number}": source.right, f"sample{number}": source.sample}
    return arrays


def read(arrays: Mapping[str, npt.NDArray[np.generic]]) -> Base:
    """Read what `written` gave.

    Raises:
        ValueError, KeyError: it is something else, or was made for other features.
    """
    cold = model.read({name.removeprefix("cold_"): arrays[name] for name in arrays if name.startswith("cold_")})
    count = sum(name.startswith("rows") for name in arrays)
    sources = (
        Source(
            arrays[f"rows{number}"].astype(np.float32),
            arrays[f"right{number}"].astype(np.bool_),
            arrays[f"sample{number}"].astype(np.uint64),
        )
        for number in range(count)
    )
    return Base(tuple(sources), cold)


@lru_cache(maxsize=1)
def shipped() -> Base:
    """Give the base that comes with the package."""
    with (files("adapters.matching") / "base.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return read({name: arrays[name] for name in arrays.files})
