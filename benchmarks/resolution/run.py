"""Measuring the resolver on one labelled set: what it answers, how often wrongly, how sure it is, how fast.

It learns and calibrates on ``cal`` alone, and is judged on ``test`` alone. What the set itself has given to the base of
the model is left out of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import cast

from attrs import asdict, evolve, frozen

from adapters.matching import base, learning
from adapters.matching.index import Index
from adapters.matching.proving import unlearnt
from adapters.matching.ranking import Ranker
from benchmarks.resolution import rows, site, speed
from benchmarks.resolution.judging import Judged, calibration_error, judge
from benchmarks.resolution.rows import MasterRow, QuestionRow
from domain.certificates import Certificate, Trial, certify
from domain.deciding import Chosen, decide, trial
from domain.identifiers import SupplierId
from domain.matching import Ranking

Told = Callable[[str], None]
_SEED = 1


@frozen
class _Answer:
    """What the resolver made of one question: the first candidate, its probability, and the score after all halts."""

    best: str | None
    sure: float
    score: float


def measure(*, folder: str, bound: float, labels: int, records: int, no_peers: bool, told: Told) -> dict[str, object]:
    """Run the benchmark; *told* is given a line of progress now and then.

    *labels* is how many of the ``cal`` questions are known, 0 for all; *records* to how many the master is blown up to
    see the speed, 0 for as it is.

    Raises:
        SystemExit: the folder holds no labelled set, or *bound* is no share.
    """
    if not 0 < bound < 1:
        raise SystemExit(f"the bound is a share between 0 and 1, such as 0.01, not {bound}")
    master, questions = rows.master(Path(folder)), _drawn(rows.questions(Path(folder)), labels)
    told(f"{len(master)} records, {len(questions)} questions: indexing, then learning from cal")
    index = Index.of(site.records(master, questions))
    ranker, answers = _answered(index, questions, told)
    certificate = _certified(questions, answers, bound)
    judged = judge(questions, [one.best for one in answers], _from(certificate.threshold, answers), None, bound)
    test = [(one, row) for one, row in zip(answers, questions, strict=True) if not row.cal]
    told("asking again with twins of what was answered")
    twins = _twins(ranker, questions, answers, certificate)
    told("timing")
    timed = speed.measured(master, questions, ranker.model, records)
    result: dict[str, object] = {
        "answered": judged.answered,
        "wrong_rate": judged.wrong_rate,
        "wrong_upper95": judged.wrong_upper95,
        "halted_right": judged.halted_right,
        "top1": judged.top1,
        "ece": calibration_error([one.sure for one, _ in test], [one.best == row.truth for one, row in test]),
        **timed,
        "twins_answered": twins,
        "threshold": judged.threshold,
        "labels": sum(row.cal for row in questions),
        "asked": judged.asked,
        "peers": {},
    }
    if not no_peers:
        result["peers"] = _peers(master, questions, bound, told)
    return result


def table(result: dict[str, object]) -> str:
    """Show a result to a person."""
    peers = cast("dict[str, dict[str, float]]", result["peers"])
    own = cast("dict[str, float]", result)
    lines = [f"{'':22}answered  wrong per asked  halted right   top-1"]
    for name, each in (("dragoman", own), *peers.items()):
        wrong = f"{100 * each['wrong_rate']:.2f} %"
        lines.append(f"{name:22}{each['answered']:8.3f}{wrong:>17}{each['halted_right']:14.3f}{each['top1']:8.3f}")
    lines += [
        f"wrong per asked is below {100 * own['wrong_upper95']:.2f} %, says the test alone, with 95 % confidence",
        f"calibration error {own['ece']:.4f}; answered although there was a twin: {100 * own['twins_answered']:.2f} %",
        f"a question takes {own['p50_ms']:.2f} ms (p99 {own['p99_ms']:.2f}) among {own['records']:.0f} records, "
        f"indexed in {own['build_s']:.1f} s and {own['mb']:.0f} MB",
    ]
    return "\n".join(lines)


def _drawn(questions: Sequence[QuestionRow], labels: int) -> list[QuestionRow]:
    cal = [row.qid for row in questions if row.cal]
    kept = set(cal if not labels else random.Random(_SEED).sample(cal, min(labels, len(cal))))
    return [row for row in questions if not row.cal or row.qid in kept]


def _answered(
    index: Index[SupplierId], questions: Sequence[QuestionRow], told: Told
) -> tuple[Ranker[SupplierId], list[_Answer]]:
    pool = base.shipped().beside(index)
    taught = [row for row in questions if row.cal]
    lessons = learning.lessons(index, [(site.mention(row), site.truth(row)) for row in taught])
    told(f"learning from {len(lessons)} labels and {len(pool.sources)} sources of the base")
    fitted = learning.fit(index, pool, lessons)
    ranker = Ranker(index, fitted.model)
    known = {
        row.qid: unlearnt(ranker, lesson, scores)
        for row, lesson, scores in zip(taught, lessons, fitted.unseen, strict=True)
    }
    return ranker, [_answer(row, known.get(row.qid) or ranker.rank(site.mention(row))) for row in questions]


def _answer(row: QuestionRow, ranking: Ranking[SupplierId]) -> _Answer:
    first = next(iter(ranking.matches), None)
    score = trial(site.mention(row), ranking, site.truth(row)).score
    return _Answer(None, 0.0, 0.0) if first is None else _Answer(first.record.id.text, float(first.score), float(score))


def _certified(questions: Sequence[QuestionRow], answers: Sequence[_Answer], bound: float) -> Certificate:
    trials = [
        Trial(Decimal(str(answer.score)), answer.best == row.truth)
        for row, answer in zip(questions, answers, strict=True)
        if row.cal
    ]
    return certify(trials, Decimal(str(bound)))


def _from(threshold: Decimal | None, answers: Sequence[_Answer]) -> list[float]:
    """Give the scores, 0 for what the resolver halts."""
    return [one.score if threshold is not None and one.score >= threshold else 0.0 for one in answers]


def _twins(
    ranker: Ranker[SupplierId],
    questions: Sequence[QuestionRow],
    answers: Sequence[_Answer],
    certificate: Certificate,
) -> float:
    """Give the share of rightly answered questions that are still answered if their record stands there twice."""
    scores = _from(certificate.threshold, answers)
    right = [
        row
        for row, answer, score in zip(questions, answers, scores, strict=True)
        if not row.cal and score > 0 and answer.best == row.truth
    ]
    doubled = {row.truth for row in right}
    records = ranker.index.records
    twins = [evolve(one, id=SupplierId(f"{one.id} twin")) for one in records if one.id.text in doubled]
    beside = Ranker(Index.of([*records, *twins]), ranker.model)
    still = sum(
        isinstance(decide(site.mention(row), beside.rank(site.mention(row)), certificate), Chosen) for row in right
    )
    return still / max(1, len(right))


def _peers(
    master: Sequence[MasterRow], questions: Sequence[QuestionRow], bound: float, told: Told
) -> dict[str, dict[str, object]]:
    from benchmarks.resolution.peers.run import peers

    judged: dict[str, Judged] = dict(peers(master, questions, bound, told))
    judged["splink"] = max((judged["splink_em"], judged["splink_labels"]), key=lambda each: each.answered)
    return {name: asdict(each) for name, each in judged.items()}
