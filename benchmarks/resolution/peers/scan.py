"""Comparing a question with every name of the master, as most integrations begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rapidfuzz import process, utils

from benchmarks.resolution.peers.answers import Answer, answer
from benchmarks.resolution.peers.names import Name
from benchmarks.resolution.rows import QuestionRow

_KEPT = 8
"""Names kept of each scan: enough for two records, unless one of them has seven names that fit better."""


class Scorer(Protocol):
    """How alike two texts are, from 0 to 100."""

    def __call__(self, s1: str, s2: str, /, *, score_cutoff: float | None = None) -> float:
        """Compare two texts; below *score_cutoff* the answer may be 0."""
        ...


def scanned(names: Sequence[Name], questions: Sequence[QuestionRow], scorer: Scorer) -> Sequence[Answer]:
    """Answer each question with the record whose name *scorer* finds most like it."""
    texts = [utils.default_process(name.text) for name in names]
    answers = []
    for question in questions:
        asked = utils.default_process(question.name)
        found = process.extract(asked, texts, scorer=scorer, processor=None, limit=_KEPT)
        answers.append(answer((names[place].record, score) for _, score, place in found))
    return answers
