"""Whatever people, ERPs and days do in any order: nothing runs that was not let go, and everything is on record."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from application.traffic.traffic import Traffic
from domain.approvals import NotAllowed
from domain.identifiers import SupplierId
from domain.lifecycle import State
from domain.promotion import Ladder, Required
from domain.rollout import Standing, undecided
from domain.stages import Stage
from domain.traffic import Capacity, Rate, Tolerance
from ports.errors import PortError
from ports.ledger import IntentQuery
from tests.governed.erp import Mood
from tests.governed.examples import RENAME, SCOPE, resolved
from tests.governed.house import asked, reviewed
from tests.governed.rolled import Rolled

ACTION = RENAME.terms.action
ASKERS = st.sampled_from(["ana", "ana", "mallory"])
PEOPLE = st.sampled_from(["bia", "bia.souza@example.com", "caio", "ana", "eva", "mallory"])
STAGES = st.sampled_from(Stage)
SHARES = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(0)])
MOODS = st.sampled_from([Mood.WELL, Mood.WELL, Mood.UNREACHED, Mood.DROPS_ANSWER, Mood.ALTERS, Mood.REFUSES])
EASY = Ladder(supervised=Required(proposals=1), autonomous=Required(done=1), high_volume=Required(done=1))
TIGHT = Capacity(
    rate=Rate(2, timedelta(minutes=1)), tolerance=Tolerance(failures=2, within=timedelta(hours=1))
)  # so that a few moves reach what needs many


class Rollout(RuleBasedStateMachine):
    """One action in one place, of which little evidence is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.house = Rolled.new()
        self.house.staged, self.house.ladder = True, EASY
        self.house.traffic = Traffic(SCOPE.system, TIGHT)
        self.house.erp.tripwire = self._called
        self.numbers = 0

    @initialize(stage=STAGES)
    def begin(self, stage: Stage) -> None:
        self.house.let_go(stage)

    def _standing(self) -> Standing:
        return self.house.standing() or undecided(ACTION, SCOPE)

    def _called(self, place: str) -> None:
        """See, when the ERP is called, that each intent that was sent was let go or approved."""
        if place != "before the ERP":
            return
        for intent in self.house.ledger.intents(IntentQuery(state=State.SENT)):
            stage = self._standing().stage_of(intent.proposal.command)
            assert stage is not Stage.READ_ONLY
            assert stage is not Stage.SUPERVISED or intent.approvals

    @rule(account=ASKERS, supplier=st.integers(4711, 4715), mood=MOODS)
    def ask(self, account: str, supplier: int, mood: Mood) -> None:
        self.numbers += 1
        self.house.erp.moods = [mood]
        wish = evolve(RENAME, supplier=resolved(SupplierId(str(supplier))), name=f"Schrauben {self.numbers} AG")
        with suppress(NotAllowed, PortError):
            self.house.submit(asked(f"REQ-{self.numbers}", account=account), wish)

    @rule(supplier=st.integers(4711, 4715), moods=st.sampled_from([[Mood.WELL], [Mood.ALTERS], [Mood.UNREACHED] * 2]))
    def a_day(self, supplier: int, moods: list[Mood]) -> None:
        """Some are asked for, approved, and carried out, or not."""
        for number, mood in enumerate(moods):
            self.ask("ana", supplier + number, mood)
        self.approve_all("bia")
        self.work(1)

    @rule(account=PEOPLE)
    def approve_all(self, account: str) -> None:
        for intent in self.house.ledger.intents(IntentQuery(state=State.AWAITING)):
            with suppress(NotAllowed):
                self.house.approve(account, [reviewed(intent)])

    @rule(hours=st.sampled_from([1, 30, 90]))
    def work(self, hours: int) -> None:
        self.house.until_rest(hours=hours)
        self.house.clock.pass_(timedelta(hours=hours))
        self.house.compare()

    @rule(account=PEOPLE, steps=st.sampled_from([1, 1, 1, 0, 2]), share=SHARES)
    def promote(self, account: str, steps: int, share: Decimal) -> None:
        before = self._standing()
        to = tuple(Stage)[min(before.stage.rank + steps, len(Stage) - 1)]
        share = share if to is Stage.AUTONOMOUS else Decimal(1)
        with suppress(NotAllowed):
            after = self.house.promote(account, ACTION, SCOPE, to=to, share=share, because="so")
            assert after.follows(before)
            assert account not in ("eva", "mallory")

    @rule(account=PEOPLE, to=STAGES, share=SHARES)
    def demote(self, account: str, to: Stage, share: Decimal) -> None:
        before = self._standing()
        share = share if to is Stage.AUTONOMOUS else Decimal(1)
        with suppress(NotAllowed):
            after = self.house.demote(account, ACTION, SCOPE, to=to, share=share, because="so")
            assert before.is_further_than(after)

    @invariant()
    def how_far_it_goes_is_what_the_last_record_says(self) -> None:
        told = [entry for entry in self.house.rollout() if entry.what in ("promoted", "demoted", "taken back")]
        assert isinstance(told[-1].details, tuple) if told else self.house.standing() is None
        for before, after in zip([None, *told], told, strict=False):
            assert isinstance(after.details, tuple)
            assert after.details[1] == (undecided(ACTION, SCOPE) if before is None else before.details[0])  # type: ignore[index]  # as just seen
        if told:
            assert self.house.standing() == told[-1].details[0]  # type: ignore[index]  # as just seen

    @invariant()
    def what_came_out_otherwise_has_taken_it_back(self) -> None:
        doubtful = [
            intent
            for intent in self.house.ledger.intents(IntentQuery(state=State.OPERATOR))
            if intent.note.startswith("what stands there is not")
        ]
        taken = [entry.because for entry in self.house.rollout() if entry.what == "taken back"]
        assert all(any(f"intent {intent.id} " in because for because in taken) for intent in doubtful)

    @invariant()
    def the_audit_trail_is_whole(self) -> None:
        assert self.house.flaws() == 0


Rollout.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, derandomize=True, database=None
)
TestRollout = Rollout.TestCase
