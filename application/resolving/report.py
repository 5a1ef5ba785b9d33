"""What the answers by name are worth at a site: told from the record of questions, and from the master records."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from application.resolving.notebook import Judged, Notebook
from domain.certificates import CONFIDENCE, upper
from domain.identifiers import Identifier
from domain.masters import Quality, quality
from domain.questions import Answered, Proof, Question
from domain.scope import Scope
from ports.matching import Matching

_BINS = 10


@frozen(kw_only=True)
class Bin:
    """Judged questions of like scores: how sure the resolver was of its first candidate, and how often it was right."""

    judged: int
    score: Decimal
    right: Decimal


@frozen(kw_only=True)
class Mix:
    """What kind of questions are asked: where this moves, what was proved says less."""

    asked: int
    name_alone: Decimal
    no_candidate: Decimal
    resolved: Decimal


@frozen(kw_only=True)
class Report:
    """One kind of record in one place.

    *proof* is what is in force, ``None`` if nothing is chosen by name; *lapsed* is what was proved when there were not
    as many *records*, or more, and counts no longer. *audited* counts answers that were given without a person and
    then judged, *wrong* those of them that were, and *upper* bounds their rate, per answer. *before* and
    *since* are the questions up to the last calibration and after it.
    """

    kind: type[Identifier]
    scope: Scope
    records: int
    proof: Proof | None
    lapsed: Proof | None
    asked: int
    resolved: int
    judged: int
    audited: int
    wrong: int
    upper: Decimal
    reliability: tuple[Bin, ...]
    before: Mix
    since: Mix
    quality: Quality


@frozen(kw_only=True)
class ReportOnNames:
    """Tells how the resolver does."""

    notebook: Notebook
    matching: Matching

    def __call__(self, kind: type[Identifier], scope: Scope) -> Report:
        """Tell of one kind of record in one place.

        Raises:
            NotOffered: there is no index of it.
            Tampered, Unavailable: the record of questions cannot be used.
        """
        records = self.matching.records(kind, scope)
        proof = self.notebook.proof(kind, scope)
        is_lapsed = proof is not None and not proof.is_for(len(records))
        asked, judged = self.notebook.asked(kind, scope), self.notebook.judged(kind, scope)
        since = self.notebook.since_proved(kind, scope)
        audits = [each for each in judged if each.question.answered is Answered.RESOLVED]
        wrong = sum(not each.is_right for each in audits)
        return Report(
            kind=kind,
            scope=scope,
            records=len(records),
            proof=None if is_lapsed else proof,
            lapsed=proof if is_lapsed else None,
            asked=len(asked),
            resolved=sum(each.answered is Answered.RESOLVED for each in asked),
            judged=len(judged),
            audited=len(audits),
            wrong=wrong,
            upper=_share(upper(wrong, len(audits), float(1 - CONFIDENCE)) if audits else 1.0),
            reliability=tuple(_bins(judged)),
            before=_mix(asked[: len(asked) - len(since)]),
            since=_mix(since),
            quality=quality(records),
        )


def _bins(judged: Sequence[Judged]) -> list[Bin]:
    """Give bins of as many questions each as there can be, the least sure first."""
    ranked = sorted(judged, key=lambda each: each.question.score)
    size = max(1, -(-len(ranked) // _BINS))
    groups = [ranked[start : start + size] for start in range(0, len(ranked), size)]
    return [
        Bin(
            judged=len(group),
            score=_share(sum(each.question.score for each in group) / Decimal(len(group))),
            right=_share(Decimal(sum(each.is_right for each in group)) / len(group)),
        )
        for group in groups
    ]


def _mix(questions: Sequence[Question]) -> Mix:
    every = max(1, len(questions))
    alone = sum(not each.mention.facts and each.mention.tax_number is None for each in questions)
    return Mix(
        asked=len(questions),
        name_alone=_share(Decimal(alone) / every),
        no_candidate=_share(Decimal(sum(each.best is None for each in questions)) / every),
        resolved=_share(Decimal(sum(each.answered is Answered.RESOLVED for each in questions)) / every),
    )


def _share(value: Decimal | float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.0001"))
