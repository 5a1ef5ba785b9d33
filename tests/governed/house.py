"""The whole governed path, put together over fakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Self

from attrs import define, field

from adapters.memory.ledger import InMemoryLedger
from application.advance import Advance
from application.audit import VerifyAudit
from application.decide import Approve, Bench, Reject, Reviewed, Revoke, Withdraw
from application.journal import Journal
from application.propose import Propose, Request
from application.saga import SubmitSaga
from application.send import Send
from application.settle import Settle
from application.submit import Submit
from application.sweep import Sweep
from application.undo import Undo
from domain.identifiers import Identifier, SupplierId
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import State
from domain.policy import Policy
from domain.scope import Scope
from domain.suppliers import SupplierBlock
from ports.clock import Clock
from ports.execution import Execution
from ports.gate import Gate
from ports.ledger import Transaction
from tests.governed.erp import FakeErp
from tests.governed.examples import MORNING, SCOPE
from tests.governed.fakes import FakeDirectory, FakeGate, Silent

KEY = b"only for tests"
POLICY = Policy(version="policy 1")


class Crash(BaseException):
    """The process is killed here."""


@define
class Tripwire:
    """Kills the process at the *at*-th place that it passes; zero lets it live."""

    at: int = 0
    passed: list[str] = field(factory=list)

    def __call__(self, place: str) -> None:
        self.passed.append(place)
        if self.at:
            self.at -= 1
            if self.at == 0:
                raise Crash(place)


class MortalLedger(InMemoryLedger):
    """A ledger whose process can die before, within, and after each transaction."""

    def __init__(self, tripwire: Tripwire) -> None:
        super().__init__(key=KEY)
        self._tripwire = tripwire

    def next_due(self) -> datetime | None:
        """Give when something is due next; ``None`` if nothing ever is."""
        rows = [row for row in self.rows.values() if row.due_at is not None]
        return min((max(filter(None, (row.due_at, row.held_until))) for row in rows), default=None)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        self._tripwire("before a transaction")
        with super().transaction() as transaction:
            yield transaction
            self._tripwire("before a commit")
        self._tripwire("after a commit")


@define
class FakeClock(Clock):
    """Stands still until it is told to go on."""

    at: datetime = MORNING

    def now(self) -> datetime:
        return self.at

    def pass_(self, time: timedelta) -> None:
        """Let *time* pass."""
        self.at += time


@define
class House:
    """One process over a ledger, an ERP and a clock that outlive it."""

    clock: FakeClock
    tripwire: Tripwire
    ledger: MortalLedger
    erp: FakeErp
    directory: FakeDirectory
    gate: FakeGate
    policy: Policy
    ids: Iterator[int]
    worker: str = "worker 1"
    changed: dict[Identifier, str] = field(factory=dict)
    """What has become of records since they were resolved."""

    @classmethod
    def new(cls, *, policy: Policy = POLICY) -> Self:
        """Build a house in which nothing has happened yet."""
        clock, tripwire = FakeClock(), Tripwire()
        erp = FakeErp(clock=clock, tripwire=tripwire)
        erp.change(SupplierId("4711"), name="Schrauben Groß KG", block=SupplierBlock.NONE)
        return cls(
            clock=clock,
            tripwire=tripwire,
            ledger=MortalLedger(tripwire),
            erp=erp,
            directory=FakeDirectory(),
            gate=FakeGate(),
            policy=policy,
            ids=count(1),
        )

    @property
    def gatekeeper(self) -> Gate:
        return self.gate

    @property
    def executions(self) -> Mapping[Scope, Execution]:
        return {SCOPE: self.erp}

    @property
    def journal(self) -> Journal:
        return Journal(ledger=self.ledger, clock=self.clock, wakeups=Silent(), policy=self.policy.version)

    @property
    def send(self) -> Send:
        return Send(
            journal=self.journal,
            executions=self.executions,
            patience=self.policy.patience,
            worker=self.worker,
        )

    @property
    def submit(self) -> Submit:
        propose = Propose(
            journal=self.journal,
            executions=self.executions,
            directory=self.directory,
            gate=self.gatekeeper,
            policy=self.policy,
            changed=lambda target: self.changed.get(target.id),
        )
        return Submit(
            journal=self.journal,
            propose=propose,
            gate=self.gatekeeper,
            policy=self.policy,
            send=self.send,
            new_id=lambda: IntentId(f"I{next(self.ids)}"),
        )

    @property
    def saga(self) -> SubmitSaga:
        return SubmitSaga(submit=self.submit)

    @property
    def undo(self) -> Undo:
        return Undo(submit=self.submit)

    @property
    def bench(self) -> Bench:
        return Bench(journal=self.journal, directory=self.directory)

    @property
    def approve(self) -> Approve:
        return Approve(bench=self.bench, policy=self.policy)

    @property
    def reject(self) -> Reject:
        return Reject(bench=self.bench)

    @property
    def revoke(self) -> Revoke:
        return Revoke(bench=self.bench)

    @property
    def withdraw(self) -> Withdraw:
        return Withdraw(bench=self.bench)

    @property
    def settle(self) -> Settle:
        return Settle(bench=self.bench)

    @property
    def advance(self) -> Advance:
        return Advance(
            journal=self.journal,
            executions=self.executions,
            gate=self.gatekeeper,
            policy=self.policy,
            send=self.send,
        )

    @property
    def sweep(self) -> Sweep:
        return Sweep(advance=self.advance)

    def intent(self, key: IntentId) -> Intent:
        """Give an intent as it stands in the ledger."""
        with InMemoryLedger.transaction(self.ledger) as transaction:
            return transaction.intent(key)

    def until_rest(self, *, hours: int = 12) -> None:
        """Sweep whenever something is due, until nothing is within so many *hours*."""
        until = self.clock.now() + timedelta(hours=hours)
        for _ in range(10_000):
            due = self.ledger.next_due()
            if due is None or due > until:
                return
            self.clock.at = max(self.clock.at, due)
            self.sweep()
        raise AssertionError("something is due for ever")

    def told(self) -> list[str]:
        """Give the bodies of all audit records, as texts."""
        return [record.body.decode() for stream in self.ledger.streams() for record in self.ledger.records(stream)]

    def flaws(self) -> int:
        """Count the flaws in the audit trail."""
        return len(VerifyAudit(ledger=self.ledger, key=KEY)({}))


def asked(occasion: str = "REQ-17", *, account: str = "ana", agent: str | None = None, scope: Scope = SCOPE) -> Request:
    """Make a request, as a door would."""
    return Request(account=account, agent=agent, scope=scope, occasion=occasion, rationale="the stock runs out")


def reviewed(intent: Intent) -> Reviewed:
    """Look at exactly what stands there."""
    return Reviewed(intent.id, intent.proposal.digest)


AT_REST = (State.DONE, State.REFUSED, State.LAPSED, State.HALTED, State.OPERATOR)
