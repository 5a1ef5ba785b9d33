"""How much is asked of an ERP: a breaker for when it does not answer, and a bucket for what it may be asked at all.

Both are values: each move gives the next one. Who holds them gives the time.

Source: X-LOAD-01, X-LOAD-03, X-WIN-02.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import Attribute, evolve, field, frozen, validators

from domain.errors import InvalidValue

_AT_LEAST_ONE = [validators.instance_of(int), validators.ge(1)]


def _some_time(_: object, attribute: Attribute[timedelta], value: timedelta) -> None:
    if not isinstance(value, timedelta) or value <= timedelta():
        raise InvalidValue(f"{attribute.name} must be some time, not {value!r}")


@frozen(kw_only=True)
class Tolerance:
    """When an ERP is left alone: after so many *failures* *within* a time, for a *pause*."""

    failures: int = field(default=5, validator=_AT_LEAST_ONE)
    within: timedelta = field(default=timedelta(minutes=1), validator=_some_time)
    pause: timedelta = field(default=timedelta(seconds=30), validator=_some_time)


@frozen(kw_only=True)
class Breaker:
    """Whether an ERP may be called: it opens when calls fail, and closes again when one that tries it out does not.

    *until* is ``None`` while it is closed, and then the time from which one call may try. *epoch* is what a call takes
    along as its ticket: one that began before the breaker moved tells nothing about how it stands now.
    """

    tolerance: Tolerance
    failed: tuple[datetime, ...] = ()
    until: datetime | None = None
    epoch: int = 0

    def begun(self, now: datetime) -> Breaker:
        """Let one call through at *now*, which `until` must allow; its ticket is the epoch.

        While it is open, one call goes in each pause, and all others wait for what that one tells.
        """
        if self.until is None:
            return self
        if now < self.until:
            raise InvalidValue("the breaker is open")
        return evolve(self, until=now + self.tolerance.pause, epoch=self.epoch + 1)

    def worked(self, ticket: int) -> Breaker:
        """Hear that the ERP answered a call, whatever it said."""
        if ticket != self.epoch or self.until is None:
            return self
        return evolve(self, until=None)

    def broke(self, ticket: int, now: datetime) -> Breaker:
        """Hear that the ERP did not answer a call."""
        if ticket != self.epoch:
            return self
        recent = tuple(at for at in self.failed if now - at < self.tolerance.within)
        failed = (*recent, now)
        if self.until is None and len(failed) < self.tolerance.failures:
            return evolve(self, failed=failed)
        return evolve(self, failed=(), until=now + self.tolerance.pause, epoch=self.epoch + 1)

    def has_opened(self, before: Breaker) -> bool:
        """Say whether it is open now and was closed *before*."""
        return self.until is not None and before.until is None


@frozen
class Rate:
    """So many *calls* in each *per*: as many at once, and then one by one as time gives them back."""

    calls: int = field(validator=_AT_LEAST_ONE)
    per: timedelta = field(validator=_some_time)

    @property
    def interval(self) -> timedelta:
        """After which time one more call is given back; never too short."""
        return -(-self.per // self.calls)


@frozen(kw_only=True)
class Bucket:
    """A bucket of calls that fills by itself; *full_at* is when it will be full again, ``None`` if it always was."""

    rate: Rate
    full_at: datetime | None = None

    def ready_at(self, now: datetime) -> datetime:
        """Give when a call may be taken: *now*, or as soon as one is back."""
        return now if self.full_at is None else max(now, self.full_at - (self.rate.calls - 1) * self.rate.interval)

    def taken(self, now: datetime) -> Bucket:
        """Take one call out at *now*, which must be there."""
        if self.ready_at(now) > now:
            raise InvalidValue("the bucket is empty")
        return evolve(self, full_at=max(now, self.full_at or now) + self.rate.interval)


@frozen(kw_only=True)
class Capacity:
    """How much may be asked of an ERP, by each process: *calls* at once, and what *rate* of writes.

    *agent_rate* is what a single agent may write; what runs in high volume is not held back by it. ``None``
    is no limit.
    """

    calls: int = field(default=4, validator=_AT_LEAST_ONE)
    rate: Rate | None = None
    agent_rate: Rate | None = None
    tolerance: Tolerance = Tolerance()
