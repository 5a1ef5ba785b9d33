"""What a peer answers to a question: its best record, and by how far."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

NOTHING = -50.0
"""What a record that is not there scores; splink's weights are logarithms, and reach well below zero."""


@frozen
class Answer:
    """The *best* record, ``None`` if none was found, with its score and that of the *second*, on the peer's scale."""

    best: str | None
    score: float
    second: float


def answer(scored: Iterable[tuple[str, float]]) -> Answer:
    """Choose among records with their scores; one that comes several times counts with its highest.

    Of records that tie, the one that came first is the best.
    """
    highest: dict[str, float] = {}
    for record, score in scored:
        if score > highest.get(record, float("-inf")):
            highest[record] = score
    ranked = sorted(highest.items(), key=lambda pair: -pair[1])
    best, score = ranked[0] if ranked else (None, NOTHING)
    return Answer(best, score, ranked[1][1] if len(ranked) > 1 else NOTHING)
