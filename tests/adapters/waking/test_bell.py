"""A bell wakes whoever rests on it, in time, and lets nobody rest once it is over."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

from adapters.bell import Bell
from domain.keys import IntentId
from tests.adapters.waking.engines import WallClock

NOW = WallClock().now()
NEVER = NOW + timedelta(days=3)
KEY = IntentId("I1")


def test_who_rests_until_a_time_that_has_passed_goes_on() -> None:
    assert Bell(WallClock()).until(NOW)


def test_a_wake_up_ends_a_rest() -> None:
    bell, answers = Bell(WallClock()), list[bool]()
    sleeper = Thread(target=lambda: answers.append(bell.until(NEVER)))
    sleeper.start()
    bell.wake(KEY, NEVER + timedelta(days=1))
    bell.wake(KEY, NOW)
    sleeper.join(20)

    assert answers == [True]


def test_a_wake_up_before_the_rest_is_not_forgotten() -> None:
    bell = Bell(WallClock())
    bell.wake(KEY, NOW)

    assert bell.until(NEVER)


def test_a_wake_up_ends_one_rest() -> None:
    bell = Bell(WallClock())
    bell.wake(KEY, NOW)
    bell.wake(KEY, NOW)
    bell.until(NEVER)
    bell.stop()

    assert not bell.until(NEVER)


def test_when_it_is_over_nobody_rests_any_more() -> None:
    bell, answers = Bell(WallClock()), list[bool]()
    sleeper = Thread(target=lambda: answers.append(bell.until(NEVER)))
    sleeper.start()
    bell.stop()
    sleeper.join(20)

    assert answers == [False]
    assert not bell.until(NOW)
