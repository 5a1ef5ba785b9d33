"""Ports that do what they are told: a directory, a gate, and wake-ups that nobody hears."""

from __future__ import annotations

from datetime import datetime

from attrs import define, field

from domain.approvals import Delegation
from domain.commands.command import Command
from domain.holds import Hold
from domain.identifiers import PersonId
from domain.intents import Proposal
from domain.keys import IntentId
from domain.principals import Agent, Principal
from domain.scope import Scope
from domain.stages import Stage
from ports.directory import Directory, Right
from ports.errors import AccessDenied
from ports.gate import Gate
from ports.wakeups import WakeUps


@define
class FakeDirectory(Directory):
    """Knows a few people; Bia has two accounts, and Eva may only ask."""

    accounts: dict[str, str] = field(
        factory=lambda: {
            "ana": "P1", "bia": "P2", "bia.souza@example.com": "P2", "caio": "P3", "davi": "P4", "eva": "P5"
        }
    )  # fmt: skip
    agents: dict[str, str] = field(factory=lambda: {"buyer-bot": "P4"})
    forbidden: set[tuple[str, Right]] = field(
        factory=lambda: {("P5", right) for right in Right if right is not Right.SUBMIT}
    )
    given: list[Delegation] = field(factory=list)

    def principal(self, account: str) -> Principal:
        if account not in self.accounts:
            raise AccessDenied(f"nobody is known as {account}")
        return Principal(account, PersonId(self.accounts[account]))

    def agent(self, name: str) -> Agent:
        if name not in self.agents:
            raise AccessDenied(f"no agent is known as {name}")
        return Agent(name, PersonId(self.agents[name]))

    def may(self, person: PersonId, right: Right, action: str, scope: Scope) -> bool:
        return (person.text, right) not in self.forbidden

    def delegations(self, taker: PersonId, now: datetime) -> list[Delegation]:
        return [each for each in self.given if each.taker == taker and each.holds(now)]


@define
class FakeGate(Gate):
    """Lets everything through, until it is told otherwise."""

    at: Stage = Stage.AUTONOMOUS
    held: Hold | None = None

    def stage(self, command: Command, scope: Scope) -> Stage:
        return self.at

    def hold(self, proposal: Proposal, now: datetime) -> Hold | None:
        return self.held if self.held is None or self.held.until is None or now < self.held.until else None


class Silent(WakeUps):
    """Forgets every wake-up: the sweep must do."""

    def wake(self, intent: IntentId, at: datetime) -> None:
        """Do nothing."""
