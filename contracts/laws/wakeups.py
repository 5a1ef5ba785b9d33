"""Laws of wake-ups: what is woken is advanced, not before its time, and nothing is in its way.

Subclass `WakeUpLaws` in a test and give it a fixture ``subject``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from attrs import frozen

from contracts.laws.verdicts import NotApplicable, require, succeeds
from domain.keys import IntentId
from ports.wakeups import WakeUps

_MOMENT = timedelta(milliseconds=150)


@frozen(kw_only=True)
class WakeUpSubject:
    """An engine under test, with somebody who advances.

    *advanced* waits until an intent was advanced and gives when that began, ``None`` if it waited in vain; whoever
    advances fails for an intent whose key begins with ``bad``. *again* gives the engine as another process would open
    it after this one was stopped, ``None`` if the engine forgets with its process.
    """

    engine: WakeUps
    now: Callable[[], datetime]
    advanced: Callable[[IntentId], datetime | None]
    stop: Callable[[], None]
    again: Callable[[], WakeUps] | None = None


class WakeUpLaws:
    """What every engine does."""

    def test_what_is_woken_is_advanced(self, subject: WakeUpSubject) -> None:
        """Otherwise every answer would wait for the next sweep."""
        subject.engine.wake(IntentId("I1"), subject.now())
        _advanced(subject, "I1")

    def test_what_is_woken_late_is_advanced_at_once(self, subject: WakeUpSubject) -> None:
        """Clocks differ, and transactions take their time."""
        subject.engine.wake(IntentId("I1"), subject.now() - timedelta(days=3))
        _advanced(subject, "I1")

    def test_nothing_is_advanced_before_its_time(self, subject: WakeUpSubject) -> None:
        """Whoever comes too early finds nothing due, and nobody comes again."""
        at = subject.now() + _MOMENT
        subject.engine.wake(IntentId("I1"), at)
        require(_advanced(subject, "I1") >= at, "an intent is advanced before its time")

    def test_what_waits_for_long_is_in_nobodys_way(self, subject: WakeUpSubject) -> None:
        """Approvals wait for days."""
        for number in range(20):
            subject.engine.wake(IntentId(f"I{number}"), subject.now() + timedelta(days=3))
        subject.engine.wake(IntentId("soon"), subject.now())
        _advanced(subject, "soon")

    def test_the_same_may_be_woken_again(self, subject: WakeUpSubject) -> None:
        """Each move announces when the next one is due."""
        at = subject.now()
        for _ in range(2):
            subject.engine.wake(IntentId("I1"), at)
        first = _advanced(subject, "I1")
        later = max(subject.now(), first) + _MOMENT
        subject.engine.wake(IntentId("I1"), later)
        subject.engine.wake(IntentId("after it"), later + _MOMENT)
        _advanced(subject, "after it")
        require(_advanced(subject, "I1") >= later, "an intent that was woken again is not advanced again")

    def test_one_that_fails_stops_no_other(self, subject: WakeUpSubject) -> None:
        """One bad intent costs one intent."""
        subject.engine.wake(IntentId("bad"), subject.now())
        _advanced(subject, "bad")
        subject.engine.wake(IntentId("good"), subject.now())
        _advanced(subject, "good")

    def test_an_engine_that_was_stopped_raises_nothing(self, subject: WakeUpSubject) -> None:
        """The move is durable already, and must not be told as failed for want of a hint."""
        subject.stop()
        succeeds(lambda: subject.engine.wake(IntentId("I1"), subject.now()), "a wake-up by an engine that was stopped")

    def test_what_was_not_advanced_yet_is_advanced_by_the_next_process(self, subject: WakeUpSubject) -> None:
        """A deployment must not cost a wake-up."""
        if subject.again is None:
            raise NotApplicable("the engine forgets with its process (WakeUpSubject.again)")
        subject.engine.wake(IntentId("I1"), subject.now() + _MOMENT)
        subject.stop()
        subject.again()
        _advanced(subject, "I1")


def _advanced(subject: WakeUpSubject, key: str) -> datetime:
    """Give when the intent was advanced last."""
    at = subject.advanced(IntentId(key))
    require(at is not None, f"{key} was woken, and nobody has advanced it")
    assert at is not None  # noqa: S101  # for the type checker: `require` has raised
    return at
