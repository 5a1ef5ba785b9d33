"""What every law suite knows about its port, and the asking that all laws share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Generic

from contracts.laws.applicability import enough
from contracts.laws.questions import Question
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.verdicts import require, succeeds
from domain.provenance import SourceRef
from ports.reads import Reads


class Laws:
    """A suite of laws: each method whose name begins with ``test_`` is one, and takes what the laws are about.

    *port* names what that is, such as ``suppliers``.
    """

    port: ClassVar[str]

    @classmethod
    def names(cls) -> list[str]:
        """List the laws, inherited ones included, those of each part of the suite together."""
        parts = [part for part in cls.__mro__ if issubclass(part, Laws)]
        return list(dict.fromkeys(name for part in parts for name in vars(part) if name.startswith("test_")))


class Suite(Laws, ABC, Generic[K, Q, T]):
    """The few things that differ from port to port; a port's own suite says them, an adapter's test does not."""

    @abstractmethod
    def key(self, text: str) -> K:
        """Make a key of the port."""

    @abstractmethod
    def everything(self) -> Q:
        """Make the query that asks nothing."""

    @abstractmethod
    def following(self, query: Q, key: K) -> Q:
        """Narrow *query* to what comes after *key*."""

    @abstractmethod
    def about(self, record: T) -> Iterable[Question[Q, T]]:
        """Give questions that *record* answers with yes: one at least for each of its values that can be asked."""

    @abstractmethod
    def foreign(self) -> Iterable[Question[Q, T]]:
        """Give questions that an ordinary record answers with no, hostile ones among them."""

    @abstractmethod
    def absences(self, facts: Sequence[T]) -> Iterable[tuple[Question[Q, T], frozenset[str]]]:
        """Give questions that tempt a port to give what has no value there, with the keys of all that have none."""

    @abstractmethod
    def read_elsewhere(self, record: T, source: SourceRef) -> T:
        """Give *record* as if it had been read at *source*."""

    def some_questions(self, facts: Sequence[T]) -> list[Question[Q, T]]:
        """Give one question for each field, about some record that answers it."""
        by_field = {question.field: question for record in facts for question in self.about(record)}
        return list(by_field.values())

    def whole(self, subject: Subject[K, Q, T]) -> list[T]:
        """Read everything.

        Raises:
            NotApplicable: so little stands there that a law would be kept by anything.
        """
        if subject.expected is not None:
            enough(subject.expected)
        read = found(subject.port, self.everything())
        if subject.expected is None:
            enough(read)
        require(len(read) > 0, "find(everything) gave nothing")
        return read

    def facts(self, subject: Subject[K, Q, T]) -> tuple[T, ...]:
        """Give what stands in the ERP: as somebody stated it, or else as one full read gives it.

        Raises:
            NotApplicable: so little stands there that a law would be kept by anything.
        """
        return tuple(self.whole(subject)) if subject.expected is None else enough(subject.expected)


def stream(port: Reads[K, Q, T], query: Q) -> Iterator[T]:
    """Begin to read; what a port answers with must be an iterator."""
    answer = succeeds(lambda: port.find(query), "find")
    require(isinstance(answer, Iterator), f"find gave {type(answer).__name__}, which is not an iterator")
    return answer


def found(port: Reads[K, Q, T], query: Q, asked: str = "everything") -> list[T]:
    """Read all that matches; any error breaks the law, for a question about data is answered with data."""
    return succeeds(lambda: list(stream(port, query)), f"find({asked})")


def texts(records: Iterable[T]) -> list[str]:
    """Give the records' keys as text, in the records' order."""
    return [record.id.text for record in records]


def by_key(records: Iterable[T]) -> dict[str, T]:
    """Give the records under the text of their keys."""
    return {record.id.text: record for record in records}
