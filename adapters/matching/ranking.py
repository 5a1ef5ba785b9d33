"""Weighing the candidates of one question by a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import define, frozen

from adapters.matching import facts, features
from adapters.matching.evidence import Weighed, evidence
from adapters.matching.facts import Column
from adapters.matching.features import MOST, Compared, Table
from adapters.matching.index import Asked, Index
from adapters.matching.model import Floats, Model
from domain.identifiers import Identifier
from domain.matching import DIFFERS, EQUAL, KEY, NAME, TAX_NUMBER, Match, Ranking
from domain.mentions import Mention

T = TypeVar("T", bound=Identifier)

_IDENTIFIED = Decimal("0.9995")
"""The score of a record that an identifier tells of, alone and uncontradicted."""
_PLACES = Decimal("0.0001")


@frozen(eq=False)
class _Scored:
    one: Compared
    score: float
    row: npt.NDArray[np.float32]


@define(frozen=True, slots=False, eq=False)
class Ranker(Generic[T]):
    """An index and the model that weighs its records."""

    index: Index[T]
    model: Model

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The index's columns, with what the model has learnt of them."""
        return facts.taught(self.index.columns, self.model.truth)

    @cached_property
    def model_version(self) -> str:
        """The version of the model, worked out once."""
        return self.model.version

    def rank(self, mention: Mention[T]) -> Ranking[T]:
        """Give the records that *mention* may mean, the likeliest first."""
        asked = self.index.asked(mention)
        return self.ranking(mention, asked, features.compare(self.index, asked), None)

    def ranking(
        self, mention: Mention[T], asked: Asked, candidates: Sequence[Compared], scores: Floats | None
    ) -> Ranking[T]:
        """Give a ranking of *candidates*; by *scores* if they are known already."""
        rows = features.table(self.columns, candidates)
        likely = self._scores(rows) if scores is None else scores
        known = {
            one.place: _Scored(one, float(score), row) for one, score, row in zip(candidates, likely, rows, strict=True)
        }
        identified = self.index.identified(asked)[:MOST]
        matches = [self._match(mention, asked, place, known, alone=len(identified) == 1) for place in identified]
        others = [place for place in known if place not in identified][: MOST - len(matches)]
        matches += [self._match(mention, asked, place, known, alone=False) for place in others]
        matches.sort(key=lambda match: (-match.score, match.record.id.text))
        return Ranking(matches=tuple(matches), index=self.index.version, model=self.model_version)

    def _scores(self, rows: Table) -> Floats:
        return self.model.probabilities(self.model.trees.logits(rows)) if len(rows) else np.empty(0)

    def _explained(self, scored: _Scored) -> Weighed:
        additive = self.model.additive
        return Weighed(scored.one, scored.row, additive.odds(scored.row), additive.of_facts(self.columns, scored.one))

    def _match(
        self, mention: Mention[T], asked: Asked, place: int, known: Mapping[int, _Scored], *, alone: bool
    ) -> Match[T]:
        record = self.index.records[place]
        scored = known.get(place)
        if scored is None and asked.firm.core and self.index.held(place):
            one = features.compared(self.index, asked, place)
            rivals = (each.one for each in known.values())
            scored = _Scored(one, 0.0, features.table(self.columns, [one, *rivals])[0])
        told = evidence(mention, asked, record, None if scored is None else self._explained(scored))
        verdicts = {each.about: each.verdict for each in told}
        score = Decimal(0.0 if scored is None else scored.score).quantize(_PLACES)
        if alone and EQUAL in (verdicts.get(KEY), verdicts.get(TAX_NUMBER)) and verdicts.get(NAME) != DIFFERS:
            score = max(score, _IDENTIFIED)
        return Match(record=record, score=score, evidence=told)
