"""Comparing what was said with every record of one kind that an ERP holds."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol, TypeVar

from domain.identifiers import Identifier
from domain.matching import Ranking
from domain.mentions import Mention
from domain.scope import Scope

T = TypeVar("T", bound=Identifier)


class Matching(Protocol):
    """Knows the records of some scopes by what they are called."""

    @abstractmethod
    def rank(self, mention: Mention[T], scope: Scope) -> Ranking[T]:
        """Give the records that *mention* may mean, at most a dozen, with their probabilities; in bounded time.

        A text that nothing could be called, however long or strange, has no matches.

        Raises:
            NotOffered: no index of this kind of record stands for *scope*.
        """
