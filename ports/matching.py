"""Comparing what was said with every record of one kind that an ERP holds."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from attrs import frozen

from domain.certificates import Certificate
from domain.identifiers import Identifier
from domain.matching import MasterRecord, Ranking
from domain.mentions import Mention
from domain.questions import Label
from domain.scope import Scope

T = TypeVar("T", bound=Identifier)


@frozen(kw_only=True)
class Learnt:
    """What was learnt from labels: a *model* that is in use from now on, and what is proved of its answers.

    *before* is what the same labels prove of the model that was in use until now, by scores that it has not learnt.
    """

    model: str
    certificate: Certificate
    before: Certificate


@frozen(kw_only=True)
class Refreshed:
    """What became of an index: how many records it holds, and how many are new, changed and gone."""

    records: int
    new: int
    changed: int
    gone: int


class Matching(Protocol):
    """Knows the records of some scopes by what they are called.

    Its index is a copy: whoever chooses a record looks at it in the ERP before anything is done with it.
    """

    @abstractmethod
    def rank(self, mention: Mention[T], scope: Scope) -> Ranking[T]:
        """Give the records that *mention* may mean, at most a dozen, with their probabilities; in bounded time.

        A text that nothing could be called, however long or strange, has no matches.

        Raises:
            NotOffered: no index of this kind of record stands for *scope*.
        """

    @abstractmethod
    def refresh(self, kind: type[T], scope: Scope, records: Iterable[MasterRecord[T]]) -> Refreshed:
        """Take *records*, which are all that there are, in the place of what was known; it is durable afterwards.

        If the stream of records ends in an error, everything stays as it was, and the error is raised.
        """

    @abstractmethod
    def learn(self, kind: type[Identifier], scope: Scope, labels: Sequence[Label], bound: Decimal) -> Learnt:
        """Fit a model to *labels*, and prove with scores that it has not learnt how rarely it is wrong.

        Raises:
            NotOffered: no index of this kind of record stands for *scope*.
        """

    @abstractmethod
    def records(self, kind: type[T], scope: Scope) -> Sequence[MasterRecord[T]]:
        """Give what the index holds.

        Raises:
            NotOffered: there is none.
        """
