"""How much evidence each step of the rollout needs; the site's configuration may say otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from attrs import Attribute, field, frozen, validators

from domain.dates import in_words
from domain.errors import InvalidValue
from domain.rollout import TrackRecord
from domain.stages import Stage


def _part(_: object, attribute: Attribute[Decimal | None], value: Decimal | None) -> None:
    if value is not None and (not isinstance(value, Decimal) or not Decimal(0) <= value <= Decimal(1)):
        raise InvalidValue(f"{attribute.name} must be a decimal from 0 to 1, not {value!r}")


def _number(_: object, attribute: Attribute[int | None], value: int | None) -> None:
    if value is not None and (type(value) is not int or value < 0):
        raise InvalidValue(f"{attribute.name} must be a whole number, not {value!r}")


_A_TIME = validators.optional(validators.instance_of(timedelta))


@frozen(kw_only=True)
class Required:
    """What must be on record before an action goes one step further; what is ``None`` is not asked.

    *lasting* is how long it must have stood where it stands; *proposals*, *compared* and *done* are numbers, at least.
    *same* of what was compared and *approved* of what was decided are shares, at least; *refused* and *settled* of
    what was sent and *undone* of what was done are shares, at most. *decision* is the time that the median decision
    took, at least: whoever approves faster has not read.
    """

    lasting: timedelta | None = field(default=None, validator=_A_TIME)
    proposals: int | None = field(default=None, validator=_number)
    compared: int | None = field(default=None, validator=_number)
    done: int | None = field(default=None, validator=_number)
    same: Decimal | None = field(default=None, validator=_part)
    approved: Decimal | None = field(default=None, validator=_part)
    refused: Decimal | None = field(default=None, validator=_part)
    settled: Decimal | None = field(default=None, validator=_part)
    undone: Decimal | None = field(default=None, validator=_part)
    decision: timedelta | None = field(default=None, validator=_A_TIME)

    def lacks(self, track: TrackRecord, now: datetime, *, is_comparable: bool) -> tuple[str, ...]:
        """Say in a sentence each what is lacking; what was never tried is lacking too.

        What leaves no trace in its target (*is_comparable* is false) is not asked to be compared.
        """
        return (
            *self._times(track, now),
            *self._numbers(track, is_comparable=is_comparable),
            *self._least(track, is_comparable=is_comparable),
            *self._most(track),
        )

    def _times(self, track: TrackRecord, now: datetime) -> Iterator[str]:
        if self.lasting is not None and (lasted := now - track.since) < self.lasting:
            yield f"it has stood so for {in_words(lasted)}, and {in_words(self.lasting)} are required"
        if self.decision is not None and (track.decision is None or track.decision < self.decision):
            took = None if track.decision is None else in_words(track.decision)
            taken = "nobody decided" if took is None else f"the median decision took {took}"
            yield f"{taken}, and at least {in_words(self.decision)} are required"

    def _numbers(self, track: TrackRecord, *, is_comparable: bool) -> Iterator[str]:
        asked = [("proposals", self.proposals, track.proposals), ("done", self.done, track.done)]
        if is_comparable:
            asked.append(("compared with what people did", self.compared, track.compared))
        for name, wanted, found in asked:
            if wanted is not None and found < wanted:
                yield f"{name}: {found}, and {wanted} are required"

    def _least(self, track: TrackRecord, *, is_comparable: bool) -> Iterator[str]:
        asked = [("approved as proposed", self.approved, track.approved, track.decided)]
        if is_comparable:
            asked.append(("done by people as proposed", self.same, track.same, track.compared))
        for name, wanted, part, whole in asked:
            if wanted is not None and (whole == 0 or part < wanted * whole):
                yield f"{name}: {part} of {whole}, and at least {wanted:%} are required"

    def _most(self, track: TrackRecord) -> Iterator[str]:
        asked = [
            ("refused by the ERP", self.refused, track.refused, track.sent),
            ("settled by an operator", self.settled, track.settled, track.sent),
            ("taken back", self.undone, track.undone, track.done),
        ]
        for name, allowed, part, whole in asked:
            if allowed is not None and (whole == 0 or part > allowed * whole):
                yield f"{name}: {part} of {whole}, and at most {allowed:%} are allowed"


@frozen(kw_only=True)
class Ladder:
    """What each step needs, by the stage that it leads to; a larger share of what is autonomous is such a step too."""

    supervised: Required = Required(lasting=timedelta(days=7), proposals=20, compared=20, same=Decimal("0.9"))
    autonomous: Required = Required(
        lasting=timedelta(days=14),
        done=50,
        approved=Decimal("0.98"),
        refused=Decimal("0.05"),
        settled=Decimal("0.02"),
        undone=Decimal("0.01"),
        decision=timedelta(seconds=10),
    )
    high_volume: Required = Required(
        lasting=timedelta(days=30),
        done=500,
        refused=Decimal("0.02"),
        settled=Decimal("0.005"),
        undone=Decimal("0.005"),
    )

    def required(self, stage: Stage) -> Required:
        """Give what the step to *stage* needs; nothing leads to `READ_ONLY`."""
        steps = {
            Stage.SUPERVISED: self.supervised,
            Stage.AUTONOMOUS: self.autonomous,
            Stage.HIGH_VOLUME: self.high_volume,
        }
        return steps.get(stage, Required())
