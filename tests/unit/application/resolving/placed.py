"""A matcher that has an index of suppliers in one place, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from attrs import define, field

from domain.identifiers import Identifier, SupplierId
from domain.matching import MasterRecord, Ranking
from domain.mentions import Mention
from domain.questions import Label
from domain.scope import Scope
from ports.errors import NotOffered
from ports.matching import Learnt, Refreshed
from tests.governed.examples import SCOPE
from tests.unit.application.resolving.asking import ToldMatching

T = TypeVar("T", bound=Identifier)


@define
class PlacedMatching(ToldMatching):
    """Answers as it is told where it is asked for suppliers here, and remembers what was to be proved."""

    bounds: list[Decimal] = field(factory=list)

    def rank(self, mention: Mention[T], scope: Scope) -> Ranking[T]:
        _here(mention.kind, scope)
        return super().rank(mention, scope)

    def refresh(self, kind: type[T], scope: Scope, records: Iterable[MasterRecord[T]]) -> Refreshed:
        _here(kind, scope)
        return super().refresh(kind, scope, records)

    def learn(self, kind: type[Identifier], scope: Scope, labels: Sequence[Label], bound: Decimal) -> Learnt:
        _here(kind, scope)
        self.bounds.append(bound)
        return super().learn(kind, scope, labels, bound)

    def records(self, kind: type[T], scope: Scope) -> Sequence[MasterRecord[T]]:
        _here(kind, scope)
        return super().records(kind, scope)


def _here(kind: type[Identifier], scope: Scope) -> None:
    if (kind, scope) != (SupplierId, SCOPE):
        raise NotOffered("no index stands")
