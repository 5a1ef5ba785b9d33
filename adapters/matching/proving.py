"""What labels prove of a model, by scores that it has not learnt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from attrs import frozen

from adapters.matching.keyed import hashed
from adapters.matching.learning import Lesson
from adapters.matching.model import Floats
from adapters.matching.ranking import Ranker
from domain.certificates import Trial
from domain.deciding import trial
from domain.identifiers import Identifier
from domain.matching import Ranking
from domain.mentions import Mention
from domain.questions import Label

T = TypeVar("T", bound=Identifier)
Arrays = dict[str, npt.NDArray[np.generic]]


@frozen
class _Seen:
    score: Decimal
    best: int


@frozen(eq=False)
class Memory:
    """What a model's labels scored before it had learnt them, by the question: the score, and which record was first.

    A model can be tried again on labels that it was learnt from, and on what people say of them now.
    """

    seen: Mapping[int, _Seen]

    def trials(self, ranker: Ranker[Identifier], labels: Sequence[Label]) -> list[Trial]:
        """Try the model of *ranker* on *labels*, those that it has learnt by what it thought before."""
        return [self._trial(ranker, label) for label in labels]

    def _trial(self, ranker: Ranker[Identifier], label: Label) -> Trial:
        seen = self.seen.get(_key(label.mention))
        if seen is None:
            return trial(label.mention, ranker.rank(label.mention), label.truth, label.weight)
        return Trial(seen.score, label.truth is not None and seen.best == hashed(label.truth.text), label.weight)

    def written(self) -> Arrays:
        """Give the memory as named arrays."""
        return {
            "memory_keys": np.array(list(self.seen), np.uint64),
            "memory_scores": np.array([str(each.score) for each in self.seen.values()], "U8"),
            "memory_best": np.array([each.best for each in self.seen.values()], np.uint64),
        }

    @classmethod
    def read(cls, arrays: Arrays) -> Memory:
        """Read what `written` gave.

        Raises:
            KeyError, ValueError: it is something else.
        """
        rows = zip(arrays["memory_keys"], arrays["memory_scores"], arrays["memory_best"], strict=True)
        return cls({int(key): _Seen(Decimal(str(score)), int(best)) for key, score, best in rows})


def tried(
    ranker: Ranker[T], labels: Sequence[Label], lessons: Sequence[Lesson[T]], unseen: Sequence[Floats]
) -> tuple[list[Trial], Memory]:
    """Try a model on the labels that it was learnt from, by the scores that *unseen* ones got for their candidates."""
    trials, memory = [], {}
    for label, lesson, scores in zip(labels, lessons, unseen, strict=True):
        ranking = unlearnt(ranker, lesson, scores)
        trials.append(trial(lesson.mention, ranking, label.truth, label.weight))
        best = ranking.matches[0].record.id.text if ranking.matches else ""
        memory[_key(label.mention)] = _Seen(trials[-1].score, hashed(best))
    return trials, Memory(memory)


def unlearnt(ranker: Ranker[T], lesson: Lesson[T], scores: Floats) -> Ranking[T]:
    """Rank a lesson's candidates by the *scores* of a model that has not seen it."""
    return ranker.ranking(lesson.mention, ranker.index.asked(lesson.mention), lesson.candidates, scores)


def _key(mention: Mention[Identifier]) -> int:
    facts = (f"{fact.about}\x1e{fact.value}" for fact in mention.facts)
    kinds = (mention.nature and mention.nature.value, mention.role and mention.role.value)
    given = (mention.said, mention.tax_number, mention.reference, *kinds)
    return hashed(*(each or "" for each in given), *facts)
