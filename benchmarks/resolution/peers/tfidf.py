"""Character n-grams weighed by their rarity: the cosine of two names, by inverted lists.

It answers by itself, and finds the candidates that splink compares.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.resolution.peers.answers import Answer, answer
from benchmarks.resolution.peers.names import Name, core
from benchmarks.resolution.rows import QuestionRow

_NAMES, _RECORDS = 36, 12
"""The nearest names that are looked at, and the records that are handed on; one may have several names."""


@frozen
class Nearest:
    """The *answer* by the cosine alone, and the nearest *records*, of which each shares an n-gram with the question."""

    answer: Answer
    records: tuple[str, ...]


def nearest(names: Sequence[Name], questions: Sequence[QuestionRow]) -> Sequence[Nearest]:
    """Find the records nearest to each question, in order; scores are cosines."""
    lists = _InvertedLists([core(name.text) for name in names])
    found = []
    for question in questions:
        cosines = lists.cosines(core(question.name))
        near = np.argpartition(-cosines, min(_NAMES, len(cosines) - 1))[:_NAMES]
        near = near[np.argsort(-cosines[near])]
        scored = [(names[place].record, float(cosines[place])) for place in near]
        alike = dict.fromkeys(record for record, cosine in scored if cosine > 0)
        found.append(Nearest(answer(scored), tuple(alike)[:_RECORDS]))
    return found


class _InvertedLists:
    """For each n-gram, the texts that hold it and what it weighs there."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._vectorizer = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32, lowercase=False
        )
        self._lists = self._vectorizer.fit_transform(texts).T.tocsr()
        self._length = len(texts)

    def cosines(self, text: str) -> NDArray[np.float32]:
        """Give the cosine with every text, in their order."""
        lists, cosines = self._lists, np.zeros(self._length, np.float32)
        asked = self._vectorizer.transform([text])
        for gram, weight in zip(asked.indices, asked.data, strict=True):
            held = slice(lists.indptr[gram], lists.indptr[gram + 1])
            cosines[lists.indices[held]] += weight * lists.data[held]
        return cosines
