"""What one process asks of one ERP at the moment, and what it has heard from it lately.

Other processes do not know of it: each has a capacity of its own, and learns by itself that an ERP is away. What an
outage means for the rollout stands in the ledger, and holds for all.

Source: X-LOAD-01, X-LOAD-03, X-WIN-02.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from threading import Lock

from attrs import define, field

from domain.holds import Hold
from domain.traffic import Breaker, Bucket, Capacity
from ports.errors import Unavailable

MOMENT = timedelta(seconds=1)
"""After which one looks again whether a call has ended."""


class Heard(Enum):
    """What a call told about the ERP; not what it told about its own question."""

    ANSWER = "it answered"
    SILENCE = "it did not answer"
    NOTHING = "the call was broken off on our side"


@define(eq=False)
class Traffic:
    """Lets calls of one *system* through, or not; threads may share it.

    *has_news* is set when the breaker opens, and taken away by whoever has passed that on.
    """

    system: str
    capacity: Capacity
    has_news: bool = field(default=False, init=False)
    _breaker: Breaker = field(init=False)
    _away_until: datetime | None = field(default=None, init=False)
    _calls: int = field(default=0, init=False)
    _buckets: dict[str, Bucket] = field(factory=dict, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def __attrs_post_init__(self) -> None:
        self._breaker = Breaker(tolerance=self.capacity.tolerance)

    def hold(self, agent: str | None, now: datetime) -> Hold | None:
        """Say why no write may go at *now*; ``None`` if one may, and then it is taken from the rates.

        *agent* is whose own rate counts, ``None`` if nobody's does.
        """
        with self._lock:
            closed = self._closed(now)
            return closed if closed is not None else self._taken(agent, now)

    def begin(self, now: datetime) -> int:
        """Let a call through, and give its ticket, which `end` wants back.

        Raises:
            Unavailable: no call may go now; nothing was sent.
        """
        with self._lock:
            if (closed := self._closed(now)) is not None:
                raise Unavailable(f"{closed.because}; nothing was sent", retry_after=_seconds(closed, now))
            self._breaker = self._breaker.begun(now)
            self._calls += 1
            return self._breaker.epoch

    def end(self, ticket: int, heard: Heard, now: datetime, *, wait: timedelta | None = None) -> None:
        """Hear how a call ended.

        *wait* is how long the ERP asked to be left alone: that is an answer, and holds for all calls.
        """
        with self._lock:
            self._calls -= 1
            before = self._breaker
            if wait is not None:
                self._away_until = max(now + wait, self._away_until or now)
            if heard is Heard.ANSWER:
                self._breaker = before.worked(ticket)
            elif heard is Heard.SILENCE:
                self._breaker = before.broke(ticket, now)
            self.has_news = self.has_news or self._breaker.has_opened(before)

    def _closed(self, now: datetime) -> Hold | None:
        if self._away_until is not None and now < self._away_until:
            return Hold(because=f"{self.system} has asked to be left alone", until=self._away_until)
        if self._breaker.until is not None and now < self._breaker.until:
            return Hold(because=f"{self.system} does not answer", until=self._breaker.until)
        if self._calls >= self.capacity.calls:
            told = f"{self.system} is asked as much at once as it may be ({self.capacity.calls} calls)"
            return Hold(because=told, until=now + MOMENT)
        return None

    def _taken(self, agent: str | None, now: datetime) -> Hold | None:
        buckets = self._of(agent)
        late = {bucket.ready_at(now): whose for whose, bucket in buckets.items() if bucket.ready_at(now) > now}
        if late:
            until = max(late)
            return Hold(because=f"{late[until]} has had as many writes as it may have for now", until=until)
        self._buckets.update({whose: bucket.taken(now) for whose, bucket in buckets.items()})
        return None

    def _of(self, agent: str | None) -> dict[str, Bucket]:
        """Give the buckets that a write is taken from."""
        rates = [(self.system, self.capacity.rate)]
        if agent is not None:
            rates.append((f"{agent} in {self.system}", self.capacity.agent_rate))
        return {whose: self._buckets.get(whose, Bucket(rate=rate)) for whose, rate in rates if rate is not None}


def _seconds(hold: Hold, now: datetime) -> float | None:
    return None if hold.until is None else (hold.until - now).total_seconds()
