"""Whether a system keeps a contract now: quality rules and service levels, held against the records it hands out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from contracts.published.contract import Contract, Version
from contracts.published.levels import Measure, ServiceLevel
from contracts.published.observation import Broken, Clock, Observation, observe
from contracts.published.quality import QualityRule
from ports.quarantine import Refusal


@frozen(kw_only=True)
class Finding:
    """What became of one rule of a contract.

    *promised* is for people. *measured*, in *unit*, is ``None`` where there was nothing to measure; for a quality rule
    it is the number of records that break it. *kept* is ``None`` if nobody can say, because the system did not answer
    to the end, or gave no record; *failure* is why it did not answer.
    """

    contract: str
    version: str
    rule: str
    promised: str
    measured: str | None
    unit: str
    kept: bool | None
    failure: str | None
    broken: tuple[Broken, ...]


def assess(
    version: Version,
    contract: Contract,
    found: Iterable[object],
    refused: Callable[[], Sequence[Refusal]],
    clock: Clock | None = None,
) -> tuple[Finding, ...]:
    """Read *found* to its end, and say of each rule and level of *contract* whether it is kept.

    *refused* gives what was refused on the way; it is asked afterwards. A port error is not raised but told: the system
    is not available then.

    Raises:
        pydantic.ValidationError: a record is no value of the contract.
        Misconfigured, NotOffered: the system was not asked at all.
    """
    seen = observe(version, contract, found, refused, Clock() if clock is None else clock)
    quality = (_of_rule(version, contract, rule, seen) for rule in contract.quality)
    return (*quality, *(_of_level(version, contract, level, seen) for level in contract.levels))


def _of_rule(version: Version, contract: Contract, rule: QualityRule, seen: Observation) -> Finding:
    broken = tuple(seen.broken[rule.name])
    unknown = seen.failure is not None or seen.records == 0
    return Finding(
        contract=contract.name,
        version=version.name,
        rule=rule.name,
        promised=rule.meaning,
        measured=None if seen.records == 0 else str(len(broken)),
        unit="records",
        kept=False if broken else None if unknown else True,
        failure=None,
        broken=broken,
    )


def _of_level(version: Version, contract: Contract, level: ServiceLevel, seen: Observation) -> Finding:
    measured = seen.measured(level.measure)
    kept = None if measured is None else level.kept_by(measured)
    is_down = level.measure is Measure.AVAILABILITY and seen.failure is not None
    return Finding(
        contract=contract.name,
        version=version.name,
        rule=level.measure.value,
        promised=str(level),
        measured=None if measured is None else f"{measured:f}",
        unit=level.measure.unit,
        kept=kept,
        failure=str(seen.failure) if is_down else None,
        broken=seen.behind(level.measure, level.promised) if kept is False else (),
    )
