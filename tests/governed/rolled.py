"""The house with its own gate: the ledger says how far an action goes, and each system's traffic is looked after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from attrs import define, field

from adapters.memory.ledger import InMemoryLedger
from application.finish import FinishByHand
from application.gatekeeper import Gatekeeper
from application.operators import OperatorQueue
from application.rollout.gathering import GatherEvidence
from application.rollout.harm import ROLLOUT
from application.rollout.shadowing import CompareShadows
from application.rollout.standings import Demote, Office, Promote
from application.rollout.taking_back import TakeBackSystem
from application.traffic.guarded import Guarded
from application.traffic.traffic import Traffic
from contracts.stored import read
from domain.audit import Entry
from domain.commands.command import Command
from domain.promotion import Ladder, Required
from domain.rollout import WHOLE, Standing, undecided
from domain.scope import Scope
from domain.stages import Stage
from domain.traffic import Capacity
from domain.windows import Calendar
from ports.execution import Execution
from ports.gate import Gate
from tests.governed.examples import MORNING, RENAME, SCOPE
from tests.governed.house import KEY, House

CALM = Capacity(calls=100)
LADDER = Ladder(
    supervised=Required(lasting=timedelta(days=1), proposals=2, compared=2, same=Decimal("0.5")),
    autonomous=Required(done=2, approved=Decimal("0.9"), decision=timedelta(seconds=10)),
    high_volume=Required(done=3, refused=Decimal("0.2")),
)


@define
class Rolled(House):
    """A house that has its own gate from the moment in which it is *staged*."""

    staged: bool = False
    calendar: Calendar = field(factory=Calendar)
    traffic: Traffic = field(factory=lambda: Traffic(SCOPE.system, CALM))
    ladder: Ladder = LADDER

    @property
    def gatekeeper(self) -> Gate:
        if not self.staged:
            return self.gate
        return Gatekeeper(ledger=self.ledger, calendar=self.calendar, traffic={SCOPE.system: self.traffic})

    @property
    def executions(self) -> Mapping[Scope, Execution]:
        if not self.staged:
            return {SCOPE: self.erp}
        opened = TakeBackSystem(journal=self.journal)
        return {SCOPE: Guarded(execution=self.erp, traffic=self.traffic, clock=self.clock, opened=opened)}

    @property
    def office(self) -> Office:
        return Office(journal=self.journal, directory=self.directory)

    @property
    def gather(self) -> GatherEvidence:
        return GatherEvidence(ledger=self.ledger, key=KEY)

    @property
    def promote(self) -> Promote:
        return Promote(office=self.office, executions=self.executions, gather=self.gather, ladder=self.ladder)

    @property
    def demote(self) -> Demote:
        return Demote(office=self.office)

    @property
    def compare(self) -> CompareShadows:
        return CompareShadows(journal=self.journal, executions=self.executions, gather=self.gather, policy=self.policy)

    @property
    def queue(self) -> OperatorQueue:
        return OperatorQueue(ledger=self.ledger)

    @property
    def finish(self) -> FinishByHand:
        return FinishByHand(bench=self.bench)

    def let_go(self, stage: Stage, command: Command = RENAME, *, share: Decimal = WHOLE) -> Standing:
        """Have it decided, whatever the evidence, that *command*'s action stands there."""
        self.staged = True
        before = self.standing(command) or undecided(command.terms.action, SCOPE)
        standing = Standing(
            action=command.terms.action,
            scope=SCOPE,
            stage=stage,
            share=share,
            by="caio",
            because="a test",
            since=MORNING,
        )
        entry = Entry(
            stream=ROLLOUT,
            subject=None,
            at=MORNING,
            by="caio",
            what="promoted",
            because="a test",
            details=(standing, before),
        )
        with InMemoryLedger.transaction(self.ledger) as transaction:
            transaction.stand(standing)
            transaction.append(entry)
        return standing

    def standing(self, command: Command = RENAME) -> Standing | None:
        """Give how far *command*'s action goes."""
        with self.ledger.view() as view:
            return view.standing(command.terms.action, SCOPE)

    def rollout(self) -> list[Entry]:
        """Give what is on record about the rollout."""
        return [read(Entry, record.body) for record in self.ledger.records(ROLLOUT)]
