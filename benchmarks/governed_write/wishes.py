"""Intents to write down: a new supplier, on one occasion after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

from attrs import frozen

from domain.classification import ActionClass
from domain.commands.command import NoUndo
from domain.commands.suppliers import CreateSupplier
from domain.identifiers import PersonId
from domain.images import Image, Observation
from domain.intents import Intent, Lease, Proposal
from domain.keys import IntentId, Key, intention
from domain.lifecycle import State
from domain.places import Address, Country
from domain.principals import Agent, Principal, Requester
from domain.scope import Scope
from domain.tax import TaxId, TaxIdKind
from ports.clock import Clock
from ports.wakeups import WakeUps

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_UNTIL = NOW + timedelta(minutes=5)


@frozen
class StillClock(Clock):
    """Time stands still: what is measured is the writing."""

    def now(self) -> datetime:
        return NOW


@frozen
class Silent(WakeUps):
    """Wakes nobody."""

    def wake(self, intent: IntentId, at: datetime) -> None:
        """Do nothing."""


def wishes() -> Iterator[Intent]:
    """Give new intents without end, each as it is when the ERP is about to be called."""
    scope = Scope("sap", "1000")
    requester = Requester(Principal("ana", PersonId("P1")), Agent("buyer-bot", PersonId("P4")))
    for number in count(1):
        command = CreateSupplier(
            name=f"Schrauben Groß {number} KG",
            trade_name=None,
            tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"),),
            address=Address(street="Am Hafen, 3", city="Bremen", region=None, postal_code=None, country=Country("DE")),
            email=None,
        )
        proposal = Proposal(
            command=command,
            scope=scope,
            requester=requester,
            occasion=f"REQ-{number}",
            rationale="the stock of M8 bolts runs out in two weeks, and the other supplier is blocked",
            seen=Observation(version=None, before=Image(()), facts=()),
            undo=NoUndo("a supplier that orders may name is blocked, and not deleted"),
            action_class=ActionClass.LOW,
            because=("a new supplier is written and told",),
            policy="policy 1",
        )
        key = Key(intention(command, scope, requester, proposal.occasion), 1)
        yield Intent(
            id=IntentId(f"I{number:012}"),
            key=key,
            proposal=proposal,
            state=State.SENT,
            note="taken by worker 1",
            submitted_at=NOW,
            decide_by=NOW,
            due_at=_UNTIL,
            sendings=1,
            sent_at=NOW,
            lease=Lease(owner="worker 1", until=_UNTIL),
        )
