"""The gate: what has been let go, and everything that can hold a command back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from application.traffic.traffic import Traffic
from domain.commands.command import Command
from domain.holds import Hold
from domain.intents import Proposal
from domain.rollout import Standing
from domain.scope import Scope
from domain.stages import Stage
from domain.windows import Calendar
from ports.errors import Tampered
from ports.gate import Gate
from ports.ledger import Ledger

Brake = Callable[[Proposal, datetime], Hold | None]
"""Something else that may hold back what is proposed, such as drift in the fields that it writes."""


@frozen(kw_only=True)
class Gatekeeper(Gate):
    """Reads the stage from the ledger, and asks *brakes*, *calendar* and the system's *traffic*, in this order.

    A standing that is not what was written there lets nothing go.
    """

    ledger: Ledger
    calendar: Calendar
    traffic: Mapping[str, Traffic]
    brakes: Sequence[Brake] = ()

    def stage(self, command: Command, scope: Scope) -> Stage:
        standing = self._standing(command, scope)
        return Stage.READ_ONLY if standing is None else standing.stage_of(command)

    def hold(self, proposal: Proposal, now: datetime) -> Hold | None:
        for brake in self.brakes:
            if (held := brake(proposal, now)) is not None:
                return held
        if (shut := self.calendar.hold(proposal.command, proposal.scope, now)) is not None:
            return shut
        return self.traffic[proposal.scope.system].hold(self._limited(proposal), now)

    def _limited(self, proposal: Proposal) -> str | None:
        """Give the agent whose own rate counts: none where a person asks by hand, or in high volume."""
        agent = proposal.requester.agent
        if agent is None or self.stage(proposal.command, proposal.scope) is Stage.HIGH_VOLUME:
            return None
        return agent.name

    def _standing(self, command: Command, scope: Scope) -> Standing | None:
        try:
            with self.ledger.view() as view:
                return view.standing(command.terms.action, scope)
        except Tampered:
            return None
