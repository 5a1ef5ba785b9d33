"""The governed path, put together for one process after the other; ledger, ERP and clock outlive them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from secrets import token_hex

from attrs import field, frozen

from application.advance import Advance
from application.decide import Approve, Bench, Reviewed
from application.journal import Journal
from application.propose import Propose, Request
from application.send import Send
from application.submit import Submit
from application.sweep import Sweep
from benchmarks.faults.clock import VirtualClock
from benchmarks.governed_write.wishes import Silent
from domain.approvals import Delegation
from domain.commands.command import Command
from domain.holds import Hold
from domain.identifiers import PersonId
from domain.intents import Intent, Proposal
from domain.keys import IntentId
from domain.lifecycle import State
from domain.policy import Patience, Policy
from domain.principals import Agent, Principal
from domain.scope import Scope
from domain.stages import Stage
from ports.directory import Directory, Right
from ports.execution import Execution
from ports.gate import Gate
from ports.ledger import Ledger

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
POLICY = Policy(
    version="policy of the benchmark",
    patience=Patience(pause=timedelta(minutes=5), settling=timedelta(hours=2)),  # so that fewer looks tell as much
)
APPROVERS = ("bia", "caio")


class Everybody(Directory):
    """Every account is a person of its own, who may do everything."""

    def principal(self, account: str) -> Principal:
        return Principal(account, PersonId(account))

    def agent(self, name: str) -> Agent:
        return Agent(name, PersonId(f"the owner of {name}"))

    def may(self, person: PersonId, right: Right, action: str, scope: Scope) -> bool:
        return True

    def delegations(self, taker: PersonId, now: datetime) -> Sequence[Delegation]:
        return ()


class Open(Gate):
    """Lets everything through."""

    def stage(self, command: Command, scope: Scope) -> Stage:
        return Stage.AUTONOMOUS

    def hold(self, proposal: Proposal, now: datetime) -> Hold | None:
        return None


@frozen(kw_only=True)
class Process:
    """One process of ours; *worker* is its name."""

    worker: str
    ledger: Ledger
    clock: VirtualClock
    scope: Scope
    execution: Execution
    new_ids: Iterator[str] = field(factory=lambda: (token_hex(8) for _ in count()))

    def submit(self, command: Command, occasion: str) -> Intent:
        """Ask for *command*, as ana does."""
        request = Request(account="ana", scope=self.scope, occasion=occasion, rationale="the stock runs out")
        propose = Propose(
            journal=self._journal,
            executions=self._executions,
            directory=Everybody(),
            gate=Open(),
            policy=POLICY,
            changed=lambda _: None,  # each wish is asked for as soon as it is made
        )
        submit = Submit(
            journal=self._journal,
            propose=propose,
            gate=Open(),
            policy=POLICY,
            send=self._send,
            new_id=lambda: IntentId(next(self.new_ids)),
        )
        return submit(request, command)

    def approve(self, intent: Intent) -> Intent:
        """Approve an intent, as often as it needs."""
        bench = Bench(journal=self._journal, directory=Everybody())
        for account in APPROVERS[len(intent.approvals) :]:
            if intent.state is State.AWAITING:
                reviewed = Reviewed(intent.id, intent.proposal.digest)
                (intent,) = Approve(bench=bench, policy=POLICY)(account, [reviewed])
        return intent

    def bring_to_rest(self, command: Command, occasion: str) -> Intent:
        """Do what a patient caller, the approvers and the sweep do, from wherever things stand."""
        intent = self.approve(self.submit(command, occasion))
        while (due := self.ledger.next_due()) is not None:
            self.clock.until(due)
            self.sweep()
        return self.intent(intent.id)

    def sweep(self) -> None:
        """Advance whatever is due."""
        advance = Advance(
            journal=self._journal, executions=self._executions, gate=Open(), policy=POLICY, send=self._send
        )
        Sweep(advance=advance)()

    def intent(self, key: IntentId) -> Intent:
        """Give an intent as it stands.

        Raises:
            NotFound: there is none.
        """
        with self.ledger.view() as view:
            return view.intent(key)

    @property
    def _journal(self) -> Journal:
        return Journal(ledger=self.ledger, clock=self.clock, wakeups=Silent(), policy=POLICY.version)

    @property
    def _executions(self) -> dict[Scope, Execution]:
        return {self.scope: self.execution}

    @property
    def _send(self) -> Send:
        return Send(journal=self._journal, executions=self._executions, patience=POLICY.patience, worker=self.worker)
