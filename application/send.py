"""The one place from which an ERP is asked to write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never

from attrs import evolve, frozen

from application.asking import Finding, located, performed
from application.journal import Journal
from domain.commands.command import Command
from domain.images import Version
from domain.intents import Intent, Lease
from domain.lifecycle import Event, State
from domain.policy import Patience
from domain.scope import Scope
from ports.errors import Superseded
from ports.execution import Execution

_NO = (Event.SAID_NO, Event.CHANGED)
_LONGEST = 6
"""How often the pause doubles: from half a minute to half an hour."""
_OF_THE_TIME = 8
"""The next look comes after so great a part of the time that has passed since the call."""
_NOTHING_NEW = ((Event.TOOK, State.ACCEPTED), (Event.SAID_DONE, State.ANSWERED))


@frozen(kw_only=True)
class Send:
    """Carries out an intent that has just been claimed, proves it, and keeps what came of it.

    The claim is durable before the call, and the outcome after it. A worker that dies between the two leaves an intent
    that is sent and held; when its lease is over, it counts as lost, and is located before anything else.
    """

    journal: Journal
    executions: Mapping[Scope, Execution]
    patience: Patience
    worker: str

    def claimed(self, intent: Intent, now: datetime) -> Intent:
        """Give *intent* as it must be kept before the call: sent, held for longer than the call can last."""
        limits = self.executions[intent.proposal.scope].limits
        until = now + max(self.patience.lease, 2 * limits.call)
        return evolve(
            intent.moved(Event.CLAIMED, f"taken by {self.worker}"),
            lease=Lease(owner=self.worker, until=until),
            sendings=intent.sendings + 1,
            sent_at=now,
            due_at=until,
        )

    def __call__(self, intent: Intent, command: Command, expected: Version | None) -> Intent:
        """Ask the ERP, once, for *command*, the bound command of an *intent* that was claimed."""
        finding = self._asked(intent, command, expected)
        try:
            return self.kept(intent, finding)
        except Superseded:  # too late: whoever took it over has located the write, or will
            with self.journal.ledger.view() as view:
                return view.intent(intent.id)

    def _asked(self, intent: Intent, command: Command, expected: Version | None) -> Finding:
        execution = self.executions[intent.proposal.scope]
        if intent.lease is None or self.journal.clock.now() + execution.limits.call > intent.lease.until:
            return Finding(Event.NOT_SENT, "the worker was held up for too long before the call, and did not call")
        finding = performed(execution, command, intent.reference, expected)
        if intent.losses > 0 and finding.event in _NO:
            # a no to a repeated call may be the answer to the first: "there is one already", "it has changed"
            found = located(execution, command, intent.reference, absent=finding.event)
            return finding if found.event is finding.event else evolve(found, event=found.event or Event.LOST)
        return finding

    def kept(self, intent: Intent, finding: Finding) -> Intent:
        """Keep what was found out about *intent*, and let it go.

        Raises:
            Superseded: somebody else has taken it since.
        """
        finding = self._patient(intent, finding)
        moved = self._moved(intent, finding)
        due_at = self._due(moved, finding, self.journal.clock.now())
        moved = evolve(moved, lease=None, answer=finding.answer or moved.answer, due_at=due_at)
        if moved.state is intent.state:
            return self.journal.release(moved)
        details = (intent.reference, intent.sendings, finding.answer, finding.differs, finding.heard)
        told = finding.event.value if finding.event is not None else "looked"
        return self.journal.keep(moved, by=self.worker, what=told, details=details)

    def _patient(self, intent: Intent, finding: Finding) -> Finding:
        """Give the ERP the time that it needs to show what it has committed."""
        visible = (intent.sent_at or intent.submitted_at) + self.executions[intent.proposal.scope].limits.running
        if finding.event is Event.DIFFERS and finding.differs and self.journal.clock.now() < visible:
            return evolve(finding, event=Event.SAID_DONE)
        return finding

    @staticmethod
    def _moved(intent: Intent, finding: Finding) -> Intent:
        event = finding.event
        if event is None or (event, intent.state) in _NOTHING_NEW:
            return evolve(intent, note=finding.note)
        return intent.moved(event, finding.note)

    def _patient_pause(self, intent: Intent, now: datetime) -> timedelta:
        """Give the time until the next look: what is not settled soon is looked at less and less."""
        return max(self.patience.pause, (now - (intent.sent_at or intent.submitted_at)) / _OF_THE_TIME)

    def _due(self, intent: Intent, finding: Finding, now: datetime) -> datetime | None:
        match intent.state:
            case State.READY:
                pause = self.patience.pause * (1 << min(intent.sendings, _LONGEST))
                return now + max(pause, finding.wait or timedelta())
            case State.ACCEPTED | State.ANSWERED:
                return now + self._patient_pause(intent, now)
            case State.IN_DOUBT if finding.event is Event.LOST:
                return now + self.executions[intent.proposal.scope].limits.running
            case State.IN_DOUBT:
                return now + self._patient_pause(intent, now)
            case State.OPERATOR | State.DONE | State.REFUSED | State.LAPSED | State.HALTED:
                return None
            case State.AWAITING | State.SENT:  # no finding leads here
                return intent.due_at
            case _:
                assert_never(intent.state)
