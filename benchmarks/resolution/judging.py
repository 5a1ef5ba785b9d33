"""Judging answers by the rules of the house: the threshold is certified on ``cal``, and counts on ``test`` alone."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from benchmarks.resolution.rows import QuestionRow
from domain.certificates import tolerable, upper

DOUBT = 0.05


@frozen(kw_only=True)
class Judged:
    """What a resolver did on the test questions; shares are of one.

    *threshold* is ``None`` where nothing could be certified, and then nothing is *answered*. *wrong_rate* is wrong
    answers per question asked. *halted_right* is the share of what had to be halted, since the master does not hold
    it, that was. *top1* is the share of what the master holds for which the first candidate was the right one.
    """

    threshold: float | None
    asked: int
    answered: float
    wrong: int
    wrong_rate: float
    wrong_upper95: float
    halted_right: float
    top1: float


def judge(
    questions: Sequence[QuestionRow],
    best: Sequence[str | None],
    score: Sequence[float],
    second: Sequence[float] | None,
    bound: float,
) -> Judged:
    """Certify a threshold on the ``cal`` questions and count on the others.

    *best* is the first candidate, *score* how sure it is on any scale that rises, *second* the score of the runner-up.
    Where it is given, the score's lead is tried as well, and what answers more of the ``cal`` questions is used.
    """
    right = [answer is not None and answer == row.truth for row, answer in zip(questions, best, strict=True)]
    scales = [list(score)]
    if second is not None:
        scales.append([2 * one - other for one, other in zip(score, second, strict=True)])
    chosen: tuple[Sequence[float], float | None] = (scales[0], None)
    most = -1
    for scale in scales:
        threshold = certified(
            [value for value, row in zip(scale, questions, strict=True) if row.cal],
            [fine for fine, row in zip(right, questions, strict=True) if row.cal],
            bound,
        )
        answers = sum(
            threshold is not None and value >= threshold for value, row in zip(scale, questions, strict=True) if row.cal
        )
        if answers > most:
            chosen, most = (scale, threshold), answers
    return _counted(questions, right, *chosen)


def certified(score: Sequence[float], right: Sequence[bool], bound: float) -> float | None:
    """Give the lowest threshold whose upper bound of wrong answers per question is within *bound*, or ``None``."""
    allowed = tolerable(len(score), bound, DOUBT)
    ranked = sorted(zip(score, right, strict=True), key=lambda pair: -pair[0])
    best, wrong = None, 0
    for place, (value, fine) in enumerate(ranked):
        wrong += not fine
        if wrong > allowed:
            break
        if place + 1 == len(ranked) or ranked[place + 1][0] != value:
            best = value
    return best


def calibration_error(score: Sequence[float], right: Sequence[bool], bins: int = 15) -> float:
    """Give the mean distance between what was promised and what came true, in bins of equal size."""
    ranked = sorted(zip(score, right, strict=True), key=lambda pair: pair[0])
    size, longer = divmod(len(ranked), bins)
    error, start = 0.0, 0
    for number in range(bins):
        stop = start + size + (number < longer)
        part = ranked[start:stop]
        error += abs(sum(value for value, _ in part) - sum(fine for _, fine in part)) / max(1, len(ranked))
        start = stop
    return error


def _counted(
    questions: Sequence[QuestionRow], right: Sequence[bool], score: Sequence[float], threshold: float | None
) -> Judged:
    test = [
        (row, fine, threshold is not None and value >= threshold)
        for row, fine, value in zip(questions, right, score, strict=True)
        if not row.cal
    ]
    asked, wrong = len(test), sum(acted and not fine for _, fine, acted in test)
    held = [(fine, acted) for row, fine, acted in test if row.truth is not None]
    absent = [acted for row, _, acted in test if row.truth is None]
    return Judged(
        threshold=threshold,
        asked=asked,
        answered=sum(acted for _, _, acted in test) / max(1, asked),
        wrong=wrong,
        wrong_rate=wrong / max(1, asked),
        wrong_upper95=upper(wrong, asked, DOUBT),
        halted_right=1 - sum(absent) / max(1, len(absent)),
        top1=sum(fine for fine, _ in held) / max(1, len(held)),
    )
