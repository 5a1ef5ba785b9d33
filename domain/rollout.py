"""How far each action has been let go: from evidence, by a person, one step at a time; and taken back at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum

from attrs import Attribute, evolve, field, frozen, validators

from domain.canonical import digest
from domain.commands.command import Command
from domain.dates import instant
from domain.errors import InvalidValue
from domain.images import UNREAD, Observation, missing
from domain.intents import Proposal
from domain.resolution import Resolved
from domain.scope import Scope
from domain.stages import Stage
from domain.text import words

WHOLE = Decimal(1)
"""The share of an action that is all of it."""
_DIGITS = 12
"""Of a digest in hexadecimal: as many as the share is drawn with."""


def _a_share(standing: Standing, attribute: Attribute[Decimal], share: Decimal) -> None:
    if not isinstance(share, Decimal) or not Decimal(0) <= share <= WHOLE:
        raise InvalidValue(f"{attribute.name} must be a decimal from 0 to 1, not {share!r}")
    if share != WHOLE and standing.stage is not Stage.AUTONOMOUS:
        raise InvalidValue(f"only what is autonomous has a share; what is {standing.stage.value} is so in whole")


@frozen(kw_only=True)
class Standing:
    """How far one action has been let go in one place: by whom, why, and since when evidence about it counts.

    *share* is the part of what is `AUTONOMOUS` that runs without a person; the rest is supervised.
    """

    action: str = field(validator=words)
    scope: Scope = field(validator=validators.instance_of(Scope))
    stage: Stage = field(validator=validators.instance_of(Stage))
    share: Decimal = field(default=WHOLE, validator=_a_share)
    by: str = field(validator=words)
    because: str = field(validator=words)
    since: datetime = field(validator=instant)

    def __str__(self) -> str:
        part = "" if self.share == WHOLE else f" for {self.share:%} of the records"
        return f"{self.action} in {self.scope}: {self.stage.value}{part}"

    def stage_of(self, command: Command) -> Stage:
        """Give the stage in which *command* is handled.

        Whether it is within the share hangs on the records that it is about and on nothing else: whoever asks again, on
        another occasion or in other words, gets the same. What is about no record that is there yet is within the
        whole alone.
        """
        return self.stage if self.share == WHOLE or self._is_within(command) else Stage.SUPERVISED

    def _is_within(self, command: Command) -> bool:
        subjects = command.subjects
        known = tuple(subject.id for subject in subjects if isinstance(subject, Resolved))
        if known == () or len(known) < len(subjects):
            return False
        drawn = int(digest((self.action, self.scope, known)).text[:_DIGITS], 16)
        return drawn < self.share * (1 << 4 * _DIGITS)

    def is_further_than(self, other: Standing) -> bool:
        """Say whether more is left to itself than in *other*."""
        return (self.stage.rank, self.share) > (other.stage.rank, other.share)

    def follows(self, before: Standing) -> bool:
        """Say whether it is one step further than *before*: the next stage, or more of what is autonomous.

        What is autonomous in part is autonomous in whole before it is done in high volume.
        """
        if self.stage is before.stage:
            return self.share > before.share
        return self.stage.rank == before.stage.rank + 1 and before.share == WHOLE

    def taken_back(self, *, by: str, because: str, since: datetime) -> Standing:
        """Give what is left after harm, or an outage: a person approves each, and evidence counts from *since*.

        What is not executed at all stays so.
        """
        if self.stage is Stage.READ_ONLY:
            return self
        return evolve(self, stage=Stage.SUPERVISED, share=WHOLE, by=by, because=because, since=since)


def undecided(action: str, scope: Scope) -> Standing:
    """Give the standing of what nobody has decided about; whatever is on record counts as evidence."""
    since = datetime(1970, 1, 1, tzinfo=UTC)
    because = "nobody has decided about it"
    return Standing(action=action, scope=scope, stage=Stage.READ_ONLY, by="nobody", because=because, since=since)


class Shadow(Enum):
    """What people did about a proposal that was not executed."""

    SAME = "people did the same"
    OTHER = "people did something else"
    NOTHING = "people did nothing"
    UNSEEN = "it cannot be seen"
    """The target does not show what was proposed, or showed it before."""


def shadow(proposal: Proposal, now: Observation) -> Shadow:
    """Compare what was proposed with what stands there *now*."""
    wanted, was, is_ = proposal.command.effect, proposal.seen.before, now.before
    paths = [path for path, _ in wanted.fields]
    if any(UNREAD in (was.value(path), is_.value(path)) for path in paths) or not missing(wanted, was):
        return Shadow.UNSEEN
    if not missing(wanted, is_):
        return Shadow.SAME
    return Shadow.NOTHING if all(was.value(path) == is_.value(path) for path in paths) else Shadow.OTHER


@frozen(kw_only=True)
class TrackRecord:
    """How an action has fared in one place since a moment; the numbers count proposals.

    *approved* are those to which everybody needed said yes, as they were proposed; *refused* those that the ERP turned
    down, *settled* those that only an operator could close, *undone* those that somebody took back. *decision* is the
    median time from a proposal to the last word about it, ``None`` if nobody had one. *same*, *other* and *nothing* are
    what people did about those that were not executed.
    """

    since: datetime
    proposals: int
    approved: int
    rejected: int
    sent: int
    done: int
    refused: int
    settled: int
    undone: int
    decision: timedelta | None
    same: int
    other: int
    nothing: int

    @property
    def decided(self) -> int:
        """How many somebody decided about."""
        return self.approved + self.rejected

    @property
    def compared(self) -> int:
        """How many were compared with what people did."""
        return self.same + self.other + self.nothing
