"""Learning from labels: trees on the base and the site's own decisions, calibrated on scores they have not learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import frozen

from adapters.matching import facts, features
from adapters.matching.additive import fitted
from adapters.matching.base import Base, Source
from adapters.matching.facts import Column, Level
from adapters.matching.features import DIRECTIONS, FEATURES, Compared, Table
from adapters.matching.index import Index
from adapters.matching.model import Floats, Model
from adapters.matching.trees import Trees, grown
from domain.identifiers import Identifier
from domain.mentions import Mention

T = TypeVar("T", bound=Identifier)

_FOLDS = 5
_OWN_WEIGHT = 6.0
"""How much more a pair of the site itself counts than one of the base."""
_OWN_KEPT, _BASE_KEPT = 6, 4
"""Candidates of a question that are learnt from: those that are far behind teach nothing."""
_LEAST = 60
"""Labels below which the scale of the base's scores is not touched."""
_LEAD = FEATURES.index("lead")


@frozen(eq=False)
class Lesson(Generic[T]):
    """One question with a known answer: its candidates, and which of them is *right*; none if all are wrong.

    Lessons of one *entity* are never apart when some are held back: they would give each other away.
    """

    mention: Mention[T]
    candidates: Sequence[Compared]
    right: npt.NDArray[np.bool_]
    entity: int


@frozen(eq=False)
class _Pairs:
    """What a model is grown from: a row of features for each pair, whether it is right, and how much it counts."""

    rows: Table
    right: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float32]


@frozen(eq=False)
class Fitted:
    """A model, and for each lesson what a model that has not seen it makes of its candidates."""

    model: Model
    unseen: Sequence[Floats]


def lessons(index: Index[T], asked: Sequence[tuple[Mention[T], T | None]]) -> list[Lesson[T]]:
    """Compare each mention with its candidates; the second of a pair is what was meant, if the master holds it."""
    compared = [features.compare(index, index.asked(mention)) for mention, _ in asked]
    entities = _entities(index, asked, compared)
    return [
        Lesson(
            mention,
            candidates,
            np.array([index.records[one.place].id == truth for one in candidates], np.bool_),
            entity,
        )
        for (mention, truth), candidates, entity in zip(asked, compared, entities, strict=True)
    ]


def cold(sources: Sequence[Source]) -> Model:
    """Learn from *sources* alone, for a site that has taught nothing."""
    pairs = _Pairs(
        np.concatenate([source.rows for source in sources]),
        np.concatenate([source.right for source in sources]),
        np.ones(sum(len(source.right) for source in sources), np.float32),
    )
    return Model(_grown(pairs), fitted(pairs.rows, pairs.right, pairs.weights), {}, slope=1.0, offset=0.0)


def fit(index: Index[T], base: Base, taught: Sequence[Lesson[T]]) -> Fitted:
    """Learn from *taught*, pooled with *base*; while there are too few lessons to hold some back, nothing is learnt."""
    if len({lesson.entity for lesson in taught}) < _FOLDS:
        cold = base.cold
        columns = facts.taught(index.columns, cold.truth)
        return Fitted(cold, [cold.probabilities(_weighed(columns, cold.trees, lesson)) for lesson in taught])
    logits: dict[int, Floats] = {}
    for held_back in _parts(taught):
        kept = [lesson for number, lesson in enumerate(taught) if number not in held_back]
        truth = _truth(index, kept)
        columns, trees = facts.taught(index.columns, truth), _grown(_pairs(index, base, truth, kept))
        logits |= {number: _weighed(columns, trees, taught[number]) for number in held_back}
    slope, offset = _scale(taught, [logits[number] for number in range(len(taught))])
    truth = _truth(index, taught)
    pairs = _pairs(index, base, truth, taught)
    model = Model(_grown(pairs), fitted(pairs.rows, pairs.right, pairs.weights), truth, slope, offset)
    return Fitted(model, [model.probabilities(logits[number]) for number in range(len(taught))])


def rows(table: Table, right: npt.NDArray[np.bool_], most: int) -> tuple[Table, npt.NDArray[np.bool_]]:
    """Give the *most* rows that are furthest ahead, and the right one."""
    ahead = np.argsort(-table[:, _LEAD], kind="stable")[:most]
    kept = np.union1d(ahead, np.flatnonzero(right))
    return table[kept], right[kept]


def base_rows(index: Index[T], taught: Sequence[Lesson[T]]) -> tuple[Table, npt.NDArray[np.bool_]]:
    """Give what a set adds to the base."""
    return _stacked(index, _truth(index, taught), taught, _BASE_KEPT)


def _pairs(index: Index[T], base: Base, truth: Mapping[str, tuple[float, ...]], taught: Sequence[Lesson[T]]) -> _Pairs:
    own, right = _stacked(index, truth, taught, _OWN_KEPT)
    return _Pairs(
        np.concatenate([own, *(source.rows for source in base.sources)]),
        np.concatenate([right, *(source.right for source in base.sources)]),
        np.repeat(
            np.array([_OWN_WEIGHT, *(1.0 for _ in base.sources)], np.float32),
            [len(right), *(len(source.right) for source in base.sources)],
        ),
    )


def _grown(pairs: _Pairs) -> Trees:
    return grown(pairs.rows, pairs.right, pairs.weights, DIRECTIONS)


def _weighed(columns: Mapping[str, Column], trees: Trees, lesson: Lesson[T]) -> Floats:
    return trees.logits(features.table(columns, lesson.candidates)) if lesson.candidates else np.empty(0)


def _truth(index: Index[T], taught: Sequence[Lesson[T]]) -> dict[str, tuple[float, ...]]:
    seen: dict[str, Counter[Level]] = {}
    for lesson in taught:
        for one, right in zip(lesson.candidates, lesson.right, strict=True):
            for what, level, _ in one.levels if right else ():
                if level is not None:
                    seen.setdefault(what, Counter())[level] += 1
    return facts.learnt(index.columns, seen)


def _stacked(
    index: Index[T], truth: Mapping[str, tuple[float, ...]], taught: Sequence[Lesson[T]], most: int
) -> tuple[Table, npt.NDArray[np.bool_]]:
    columns = facts.taught(index.columns, truth)
    kept = [
        rows(features.table(columns, lesson.candidates), lesson.right, most) for lesson in taught if lesson.candidates
    ]
    none: Table = np.empty((0, len(FEATURES)), np.float32)
    return (
        np.concatenate([none, *(table for table, _ in kept)]),
        np.concatenate([np.empty(0, np.bool_), *(right for _, right in kept)]),
    )


def _parts(taught: Sequence[Lesson[T]]) -> Iterator[frozenset[int]]:
    entities = np.random.default_rng(1).permutation(np.unique([lesson.entity for lesson in taught]))
    for part in range(_FOLDS):
        chosen = {int(entity) for entity in entities[part::_FOLDS]}
        yield frozenset(number for number, lesson in enumerate(taught) if lesson.entity in chosen)


def _scale(taught: Sequence[Lesson[T]], logits: Sequence[Floats]) -> tuple[float, float]:
    """Fit the sigmoid that makes the first candidates' scores come true as often as they say.

    Each entity counts once: what is asked again and again is wrong again and again, and tells nothing of the next one.
    """
    from sklearn.linear_model import LogisticRegression

    first = [(lesson, each) for lesson, each in zip(taught, logits, strict=True) if len(each)]
    right = [bool(lesson.right[each.argmax()]) for lesson, each in first]
    if len(first) < _LEAST or all(right) or not any(right):
        return 1.0, 0.0
    asked = Counter(lesson.entity for lesson, _ in first)
    counts = [1 / asked[lesson.entity] for lesson, _ in first]
    sigmoid = LogisticRegression(C=100.0)
    sigmoid.fit(np.array([[each.max()] for _, each in first]), right, sample_weight=counts)
    slope, offset = float(sigmoid.coef_[0, 0]), float(sigmoid.intercept_[0])
    return (slope, offset) if slope > 0 else (1.0, log(sum(right) / (len(right) - sum(right))))


def _entities(
    index: Index[T], asked: Sequence[tuple[Mention[T], T | None]], compared: Sequence[Sequence[Compared]]
) -> list[int]:
    """Number what was meant: one that the master lacks is known by its words, and by the record that is likest."""
    leads: dict[str, str] = {}

    def root(key: str) -> str:
        while (above := leads.setdefault(key, key)) != key:
            key = above
        return key

    roots = []
    for (mention, truth), candidates in zip(asked, compared, strict=True):
        name = root(f"name {index.asked(mention).firm.core}")
        if truth is not None:
            roots.append(f"record {truth.text}")
            continue
        if candidates:
            leads[name] = root(f"like {index.records[candidates[0].place].id.text}")
        roots.append(name)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(root(key), len(numbers)) for key in roots]
