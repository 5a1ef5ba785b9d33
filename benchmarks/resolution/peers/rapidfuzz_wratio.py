"""rapidfuzz's weighted ratio: the best of its ratios, which forgives what is left out."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from benchmarks.resolution.peers.answers import Answer
from benchmarks.resolution.peers.names import Name
from benchmarks.resolution.peers.scan import scanned
from benchmarks.resolution.rows import QuestionRow


def answers(names: Sequence[Name], questions: Sequence[QuestionRow]) -> Sequence[Answer]:
    """Answer each question, in order; scores are from 0 to 100."""
    return scanned(names, questions, fuzz.WRatio)
