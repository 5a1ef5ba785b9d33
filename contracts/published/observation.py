"""What is seen of a system while it hands out the records of a contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import ROUND_FLOOR, Decimal
from time import monotonic

from attrs import Factory, define, frozen

from contracts.published.contract import Contract, Version
from contracts.published.forms import Record
from contracts.published.levels import Measure
from contracts.published.quality import one
from ports.errors import Misconfigured, NotOffered, PortError
from ports.quarantine import Refusal


def _now() -> datetime:
    return datetime.now(UTC)


@frozen
class Clock:
    """What the time is: *now* an aware instant, *seconds* counted from wherever."""

    now: Callable[[], datetime] = _now
    seconds: Callable[[], float] = monotonic


@frozen
class Broken:
    """One record that breaks a rule, by its key in the ERP, and why it does."""

    key: str
    reason: str


@define
class Observation:
    """What was seen until now.

    *broken* is by the name of the quality rule, *ages* are in seconds, by key; *first_after* is ``None`` as long as no
    record has come. *failure* is what ended the answer too early.
    """

    broken: dict[str, list[Broken]]
    records: int = 0
    first_after: Decimal | None = None
    ages: dict[str, Decimal] = Factory(dict)
    refusals: Sequence[Refusal] = ()
    failure: PortError | None = None

    def measured(self, measure: Measure) -> Decimal | None:
        """Give what *measure* comes to; ``None`` if there was nothing to measure."""
        match measure:
            case Measure.FRESHNESS:
                return max(self.ages.values(), default=None)
            case Measure.LATENCY:
                return self.first_after
            case Measure.AVAILABILITY:
                return Decimal(100 if self.failure is None else 0)
            case Measure.COMPLETENESS:
                asked = self.records + len(self.refusals)
                return None if asked == 0 else _percent(self.records, asked)

    def behind(self, measure: Measure, promised: Decimal) -> tuple[Broken, ...]:
        """Give the records because of which *promised* was missed."""
        if measure is Measure.FRESHNESS:
            stale = ((key, age) for key, age in self.ages.items() if age > promised)
            return tuple(Broken(key, f"it was read {age} s before it was handed over") for key, age in stale)
        if measure is Measure.COMPLETENESS:
            return tuple(Broken(each.source.key, "; ".join(map(str, each.problems))) for each in self.refusals)
        return ()


def observe(
    version: Version,
    contract: Contract,
    found: Iterable[object],
    refused: Callable[[], Sequence[Refusal]],
    clock: Clock,
) -> Observation:
    """Read *found* to its end, or to the port's error, and give what was seen."""
    judges = [(rule.name, rule.judge()) for rule in contract.quality]
    seen = Observation({name: [] for name, _ in judges})
    asked = clock.seconds()
    try:
        for value in found:
            if seen.first_after is None:
                seen.first_after = _rounded(clock.seconds() - asked)
            record = version.record(contract, value)
            key = str(record["id"])
            seen.records += 1
            seen.ages[key] = _age(record, clock.now())
            for name, judge in judges:
                reason = judge(record)
                if reason is not None:
                    seen.broken[name].append(Broken(key, reason))
    except (Misconfigured, NotOffered):  # the question was wrong, not the answer
        raise
    except PortError as error:
        seen.failure = error
    seen.refusals = refused()
    return seen


def _percent(part: int, whole: int) -> Decimal:
    """Round down: what falls short by little falls short."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)


def _age(record: Record, now: datetime) -> Decimal:
    return _rounded((now - datetime.fromisoformat(str(one(record, "source.read_at")))).total_seconds())


def _rounded(seconds: float) -> Decimal:
    return Decimal(str(round(seconds, 3)))
