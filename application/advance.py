"""Moving an intent on by one step: idempotent, fenced, and callable by anyone at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never

from attrs import evolve, frozen

from application.asking import Finding, located, plain, proven
from application.journal import Journal
from application.resolving.made import with_made
from application.send import Send
from domain.commands.command import Command
from domain.images import Observation
from domain.intents import Intent, Lease
from domain.keys import IntentId
from domain.lifecycle import Event, State
from domain.outcomes import Done
from domain.policy import Policy
from domain.sagas import left_by, may_start
from domain.scope import Scope
from domain.stages import Stage
from ports.errors import AccessDenied, Drifted, Misconfigured, NotFound, NotOffered, NotWritable, Superseded
from ports.execution import Execution
from ports.gate import Gate


@frozen(kw_only=True)
class Advance:
    """Does for one intent what is due: lets it lapse, carries it out, or finds out what became of it."""

    journal: Journal
    executions: Mapping[Scope, Execution]
    gate: Gate
    policy: Policy
    send: Send

    def __call__(self, key: IntentId) -> Intent:
        """Advance one intent, if it is due and nobody holds it, and give it as it then is.

        Raises:
            NotFound: there is no such intent.
            Tampered: its row is not what was written; a person must look.
            Unavailable: the ledger was not reached; nothing was done.
        """
        now = self.journal.clock.now()
        with self.journal.ledger.view() as view:
            intent = view.intent(key)
        scope = intent.proposal.scope
        if intent.due_at is None or now < intent.due_at or intent.is_held(now) or scope not in self.executions:
            return intent
        try:
            return self._step(intent, now)
        except Superseded:  # another worker was quicker
            with self.journal.ledger.view() as view:
                return view.intent(key)

    def _step(self, intent: Intent, now: datetime) -> Intent:
        match intent.state:
            case State.AWAITING:
                return self._ended(intent, Event.EXPIRED, f"nobody decided until {intent.decide_by:%Y-%m-%d %H:%M} UTC")
            case State.READY:
                return self._start(intent, now)
            case State.SENT:
                return self._taken_over(intent)
            case State.IN_DOUBT | State.ACCEPTED | State.ANSWERED:
                return self._look(intent, now)
            case State.OPERATOR | State.DONE | State.REFUSED | State.LAPSED | State.HALTED:
                return intent
            case _:
                assert_never(intent.state)

    def _start(self, intent: Intent, now: datetime) -> Intent:
        proposal, scope = intent.proposal, intent.proposal.scope
        if (end := self._unfit(intent, now)) is not None:
            return self._ended(intent, *end)
        members = self._members(intent)
        if intent.saga is not None and not intent.takes_back and not may_start(intent, members):
            return self._later(intent, now)
        command = with_made(proposal.command, scope, members)
        if (hold := self.gate.hold(proposal, now)) is not None:
            if hold.until is None:
                return self._ended(intent, Event.STOPPED, hold.because)
            return self.journal.release(evolve(intent, due_at=hold.until, note=hold.because))
        try:
            seen = self.executions[scope].observe(command)
        except NotFound as gone:
            return self._ended(intent, Event.CHANGED, plain(gone))
        except (AccessDenied, Drifted, Misconfigured, NotOffered, NotWritable) as error:
            return self._ended(intent, Event.STOPPED, plain(error))
        except Exception as error:  # noqa: BLE001  # nothing was sent; whatever it is, it may pass
            return self._later(evolve(intent, note=f"not read: {plain(error)}"), now)
        if not proposal.seen.stands(seen) and (seen.version is None or seen.version not in left_by(members, command)):
            return self._ended(intent, Event.CHANGED, "the target has changed since it was proposed; propose it anew")
        return self._claim(intent, command, seen)

    def _unfit(self, intent: Intent, now: datetime) -> tuple[Event, str] | None:
        """Say why the intent may not start any more, by what can be said without asking the ERP."""
        patience = self.policy.patience
        if intent.losses >= patience.losses:
            return Event.UNSETTLED, f"{intent.losses} answers were lost"
        if intent.takes_back:
            late = now - intent.submitted_at > patience.settling
            return (Event.UNSETTLED, "it could not be carried out in time") if late else None
        if intent.proposal.action_class.approvers == 0 and now >= intent.decide_by:
            return Event.EXPIRED, "it could not be carried out in time; propose it anew"
        if intent.proposal.policy != self.policy.version:
            return Event.CHANGED, "the policy has changed since it was proposed; propose it anew"
        stage = self.gate.stage(intent.proposal.command, intent.proposal.scope)
        if stage is Stage.READ_ONLY:
            return Event.STOPPED, "the action is only proposed here, and not executed"
        if not intent.is_approved(now, stage=stage):
            return Event.EXPIRED, "it is not approved, or not any more; propose it anew"
        return None

    def _claim(self, intent: Intent, command: Command, seen: Observation) -> Intent:
        """Make it durable that the ERP is about to be called, unless somebody has decided otherwise meanwhile."""
        now = self.journal.clock.now()
        with self.journal.ledger.transaction() as transaction:
            if (end := self._unfit(intent, now)) is not None:  # while the target was looked at
                event, note = end
                ended = evolve(intent.moved(event, note), due_at=None)
                return self.journal.keep_in(transaction, ended, by=self.send.worker, what=event.value)
            claimed = self.journal.keep_in(
                transaction,
                self.send.claimed(intent, now),
                by=self.send.worker,
                what=Event.CLAIMED.value,
                details=seen,
            )
        return self.send(claimed, command, seen.version)

    def _taken_over(self, intent: Intent) -> Intent:
        """Count a call as lost whose worker did not come back in time."""
        until = intent.lease.until if intent.lease is not None else self.journal.clock.now()
        quiet = until + self.executions[intent.proposal.scope].limits.running
        lost = evolve(
            intent.moved(Event.LOST, "its worker did not come back"),
            lease=None,
            due_at=quiet,
        )
        return self.journal.keep(lost, by=self.send.worker, what=Event.LOST.value)

    def _look(self, intent: Intent, now: datetime) -> Intent:
        """Find out what became of a call, holding the intent so that nobody else looks and sends meanwhile."""
        lease = Lease(owner=self.send.worker, until=now + self.policy.patience.lease)
        held = self.journal.release(evolve(intent, lease=lease))
        finding = self._found(held)
        sent_at = intent.sent_at or intent.submitted_at
        decides = Event.TOOK if held.state is State.ACCEPTED and finding.event is None else finding.event
        patience = self.policy.patience
        too_long = now - sent_at > (patience.deciding if decides is Event.TOOK else patience.settling)
        if too_long and finding.event in (None, Event.TOOK, Event.SAID_DONE):
            finding = evolve(finding, event=Event.UNSETTLED, note=f"not settled in time: {finding.note}")
        return self.send.kept(held, finding)

    def _found(self, intent: Intent) -> Finding:
        execution, answer = self.executions[intent.proposal.scope], intent.answer
        command = with_made(intent.proposal.command, intent.proposal.scope, self._members(intent))
        if intent.state is State.ANSWERED and isinstance(answer, Done):
            return proven(execution, command, intent.reference, answer)
        absent = Event.ABSENT if intent.state is State.IN_DOUBT else None
        return located(execution, command, intent.reference, absent=absent)

    def _ended(self, intent: Intent, event: Event, note: str) -> Intent:
        ended = evolve(intent.moved(event, note), due_at=None)
        return self.journal.keep(ended, by=self.send.worker, what=event.value)

    def _later(self, intent: Intent, now: datetime) -> Intent:
        return self.journal.release(evolve(intent, due_at=now + self.policy.patience.pause))

    def _members(self, intent: Intent) -> Sequence[Intent]:
        if intent.saga is None:
            return ()
        with self.journal.ledger.view() as view:
            return view.saga(intent.saga)
