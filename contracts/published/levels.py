"""Service levels: how fresh, how quick, how often and how complete the answers are that a contract promises."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from attrs import frozen


class Measure(Enum):
    """What a service level is about."""

    FRESHNESS = "freshness"
    AVAILABILITY = "availability"
    LATENCY = "latency"
    COMPLETENESS = "completeness"

    @property
    def meaning(self) -> str:
        """How it is measured."""
        return _MEANINGS[self]

    @property
    def unit(self) -> str:
        """``s`` for seconds, ``percent`` for a share."""
        return "s" if self.is_time else "percent"

    @property
    def is_time(self) -> bool:
        """The less, the better; of a share the more."""
        return self in (Measure.FRESHNESS, Measure.LATENCY)


_MEANINGS = {
    Measure.FRESHNESS: "Seconds between the read at the ERP (source.read_at) and the hand-over of the record.",
    Measure.AVAILABILITY: "Share of the questions that the system answers to the end.",
    Measure.LATENCY: "Seconds between the question and the first record.",
    Measure.COMPLETENESS: "Share of the records found that could be translated; the others are refused, and told.",
}


@frozen
class ServiceLevel:
    """At most so many seconds, or at least so many percent."""

    measure: Measure
    promised: Decimal

    def kept_by(self, measured: Decimal) -> bool:
        """Say whether *measured* keeps the promise; the limit itself does."""
        return measured <= self.promised if self.measure.is_time else measured >= self.promised

    def __str__(self) -> str:
        return f"at {'most' if self.measure.is_time else 'least'} {self.promised} {self.measure.unit}"
