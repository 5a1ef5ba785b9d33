"""Every law of wake-ups notices an engine that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

import pytest
from attrs import define, evolve, field, frozen

from contracts.laws.verdicts import LawBroken
from contracts.laws.wakeups import WakeUpLaws, WakeUpSubject
from domain.keys import IntentId
from ports.wakeups import WakeUps
from tests.governed.examples import MORNING


@define
class Honest(WakeUps):
    """An engine in whose world time passes only when somebody waits for an intent."""

    now: datetime = MORNING
    waiting: list[tuple[datetime, str]] = field(factory=list)
    times: dict[str, datetime] = field(factory=dict)
    is_over: bool = False

    def wake(self, intent: IntentId, at: datetime) -> None:
        if not self.is_over:
            self.waiting.append((at, intent.text))

    def advanced(self, key: IntentId) -> datetime | None:
        """Let an hour pass, or less."""
        until = self.now + timedelta(hours=1)
        for at, name in sorted(each for each in self.waiting if each[0] <= until):
            self.waiting.remove((at, name))
            self.now = max(self.now, at)
            self.advance(name)
        return self.times.get(key.text)

    def advance(self, name: str) -> None:
        self.times[name] = self.now

    def stop(self) -> None:
        self.is_over = True


class Deaf(Honest):
    def wake(self, intent: IntentId, at: datetime) -> None:
        """Hear nothing."""


class IgnoresThePast(Honest):
    def wake(self, intent: IntentId, at: datetime) -> None:
        if at >= self.now:
            super().wake(intent, at)


class Hurries(Honest):
    def wake(self, intent: IntentId, at: datetime) -> None:
        super().wake(intent, self.now)


class HasOneThread(Honest):
    def wake(self, intent: IntentId, at: datetime) -> None:
        if not self.waiting:
            super().wake(intent, at)


class KnowsWhomItWoke(Honest):
    def advance(self, name: str) -> None:
        self.times.setdefault(name, self.now)


class DiesOfOne(Honest):
    def advance(self, name: str) -> None:
        super().advance(name)
        self.is_over = self.is_over or name.startswith("bad")


class RaisesWhenItIsOver(Honest):
    def wake(self, intent: IntentId, at: datetime) -> None:
        if self.is_over:
            raise RuntimeError("the engine was stopped")
        super().wake(intent, at)


class ForgetsWithItsProcess(Honest):
    def stop(self) -> None:
        super().stop()
        self.waiting.clear()


@frozen
class Saboteur:
    """An engine that breaks one law."""

    law: str
    engine: type[Honest]


SABOTEURS = (
    Saboteur("test_what_is_woken_is_advanced", Deaf),
    Saboteur("test_what_is_woken_late_is_advanced_at_once", IgnoresThePast),
    Saboteur("test_nothing_is_advanced_before_its_time", Hurries),
    Saboteur("test_what_waits_for_long_is_in_nobodys_way", HasOneThread),
    Saboteur("test_the_same_may_be_woken_again", KnowsWhomItWoke),
    Saboteur("test_one_that_fails_stops_no_other", DiesOfOne),
    Saboteur("test_an_engine_that_was_stopped_raises_nothing", RaisesWhenItIsOver),
    Saboteur("test_what_was_not_advanced_yet_is_advanced_by_the_next_process", ForgetsWithItsProcess),
)
LAWS = tuple(name for name in dir(WakeUpLaws) if name.startswith("test_"))


def judge(law: str, engine: Honest) -> None:
    subject = WakeUpSubject(
        engine=engine, now=lambda: engine.now, advanced=engine.advanced, stop=engine.stop, again=lambda: evolve(engine)
    )
    cast("Callable[[WakeUpSubject], None]", getattr(WakeUpLaws(), law))(subject)


@pytest.mark.parametrize("saboteur", SABOTEURS, ids=lambda each: each.law)
def test_a_law_notices_a_saboteur(saboteur: Saboteur) -> None:
    with pytest.raises(LawBroken):
        judge(saboteur.law, saboteur.engine())


@pytest.mark.parametrize("law", LAWS)
def test_an_honest_engine_keeps_every_law(law: str) -> None:
    judge(law, Honest())


def test_every_law_has_a_saboteur() -> None:
    assert {saboteur.law for saboteur in SABOTEURS} == set(LAWS)
