"""Quality rules: what must hold of the records that are handed out although no type can say it.

A rule looks at records in the published form, as a consumer does, by dotted paths; ``lines.amount`` goes through lists.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Protocol, cast

from attrs import frozen

from contracts.published.forms import Record
from domain.exact import added

Judge = Callable[[Record], str | None]
"""Says why a record breaks the rule, ``None`` if it does not; it may remember the records before."""


class QualityRule(Protocol):
    """One rule about the records of a contract."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What machines call the rule."""

    @property
    @abstractmethod
    def meaning(self) -> str:
        """The rule as a sentence."""

    @property
    @abstractmethod
    def dimension(self) -> str:
        """Which side of quality it is about, in the words of the Open Data Contract Standard."""

    @abstractmethod
    def judge(self) -> Judge:
        """Give a judge who has seen no record yet."""


@frozen
class Unique(QualityRule):
    """No two records of an answer have the same value in *field*."""

    field: str
    dimension = "uniqueness"

    @property
    def name(self) -> str:
        return f"{self.field}_is_unique"

    @property
    def meaning(self) -> str:
        return f"No two records of an answer carry the same {self.field}."

    def judge(self) -> Judge:
        seen = set[object]()

        def judged(record: Record) -> str | None:
            value = record[self.field]
            if value in seen:
                return f"{self.field} {value} came before"
            seen.add(value)
            return None

        return judged


@frozen
class UniqueWithin(QualityRule):
    """No two members of the list *items* in one record have the same value in *field*."""

    items: str
    field: str
    dimension = "uniqueness"

    @property
    def name(self) -> str:
        return f"{self.items}_{self.field}_is_unique"

    @property
    def meaning(self) -> str:
        return f"No two {self.items} of one record carry the same {self.field}."

    def judge(self) -> Judge:
        def judged(record: Record) -> str | None:
            seen = set[object]()
            for value in reach(record, f"{self.items}.{self.field}"):
                if value in seen:
                    return f"{self.items}.{self.field} {value} stands there twice"
                seen.add(value)
            return None

        return judged


@frozen
class SumOf(QualityRule):
    """The money *total* is the exact sum of *part* over the *items* whose status is not *leaving_out*."""

    total: str
    items: str
    part: str
    leaving_out: str
    dimension = "consistency"

    @property
    def name(self) -> str:
        return f"{self.total}_is_the_sum"

    @property
    def meaning(self) -> str:
        return (
            f"{self.total} is the sum of {self.items}.{self.part} of all {self.items} that are not {self.leaving_out}."
        )

    def judge(self) -> Judge:
        def judged(record: Record) -> str | None:
            summed = Decimal(0)
            for item in reach(record, self.items):
                if one(item, "status") != self.leaving_out:
                    summed = added(summed, Decimal(str(one(item, f"{self.part}.amount"))))
            told = Decimal(str(one(record, f"{self.total}.amount")))
            return None if told == summed else f"{self.total} is {told:f}, and the {self.items} come to {summed:f}"

        return judged


@frozen
class NotBefore(QualityRule):
    """No day at *day* is earlier than the one day at *since*; a day that is not known breaks nothing."""

    day: str
    since: str
    dimension = "consistency"

    @property
    def name(self) -> str:
        return f"{self.day.replace('.', '_')}_is_not_before_{self.since}"

    @property
    def meaning(self) -> str:
        return f"{self.day} is not earlier than {self.since}."

    def judge(self) -> Judge:
        def judged(record: Record) -> str | None:
            since = str(one(record, self.since))
            early = [str(day) for day in reach(record, self.day) if day is not None and str(day) < since]
            return f"{self.day} is {early[0]}, before {self.since} {since}" if early else None

        return judged


def reach(value: object, path: str) -> Iterator[object]:
    """Give all that stands at *path*, through objects and lists; nothing if null stands on the way."""
    name, _, rest = path.partition(".")
    if isinstance(value, list | tuple):
        for item in value:
            yield from reach(item, path)
    elif path == "":
        yield value
    elif value is not None:
        yield from reach(cast("Record", value)[name], rest)


def one(value: object, path: str) -> object:
    """Give what stands at *path*, on which there is no list."""
    (found,) = reach(value, path)
    return found
