"""Short ways to an intent that moves, what then stands on record, and ports that remember what they were asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from attrs import define, field

from contracts.stored import read
from domain.audit import Entry
from domain.identifiers import PersonId
from domain.intents import Intent
from domain.keys import IntentId
from domain.scope import Scope
from ports.directory import Right
from ports.errors import NotWritable, Problem, ProblemKind
from ports.wakeups import WakeUps
from tests.governed.erp import FakeErp, Mood
from tests.governed.examples import PLACE
from tests.governed.fakes import FakeDirectory
from tests.governed.house import House, asked, reviewed


@define
class Curious(FakeDirectory):
    """A directory that remembers which rights it was asked for."""

    asked: list[tuple[PersonId, Right, str, Scope]] = field(factory=list)

    def may(self, person: PersonId, right: Right, action: str, scope: Scope) -> bool:
        self.asked.append((person, right, action, scope))
        return super().may(person, right, action, scope)


@define
class Bell(WakeUps):
    """Remembers who was to be woken."""

    rung: list[tuple[IntentId, datetime]] = field(factory=list)

    def wake(self, intent: IntentId, at: datetime) -> None:
        self.rung.append((intent, at))


def last(house: House, stream: str = "sap") -> Entry:
    """Give the last entry of a stream."""
    return [read(Entry, record.body) for record in house.ledger.records(stream)][-1]


def told(entry: Entry) -> tuple[object, ...]:
    """Give what an entry says: about what, when, who, what, why, and what bears on it."""
    return entry.subject, entry.at, entry.by, entry.what, entry.because, entry.details


def approved(house: House) -> Intent:
    """Have an order approved, so that it is due."""
    (intent,) = house.approve("bia", [reviewed(house.submit(asked(), PLACE))])
    return intent


def advanced(house: House, *moods: Mood, later: timedelta = timedelta()) -> Intent:
    """Have an approved order sent to an ERP in these *moods*, so much *later* than it was asked for."""
    intent = approved(house)
    house.clock.pass_(later)
    house.erp.moods = list(moods)
    return house.advance(intent.id)


TOO_LONG = NotWritable([Problem("name", "", "", ProblemKind.RULE, "it is longer than 35 characters", None)])
"""What an ERP says of a name that it cannot hold."""


def raises(monkeypatch: pytest.MonkeyPatch, name: str, error: Exception) -> None:
    """Have the ERP raise *error* whenever it is asked *name*."""

    def raising(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(FakeErp, name, raising)
